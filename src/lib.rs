//! The comment thread of Afterword.

pub mod paint;
pub mod state;
pub mod text;
