//! The browser build.
fn main() {}
