//! What reading a thread of a million comments costs, beside the same in one of fifty, and what it costs at all.
//!
//! The server keeps no answers meanwhile: each is read from the database and written as JSON.

use crate::bench::bare_route::BareRoute;
use crate::bench::client::Client;
use crate::bench::http::Connection;
use crate::bench::large_threads::{SHAPES, SIZES, page_key};
use crate::bench::load::per_second;
use crate::bench::median::{ROUNDS, median};
use crate::bench::memory::resident_mb_of;
use crate::bench::posting;
use crate::bench::reading::slice_request;
use crate::budget::{self, Budget, Measured};
use crate::program::{self, Program, SITE};
use afterword_wire::{CommentId, Sort, address};
use anyhow::Context;
use std::collections::BTreeMap;
use std::time::Duration;

/// Rows asked for: few enough that a thread of fifty has something to go on with.
const LIMIT: u32 = 10;
/// What is looked for: a word in most comments, a rarer one, two, a beginning, a name, Chinese; last a word that stands nowhere with
/// one that stands nearly everywhere.
const SEARCHES: [&str; 8] =
    ["the%20", "cyclist%20", "honest%20bridge%20", "arg", "argument%20neigh", "mara%20", "%E7%9A%84", "nowhereatall%20the%20"];
const CONNECTIONS: usize = 8;
const ROUND: Duration = Duration::from_secs(2);
const OPTIONS: [&str; 4] = ["--answer-memory", "0", "--posts-per-minute", "1000000"];

/// Everything about large threads.
///
/// # Errors
/// The server does not start, or answers with a failure.
pub async fn measure(program: &Program) -> anyhow::Result<Vec<Measured>> {
    let listen = program::free_address()?;
    let server = program.serve(&listen, &OPTIONS)?;
    let mut client = Client::of(&listen).await?;
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
    // Last: the client that is idle meanwhile is let go.
    measured.push(rate(&listen).await?);
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

/// Slices a second of a large thread, each read from the database and packed, beside a route that only answers the same bytes.
async fn rate(listen: &str) -> anyhow::Result<Measured> {
    let request = slice_request(listen, &page_key("hot", SIZES[1]));
    let answer = Connection::open(listen).await?.exchange(request.as_bytes()).await?;
    let bare = BareRoute::start(&answer.body).await?;
    let ask = move |_: usize, _: u64| request.clone().into_bytes();
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let ours = per_second(listen, CONNECTIONS, ROUND, ask.clone()).await?;
        let bare = per_second(&bare.listen, CONNECTIONS, ROUND, ask.clone()).await?;
        println!("        {ours:.0} slices per second, none kept; bare route {bare:.0}");
        ratios.push(ours / bare);
    }
    Ok(budget::LARGE_RATE.at(median(ratios)))
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
