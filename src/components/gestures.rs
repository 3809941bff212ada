//! Clicks, keys and pointing, heard by one listener each on the thread: a row costs no closure of its own.

use crate::actions::{self, Thread};
use crate::browser::{far_rows, focus, rail};
use crate::state::FormKey;
use afterword_wire::CommentId;
use leptos::prelude::WithUntracked;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event, HtmlElement, HtmlFormElement, HtmlSelectElement, KeyboardEvent, MouseEvent, PointerEvent};

/// A click: on a button that acts, on a link to a comment, or on a rail.
pub fn click(thread: Thread, event: &MouseEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    if let Some(control) = closest(&target, "button[data-act]") {
        let act = control.get_attribute("data-act").unwrap_or_default();
        let row = closest(&target, "li");
        if act == "more" {
            actions::load_more(thread, control.get_attribute("data-parent").and_then(|id| id.parse().ok()));
        } else if act == "next-new" {
            actions::go_to_next_new(thread, None);
        } else if act == "show-new" {
            actions::show_new(thread, row.and_then(|row| row.get_attribute("data-id")?.parse().ok()));
        } else if let Some(row) = row {
            act_in_row(thread, &act, &row);
        }
    } else if let Some(link) = closest(&target, "a[href^='#comment-']") {
        let id = link.get_attribute("href").and_then(|href| href.strip_prefix("#comment-")?.parse().ok());
        // The browser sets the address; `document` does not see the row, so the rest is ours.
        id.into_iter().for_each(|id| actions::open_permalink(thread, id));
    } else if let Some(id) = rail::place_at(event).and_then(|(row, level)| answered_at(thread, &row, level)) {
        fold(thread, id);
    }
}

/// The comment whose rail passes a row at a level: that row's own, or the nearest one's above it, answers it in the end.
fn answered_at(thread: Thread, row: &Element, level: u16) -> Option<CommentId> {
    let mut rows = std::iter::successors(Some(row.clone()), Element::previous_element_sibling);
    let id: CommentId = rows.find_map(|row| row.get_attribute("data-id"))?.parse().ok()?;
    thread.state.with_untracked(|state| {
        let mut line = std::iter::successors(state.comment(id), |comment| state.comment(comment.parent_id?));
        line.find(|comment| comment.depth <= level).filter(|comment| comment.depth == level).map(|comment| comment.id)
    })
}

fn closest(element: &Element, selector: &str) -> Option<Element> {
    element.closest(selector).ok().flatten()
}

fn act_in_row(thread: Thread, act: &str, row: &Element) {
    let id = row.get_attribute("data-id").and_then(|id| id.parse().ok());
    let number = row.get_attribute("data-pending").and_then(|number| number.parse().ok());
    match (id, number) {
        (Some(id), _) => perform(thread, act, id),
        (_, Some(number)) => perform_on_pending(thread, act, number),
        // Buttons of a form answer for themselves.
        _ => {}
    }
}

fn perform_on_pending(thread: Thread, act: &str, number: u32) {
    match act {
        "retry" => actions::retry_pending(thread, number),
        "take-back" => actions::take_back_pending(thread, number),
        "confirm-delete" => actions::delete_pending(thread, number),
        _ => actions::ask_to_delete_pending(thread, number, act == "delete"),
    }
}

/// A choice: the only one there is is that of the order.
pub fn choose(thread: Thread, event: &Event) {
    let choice = event.target().and_then(|target| target.dyn_into::<HtmlSelectElement>().ok());
    if let Some(sort) = choice.and_then(|choice| choice.value().parse().ok()) {
        actions::sort_thread(thread, sort);
    }
}

/// Does to a comment what one of its buttons asks for.
pub fn perform(thread: Thread, act: &str, id: CommentId) {
    match act {
        "reply" => {
            thread.change(|state| state.open_reply(id));
            thread.focus(vec![Thread::body_selector(FormKey::Reply(id))]);
        }
        "collapse" => fold(thread, id),
        "unfold" => {
            thread.change(|state| state.update_look(id, |look| look.is_unfolded = true));
        }
        "edit" => actions::open_edit(thread, id),
        "delete" => actions::ask_to_delete(thread, id),
        "confirm-delete" => actions::delete_comment(thread, id),
        "keep" => actions::keep_comment(thread, id),
        _ => {}
    }
}

fn fold(thread: Thread, id: CommentId) {
    rail_light(thread, None);
    thread.change(|state| state.update_look(id, |look| look.is_collapsed = !look.is_collapsed));
}

/// Keys: those of a form while focus is in it, those of the list elsewhere.
pub fn key(thread: Thread, event: &KeyboardEvent) {
    let Some(target) = event.target().and_then(|target| target.dyn_into::<Element>().ok()) else { return };
    match closest(&target, "form, select").map(JsCast::dyn_into::<HtmlFormElement>) {
        Some(Ok(form)) => key_in_form(thread, event, &form),
        // Letters choose among its options.
        Some(Err(_)) => {}
        None => key_in_list(thread, event, &target),
    }
}

/// Single letters go from comment to comment and press the buttons of the one that has focus, unless the page wants none.
fn key_in_list(thread: Thread, event: &KeyboardEvent, target: &Element) {
    if event.ctrl_key() || event.meta_key() || event.alt_key() || thread.shortcut("").is_none() {
        return;
    }
    let key = event.key();
    if key == "n" {
        event.prevent_default();
        let row = closest(target, "li");
        actions::go_to_next_new(thread, row.and_then(|row| row.get_attribute("data-id")?.parse().ok()));
        return;
    }
    let Some(found) = found_by(thread, &key, target) else { return };
    event.prevent_default();
    let Some(number) = far_rows::segment_of(&found) else { return press(&found) };
    // Keys can be faster than the frames in which rows come back.
    actions::bring_back(thread, number);
    let target = target.clone();
    thread.after_drawing(Box::new(move |_| found_by(thread, &key, &target).iter().for_each(press)));
}

/// What a letter leads to or presses, from where focus is.
fn found_by(thread: Thread, key: &str, target: &Element) -> Option<Element> {
    match (key, closest(target, "li")) {
        ("j", None) => thread.element()?.query_selector("li[tabindex], li[data-away]").ok()?,
        ("j", Some(row)) => focus::next_row(&row, Element::next_element_sibling),
        ("k", Some(row)) => focus::next_row(&row, Element::previous_element_sibling),
        ("r", Some(row)) => row.query_selector("[data-act=reply]").ok()?,
        ("x", Some(row)) => row.query_selector("[data-act=collapse]").ok()?,
        _ => None,
    }
}

fn press(found: &Element) {
    let Some(found) = found.dyn_ref::<HtmlElement>() else { return };
    if found.has_attribute("data-act") {
        found.click();
    } else {
        // Fails nowhere: a row takes focus.
        let _ = found.focus();
    }
}

/// Ctrl or Cmd with Enter sends the form one types in; Escape closes it while it is empty.
fn key_in_form(thread: Thread, event: &KeyboardEvent, form: &HtmlFormElement) {
    if event.key() == "Enter" && (event.ctrl_key() || event.meta_key()) {
        event.prevent_default();
        // Fails only for a submitter of another form; none is given.
        let _ = form.request_submit();
    } else if event.key() == "Escape" && crate::browser::form_fields::read(form).body.trim().is_empty() {
        let key = form.get_attribute("data-form").and_then(|key| FormKey::from_text(&key));
        if let Some(key @ FormKey::Reply(id)) = key {
            thread.change(|state| state.close_form(key));
            thread.focus(vec![format!("#comment-{id} [data-act=reply]")]);
        }
    }
}

/// Pointing at a rail darkens it along its whole branch.
pub fn point(thread: Thread, event: &PointerEvent) {
    if event.pointer_type() == "mouse" {
        rail_light(thread, rail::place_at(event));
    }
}

fn rail_light(thread: Thread, place: Option<(Element, u16)>) {
    if let Some(element) = thread.element() {
        rail::light(&element, place);
    }
}
