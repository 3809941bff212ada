//! What only a browser can do: clock, randomness, storage, dates, focus, scrolling, events. The one user of `web_sys` effects.

pub mod adopt;
pub mod clock;
pub mod far_rows;
pub mod focus;
pub mod form_fields;
pub mod heading;
pub mod hits;
pub mod host_event;
pub mod intl;
pub mod json;
pub mod listen;
pub mod locks;
pub mod rail;
pub mod random;
pub mod set_place;
pub mod storage;
pub mod tab;
