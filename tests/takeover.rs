//! The widget takes over a painted thread without anybody noticing.
#![cfg(target_arch = "wasm32")]

mod page;

use afterword_widget::embed;
use afterword_wire::CommentId;
use page::{ENGLISH, NOWHERE, Page, body, comment, element, open, slice};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};
use web_sys::{HtmlElement, ShadowRoot, ShadowRootInit, ShadowRootMode};

wasm_bindgen_test_configure!(run_in_browser);

const SLICE: &str = r#"{"widget_script":"/assets/widget.js","slice":{"comment_count":2,"edit_window_s":900,"sort":"oldest","comments":[
  {"id":"0000000000001","depth":0,"author":{"id":"0000000000001","name":"Author 1"},"created_at":"2023-11-14T22:13:20.000Z"},
  {"id":"0000000000002","depth":0,"author":{"id":"0000000000002","name":"Author 2"},"created_at":"2023-11-14T22:13:20.000Z"}]}"#;

/// What stands beside the painted thread: the slice, and the language it is painted in.
fn island() -> String {
    format!(r#"{SLICE},"messages":{ENGLISH}}}"#)
}

/// A host whose shadow root holds a thread as the server paints it: the same components draw it here.
fn painted(page_key: &str) -> (HtmlElement, ShadowRoot) {
    let state = afterword_widget::state::ThreadState::from_slice(slice(vec![comment(1, None, 0), comment(2, None, 0)]));
    let drawn: Page = open(&format!("{page_key}/painted"), state);
    let copy = drawn.element.clone_node_with_deep(true).expect("a copy without listeners");
    drawn.element.remove();
    let host = element("div");
    let root = host.attach_shadow(&ShadowRootInit::new(ShadowRootMode::Open)).expect("a shadow root");
    root.append_child(&copy).expect("a child");
    body().append_child(&host).expect("a child");
    (host, root)
}

fn options(page_key: &str) -> JsValue {
    let json =
        format!(r#"{{"base":"{NOWHERE}","site":"test","page_key":"{page_key}","lang":"en","sort":"oldest","theme":"auto"}}"#);
    js_sys::JSON::parse(&json).expect("JSON")
}

fn acts(json: &str) -> JsValue {
    js_sys::JSON::parse(json).expect("JSON")
}

fn text(root: &ShadowRoot) -> String {
    root.text_content().unwrap_or_default()
}

async fn settle() {
    for _ in 0..3 {
        leptos::task::tick().await;
    }
}

#[wasm_bindgen_test]
async fn what_is_read_stays_the_same() {
    let (host, root) = painted("/takeover/same");
    let before = text(&root);
    embed::mount(&host, options("/takeover/same"), &island(), acts("[]")).expect("mounted");
    settle().await;
    assert_eq!(text(&root), before);
    assert!(text(&root).contains("Body 2"), "bodies come from the painted rows");
    assert_eq!(root.query_selector_all("div.aw").expect("a selector").length(), 1, "one thread, not two");
}

#[wasm_bindgen_test]
async fn typed_text_focus_and_selection_are_carried_over() {
    let (host, root) = painted("/takeover/typed");
    let field: web_sys::HtmlTextAreaElement =
        wasm_bindgen::JsCast::unchecked_into(root.query_selector("textarea").expect("a selector").expect("a field"));
    field.set_value("typed before the widget");
    field.focus().expect("focus");
    field.set_selection_range(6, 12).expect("a selection");
    embed::mount(&host, options("/takeover/typed"), &island(), acts("[]")).expect("mounted");
    settle().await;
    let field: web_sys::HtmlTextAreaElement = wasm_bindgen::JsCast::unchecked_into(root.active_element().expect("focus"));
    assert_eq!(field.value(), "typed before the widget");
    assert_eq!((field.selection_start().expect("a start"), field.selection_end().expect("an end")), (Some(6), Some(12)));
}

#[wasm_bindgen_test]
async fn what_was_clicked_before_is_done_now() {
    let (host, root) = painted("/takeover/clicked");
    let acts = acts(r#"[{"act":"reply","id":"0000000000002"}]"#);
    embed::mount(&host, options("/takeover/clicked"), &island(), acts).expect("mounted");
    settle().await;
    let form = root.query_selector(&format!("form[data-form='{}']", CommentId(2))).expect("a selector");
    assert!(form.is_some(), "the reply form is open");
}

#[wasm_bindgen_test]
fn a_broken_island_leaves_the_painted_thread_alone() {
    let (host, root) = painted("/takeover/broken");
    let before = text(&root);
    assert!(embed::mount(&host, options("/takeover/broken"), "{\"slice\":7}", acts("[]")).is_err());
    assert_eq!(text(&root), before);
}
