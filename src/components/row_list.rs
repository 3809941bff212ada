//! A list whose rows come and go without touching those that stay.
//!
//! Rows hardly ever change places: when comments would, the list is drawn anew (`ThreadState::generation`). So old and new rows can be
//! walked side by side, and what stays is not even moved within the page. Leptos' own keyed list moves rows that stay, by which they lose
//! focus and selection; see docs/decisions/0010.

use crate::state::{Listed, Row, RowKey};
use leptos::prelude::*;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::view::Mountable;

/// A row on the page.
struct Shown {
    listed: Listed,
    /// Where that stands in the list to come.
    place: usize,
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
        Shown { listed, place: 0, state, _owner: owner }
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

/// Takes away what is not listed any more, and what would have to change places: it is drawn where it belongs.
fn without_gone(shown: &mut Vec<Shown>, listed: &[Listed]) {
    // From one to the next it is seldom far.
    let mut from = 0;
    keep(shown, &mut |shown| {
        let place = |places: &[Listed]| places.iter().position(|listed| *listed == shown.listed);
        let found = place(&listed[from..]).map(|at| from + at).or_else(|| place(&listed[..from]));
        shown.place = found.unwrap_or_default();
        from = found.unwrap_or(from);
        found.is_some()
    });
    if !shown.is_sorted_by_key(|shown| shown.place) {
        // A comment on its way goes to its parent when that is loaded, and to the top when it is gone.
        keep(shown, &mut |shown| !matches!(shown.listed, Listed::Row(Row { key: RowKey::Pending(_), .. })));
        let mut next = 0;
        keep(shown, &mut |shown| {
            let is_next = shown.place >= next;
            next = next.max(shown.place);
            is_next
        });
    }
}

fn keep(shown: &mut Vec<Shown>, is_kept: &mut dyn FnMut(&mut Shown) -> bool) {
    shown.retain_mut(|shown| {
        let is_kept = is_kept(shown);
        if !is_kept {
            shown.state.unmount();
        }
        is_kept
    });
}

/// Whether signals are in it.
fn lives(listed: Listed) -> bool {
    matches!(listed, Listed::Row(row) if matches!(row.key, RowKey::Reply(_) | RowKey::Edit(_)))
}
