//! What the reader did before the widget was there: read from the painted thread, put into the mounted one.

use super::{focus, form_fields};
use crate::state::{FormKey, FormText};
use afterword_wire::{CommentId, ThreadSlice};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlInputElement, HtmlTextAreaElement};

/// A painted form with what was typed into it.
struct TypedForm {
    key: FormKey,
    text: FormText,
}

/// Where focus was, and what was selected there.
struct Focus {
    place: String,
    selection: Option<(u32, u32)>,
}

/// All that must outlive the swap from painted to mounted thread.
pub struct Adopted {
    forms: Vec<TypedForm>,
    focus: Option<Focus>,
}

impl Adopted {
    /// Reads the painted thread.
    #[must_use]
    pub fn read(painted: &Element) -> Self {
        let forms = each(painted, "form[data-form]").filter_map(|form| {
            let key = FormKey::from_text(&form.get_attribute("data-form")?)?;
            Some(TypedForm { key, text: form_fields::read(&form) })
        });
        let focus = focus::place_of_focus(painted).map(|place| Focus { place, selection: selection(painted) });
        Self { forms: forms.collect(), focus }
    }

    /// The comments whose reply form was open.
    pub fn replies(&self) -> impl Iterator<Item = CommentId> + '_ {
        self.forms.iter().filter_map(|form| match form.key {
            FormKey::Reply(id) => Some(id),
            _ => None,
        })
    }

    /// The texts that were typed, by form.
    pub fn bodies(&self) -> impl Iterator<Item = (FormKey, &str)> {
        self.forms.iter().map(|form| (form.key, form.text.body.as_str())).filter(|(_, body)| !body.is_empty())
    }

    /// Puts what was typed into the mounted thread. To be called before the swap.
    pub fn write_forms(&self, mounted: &Element) {
        for form in &self.forms {
            let selector = format!("form[data-form='{}']", form.key.as_text());
            if let Ok(Some(element)) = mounted.query_selector(&selector) {
                form_fields::write(&element, &form.text);
            }
        }
    }

    /// Gives focus and selection back. To be called right after the swap.
    pub fn restore_focus(&self, mounted: &Element) {
        let Some(Focus { place, selection }) = &self.focus else { return };
        let scroll = web_sys::window().map(|window| (window.scroll_x().unwrap_or(0.0), window.scroll_y().unwrap_or(0.0)));
        // The reply form's row has no id before the widget is there: the form names the place.
        let form = place.find("form").map_or(place.as_str(), |at| &place[at..]);
        focus::move_to(mounted, &[place, form]);
        if let Some((window, (x, y))) = web_sys::window().zip(scroll) {
            window.scroll_to_with_x_and_y(x, y);
        }
        let (Some((start, end)), Some(element)) = (selection, focus::focused(mounted)) else { return };
        // Kinds of fields without a selection refuse; they lose nothing by it.
        let _ = match element.dyn_into::<HtmlTextAreaElement>() {
            Ok(field) => field.set_selection_range(*start, *end),
            Err(element) => match element.dyn_into::<HtmlInputElement>() {
                Ok(field) => field.set_selection_range(*start, *end),
                Err(_) => Ok(()),
            },
        };
    }
}

/// Fills in the bodies that the island leaves out because the painted rows hold them.
pub fn read_bodies(painted: &Element, slice: &mut ThreadSlice) {
    for comment in &mut slice.comments {
        let body = painted.query_selector(&format!("#comment-{} .aw-comment__body", comment.id));
        if let Ok(Some(body)) = body {
            comment.body_html = body.inner_html();
        }
    }
}

fn selection(painted: &Element) -> Option<(u32, u32)> {
    let field = focus::focused(painted)?;
    match field.dyn_into::<HtmlTextAreaElement>() {
        Ok(field) => field.selection_start().ok().flatten().zip(field.selection_end().ok().flatten()),
        Err(field) => {
            let field = field.dyn_into::<HtmlInputElement>().ok()?;
            field.selection_start().ok().flatten().zip(field.selection_end().ok().flatten())
        }
    }
}

/// The elements that fit, in document order.
pub fn each(within: &Element, selector: &str) -> impl Iterator<Item = Element> + use<> {
    let found = within.query_selector_all(selector).ok();
    let count = found.as_ref().map_or(0, web_sys::NodeList::length);
    (0..count).filter_map(move |at| found.as_ref()?.item(at)?.dyn_into().ok())
}
