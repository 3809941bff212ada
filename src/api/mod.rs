//! Requests to the Afterword server: the only place that names `gloo_net`.

mod read;
mod request;
mod write;

pub use read::{count_comments, read_branch, read_permalink, read_slice, read_source, search};
pub use request::{Answer, ApiFailure};
pub use write::{create_comment, delete_comment, edit_comment, preview};
