//! How many may follow threads: in all, and from one address.

use crate::client_address::ClientAddress;
use crate::failure::{Answer, Failure};
use std::collections::HashMap;
use std::collections::hash_map::Entry;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

/// From one address: the browsers of a household or a small office.
const MAX_FROM_ONE_ADDRESS: usize = 20;
/// How long who is refused should wait.
const RETRY_AFTER_S: u32 = 30;

/// The places there are, and who has them.
#[derive(Clone, Debug)]
pub struct LivePlaces {
    most: usize,
    taken: Arc<Mutex<Taken>>,
}

#[derive(Debug, Default)]
struct Taken {
    all: usize,
    by_address: HashMap<ClientAddress, usize>,
}

impl LivePlaces {
    /// So many places.
    pub fn new(most: usize) -> Self {
        Self { most, taken: Arc::default() }
    }

    /// Takes a place, which is free again once what is returned is dropped.
    ///
    /// # Errors
    /// `rate_limited` when the address has as many as one may have; `unavailable` when all are taken.
    pub fn take(&self, client: ClientAddress) -> Answer<LivePlace> {
        let mut taken = lock(&self.taken);
        if taken.all >= self.most {
            return Err(Failure::crowded(RETRY_AFTER_S));
        }
        let of_client = taken.by_address.entry(client).or_default();
        if *of_client >= MAX_FROM_ONE_ADDRESS {
            return Err(Failure::rate_limited(RETRY_AFTER_S));
        }
        *of_client += 1;
        taken.all += 1;
        Ok(LivePlace { client, taken: Arc::clone(&self.taken) })
    }

    /// How many are taken.
    pub fn count(&self) -> usize {
        lock(&self.taken).all
    }
}

/// A place that somebody has.
#[derive(Debug)]
pub struct LivePlace {
    client: ClientAddress,
    taken: Arc<Mutex<Taken>>,
}

impl Drop for LivePlace {
    fn drop(&mut self) {
        let mut taken = lock(&self.taken);
        taken.all -= 1;
        if let Entry::Occupied(mut of_client) = taken.by_address.entry(self.client) {
            *of_client.get_mut() -= 1;
            if *of_client.get() == 0 {
                of_client.remove();
            }
        }
    }
}

fn lock(taken: &Mutex<Taken>) -> MutexGuard<'_, Taken> {
    taken.lock().unwrap_or_else(PoisonError::into_inner)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::client_address::TrustedProxies;
    use afterword_wire::ErrorCode;
    use axum::http::HeaderMap;

    fn client(address: &str) -> ClientAddress {
        ClientAddress::find(address.parse().expect("an address"), &HeaderMap::new(), &TrustedProxies::default())
    }

    #[test]
    fn one_address_has_twenty_places_and_leaves_the_others_theirs() {
        let places = LivePlaces::new(1000);
        let greedy = client("192.0.2.1");
        let mut held: Vec<LivePlace> = (0..MAX_FROM_ONE_ADDRESS).map(|_| places.take(greedy).expect("free")).collect();
        for _ in 0..30_000 {
            assert_eq!(places.take(greedy).expect_err("refused").code(), ErrorCode::RateLimited);
        }
        places.take(client("192.0.2.2")).expect("another's place");
        held.pop();
        held.push(places.take(greedy).expect("one was given back"));
        drop(held);
        assert_eq!((places.count(), lock(&places.taken).by_address.len()), (0, 0), "nothing is remembered of who left");
    }

    #[test]
    fn when_all_places_are_taken_the_next_is_told_to_come_later() {
        let places = LivePlaces::new(1);
        let first = places.take(client("192.0.2.1")).expect("free");
        assert_eq!(places.take(client("192.0.2.2")).expect_err("refused").code(), ErrorCode::Unavailable);
        drop(first);
        places.take(client("192.0.2.2")).expect("free again");
    }
}
