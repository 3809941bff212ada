//! How often who may write.

use crate::client_address::ClientAddress;
use crate::failure::{Answer, Failure};
use afterword_store::TokenHash;
use governor::clock::{Clock, DefaultClock};
use governor::{DefaultKeyedRateLimiter, Quota, RateLimiter};
use std::hash::Hash;
use std::num::NonZeroU32;

/// Writes that may come at once before the pace per minute holds.
const BURST: u32 = 10;
/// Previews are typing: so many for each post.
const PREVIEWS_PER_POST: u32 = 6;

/// Counters per client and per device. Each check is one atomic step, so no number of parallel requests gets past it.
#[derive(Debug)]
pub struct RateLimits {
    by_address: DefaultKeyedRateLimiter<ClientAddress>,
    by_token: DefaultKeyedRateLimiter<[u8; 32]>,
    previews: DefaultKeyedRateLimiter<ClientAddress>,
    clock: DefaultClock,
}

impl RateLimits {
    /// Limits for so many posts a minute.
    pub fn new(posts_per_minute: u32) -> Self {
        let quota = |factor: u32| {
            let pace = NonZeroU32::new(posts_per_minute.saturating_mul(factor)).unwrap_or(NonZeroU32::MIN);
            let burst = NonZeroU32::new(BURST.saturating_mul(factor)).unwrap_or(NonZeroU32::MIN);
            Quota::per_minute(pace).allow_burst(pace.min(burst))
        };
        Self {
            by_address: RateLimiter::keyed(quota(1)),
            by_token: RateLimiter::keyed(quota(1)),
            previews: RateLimiter::keyed(quota(PREVIEWS_PER_POST)),
            clock: DefaultClock::default(),
        }
    }

    /// Counts a write of that client.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn count_write(&self, client: ClientAddress) -> Answer<()> {
        self.count(&self.by_address, &client)
    }

    /// Counts a write of that device.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn count_device(&self, token_hash: TokenHash) -> Answer<()> {
        self.count(&self.by_token, &token_hash.0)
    }

    /// Counts a preview for that client.
    ///
    /// # Errors
    /// `rate_limited`.
    pub fn count_preview(&self, client: ClientAddress) -> Answer<()> {
        self.count(&self.previews, &client)
    }

    /// Forgets everyone whose limit is whole again, so that memory follows those who write now.
    pub fn sweep(&self) {
        self.by_address.retain_recent();
        self.by_token.retain_recent();
        self.previews.retain_recent();
        self.by_address.shrink_to_fit();
        self.by_token.shrink_to_fit();
        self.previews.shrink_to_fit();
    }

    fn count<K: Hash + Eq + Clone>(&self, limiter: &DefaultKeyedRateLimiter<K>, key: &K) -> Answer<()> {
        limiter.check_key(key).map_err(|refusal| {
            let wait = refusal.wait_time_from(self.clock.now());
            let whole_seconds = u32::try_from(wait.as_millis().div_ceil(1000)).unwrap_or(u32::MAX);
            Failure::rate_limited(whole_seconds.max(1))
        })
    }
}
