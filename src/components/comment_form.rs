//! The form for a new comment, a reply or an edit.

use super::element::{button, element, live, nothing};
use super::sanitized_html::{SanitizedHtml, sanitized_html};
use crate::actions::{self, Thread};
use crate::browser::{form_fields, intl::counted, tab};
use crate::state::{FormFault, FormKey, FormText, check_form};
use crate::text::fill;
use afterword_wire::limits;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What only this form knows. The text itself stays in the fields.
#[derive(Clone, Copy)]
struct Form {
    thread: Thread,
    key: FormKey,
    /// Why it was not sent, or how much room is left.
    remark: RwSignal<Option<Remark>>,
    preview: RwSignal<Option<String>>,
    is_busy: StoredValue<bool>,
}

/// A line below the fields.
#[derive(Clone, PartialEq)]
enum Remark {
    Fault(String),
    Room(String),
}

/// A form. The root form is one line high until it is entered; the others are open from the start.
pub fn comment_form(thread: Thread, key: FormKey) -> AnyView {
    let (remark, preview) = (RwSignal::new(None), RwSignal::new(None));
    let form = Form { thread, key, remark, preview, is_busy: StoredValue::new(false) };
    let open = (key != FormKey::Root).then_some("");
    let shown_preview = move || match preview.get() {
        Some(html) => sanitized_html("aw-form__preview", SanitizedHtml::from_server(&html)),
        None => nothing(),
    };
    let shown_remark = move || remark.get().map_or_else(nothing, |remark| draw_remark(key, remark));
    let more = element("div", "aw-form__more").child_some(fields(form)).child(live(shown_remark)).child(buttons(form));
    element("form", "aw-form")
        .with("part", "form")
        .with("data-form", key.as_text())
        .with_some("data-open", open)
        .with("novalidate", "")
        .on("submit", move |event| submit(form, &event))
        .on("input", move |event| keep(form, &event))
        .on("click", move |event| click(form, &event))
        .child(live(shown_preview))
        .child(body_field(form))
        .child(more.draw())
        .draw()
}

fn draw_remark(key: FormKey, remark: Remark) -> AnyView {
    match remark {
        Remark::Fault(sentence) => element("p", "aw-form__error")
            .with("id", form_fields::fault_id(&key.as_text()))
            .with("role", "alert")
            .text(sentence)
            .draw(),
        Remark::Room(sentence) => element("p", "aw-form__counter").text(sentence).draw(),
    }
}

fn body_field(form: Form) -> AnyView {
    let strings = form.thread.strings();
    let label = match form.key {
        FormKey::Root => strings.your_comment.to_owned(),
        FormKey::Edit(_) => strings.edit_your_comment.to_owned(),
        FormKey::Reply(id) => form.thread.state.with_untracked(|state| {
            let author = state.comment(id).and_then(|comment| comment.author.as_ref());
            fill(strings.your_reply, author.map_or(strings.someone, |author| &author.name))
        }),
    };
    element("textarea", "aw-form__body")
        .with("part", "field")
        .with("name", "body")
        .with("rows", "1")
        .with("dir", "auto")
        .with("aria-required", "true")
        .with("aria-label", label)
        .with("placeholder", strings.join_in)
        .with_property("value", start_text(form))
        .draw()
}

/// What stands in the form when it opens: what was typed and not sent, else what is to be edited.
fn start_text(form: Form) -> Option<String> {
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    actions::draft_of(form.thread, form.key).or_else(|| match form.key {
        FormKey::Edit(id) => form.thread.state.with_untracked(|state| state.node(id)?.look.editing.clone()),
        _ => None,
    })
}

/// Name, e-mail and website, for whoever signs.
fn fields(form: Form) -> Option<AnyView> {
    if matches!(form.key, FormKey::Edit(_)) {
        return None;
    }
    let strings = form.thread.strings();
    let known = form.thread.state.with_untracked(|state| state.viewer.fields.clone());
    let fields = element("div", "aw-form__fields")
        .child(field("name", "text", strings.name, None, known.name))
        .child(field("email", "email", strings.email, Some(strings.optional), known.email.unwrap_or_default()))
        .child(field("website", "url", strings.website, Some(strings.optional), known.website.unwrap_or_default()));
    let note = if tab::has_no_origin() {
        element("p", "aw-form__error").text(strings.cannot_post_here)
    } else {
        element("p", "aw-form__note").text(strings.form_note)
    };
    Some(element("div", "").child(fields.draw()).child(note.draw()).draw())
}

/// One field with its label; `name` is its `autocomplete` too, but for `website`.
fn field(name: &'static str, kind: &'static str, label: &'static str, optional: Option<&'static str>, value: String) -> AnyView {
    let autocomplete = if name == "website" { "url" } else { name };
    let note = optional.map(|optional| element("small", "").text([" ", optional].concat()).draw());
    let label = element("span", "").text(label).child_some(note).draw();
    let required = if optional.is_none() { "true" } else { "false" };
    let input = view! { <input part="field" name=name type=kind autocomplete=autocomplete aria-required=required value=value/> }
        .into_any();
    element("label", "aw-form__field").child(label).child(input).draw()
}

fn buttons(form: Form) -> AnyView {
    let strings = form.thread.strings();
    let send = if matches!(form.key, FormKey::Edit(_)) { strings.save } else { strings.post };
    let cancel = (form.key != FormKey::Root).then(|| button("cancel", "aw-button").text(strings.cancel).draw());
    let post = element("button", "aw-button aw-button--primary")
        .with("type", "submit")
        .with("data-act", "submit")
        .with("part", "button");
    element("div", "aw-form__buttons")
        .child_some(cancel)
        .child(button("write", "aw-button").text(strings.write).draw())
        .child(button("preview", "aw-button").text(strings.preview).draw())
        .child(post.text(send).draw())
        .draw()
}

/// How many characters are left, once that is near.
fn room_left(form: Form, body: &str) -> Option<Remark> {
    let chars = body.chars().count();
    if chars < limits::BODY_COUNTER_FROM_CHARS {
        return None;
    }
    let strings = form.thread.strings();
    let (plurals, number) = match limits::MAX_BODY_CHARS.checked_sub(chars) {
        Some(left) => (&strings.characters_left, left),
        None => (&strings.characters_over, chars - limits::MAX_BODY_CHARS),
    };
    Some(Remark::Room(counted(plurals, form.thread.lang(), u32::try_from(number).unwrap_or(u32::MAX))))
}

fn form_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("form").ok().flatten()
}

fn keep(form: Form, event: &Event) {
    let Some(element) = form_of(event) else { return };
    let Some(body) = form_fields::body_of(&element) else { return };
    let text = body.value();
    form_fields::grow(&body);
    form_fields::mark_fault(&element, None);
    let remark = room_left(form, &text);
    if form.remark.with_untracked(|shown| *shown != remark) {
        form.remark.set(remark);
    }
    actions::keep_draft(form.thread, form.key, &text);
}

fn click(form: Form, event: &Event) {
    let target = event.target().and_then(|target| target.dyn_into::<Element>().ok());
    match target.and_then(|target| target.get_attribute("data-act")).as_deref() {
        Some("cancel") => cancel(form),
        Some("preview") => preview(form, event),
        Some("write") => {
            form.preview.set(None);
            form.thread.focus(vec![Thread::body_selector(form.key)]);
        }
        _ => {}
    }
}

fn submit(form: Form, event: &Event) {
    event.prevent_default();
    let Some(element) = form_of(event).filter(|_| !form.is_busy.get_value() && !tab::has_no_origin()) else { return };
    let text = form_fields::read(&element);
    form.preview.set(None);
    match check_form(form.key, &text) {
        Err(fault) => refuse(form, &element, fault),
        Ok(()) => {
            form.remark.set(None);
            send(form, &element, text);
        }
    }
}

/// Says what is missing, and puts focus there.
fn refuse(form: Form, element: &Element, fault: FormFault) {
    form_fields::mark_fault(element, Some(fault.field()));
    form.remark.set(Some(Remark::Fault(actions::explain_fault(form.thread.lang(), form.thread.strings(), fault))));
    form.thread.focus(vec![format!("form[data-form='{}'] [name='{}']", form.key.as_text(), fault.field())]);
}

fn send(form: Form, element: &Element, text: FormText) {
    let parent_id = match form.key {
        FormKey::Edit(id) => {
            form.is_busy.set_value(true);
            actions::save_edit(form.thread, id, text.body, move |sentence| {
                form.is_busy.set_value(false);
                form.remark.set(Some(Remark::Fault(sentence)));
            });
            return;
        }
        FormKey::Reply(id) => Some(id),
        FormKey::Root => None,
    };
    if let Some(body) = form_fields::body_of(element) {
        body.set_value("");
        form_fields::grow(&body);
    }
    actions::post_comment(form.thread, parent_id, text);
}

fn cancel(form: Form) {
    form.thread.change(|state| state.close_form(form.key));
    if let FormKey::Edit(_) = form.key {
        actions::keep_draft(form.thread, form.key, "");
    }
    if let FormKey::Reply(id) | FormKey::Edit(id) = form.key {
        let act = if matches!(form.key, FormKey::Reply(_)) { "reply" } else { "edit" };
        form.thread.focus(vec![format!("#comment-{id} [data-act={act}]"), format!("#comment-{id}")]);
    }
}

fn preview(form: Form, event: &Event) {
    let Some(element) = form_of(event) else { return };
    let text = form_fields::read(&element);
    if text.body.trim().is_empty() {
        refuse(form, &element, FormFault::BodyMissing);
        return;
    }
    actions::preview_comment(form.thread, text.body, move |answer| match answer {
        Ok(html) => {
            form.remark.set(None);
            form.preview.set(Some(html));
            form.thread.focus(vec![format!("form[data-form='{}'] [data-act=write]", form.key.as_text())]);
        }
        Err(sentence) => form.remark.set(Some(Remark::Fault(sentence))),
    });
}
