//! How fast a slice comes out of memory, beside a route that only answers the same bytes.

use crate::bench::ORIGIN;
use crate::bench::bare_route::BareRoute;
use crate::bench::http::{Connection, field};
use crate::bench::load::per_second;
use crate::bench::median::{ROUNDS, median};
use crate::budget::{self, Measured};
use crate::program::{self, Program, SITE};
use crate::sample_thread::PAGE_KEY;
use afterword_wire::address;
use anyhow::ensure;
use std::time::Duration;

const CONNECTIONS: usize = 8;
const ROUND: Duration = Duration::from_secs(2);

/// The middle ratio of several rounds, each asking both servers in turn.
///
/// # Errors
/// A server does not start or answer.
pub async fn measure(program: &Program) -> anyhow::Result<Measured> {
    let ours = program::free_address()?;
    let _server = program.serve(&ours, &[])?;
    let request = slice_request(&ours, PAGE_KEY);
    let answer = Connection::open(&ours).await?.exchange(request.as_bytes()).await?;
    ensure!(field(&answer.head, "content-encoding") == Some("br"), "the slice came unpacked: {}", answer.head);
    let bare = BareRoute::start(&answer.body).await?;
    let ask = move |_: usize, _: u64| request.clone().into_bytes();
    let mut ratios = Vec::with_capacity(ROUNDS);
    for _ in 0..ROUNDS {
        let our_rate = per_second(&ours, CONNECTIONS, ROUND, ask.clone()).await?;
        let bare_rate = per_second(&bare.listen, CONNECTIONS, ROUND, ask.clone()).await?;
        println!("        {our_rate:.0} slices per second; bare route {bare_rate:.0}");
        ratios.push(our_rate / bare_rate);
    }
    Ok(budget::READ_RATIO.at(median(ratios)))
}

/// Asks for the first slice of a page, packed as browsers ask for it.
pub fn slice_request(host: &str, page_key: &str) -> String {
    format!(
        "GET {}?site={SITE}&page={page_key} HTTP/1.1\r\nHost: {host}\r\nOrigin: {ORIGIN}\r\nAccept-Encoding: br\r\n\r\n",
        address::THREAD
    )
}
