//! The form for a new comment, a reply or an edit.

use super::sanitized_html::{SanitizedHtml, sanitized_html};
use crate::actions::{self, Thread};
use crate::browser::{form_fields, intl::counted};
use crate::state::{FormKey, FormText, check_form};
use crate::text::fill;
use afterword_wire::limits;
use leptos::ev::SubmitEvent;
use leptos::prelude::*;
use wasm_bindgen::JsCast;
use web_sys::{Element, Event};

/// What only this form knows. The text itself stays in the fields.
#[derive(Clone, Copy)]
struct Form {
    thread: Thread,
    key: FormKey,
    fault: RwSignal<Option<(&'static str, String)>>,
    preview: RwSignal<Option<String>>,
    body_chars: RwSignal<usize>,
    is_busy: RwSignal<bool>,
}

/// A form. The root form is one line high until it is entered; the others are open from the start.
pub fn comment_form(thread: Thread, key: FormKey) -> AnyView {
    let form = Form {
        thread,
        key,
        fault: RwSignal::new(None),
        preview: RwSignal::new(None),
        body_chars: RwSignal::new(0),
        is_busy: RwSignal::new(false),
    };
    let open = (key != FormKey::Root).then_some("");
    view! {
        <form
            class="aw-form"
            part="form"
            data-form=key.as_text()
            data-open=open
            data-previewing=move || form.preview.with(Option::is_some).then_some("")
            novalidate
            on:submit=move |event| submit(form, &event)
            on:input=move |event| keep(form, &event)
        >
            {body_field(form)}
            {move || form.preview.get().map(|html| sanitized_html("aw-form__preview", SanitizedHtml::from_server(&html)))}
            <div class="aw-form__more">
                {fields(form)}
                {move || form.fault.get().map(|(_, sentence)| view! { <p class="aw-form__error" role="alert">{sentence}</p> })}
                {buttons(form)}
            </div>
        </form>
    }
    .into_any()
}

fn body_field(form: Form) -> impl IntoView {
    let strings = form.thread.strings();
    let label = match form.key {
        FormKey::Root => strings.your_comment.to_owned(),
        FormKey::Edit(_) => strings.edit_your_comment.to_owned(),
        FormKey::Reply(id) => form.thread.state.with_untracked(|state| {
            let author = state.comment(id).and_then(|comment| comment.author.as_ref());
            fill(strings.your_reply, author.map_or(strings.someone, |author| &author.name))
        }),
    };
    let start = start_text(form);
    let is_invalid = move || form.fault.with(|fault| matches!(fault, Some(("body", _)))).to_string();
    view! {
        <textarea
            class="aw-form__body"
            name="body"
            rows="1"
            dir="auto"
            aria-label=label
            aria-invalid=is_invalid
            placeholder=strings.join_in
            prop:value=start
        ></textarea>
    }
}

/// What stands in the form when it opens: what was typed and not sent, else what is to be edited.
fn start_text(form: Form) -> Option<String> {
    if cfg!(not(target_arch = "wasm32")) {
        return None;
    }
    actions::draft_of(form.thread, form.key).or_else(|| match form.key {
        FormKey::Edit(id) => form.thread.state.with_untracked(|state| state.editing(id).map(str::to_owned)),
        _ => None,
    })
}

/// Name, e-mail and website, for whoever signs.
fn fields(form: Form) -> Option<impl IntoView> {
    if matches!(form.key, FormKey::Edit(_)) {
        return None;
    }
    let strings = form.thread.strings();
    let known = form.thread.state.with_untracked(|state| state.viewer.fields.clone());
    let field = move |name: &'static str, kind: &'static str, label: &'static str, autocomplete: &'static str, value: String| {
        let optional = (name != "name").then(|| view! { <small>" "{strings.optional}</small> });
        let is_invalid = move || form.fault.with(|fault| fault.as_ref().is_some_and(|(field, _)| *field == name)).to_string();
        view! {
            <label class="aw-form__field">
                <span>{label}{optional}</span>
                <input name=name type=kind autocomplete=autocomplete aria-invalid=is_invalid prop:value=value/>
            </label>
        }
    };
    Some(view! {
        <div class="aw-form__fields">
            {field("name", "text", strings.name, "name", known.name)}
            {field("email", "email", strings.email, "email", known.email.unwrap_or_default())}
            {field("website", "url", strings.website, "url", known.website.unwrap_or_default())}
        </div>
        <p class="aw-form__note">{strings.form_note}</p>
    })
}

fn buttons(form: Form) -> impl IntoView {
    let strings = form.thread.strings();
    let send = if matches!(form.key, FormKey::Edit(_)) { strings.save } else { strings.post };
    let cancel = (form.key != FormKey::Root).then(|| {
        view! { <button type="button" class="aw-button" data-act="cancel" on:click=move |_| cancel(form)>{strings.cancel}</button> }
    });
    let preview_label = move || if form.preview.with(Option::is_some) { strings.write } else { strings.preview };
    view! {
        <div class="aw-form__buttons">
            {move || counter(form)}
            {cancel}
            <button type="button" class="aw-button" data-act="preview" on:click=move |event| toggle_preview(form, &event)>{preview_label}</button>
            <button type="submit" class="aw-button aw-button--primary" part="button" data-act="submit" disabled=move || form.is_busy.get()>
                {send}
            </button>
        </div>
    }
}

/// How many characters are left, once that is near.
fn counter(form: Form) -> Option<impl IntoView> {
    let chars = form.body_chars.get();
    if chars < limits::BODY_COUNTER_FROM_CHARS {
        return None;
    }
    let strings = form.thread.strings();
    let (plurals, number) = match limits::MAX_BODY_CHARS.checked_sub(chars) {
        Some(left) => (&strings.characters_left, left),
        None => (&strings.characters_over, chars - limits::MAX_BODY_CHARS),
    };
    let text = counted(plurals, form.thread.lang(), u32::try_from(number).unwrap_or(u32::MAX));
    Some(view! { <span class="aw-form__counter">{text}</span> })
}

fn form_of(event: &Event) -> Option<Element> {
    event.target()?.dyn_into::<Element>().ok()?.closest("form").ok().flatten()
}

fn keep(form: Form, event: &Event) {
    let Some(body) = form_of(event).and_then(|element| form_fields::body_of(&element)) else { return };
    let text = body.value();
    form_fields::grow(&body);
    form.body_chars.set(text.chars().count());
    actions::keep_draft(form.thread, form.key, &text);
}

fn submit(form: Form, event: &SubmitEvent) {
    event.prevent_default();
    let Some(element) = form_of(event) else { return };
    let text = form_fields::read(&element);
    if let Err(fault) = check_form(form.key, &text) {
        form.preview.set(None);
        form.fault.set(Some((fault.field(), actions::explain_fault(form.thread, fault))));
        form.thread.focus(vec![format!("form[data-form='{}'] [name='{}']", form.key.as_text(), fault.field())]);
        return;
    }
    form.fault.set(None);
    form.preview.set(None);
    send(form, &element, text);
}

fn send(form: Form, element: &Element, text: FormText) {
    match form.key {
        FormKey::Edit(id) => {
            form.is_busy.set(true);
            actions::save_edit(form.thread, id, text.body, move |sentence| {
                form.is_busy.set(false);
                form.fault.set(Some(("body", sentence)));
            });
        }
        FormKey::Root | FormKey::Reply(_) => {
            if let Some(body) = form_fields::body_of(element) {
                body.set_value("");
                form_fields::grow(&body);
            }
            form.body_chars.set(0);
            let parent_id = match form.key {
                FormKey::Reply(id) => Some(id),
                _ => None,
            };
            actions::post_comment(form.thread, parent_id, text);
        }
    }
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

fn toggle_preview(form: Form, event: &Event) {
    if form.preview.with_untracked(Option::is_some) {
        form.preview.set(None);
        form.thread.focus(vec![Thread::body_selector(form.key)]);
        return;
    }
    let Some(element) = form_of(event) else { return };
    let text = form_fields::read(&element);
    if text.body.trim().is_empty() {
        let fault = crate::state::FormFault::BodyMissing;
        form.fault.set(Some((fault.field(), actions::explain_fault(form.thread, fault))));
        return;
    }
    actions::preview_comment(form.thread, text.body, move |answer| match answer {
        Ok(html) => {
            form.fault.set(None);
            form.preview.set(Some(html));
        }
        Err(sentence) => form.fault.set(Some(("preview", sentence))),
    });
}
