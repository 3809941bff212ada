//! Takes over the painted thread: mounts into a detached element and swaps it in.

use crate::actions::{self, Thread};
use crate::browser::adopt::{self, Adopted};
use crate::browser::{clock, json};
use crate::components::{perform, thread_view};
use crate::config::Config;
use crate::state::{ThreadState, Viewer};
use crate::text::Messages;
use afterword_wire::{CommentId, Sort, ThreadSlice};
use leptos::prelude::*;
use serde::Deserialize;
use wasm_bindgen::prelude::*;
use web_sys::{Element, HtmlElement};

/// How often the time left to edit is brought up to date.
const TICK_MS: u32 = 20_000;

/// The JSON beside the painted thread.
#[derive(Deserialize)]
struct Island {
    slice: ThreadSlice,
    #[serde(default)]
    messages: Messages,
    #[serde(default)]
    is_built_in: bool,
}

/// What the reader did in the painted thread that only the widget can do.
#[derive(Deserialize)]
struct PendingAct {
    act: String,
    #[serde(default)]
    id: Option<String>,
    #[serde(default)]
    value: Option<String>,
}

/// Mounts the thread into a host element whose shadow root holds the painted one, in its place. Returns the function by which
/// the page commands it: `("go-to", ID)`, `("log-in", JSON)` of how the reader signs, `("live", WRITTEN)` with a comment as JSON,
/// `("seen", AS_OF)` when the thread is on screen, with where its log of changes stood, and `("unmount")`, after which nothing of it is left.
///
/// # Errors
/// A sentence that says what was not as `embed.js` prepares it; the painted thread then stays.
pub fn mount(host: &HtmlElement, options: JsValue, island: &str, pending: JsValue) -> Result<JsValue, JsValue> {
    let config: Config = json::from_js(options).ok_or("the options are not those of embed.js")?;
    let island: Island = json::from_text(island).ok_or("the island is not the server's")?;
    let pending: Vec<PendingAct> = json::from_js(pending).ok_or("the acts are not those of embed.js")?;
    let painted = painted_in(host).ok_or("the shadow root holds no painted thread")?;
    let is_built_in = island.is_built_in;
    let owner = Owner::new();
    owner.with(|| {
        let adopted = Adopted::read(&painted);
        let thread = begin(config, island, &painted, &adopted)?;
        let element = thread.element().ok_or("the thread has no element")?;
        let mounted = leptos::mount::mount_to(element.clone(), move || thread_view(thread, true));
        adopted.write_forms(&element);
        painted.replace_with_with_node_1(&element)?;
        adopted.restore_focus(&element);
        pending.into_iter().for_each(|act| replay(thread, &element, act));
        go_on(thread);
        if let Some(viewer) = thread.config().viewer {
            actions::log_in(thread, viewer);
        }
        if is_built_in {
            actions::catch_up(thread);
        }
        Ok(control(thread, (mounted, owner.clone())))
    })
}

/// The function that the page's handle calls. It owns the thread: `"unmount"` drops `mounted` and all that hangs on it.
fn control(thread: Thread, mounted: impl Sized + 'static) -> JsValue {
    let mut mounted = Some(mounted);
    let command = move |act: String, what: Option<String>| match (act.as_str(), what) {
        ("go-to", Some(id)) => id.parse().into_iter().for_each(|id| actions::open_permalink(thread, id)),
        ("seen", as_of) => actions::keep_visit(thread, as_of.and_then(|id| id.parse().ok())),
        ("live", Some(written)) => actions::take_live(thread, &written),
        ("log-in", Some(fields)) => json::from_text(&fields).into_iter().for_each(|fields| actions::log_in(thread, fields)),
        _ => {
            actions::stop_sending(thread);
            drop(mounted.take());
        }
    };
    Closure::<dyn FnMut(String, Option<String>)>::new(command).into_js_value()
}

fn painted_in(host: &HtmlElement) -> Option<Element> {
    host.shadow_root()?.query_selector("div.aw").ok().flatten()
}

/// The thread as it was painted, with who looks and which forms were open, on an element of its own.
fn begin(config: Config, island: Island, painted: &Element, adopted: &Adopted) -> Result<Thread, JsValue> {
    let Island { mut slice, messages, .. } = island;
    adopt::read_bodies(painted, &mut slice);
    let strings = messages.learn(&painted.get_attribute("lang").unwrap_or_default());
    // Without its children: only the attributes are wanted.
    let element: HtmlElement = painted.clone_node_with_deep(false)?.unchecked_into();
    let mut state = ThreadState::from_slice(slice);
    adopted.replies().for_each(|id| state.open_reply(id));
    let thread = Thread::new(config, strings, state, Some(element));
    let viewer: Viewer = thread.kept("viewer").unwrap_or_default();
    let seen = actions::seen_before(thread);
    thread.state.update_untracked(|state| {
        state.viewer = viewer;
        state.seen = seen;
    });
    // What was typed now wins over what was kept before.
    adopted.bodies().for_each(|(form, body)| actions::keep_draft(thread, form, body));
    Ok(thread)
}

fn replay(thread: Thread, element: &Element, act: PendingAct) {
    let id: Option<CommentId> = act.id.as_deref().and_then(|id| id.parse().ok());
    match (act.act.as_str(), id) {
        ("submit", _) => {
            let form = format!("form[data-form='{}']", act.id.unwrap_or_default());
            if let Ok(Some(form)) = element.query_selector(&form) {
                // Fails only for a submitter of another form; none is given.
                let _ = form.unchecked_into::<web_sys::HtmlFormElement>().request_submit();
            }
        }
        ("preview", _) => {
            let button = format!("form[data-form='{}'] [data-act=preview]", act.id.unwrap_or_default());
            if let Ok(Some(button)) = element.query_selector(&button) {
                button.unchecked_into::<HtmlElement>().click();
            }
        }
        ("sort", _) => {
            let sort: Option<Sort> = act.value.and_then(|value| value.parse().ok());
            sort.into_iter().for_each(|sort| actions::sort_thread(thread, sort));
        }
        ("search", _) => {
            if let Ok(Some(button)) = element.query_selector("[data-act=search]") {
                button.unchecked_into::<HtmlElement>().click();
            }
        }
        ("more", parent_id) => actions::load_more(thread, parent_id),
        (act, Some(id)) => perform(thread, act, id),
        _ => {}
    }
}

/// What goes on while the thread stands: unsent comments, the screen, the address, the clock.
fn go_on(thread: Thread) {
    actions::follow_queue(thread);
    actions::follow_scrolling(thread);
    if let Some(id) = thread.config().permalink {
        actions::open_permalink(thread, id);
    }
    let on_hash = move |_| {
        let hash = web_sys::window().and_then(|window| window.location().hash().ok()).unwrap_or_default();
        if let Some(id) = hash.strip_prefix("#comment-").and_then(|id| id.parse().ok()) {
            actions::open_permalink(thread, id);
        }
    };
    let hash_listener = window_event_listener(leptos::ev::hashchange, on_hash);
    on_cleanup(move || hash_listener.remove());
    tick(thread);
}

fn tick(thread: Thread) {
    clock::after_ms(TICK_MS, move || {
        if thread.change(|state| state.touch_editable(clock::now_ms())).is_some() {
            tick(thread);
        }
    });
}
