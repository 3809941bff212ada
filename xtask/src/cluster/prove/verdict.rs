//! Whether what was acknowledged is there, once, and everybody says the same of it.

use super::acknowledged::Acknowledged;
use super::clients::{PAGES, body_of};
use crate::cluster::psql;
use crate::cluster::stack::Stack;
use crate::process;
use crate::program::SITE;
use afterword_wire::{CommentId, address};
use anyhow::{Context, ensure};
use serde::Deserialize;
use std::collections::HashMap;
use std::process::Command;
use std::time::{Duration, Instant};

/// Replicas replay what they have; the least of them within this time.
const AGREES_WITHIN: Duration = Duration::from_secs(30);
const POLL: Duration = Duration::from_millis(200);

/// Threads whose counters are not what their comments say, and comments whose replies are not as many as they say.
const WRONG_COUNTERS: &str = "SELECT (SELECT count(*) FROM thread t WHERE \
     (t.comment_count, t.root_count) <> (SELECT count(*), count(*) FILTER (WHERE parent_id = 0) FROM comment c WHERE c.thread_id = t.thread_id)) \
     + (SELECT count(*) FROM comment p WHERE p.reply_count <> \
     (SELECT count(*) FROM comment c WHERE c.thread_id = p.thread_id AND c.parent_id = p.comment_id))";
const DIGEST: &str =
    "SELECT count(*), md5(string_agg(comment_id || body_markdown || reply_count, ',' ORDER BY comment_id)) FROM comment";

/// How often each body is stored, and under which id last.
type Stored = HashMap<String, (u32, CommentId)>;

/// Compares what was acknowledged with what the database, its replicas and both processes say.
///
/// # Errors
/// Something is lost, doubled, miscounted, or told in two ways.
pub fn hold(stack: &Stack, acknowledged: &[Acknowledged]) -> anyhow::Result<()> {
    let stored = export(stack)?;
    let Faulty { lost, doubled, unknown } = compare(acknowledged, &stored);
    println!("{} acknowledged, {} stored; {lost} lost, {doubled} doubled, {unknown} unknown", acknowledged.len(), stored.len());
    ensure!(lost == 0 && doubled == 0 && unknown == 0, "comments are lost, doubled or unknown");
    let wrong = psql::query(&stack.layout, stack.layout.database_port, WRONG_COUNTERS)?;
    ensure!(wrong == "0", "{wrong} counters are wrong");
    let machines = stack.layout.machines;
    agree("the three databases", || {
        machines.map(|ports| psql::query(&stack.layout, ports.postgres, DIGEST)).into_iter().collect()
    })?;
    for page in PAGES {
        agree("the two processes", || stack.servers.iter().map(|server| thread(server.port, page)).collect())?;
    }
    println!("counters are right; the three databases hold the same, both processes answer the same");
    Ok(())
}

/// Comments that are not what was promised.
#[derive(Debug, Default, PartialEq, Eq)]
struct Faulty {
    /// Acknowledged, and not there or there under another id.
    lost: usize,
    /// There more than once.
    doubled: usize,
    /// There, and acknowledged to nobody.
    unknown: usize,
}

fn compare(acknowledged: &[Acknowledged], stored: &Stored) -> Faulty {
    let promised: HashMap<String, CommentId> = acknowledged.iter().map(|it| (body_of(it.number), it.comment_id)).collect();
    Faulty {
        lost: promised.iter().filter(|(body, id)| stored.get(*body).is_none_or(|(_, stored_id)| stored_id != *id)).count(),
        doubled: stored.values().filter(|(count, _)| *count > 1).count(),
        unknown: stored.keys().filter(|body| !promised.contains_key(*body)).count(),
    }
}

fn export(stack: &Stack) -> anyhow::Result<Stored> {
    let mut export = Command::new(&stack.program);
    export.args(["export", "--site", SITE]).env("AFTERWORD_DATABASE", stack.layout.database_url());
    let mut stored = Stored::new();
    for line in process::output_of(&mut export)?.lines() {
        let record: serde_json::Value = serde_json::from_str(line)?;
        let Some(body) = record["body_markdown"].as_str() else { continue };
        let id = CommentId::deserialize(&record["comment_id"]).with_context(|| format!("a comment without an id: {line}"))?;
        let entry = stored.entry(body.to_owned()).or_insert((0, id));
        *entry = (entry.0 + 1, id);
    }
    Ok(stored)
}

fn thread(port: u16, page: &str) -> anyhow::Result<String> {
    let url = format!("http://127.0.0.1:{port}{}?site={SITE}&page={page}", address::THREAD);
    Ok(ureq::get(&url).call()?.body_mut().read_to_string()?)
}

/// Asks all until all say the same: a replica replays, and a process hears, a moment later.
fn agree(who: &str, ask: impl Fn() -> anyhow::Result<Vec<String>>) -> anyhow::Result<()> {
    let begun = Instant::now();
    loop {
        let answers = ask()?;
        if answers.windows(2).all(|pair| pair[0] == pair[1]) {
            return Ok(());
        }
        ensure!(begun.elapsed() < AGREES_WITHIN, "{who} do not say the same: {answers:?}");
        std::thread::sleep(POLL);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn acknowledged(number: u64) -> Acknowledged {
        let now = Instant::now();
        Acknowledged { number, comment_id: CommentId(100 + number), sent_at: now, at: now }
    }

    fn stored(of: &[(u64, u32, u64)]) -> Stored {
        of.iter().map(|(number, count, id)| (body_of(*number), (*count, CommentId(*id)))).collect()
    }

    #[test]
    fn what_is_there_once_under_its_id_is_as_promised() {
        assert_eq!(compare(&[acknowledged(1), acknowledged(2)], &stored(&[(1, 1, 101), (2, 1, 102)])), Faulty::default());
    }

    #[test]
    fn what_is_missing_doubled_or_nobodys_is_found() {
        let all = [acknowledged(1), acknowledged(2), acknowledged(3)];
        let faulty = compare(&all, &stored(&[(1, 2, 101), (2, 1, 999), (4, 1, 104)]));
        assert_eq!(faulty, Faulty { lost: 2, doubled: 1, unknown: 1 });
    }
}
