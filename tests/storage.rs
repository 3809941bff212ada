//! Storage in a host page is always optional (SECURITY R10): it throws in third-party frames with cookies blocked.
#![cfg(target_arch = "wasm32")]

mod page;

use afterword_widget::state::ThreadState;
use js_sys::{Function, Object, Reflect};
use page::{comment, open, slice};
use wasm_bindgen::JsValue;
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ROOT_TEXT: &str = "form[data-form='root'] textarea";

/// From here on reading `localStorage` throws, as browsers do it. The suite has a page of its own.
fn refuse_storage() {
    let getter = Function::new_no_args("throw new DOMException('denied', 'SecurityError')");
    let descriptor = Object::new();
    Reflect::set(&descriptor, &"configurable".into(), &JsValue::TRUE).expect("a plain object");
    Reflect::set(&descriptor, &"get".into(), &getter).expect("a plain object");
    let window = web_sys::window().expect("a window");
    Object::define_property(&window, &"localStorage".into(), &descriptor);
    assert!(window.local_storage().is_err(), "the storage still answers: this suite would test nothing");
}

#[wasm_bindgen_test]
async fn without_storage_a_draft_lives_in_memory_and_the_thread_says_so() {
    refuse_storage();
    let one_comment = || ThreadState::from_slice(slice(vec![comment(1, None, 0)]));
    let page = open("/storage/refused", one_comment());
    page.settle().await;
    assert!(page.find(".aw-notice").is_none(), "nothing is lost yet, and nothing is said");
    page.type_into(ROOT_TEXT, "kept for now");
    page.settle().await;
    let notice = page.find(".aw-notice").and_then(|notice| notice.text_content()).unwrap_or_default();
    assert!(notice.contains("keeps nothing"), "{notice:?}");
    page.element.remove();
    let again = open("/storage/refused", one_comment());
    again.settle().await;
    let field = again.find(ROOT_TEXT).expect("the composer");
    assert_eq!(Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string()).as_deref(), Some("kept for now"));
}
