//! How many posts a second are kept, beside what the disk allows where each is a commit of its own.

use crate::bench::ORIGIN;
use crate::bench::load::per_second;
use crate::bench::median::{ROUNDS, median};
use crate::budget::{self, Measured};
use crate::program::{self, Program, SITE};
use crate::sample_thread::PAGE_KEY;
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use afterword_wire::{AuthorFields, CommentId, NewComment, PageRef, RequestId, address};
use anyhow::Context;
use std::hash::{BuildHasher, Hasher, RandomState};
use std::time::Duration;

const AT_ONCE: usize = 64;
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
        let together = rate(&listen, AT_ONCE, 2 * round).await?;
        let alone = rate(&listen, 1, 2 * round + 1).await?;
        println!("        {together:.0} posts per second, {AT_ONCE} at once; {alone:.0} one after the other");
        ratios.push(together / alone);
    }
    Ok(budget::POST_RATIO.at(median(ratios)))
}

async fn rate(listen: &str, clients: usize, round: usize) -> anyhow::Result<f64> {
    let host = listen.to_owned();
    let round = u64::try_from(round).context("a small number")?;
    let post = Post::written(&host, PAGE_KEY, None, round)?;
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
