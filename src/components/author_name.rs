//! The name of whoever wrote a comment.

use afterword_wire::Author;
use leptos::either::Either;
use leptos::prelude::*;

/// The name, leading to the author's website if they gave one; isolated, so that no direction in it leaks out.
pub fn author_name(author: &Author) -> impl IntoView + use<> {
    let name = author.name.clone();
    match author.website.clone() {
        Some(website) => Either::Left(view! {
            <a class="aw-comment__author" part="author" dir="auto" href=website rel="nofollow ugc noopener noreferrer" target="_blank">{name}</a>
        }),
        None => Either::Right(view! { <span class="aw-comment__author" part="author" dir="auto">{name}</span> }),
    }
}
