//! The name of whoever wrote a comment.

use super::element::element;
use afterword_wire::Author;
use leptos::prelude::*;

/// The name, leading to the author's website if they gave one; isolated, so that no direction in it leaks out.
pub fn author_name(author: &Author) -> AnyView {
    let name = match author.website.clone() {
        Some(website) => element("a", "aw-comment__author")
            .with("href", website)
            .with("rel", "nofollow ugc noopener noreferrer")
            .with("target", "_blank"),
        None => element("span", "aw-comment__author"),
    };
    name.with("part", "author").with("dir", "auto").text(author.name.clone()).draw()
}
