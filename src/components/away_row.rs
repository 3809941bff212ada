//! What stands for rows that are put away: their height, and their words for who searches the page.

use super::element::{element, nothing};
use crate::actions::Thread;
use crate::browser::far_rows;
use crate::state::{RowKey, ThreadState, plain_text};
use leptos::prelude::*;

/// An empty place of a segment's height. Assistive technology is told of the comments around it which of how many they are.
pub fn away_row(thread: Thread, number: u32) -> AnyView {
    let drawn = thread.away.with_untracked(|away| {
        let segment = away.segment(number)?;
        let place = element("li", "").with("data-away", number.to_string()).with("aria-hidden", "true");
        // As a property: pages may refuse styles in attributes. In whole numbers: writing others would be a download of its own.
        let place = place.with_property("style", Some(format!("block-size:calc({}px/1000)", segment.height_mpx)));
        if !far_rows::can_find_hidden() {
            return Some(place.draw());
        }
        // The browser's search finds it and scrolls there, and with that the rows come back, in which it goes on.
        let words = thread.state.with_untracked(|state| words(state, &segment.keys));
        Some(place.with("hidden", "until-found").text(words).draw())
    });
    drawn.unwrap_or_else(nothing)
}

fn words(state: &ThreadState, keys: &[RowKey]) -> String {
    let mut words = String::new();
    for key in keys {
        let RowKey::Comment(id) = key else { continue };
        let Some(comment) = state.comment(*id) else { continue };
        words.push_str(comment.author.as_ref().map_or("", |author| &author.name));
        words.push('\n');
        words.push_str(&plain_text(&comment.body_html));
        words.push('\n');
    }
    words
}
