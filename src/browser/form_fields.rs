//! What is typed into the thread's forms. The fields themselves hold it; nothing mirrors them key by key.

use crate::state::FormText;
use afterword_wire::{AuthorFields, Sort};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlSelectElement, HtmlTextAreaElement};

fn input(form: &Element, name: &str) -> Option<HtmlInputElement> {
    form.query_selector(&format!("input[name='{name}']")).ok().flatten()?.dyn_into().ok()
}

/// The text field of a form.
#[must_use]
pub fn body_of(form: &Element) -> Option<HtmlTextAreaElement> {
    form.query_selector("textarea").ok().flatten()?.dyn_into().ok()
}

/// What stands in a form.
#[must_use]
pub fn read(form: &Element) -> FormText {
    let value = |name| input(form, name).map(|input| input.value().trim().to_owned()).unwrap_or_default();
    let optional = |name| Some(value(name)).filter(|value| !value.is_empty());
    FormText {
        body: body_of(form).map(|body| body.value()).unwrap_or_default(),
        fields: AuthorFields { name: value("name"), email: optional("email"), website: optional("website") },
    }
}

/// Puts text into a form. Empty fields are left as they are.
pub fn write(form: &Element, text: &FormText) {
    if let Some(body) = body_of(form).filter(|_| !text.body.is_empty()) {
        body.set_value(&text.body);
        grow(&body);
    }
    let fields = &text.fields;
    let values = [("name", Some(&fields.name)), ("email", fields.email.as_ref()), ("website", fields.website.as_ref())];
    for (name, value) in values {
        if let (Some(input), Some(value)) = (input(form, name), value.filter(|value| !value.is_empty())) {
            input.set_value(value);
        }
    }
}

/// Empties name, e-mail and website of a form.
pub fn clear_signature(form: &Element) {
    for name in ["name", "email", "website"] {
        if let Some(input) = input(form, name) {
            input.set_value("");
        }
    }
}

/// The id of the sentence that says what is wrong in a form.
#[must_use]
pub fn fault_id(form_key: &str) -> String {
    ["fault-", form_key].concat()
}

/// Marks the field at fault for assistive technology, and says where the sentence about it stands; `None` marks none.
pub fn mark_fault(form: &Element, field: Option<&str>) {
    let sentence = fault_id(&form.get_attribute("data-form").unwrap_or_default());
    for name in ["body", "name", "email", "website"] {
        if let Ok(Some(element)) = form.query_selector(&format!("[name='{name}']")) {
            // All can only fail for a malformed name.
            let _ = if field == Some(name) {
                element.set_attribute("aria-invalid", "true").and(element.set_attribute("aria-describedby", &sentence))
            } else {
                element.remove_attribute("aria-invalid").and(element.remove_attribute("aria-describedby"))
            };
        }
    }
}

/// Makes a text field as high as its text, where the style sheet cannot (`field-sizing`).
pub fn grow(body: &HtmlTextAreaElement) {
    let style = body.style();
    if style.get_property_value("field-sizing").is_ok_and(|value| !value.is_empty())
        || web_sys::css::supports_with_value("field-sizing", "content").unwrap_or(false)
    {
        return;
    }
    // Both can only fail for a malformed property.
    let _ = style.set_property("block-size", "auto");
    if body.value().is_empty() {
        return;
    }
    let _ = style.set_property("block-size", &format!("{}px", body.scroll_height() + 2));
}

/// Sets the choice of order without a change event.
pub fn choose_sort(thread: &Element, sort: Sort) {
    if let Ok(Some(select)) = thread.query_selector("select")
        && let Ok(select) = select.dyn_into::<HtmlSelectElement>()
    {
        select.set_value(sort.as_str());
    }
}
