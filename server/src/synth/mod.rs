//! Threads that nobody wrote, of any size: for tests, for measuring, and for who wants to see what a big one is like.
//!
//! Everything of a comment follows from the seed, its page and its number, so that any part can be made by itself, at once with
//! others, and the same part again is the same.

mod chance;
mod names;
mod shape;
mod text;
mod thread;
mod words;

pub use shape::Shape;
pub use thread::SynthThread;
