//! The comment thread of Afterword: one set of components that the browser mounts (feature `csr`) and the server paints
//! (feature `ssr`).
//!
//! Data flows one way: `wire <- api, state <- actions <- components <- embed`. `tests/tidy.rs` holds it.

// The optimised server build computes the layout of a form's whole view type, 130 levels deep.
#![recursion_limit = "256"]

pub mod actions;
mod api;
pub mod browser;
pub mod components;
pub mod config;
pub mod embed;
#[cfg(feature = "ssr")]
pub mod paint;
pub mod state;
pub mod text;
