//! A list whose rows come and go without touching those that stay.
//!
//! Rows never change places: when they would, the list is drawn anew (`ThreadState::generation`). So old and new rows can be walked
//! side by side, and what stays is not even moved within the page. Leptos' own keyed list moves rows that stay, by which they lose
//! focus and selection; see docs/decisions/0010.

use crate::state::{Listed, RowKey};
use leptos::prelude::*;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::Mountable;

/// A row on the page.
struct Shown {
    listed: Listed,
    state: <AnyView as Render>::State,
    /// Only what lives has one: a list keeps a little memory for each there ever was.
    _owner: Option<Owner>,
}

/// Keeps the children of an element as `rows` says, each drawn once.
pub fn keep_rows(list: &Element, rows: Memo<Vec<Listed>>, draw: impl Fn(Listed) -> AnyView + 'static) {
    let list = list.clone();
    let parent = Owner::current().unwrap_or_default();
    let show = move |listed: Listed| {
        let owner = lives(listed).then(|| parent.with(Owner::new));
        let build = || untrack(|| draw(listed).build());
        let state = owner.as_ref().map_or_else(build, |owner| owner.with(build));
        Shown { listed, state, _owner: owner }
    };
    let effect = RenderEffect::new(move |before: Option<Vec<Shown>>| {
        let listed = rows.get();
        let mut before = before.unwrap_or_default();
        without_gone(&mut before, &listed);
        let mut staying = before.into_iter().peekable();
        let mut after = Vec::with_capacity(listed.len());
        for listed in listed {
            if let Some(shown) = staying.next_if(|shown| shown.listed == listed) {
                after.push(shown);
                continue;
            }
            let mut shown = show(listed);
            match staying.peek() {
                Some(next) => _ = next.state.insert_before_this(&mut shown.state),
                None => shown.state.mount(&list, None),
            }
            after.push(shown);
        }
        after
    });
    // With the list it ends.
    StoredValue::new_local(effect);
}

/// Takes away what is not listed any more.
fn without_gone(shown: &mut Vec<Shown>, listed: &[Listed]) {
    let mut sorted = listed.to_vec();
    sorted.sort_unstable();
    shown.retain_mut(|shown| {
        let stays = sorted.binary_search(&shown.listed).is_ok();
        if !stays {
            shown.state.unmount();
        }
        stays
    });
}

/// Whether signals are in it.
fn lives(listed: Listed) -> bool {
    matches!(listed, Listed::Row(row) if matches!(row.key, RowKey::Reply(_) | RowKey::Edit(_)))
}
