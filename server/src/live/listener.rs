//! One reader who follows a thread.

use super::places::LivePlace;
use hyper::body::Bytes;
use std::sync::{Arc, Mutex, PoisonError};
use tokio::sync::broadcast;

/// A reader in the room of a page, not yet told anything.
#[derive(Debug)]
pub struct Listener {
    /// What happened before now.
    pub beginning: Bytes,
    /// What happens from now on. A receiver that lags is one that does not read.
    pub events: broadcast::Receiver<Bytes>,
    /// Kept until the reader goes.
    pub place: LivePlace,
}

/// A listener on its way from the handler to the accept loop, among the extensions of an answer without a body: the loop takes the
/// connection over and goes on with it.
#[derive(Clone, Debug)]
pub struct HandedOver(Arc<Mutex<Option<Listener>>>);

impl HandedOver {
    /// Hands a listener over.
    pub fn new(listener: Listener) -> Self {
        Self(Arc::new(Mutex::new(Some(listener))))
    }

    /// Takes the listener, once.
    pub fn take(&self) -> Option<Listener> {
        self.0.lock().unwrap_or_else(PoisonError::into_inner).take()
    }
}
