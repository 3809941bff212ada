//! How many posts a second are kept, beside what the disk allows where each is a commit of its own.

use crate::bench::ORIGIN;
use crate::bench::load::per_second;
use crate::bench::median::{ROUNDS, median};
use crate::bench::reading::slice_request;
use crate::budget::{self, Measured};
use crate::program::{self, Program, SITE};
use crate::sample_thread::PAGE_KEY;
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use afterword_wire::{AuthorFields, CommentId, NewComment, PageRef, RequestId, address};
use anyhow::Context;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

const AT_ONCE: usize = 64;
const READERS: usize = 32;
/// A thread that nobody reads.
const BUSY_PAGE_KEY: &str = "/busy";
const ROUND: Duration = Duration::from_secs(2);
/// The last groups of the request id and the end of the device secret stand for the client and its count; both keep their length.
const ID_TAIL: &str = "bfff-ffffffffffff";
const SECRET_TAIL: &str = "SECRET";
/// The most that the server lets itself be told.
const UNLIMITED: [&str; 2] = ["--posts-per-minute", "1000000"];

/// The middle ratio of several rounds: 64 clients at once, then one alone, whose every post is one commit.
///
/// # Errors
/// The server does not start or refuses a post.
pub async fn measure(program: &Program) -> anyhow::Result<Measured> {
    let listen = program::free_address()?;
    let _server = program.serve(&listen, &UNLIMITED)?;
    let mut ratios = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let together = rate(&listen, PAGE_KEY, AT_ONCE, 2 * round).await?;
        let alone = rate(&listen, PAGE_KEY, 1, 2 * round + 1).await?;
        println!("        {together:.0} posts per second, {AT_ONCE} at once; {alone:.0} one after the other");
        ratios.push(together / alone);
    }
    Ok(budget::POST_RATIO.at(median(ratios)))
}

/// What share of their pace readers lose while others post, all through 32 connections that ask without a pause: the middle of
/// several rounds. Of another thread, and of the one that is written to, whose answer changes with every commit.
///
/// # Errors
/// The server does not start or refuses something.
pub async fn beside_readers(program: &Program) -> anyhow::Result<[Measured; 2]> {
    let elsewhere = lost(program, BUSY_PAGE_KEY, 100).await?;
    let here = lost(program, PAGE_KEY, 200).await?;
    Ok([budget::READS_LOST.at(elsewhere), budget::READS_LOST_HERE.at(here)])
}

async fn lost(program: &Program, written_to: &'static str, first_round: usize) -> anyhow::Result<f64> {
    let listen = program::free_address()?;
    let _server = program.serve(&listen, &UNLIMITED)?;
    let request = slice_request(&listen, PAGE_KEY);
    let ask = move |_: usize, _: u64| request.clone().into_bytes();
    let mut lost = Vec::with_capacity(ROUNDS);
    for round in 0..ROUNDS {
        let alone = per_second(&listen, READERS, ROUND, ask.clone()).await?;
        let posting = tokio::spawn({
            let listen = listen.clone();
            async move { rate(&listen, written_to, AT_ONCE, first_round + round).await }
        });
        let beside = per_second(&listen, READERS, ROUND, ask.clone()).await?;
        let posts = posting.await??;
        println!("        {alone:.0} slices per second; {beside:.0} beside {posts:.0} posts per second");
        lost.push(100.0 * (1.0 - beside / alone));
    }
    Ok(median(lost))
}

async fn rate(listen: &str, page_key: &str, clients: usize, round: usize) -> anyhow::Result<f64> {
    let host = listen.to_owned();
    let round = u64::try_from(round).context("a small number")?;
    let post = Post::written(&host, page_key, None, round)?;
    per_second(listen, clients, ROUND, move |client, count| post.request(client, count)).await
}

/// A comment to post again and again, each time as another. Written once: what is measured is not how fast this program writes JSON.
#[derive(Clone)]
pub struct Post(String);

impl Post {
    /// A comment for a page, as an answer or not, that no earlier run has posted.
    ///
    /// # Errors
    /// Never seen: what is written can be written.
    pub fn new(host: &str, page_key: &str, parent_id: Option<CommentId>) -> anyhow::Result<Self> {
        // As good as any chance: the standard library draws new keys for each.
        let chance = RandomState::new().build_hasher().finish() >> 16;
        Self::written(host, page_key, parent_id, chance)
    }

    /// The request of a client's next post.
    pub fn request(&self, client: usize, count: u64) -> Vec<u8> {
        let id = format!("{client:04x}-{count:012x}");
        self.0.replace(ID_TAIL, &id).replace(SECRET_TAIL, &format!("{client:06}")).into_bytes()
    }

    fn written(host: &str, page_key: &str, parent_id: Option<CommentId>, series: u64) -> anyhow::Result<Self> {
        let mut comment = NewComment {
            request_id: RequestId::from_parts(series, [0xff; 16]),
            page: PageRef { key: page_key.to_owned(), ..PageRef::default() },
            parent_id,
            body_markdown: "A comment of *ordinary* length, as people write them under articles when they agree.".to_owned(),
            author: AuthorFields { name: "Mara".to_owned(), ..AuthorFields::default() },
        };
        comment.page.url = Some(format!("{ORIGIN}{page_key}"));
        let body = serde_json::to_string(&comment)?;
        let secret = format!("{}{SECRET_TAIL}", "A".repeat(DEVICE_SECRET_CHARS - SECRET_TAIL.len()));
        Ok(Self(format!(
            "POST {}?site={SITE} HTTP/1.1\r\nHost: {host}\r\nOrigin: {ORIGIN}\r\nContent-Type: application/json\r\n\
         Authorization: Bearer {secret}\r\nContent-Length: {}\r\n\r\n{body}",
            address::COMMENTS,
            body.len()
        )))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_request_has_the_places_that_each_client_fills_with_its_own() {
        let Post(request) = Post::written("127.0.0.1:1", PAGE_KEY, None, 3).unwrap();
        assert_eq!(request.matches(ID_TAIL).count(), 1, "{request}");
        assert_eq!(request.matches(SECRET_TAIL).count(), 1, "{request}");
    }
}
