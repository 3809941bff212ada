//! Which rows are near the screen and which are far from it.

use crate::state::{RowKey, SEGMENT_ROWS};
use wasm_bindgen::{JsCast, JsValue};
use web_sys::{Element, Node, NodeList, ScrollBehavior, ScrollToOptions};

/// Rows are drawn again when they come as near as this many screens.
const NEAR_SCREENS: f64 = 2.0;
/// And put away when they are farther than this: the difference keeps those in between as they are.
const FAR_SCREENS: f64 = 3.0;
/// Within so many screens below the screen the end of the list is near.
const END_SCREENS: f64 = 1.5;

/// What is to be done next, so that what is near is drawn and what is far is not.
pub enum Wish {
    /// Draws the rows of a segment.
    BringBack(u32),
    /// Puts rows away that are so many thousandths of a pixel high together.
    Put(Vec<RowKey>, u32),
}

/// The most urgent wish: of what is to be drawn what is on screen first. One at a time, so that no frame is late for it.
#[must_use]
pub fn next_wish(thread: &Element) -> Option<Wish> {
    let list = thread.query_selector(".aw-list").ok()??;
    let screen = screen_height()?;
    // Nobody sees it: in a closed tab of the page, perhaps.
    if list.get_bounding_client_rect().width() == 0.0 {
        return None;
    }
    let back = nearest_segment(&list, screen).map(Wish::BringBack);
    back.or_else(|| {
        let (keys, height) = far_stretch(thread, &list, screen)?;
        #[expect(clippy::cast_possible_truncation, clippy::cast_sign_loss, reason = "a segment is not 4,000 km high")]
        let height_mpx = (height * 1000.0 + 0.5) as u32;
        Some(Wish::Put(keys, height_mpx))
    })
}

/// Whether the reader comes near the end of the root comments, and has not reached it: who jumps to the end wants what stands below.
#[must_use]
pub fn is_end_near(thread: &Element) -> bool {
    let end = thread.query_selector("#more-root").ok().flatten();
    let below = end.zip(screen_height()).map(|(end, screen)| end.get_bounding_client_rect().top() / screen - 1.0);
    below.is_some_and(|screens| screens > 0.0 && screens < END_SCREENS)
}

/// Whether the browser's own search looks into what is not shown.
#[must_use]
pub fn can_find_hidden() -> bool {
    let body = web_sys::window().and_then(|window| window.document()?.body());
    body.is_some_and(|body| js_sys::Reflect::has(&body, &JsValue::from_str("onbeforematch")) == Ok(true))
}

/// The segment that a place in the list stands for.
#[must_use]
pub fn segment_of(row: &Element) -> Option<u32> {
    row.get_attribute("data-away")?.parse().ok()
}

/// A row in sight that must not move while others come and go.
pub struct Anchor(Element, f64);

impl Anchor {
    /// The first row on screen.
    #[must_use]
    pub fn of(thread: &Element) -> Option<Self> {
        let rows = thread.query_selector_all(".aw-list > li:not([data-away])").ok()?;
        let row = item(&rows, first_past(&rows, 0.0))?;
        let top = row.get_bounding_client_rect().top();
        (top < screen_height()?).then_some(Self(row, top))
    }

    /// Scrolls by what it has moved. Where the browser does that by itself, or nothing has changed its height, that is nothing.
    pub fn hold(&self) {
        let moved = self.0.get_bounding_client_rect().top() - self.1;
        if self.0.is_connected() && moved.abs() >= 1.0 {
            let options = ScrollToOptions::new();
            options.set_top(moved);
            options.set_behavior(ScrollBehavior::Instant);
            if let Some(window) = web_sys::window() {
                window.scroll_by_with_scroll_to_options(&options);
            }
        }
    }
}

fn screen_height() -> Option<f64> {
    web_sys::window()?.inner_height().ok()?.as_f64()
}

fn item(list: &NodeList, at: u32) -> Option<Element> {
    list.item(at).and_then(|node| node.dyn_into().ok())
}

/// The first of these that reaches below a height on screen. They stand below one another.
fn first_past(list: &NodeList, y: f64) -> u32 {
    let (mut from, mut to) = (0, list.length());
    while from < to {
        let middle = from.midpoint(to);
        if item(list, middle).is_some_and(|row| row.get_bounding_client_rect().bottom() > y) {
            to = middle;
        } else {
            from = middle + 1;
        }
    }
    from
}

/// The segment nearest to the screen among those that are near: below before above.
fn nearest_segment(list: &Element, screen: f64) -> Option<u32> {
    let segments = list.query_selector_all("li[data-away]").ok()?;
    let near = NEAR_SCREENS * screen;
    let at = first_past(&segments, 0.0);
    let below = item(&segments, at).filter(|row| row.get_bounding_client_rect().top() < screen + near);
    let above = || item(&segments, at.checked_sub(1)?).filter(|row| row.get_bounding_client_rect().bottom() > -near);
    segment_of(&below.or_else(above)?)
}

/// A stretch of rows that are far away, and how high they are.
fn far_stretch(thread: &Element, list: &Element, screen: f64) -> Option<(Vec<RowKey>, f64)> {
    let rows = list.query_selector_all("li:not([data-away])").ok()?;
    let far = FAR_SCREENS * screen;
    let above = 0..first_past(&rows, -far);
    // The first past that line may cross it.
    let below = first_past(&rows, screen + far) + 1..rows.length();
    let found = stretch(&rows, above).or_else(|| stretch(&rows, below.rev()));
    found.filter(|_| !is_selecting(thread))
}

/// From the far end on: as many neighbours as make a segment, or fewer where those beside them stay as they are.
fn stretch(rows: &NodeList, far_first: impl Iterator<Item = u32>) -> Option<(Vec<RowKey>, f64)> {
    let mut found: Vec<(Element, RowKey)> = Vec::new();
    let mut is_whole = false;
    for row in far_first.filter_map(|at| item(rows, at)) {
        let key = key_of(&row);
        let is_beside = found.last().is_none_or(|(last, _)| are_neighbours(last, &row));
        match key.filter(|_| is_beside) {
            Some(key) => found.push((row, key)),
            None => is_whole = !found.is_empty(),
        }
        is_whole |= found.len() == SEGMENT_ROWS;
        if is_whole {
            break;
        }
    }
    let bounds = |(row, _): &(Element, RowKey)| row.get_bounding_client_rect();
    let (first, last) = (found.first().filter(|_| is_whole).map(bounds)?, found.last().map(bounds)?);
    if first.top() > last.top() {
        found.reverse();
    }
    let height = first.bottom().max(last.bottom()) - first.top().min(last.top());
    Some((found.into_iter().map(|(_, key)| key).collect(), height))
}

fn are_neighbours(one: &Element, other: &Element) -> bool {
    [one.next_element_sibling(), one.previous_element_sibling()]
        .into_iter()
        .flatten()
        .any(|beside| beside.is_same_node(Some(other)))
}

/// What a row shows, unless it has to stay: somebody may be in it, or look for it.
fn key_of(row: &Element) -> Option<RowKey> {
    if row.matches(".aw-row--marked, :focus-within").unwrap_or(true) || row.query_selector("form, [role=alert]").ok()?.is_some() {
        return None;
    }
    let id = row.id();
    match id.split_once('-')? {
        ("comment", id) => id.parse().ok().map(RowKey::Comment),
        ("more", "root") => Some(RowKey::More(None)),
        ("more", id) => id.parse().ok().map(|id| RowKey::More(Some(id))),
        _ => None,
    }
}

/// Whether something in the thread is selected, or something around it.
fn is_selecting(thread: &Element) -> bool {
    let Some(selection) = web_sys::window().and_then(|window| window.get_selection().ok().flatten()) else { return false };
    // Not every engine tells more of a selection in a shadow root than its host, or what that stands in.
    let host = thread.get_root_node().dyn_into::<web_sys::ShadowRoot>().map(|root| root.host());
    let is_here = |node: Node| thread.contains(Some(&node)) || host.as_ref().is_ok_and(|host| node.contains(Some(host)));
    let ends = [selection.anchor_node(), selection.focus_node()];
    ends.into_iter().flatten().any(is_here) && selection.to_string().length() > 0
}
