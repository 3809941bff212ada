//! Readers who are told of changes as they happen.
//!
//! A handler lets a reader in ([`LivePlaces`]) and into the room of a page ([`LiveHub`]); the accept loop then takes the connection
//! from hyper and pours what the room hears into it ([`pour`]). A change is read from the store and written out once, however many
//! listen.

mod event;
mod hub;
mod listener;
mod places;
mod pour;

pub use hub::LiveHub;
pub use listener::{HandedOver, Listener};
pub use places::{LivePlace, LivePlaces};
pub use pour::{Live, head_of, pour};
