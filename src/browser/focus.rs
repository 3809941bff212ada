//! Focus that is not lost when rows are drawn anew.

use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement, ScrollIntoViewOptions, ScrollLogicalPosition, ShadowRoot};

/// The element with focus inside the thread; `document.activeElement` does not see into a shadow root.
#[must_use]
pub fn focused(thread: &Element) -> Option<Element> {
    match thread.get_root_node().dyn_into::<ShadowRoot>() {
        Ok(root) => root.active_element(),
        Err(node) => node.dyn_into::<web_sys::Document>().ok()?.active_element().filter(|element| thread.contains(Some(element))),
    }
}

/// Where focus is, in words that outlive the element: a selector within the thread.
#[must_use]
pub fn place_of_focus(thread: &Element) -> Option<String> {
    let element = focused(thread)?;
    let row = element.closest("li[id]").ok().flatten();
    let row = row.map(|row| format!("#{} ", row.id())).unwrap_or_default();
    let form = element.closest("form[data-form]").ok().flatten().and_then(|form| form.get_attribute("data-form"));
    let form = form.map(|form| format!("form[data-form='{form}'] ")).unwrap_or_default();
    let own = ["data-act", "name"].into_iter().find_map(|name| Some(format!("[{name}='{}']", element.get_attribute(name)?)));
    match own {
        Some(own) => Some(format!("{row}{form}{own}")),
        None if !row.is_empty() => Some(row.trim_end().to_owned()),
        None => None,
    }
}

/// Moves focus to the first element of a selector list that is there. Returns whether one was.
pub fn move_to(thread: &Element, selectors: &[&str]) -> bool {
    let found = selectors.iter().find_map(|selector| thread.query_selector(selector).ok().flatten());
    found.and_then(|element| element.dyn_into::<HtmlElement>().ok()).is_some_and(|element| element.focus().is_ok())
}

/// The nearest row in one direction that takes focus: a comment, and no form; or what stands for rows that are put away.
pub fn next_row(row: &Element, step: fn(&Element) -> Option<Element>) -> Option<Element> {
    std::iter::successors(step(row), step).find(|row| row.has_attribute("tabindex") || row.has_attribute("data-away"))
}

/// Brings an element to the middle of the screen.
pub fn scroll_to(thread: &Element, selector: &str) {
    if let Ok(Some(element)) = thread.query_selector(selector) {
        let options = ScrollIntoViewOptions::new();
        options.set_block(ScrollLogicalPosition::Center);
        element.scroll_into_view_with_scroll_into_view_options(&options);
    }
}
