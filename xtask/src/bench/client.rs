//! One client that asks a server again and again, and takes the time.

use crate::bench::ORIGIN;
use crate::bench::http::Connection;
use crate::bench::median::{ROUNDS, median};
use afterword_wire::ThreadSlice;
use anyhow::{Context, ensure};
use std::time::{Duration, Instant};

/// Requests of a round to each of the two that are compared.
const REQUESTS: usize = 60;
/// Requests of which all but a twentieth must be fast.
const TIMED: usize = 400;

/// A client and its connection.
pub struct Client {
    connection: Connection,
    /// Whom it asks, as `ADDRESS:PORT`.
    pub host: String,
}

impl Client {
    /// Connects.
    ///
    /// # Errors
    /// Nobody listens there.
    pub async fn of(listen: &str) -> anyhow::Result<Self> {
        Ok(Self { connection: Connection::open(listen).await?, host: listen.to_owned() })
    }

    /// A request for what stands at a path.
    pub fn get(&self, path: &str) -> Vec<u8> {
        format!("GET {path} HTTP/1.1\r\nHost: {}\r\nOrigin: {ORIGIN}\r\n\r\n", self.host).into_bytes()
    }

    /// What stands at a path, as a slice.
    ///
    /// # Errors
    /// It is none.
    pub async fn slice(&mut self, path: &str) -> anyhow::Result<ThreadSlice> {
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

    /// How long each of many requests takes; `request` makes them from a number that rises.
    ///
    /// # Errors
    /// One is refused.
    pub async fn times(&mut self, request: impl Fn(u64) -> Vec<u8>) -> anyhow::Result<Vec<Duration>> {
        let mut times = Vec::with_capacity(TIMED);
        for count in 0..TIMED {
            times.push(self.time(&request(count as u64)).await?);
        }
        Ok(times)
    }

    /// What the second costs as a multiple of the first: the middle of several rounds, in each of which both are asked in turn.
    ///
    /// # Errors
    /// One is refused.
    pub async fn ratio(&mut self, few: &str, many: &str) -> anyhow::Result<f64> {
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
