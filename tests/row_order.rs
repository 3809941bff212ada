//! Rows stand on screen in the order in which the state lists them, whatever happens in whichever order.
//!
//! A keyed list that moves and inserts rows in one step can misplace them; the list is then built anew instead
//! (`ThreadState::generation`). This suite would notice if that were forgotten.
#![cfg(target_arch = "wasm32")]

mod page;

use afterword_widget::state::{FormKey, PendingComment, PendingStatus, RowKey, ThreadState};
use afterword_wire::{AuthorFields, CommentId, More, RequestId};
use leptos::prelude::*;
use page::{Page, comment, name_of, open, slice, written};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

/// A sequence that is the same at every run (Knuth's MMIX multiplier).
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        usize::try_from(self.0 >> 33).expect("31 bits") % sides
    }
}

fn loaded(state: &ThreadState) -> Vec<(u64, u16)> {
    state
        .rows()
        .into_iter()
        .filter_map(|row| match row.key {
            RowKey::Comment(id) | RowKey::Edit(id) => Some((id.0, row.depth)),
            _ => None,
        })
        .collect()
}

fn begin() -> ThreadState {
    let mut first =
        slice(vec![comment(100, None, 0), comment(110, Some(100), 1), comment(200, None, 0), comment(210, Some(200), 1)]);
    first.more = Some(More { cursor: "c".to_owned(), count: 40 });
    ThreadState::from_slice(first)
}

/// Does one thing that a reader, a server or another reader could do.
fn happen(state: &mut ThreadState, dice: &mut Dice, next_id: &mut u64) {
    let comments = loaded(state);
    let Some(&(id, depth)) = comments.get(dice.roll(comments.len().max(1))) else { return };
    *next_id += 10;
    let new_id = *next_id;
    let more = Some(More { cursor: "c".to_owned(), count: 9 });
    match dice.roll(10) {
        0 => state.update_look(CommentId(id), |look| look.is_collapsed = !look.is_collapsed),
        1 => state.open_reply(CommentId(id)),
        2 => state.close_form(FormKey::Reply(CommentId(id))),
        3 => state.insert_written(written(comment(new_id, Some(id), depth + 1))),
        4 => state.insert_written(written(comment(new_id, None, 0))),
        5 => {
            // More roots, and between them some that are here already as strays, in another order than the strays had.
            let roots = comments.iter().rev().filter(|(_, depth)| *depth == 0).take(3);
            let between = |(id, _): &(u64, u16)| [comment(new_id + 5_000 + id, None, 0), comment(*id, None, 0)];
            let mut go_on = slice(roots.flat_map(between).collect());
            go_on.more = more;
            state.merge_slice(go_on, None);
        }
        6 => {
            let mut root = comment(new_id + 4_000, None, 0);
            root.more = more;
            state.merge_permalink(slice(vec![root, comment(new_id + 4_001, Some(new_id + 4_000), 1)]), CommentId(new_id + 4_001));
        }
        7 => {
            let gone = afterword_wire::Written { is_listed: false, ..written(comment(id, None, 0)) };
            if comments.len() > 6 {
                state.remove_written(&gone);
            }
        }
        8 => {
            state.add_pending(PendingComment {
                number: 0,
                request_id: RequestId::from_parts(new_id, [0; 16]),
                parent_id: (dice.roll(2) == 0).then_some(CommentId(id)),
                body_markdown: "pending".to_owned(),
                fields: AuthorFields::default(),
                version: 0,
                status: PendingStatus::Sending,
                reason: None,
                is_asking_to_delete: false,
            });
        }
        _ => {
            if let Some(number) = state.pending.first().map(|pending| pending.number) {
                state.remove_pending(number);
            }
        }
    }
}

fn expected(page: &Page) -> Vec<String> {
    page.thread.state.with_untracked(|state| state.rows().into_iter().map(|row| name_of(row.key)).collect())
}

#[wasm_bindgen_test]
async fn rows_stand_as_listed_after_any_thousand_changes() {
    let mut widest = 0;
    for seed in 0..20 {
        let page = open(&format!("/row-order/{seed}"), begin());
        let (mut dice, mut next_id) = (Dice(seed), 1_000);
        for step in 0..50 {
            // Several changes may come together before anything is drawn.
            for _ in 0..=dice.roll(3) {
                page.thread.state.update(|state| happen(state, &mut dice, &mut next_id));
            }
            page.settle().await;
            assert_eq!(page.rows(), expected(&page), "seed {seed}, step {step}");
        }
        widest = widest.max(page.rows().len());
        page.element.remove();
    }
    assert!(widest > 30, "the longest list had {widest} rows: too few to tell anything");
}

#[wasm_bindgen_test]
async fn a_row_that_did_not_change_keeps_its_element() {
    let page = open("/row-order/same", begin());
    let before = page.find(&format!("#comment-{}", CommentId(200))).expect("a row");
    page.thread.state.update(|state| state.insert_written(written(comment(300, Some(100), 1))));
    page.settle().await;
    let after = page.find(&format!("#comment-{}", CommentId(200))).expect("a row");
    assert!(before.is_same_node(Some(&after)), "row 200 was drawn anew for nothing");
}
