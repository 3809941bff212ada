//! What reading a thread of a million comments costs, beside the same in one of fifty, and what it costs at all.
//!
//! The server keeps no answers meanwhile: each is read from the database and written as JSON.

use crate::bench::ORIGIN;
use crate::bench::http::Connection;
use crate::bench::large_threads::{SHAPES, SIZES, page_key};
use crate::bench::median::{ROUNDS, median};
use crate::bench::memory::resident_mb_of;
use crate::bench::posting;
use crate::budget::{self, Budget, Measured};
use crate::program::{self, Program, SITE};
use afterword_wire::{CommentId, Sort, ThreadSlice, address};
use anyhow::{Context, ensure};
use std::collections::BTreeMap;
use std::time::{Duration, Instant};

/// Rows asked for: few enough that a thread of fifty has something to go on with.
const LIMIT: u32 = 10;
/// Requests of a round to each of the two.
const REQUESTS: usize = 60;
/// Requests of which all but a twentieth must be fast.
const TIMED: usize = 400;
/// What is looked for: a word in most comments, a rarer one, two, a beginning, a name, Chinese; last a word that stands nowhere with
/// one that stands nearly everywhere.
const SEARCHES: [&str; 8] =
    ["the%20", "cyclist%20", "honest%20bridge%20", "arg", "argument%20neigh", "mara%20", "%E7%9A%84", "nowhereatall%20the%20"];
const OPTIONS: [&str; 4] = ["--answer-memory", "0", "--posts-per-minute", "1000000"];

/// Everything about large threads.
///
/// # Errors
/// The server does not start, or answers with a failure.
pub async fn measure(program: &Program) -> anyhow::Result<Vec<Measured>> {
    let listen = program::free_address()?;
    let server = program.serve(&listen, &OPTIONS)?;
    let mut client = Client { connection: Connection::open(&listen).await?, host: listen.clone() };
    let mut worst: BTreeMap<usize, f64> = BTreeMap::new();
    for shape in SHAPES {
        let [few, many] = SIZES.map(|size| page_key(shape, size));
        let (few, many) = (requests(&mut client, &few).await?, requests(&mut client, &many).await?);
        for (row, many) in &many {
            let Some(few) = few.get(row) else { continue };
            let ratio = client.ratio(few, many).await?;
            println!("        {shape}: {} {ratio:.2}", budget::LARGE_RATIOS[*row].what);
            let worst = worst.entry(*row).or_default();
            *worst = worst.max(ratio);
        }
    }
    let mut measured: Vec<Measured> = worst.into_iter().map(|(row, ratio)| budget::LARGE_RATIOS[row].at(ratio)).collect();
    measured.extend(searches(&mut client).await?);
    measured.extend(times(&mut client).await?);
    measured.push(budget::LARGE_MEMORY.at(resident_mb_of(server.process_id())?));
    Ok(measured)
}

/// Addresses to compare, by the place of their budget in [`budget::LARGE_RATIOS`].
async fn requests(client: &mut Client, page: &str) -> anyhow::Result<BTreeMap<usize, String>> {
    let mut requests = BTreeMap::new();
    let mut first_comment = None;
    for (place, sort) in Sort::ALL.into_iter().enumerate() {
        let slice = format!("{}?site={SITE}&page={page}&sort={}&limit={LIMIT}", address::THREAD, sort.as_str());
        let found = client.slice(&slice).await?;
        // From further down where the thread is long enough.
        let further = match &found.more {
            Some(more) => client.slice(&format!("{slice}&cursor={}", more.cursor)).await?,
            None => found.clone(),
        };
        let last = further.comments.last().context("an empty thread")?.id;
        first_comment = first_comment.or(found.comments.first().map(|comment| comment.id));
        let permalink = |id: CommentId| {
            format!("{}?site={SITE}&page={page}&sort={}&limit={LIMIT}&comment={id}", address::PERMALINK, sort.as_str())
        };
        // As deep down as a slice reaches, in the small thread too: there its first slice goes that deep already.
        let around = client.slice(&permalink(last)).await?;
        let deepest = around.comments.last().context("a comment without itself")?.id;
        requests.insert(3 + place, permalink(deepest));
        requests.extend(found.more.map(|more| (6 + place, format!("{slice}&cursor={}", more.cursor))));
        requests.insert(place, slice);
    }
    let branch = format!("{}?site={SITE}&comment={}&limit={LIMIT}", address::BRANCH, first_comment.context("an empty thread")?);
    let found = client.slice(&branch).await?;
    if found.comments.is_empty() {
        return Ok(requests);
    }
    // Wherever a branch goes on: after its head's replies, or deeper down.
    let deeper = found.comments.iter().find_map(|comment| Some((comment.id, comment.more.clone()?)));
    let onward = match found.more {
        Some(more) => Some(format!("{branch}&cursor={}", more.cursor)),
        None => {
            deeper.map(|(id, more)| format!("{}?site={SITE}&comment={id}&limit={LIMIT}&cursor={}", address::BRANCH, more.cursor))
        }
    };
    requests.extend(onward.map(|onward| (10, onward)));
    requests.insert(9, branch);
    Ok(requests)
}

/// What the first results of a search take, beside a slice of the same thread.
async fn searches(client: &mut Client) -> anyhow::Result<[Measured; 2]> {
    let page = page_key("wide", SIZES[1]);
    let slice = format!("{}?site={SITE}&page={page}", address::THREAD);
    let mut ratios = Vec::with_capacity(SEARCHES.len());
    for typed in SEARCHES {
        let search = format!("{}?site={SITE}&page={page}&q={typed}", address::SEARCH);
        let ratio = client.ratio(&slice, &search).await?;
        println!("        search for {typed}: {ratio:.2}");
        ratios.push(ratio);
    }
    let in_vain = ratios.pop().unwrap_or_default();
    let worst = ratios.into_iter().fold(0.0, f64::max);
    Ok([budget::LARGE_SEARCH.at(worst), budget::LARGE_SEARCH_IN_VAIN.at(in_vain)])
}

/// How long single requests to the thread with one comment that half a million answer take.
async fn times(client: &mut Client) -> anyhow::Result<Vec<Measured>> {
    let page = page_key("hot", SIZES[1]);
    let slice = format!("{}?site={SITE}&page={page}", address::THREAD);
    let head = client.slice(&slice).await?.comments.first().context("an empty thread")?.id;
    let replies = client.slice(&format!("{}?site={SITE}&comment={head}", address::BRANCH)).await?;
    let last = replies.comments.last().context("nobody answers")?.id;
    let permalink = format!("{}?site={SITE}&page={page}&comment={last}", address::PERMALINK);
    let (slice, permalink) = (client.get(&slice), client.get(&permalink));
    let slices = client.times(|_| slice.clone()).await?;
    let permalinks = client.times(|_| permalink.clone()).await?;
    let post = posting::Post::new(&client.host, &page, Some(head))?;
    let posts = client.times(|count| post.request(0, count)).await?;
    let at = |budget: Budget, times| budget.at(p95_ms(times));
    Ok(vec![at(budget::LARGE_SLICE_P95, slices), at(budget::LARGE_PERMALINK_P95, permalinks), at(budget::LARGE_POST_P95, posts)])
}

/// The time within which all but a twentieth came.
fn p95_ms(mut times: Vec<Duration>) -> f64 {
    times.sort();
    times.get(times.len() * 95 / 100).map_or(0.0, |time| time.as_secs_f64() * 1000.0)
}

struct Client {
    connection: Connection,
    host: String,
}

impl Client {
    fn get(&self, path: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\nOrigin: {ORIGIN}\r\n\r\n", self.host).into_bytes()
    }

    async fn slice(&mut self, path: &str) -> anyhow::Result<ThreadSlice> {
        let answer = self.connection.exchange(&self.get(path)).await?;
        ensure!(answer.status == 200, "{path}: {}", String::from_utf8_lossy(&answer.body));
        serde_json::from_slice(&answer.body).with_context(|| format!("{path} is no slice"))
    }

    async fn time(&mut self, request: &[u8]) -> anyhow::Result<Duration> {
        let begun = Instant::now();
        let answer = self.connection.exchange(request).await?;
        let time = begun.elapsed();
        ensure!((200..300).contains(&answer.status), "{}: {}", answer.status, String::from_utf8_lossy(&answer.body));
        Ok(time)
    }

    async fn times(&mut self, request: impl Fn(u64) -> Vec<u8>) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(TIMED);
        for count in 0..TIMED {
            times.push(self.time(&request(count as u64)).await?);
        }
        Ok(times)
    }

    /// What the second costs as a multiple of the first: the middle of several rounds, in each of which both are asked in turn.
    async fn ratio(&mut self, few: &str, many: &str) -> anyhow::Result<f64> {
        let (few, many) = (self.get(few), self.get(many));
        let mut ratios = Vec::with_capacity(ROUNDS);
        // The first round only warms what both need.
        for round in 0..=ROUNDS {
            let (mut few_times, mut many_times) = (Vec::new(), Vec::new());
            for _ in 0..REQUESTS {
                few_times.push(self.time(&few).await?.as_secs_f64());
                many_times.push(self.time(&many).await?.as_secs_f64());
            }
            if round > 0 {
                ratios.push(median(many_times) / median(few_times));
            }
        }
        Ok(median(ratios))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn of_twenty_times_the_longest_does_not_count() {
        let times = (1..=20).map(Duration::from_millis).collect();
        assert_eq!(p95_ms(times), 20.0);
        assert_eq!(p95_ms((1..=100).map(Duration::from_millis).collect()), 96.0);
    }
}
