//! Several clients at once.

use crate::bench::http::{Answer, Connection};
use anyhow::ensure;
use std::time::{Duration, Instant};

const TOO_MANY_REQUESTS: u16 = 429;

/// Requests that `connections` clients get answered with success in a second, each asking again as soon as it has its answer.
/// `request` makes a client's next one from the client's number and a count that rises with each success.
///
/// # Errors
/// A connection breaks, or an answer is neither a success nor a request to slow down.
pub async fn per_second(
    address: &str,
    connections: usize,
    lasting: Duration,
    request: impl Fn(usize, u64) -> Vec<u8> + Clone + Send + 'static,
) -> anyhow::Result<f64> {
    let begun = Instant::now();
    let mut clients = tokio::task::JoinSet::new();
    for client in 0..connections {
        let (address, request) = (address.to_owned(), request.clone());
        clients.spawn(async move {
            let mut connection = Connection::open(&address).await?;
            let mut count = 0;
            while begun.elapsed() < lasting {
                let Answer { status, body, .. } = connection.exchange(&request(client, count)).await?;
                ensure!(
                    status == TOO_MANY_REQUESTS || (200..300).contains(&status),
                    "{status}: {}",
                    String::from_utf8_lossy(&body)
                );
                count += u64::from(status != TOO_MANY_REQUESTS);
            }
            Ok(count)
        });
    }
    let mut total = 0;
    while let Some(count) = clients.join_next().await {
        total += count??;
    }
    Ok(total as f64 / begun.elapsed().as_secs_f64())
}
