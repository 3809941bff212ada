//! Forms that need no script: the browser sends them, the server answers with a redirect, or with the same form and a sentence.

use super::document::Document;
use crate::components::{Drawn, element};
use crate::state::{FormText, ThreadState};
use crate::text::{Strings, fill};
use afterword_wire::{CommentId, address};
use leptos::prelude::*;

/// What a form is for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Purpose {
    /// A new root comment.
    Post,
    /// An answer to that comment.
    Reply(CommentId),
    /// A new body for that comment.
    Edit(CommentId),
    /// Withdrawing that comment, once more asked.
    Delete(CommentId),
}

/// A form as it is shown.
#[derive(Clone, Debug)]
pub struct DocumentForm {
    /// What it is for.
    pub purpose: Purpose,
    /// Made by the server for this form, so that sending it twice does its work once.
    pub request_id: String,
    /// Shows that the form came from this server to this browser.
    pub token: String,
    /// What stands in its fields.
    pub text: FormText,
    /// Why it was not taken.
    pub trouble: Option<Trouble>,
}

/// Why a form was not taken.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Trouble {
    /// The name of the field at fault; `None` when it is no single field.
    pub field: Option<&'static str>,
    /// A sentence for people, in the document's language.
    pub sentence: String,
}

impl Purpose {
    /// The comment it is about; `None` for a new root comment.
    #[must_use]
    pub fn comment_id(self) -> Option<CommentId> {
        match self {
            Purpose::Post => None,
            Purpose::Reply(id) | Purpose::Edit(id) | Purpose::Delete(id) => Some(id),
        }
    }

    /// The field of the document's address that asks for such a form, and the id of the form's first element.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            Purpose::Post => "write",
            Purpose::Reply(_) => "reply",
            Purpose::Edit(_) => "edit",
            Purpose::Delete(_) => "delete",
        }
    }

    /// Where its form is sent, without the query.
    fn target(self) -> String {
        match self {
            Purpose::Post | Purpose::Reply(_) => address::COMMENT_FORM.to_owned(),
            Purpose::Edit(id) => address::EDIT_FORM.replace("{comment_id}", &id.to_string()),
            Purpose::Delete(id) => address::DELETE_FORM.replace("{comment_id}", &id.to_string()),
        }
    }
}

/// A form for a new comment, a reply or an edit.
pub(super) fn writing_form(document: &Document, state: &ThreadState, form: &DocumentForm) -> AnyView {
    let is_open = form.purpose != Purpose::Post || form.trouble.is_some();
    let more = element("div", "aw-form__more")
        .child_some((!matches!(form.purpose, Purpose::Edit(_))).then(|| signature(document.lang.strings(), form)))
        .child(buttons(document, form));
    form_element(document, form)
        .with_some("data-open", is_open.then(String::new))
        .child_some(general_trouble(form))
        .child(body_field(document, state, form))
        .child_some(trouble_at(form, "body"))
        .child(more.draw())
        .draw()
}

/// The question before a comment is deleted, with both answers.
pub(super) fn delete_form(document: &Document, form: &DocumentForm) -> AnyView {
    let strings = document.lang.strings();
    let question = element("p", "aw-comment__question").with("id", form.purpose.name()).with("tabindex", "-1");
    let delete = element("button", "aw-button aw-button--danger").with("type", "submit").text(strings.delete);
    let keep = cancel_link(document, form, strings.keep);
    let answers = element("div", "aw-comment__actions").child(delete.draw()).child(keep);
    form_element(document, form)
        .with("data-open", "")
        .child(question.text(strings.really_delete).draw())
        .child_some(general_trouble(form))
        .child(answers.draw())
        .draw()
}

fn form_element(document: &Document, form: &DocumentForm) -> Drawn {
    element("form", "aw-form")
        .with("method", "post")
        .with("action", document.form_target(&form.purpose.target(), form.purpose))
        .with("novalidate", "")
        .child(hidden("request_id", &form.request_id))
        .child(hidden("form_token", &form.token))
}

fn hidden(name: &'static str, value: &str) -> AnyView {
    element("input", "").with("type", "hidden").with("name", name).with("value", value.to_owned()).draw()
}

fn body_field(document: &Document, state: &ThreadState, form: &DocumentForm) -> AnyView {
    let strings = document.lang.strings();
    let field = element("textarea", "aw-form__body")
        .with("id", form.purpose.name())
        .with("name", "body")
        .with("rows", "6")
        .with("dir", "auto")
        .with("aria-label", body_label(strings, state, form.purpose))
        .with("placeholder", placeholder(strings, state, form.purpose));
    // The parser drops the first line break of a textarea: this one, not the writer's.
    with_trouble(field, form, "body").draw_around(["\n", &form.text.body].concat())
}

fn placeholder(strings: &Strings, state: &ThreadState, purpose: Purpose) -> String {
    if purpose == Purpose::Post { strings.join_in.to_owned() } else { body_label(strings, state, purpose) }
}

fn body_label(strings: &Strings, state: &ThreadState, purpose: Purpose) -> String {
    match purpose {
        Purpose::Reply(id) => {
            let author = state.comment(id).and_then(|comment| comment.author.as_ref());
            fill(strings.your_reply, author.map_or(strings.someone, |author| &author.name))
        }
        Purpose::Edit(_) => strings.edit_your_comment.to_owned(),
        Purpose::Post | Purpose::Delete(_) => strings.your_comment.to_owned(),
    }
}

/// Name, e-mail and website.
fn signature(strings: &'static Strings, form: &DocumentForm) -> AnyView {
    let fields = &form.text.fields;
    let optional = Some(strings.optional);
    let drawn = element("div", "aw-form__fields")
        .child(field(form, ("name", "text", "name"), strings.name, None, &fields.name))
        .child(field(form, ("email", "email", "email"), strings.email, optional, fields.email.as_deref().unwrap_or_default()))
        .child(field(form, ("website", "url", "url"), strings.website, optional, fields.website.as_deref().unwrap_or_default()));
    let note = element("p", "aw-form__note").text(strings.form_note);
    element("div", "").child(drawn.draw()).child(note.draw()).draw()
}

/// One field with its label, and below it what is wrong with it. `(name, type, autocomplete)`.
fn field(
    form: &DocumentForm,
    (name, kind, autocomplete): (&'static str, &'static str, &'static str),
    label: &'static str,
    optional: Option<&'static str>,
    value: &str,
) -> AnyView {
    let optional = optional.map(|optional| element("small", "").text([" ", optional].concat()).draw());
    let label = element("span", "").text(label).child_some(optional).draw();
    let input = element("input", "").with("name", name).with("type", kind).with("autocomplete", autocomplete);
    let input = with_trouble(input.with("value", value.to_owned()), form, name);
    let label = element("label", "aw-form__field").child(label).child(input.draw());
    element("div", "").child(label.draw()).child_some(trouble_at(form, name)).draw()
}

fn buttons(document: &Document, form: &DocumentForm) -> AnyView {
    let strings = document.lang.strings();
    let send = if matches!(form.purpose, Purpose::Edit(_)) { strings.save } else { strings.post };
    let cancel = (form.purpose != Purpose::Post).then(|| cancel_link(document, form, strings.cancel));
    let send = element("button", "aw-button aw-button--primary").with("type", "submit").text(send);
    element("div", "aw-form__buttons").child_some(cancel).child(send.draw()).draw()
}

fn cancel_link(document: &Document, form: &DocumentForm, text: &'static str) -> AnyView {
    element("a", "aw-button").with("href", document.comment_url(form.purpose.comment_id())).text(text).draw()
}

/// Marks a field as the one at fault, and moves focus there where the browser does that.
fn with_trouble(field: Drawn, form: &DocumentForm, name: &'static str) -> Drawn {
    if trouble_of(form, name).is_none() {
        return field;
    }
    field.with("aria-invalid", "true").with("aria-describedby", trouble_id(form, name)).with("autofocus", "")
}

fn trouble_at(form: &DocumentForm, name: &'static str) -> Option<AnyView> {
    trouble_of(form, name).map(|sentence| {
        let remark = element("p", "aw-form__error").with("id", trouble_id(form, name)).with("role", "alert");
        remark.text(sentence).draw()
    })
}

/// What is wrong with no single field.
fn general_trouble(form: &DocumentForm) -> Option<AnyView> {
    let trouble = form.trouble.as_ref().filter(|trouble| trouble.field.is_none())?;
    Some(element("p", "aw-form__error").with("role", "alert").text(trouble.sentence.clone()).draw())
}

fn trouble_of<'a>(form: &'a DocumentForm, name: &str) -> Option<&'a str> {
    form.trouble.as_ref().filter(|trouble| trouble.field == Some(name)).map(|trouble| trouble.sentence.as_str())
}

fn trouble_id(form: &DocumentForm, name: &str) -> String {
    format!("{}-{name}-error", form.purpose.name())
}
