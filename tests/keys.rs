//! Single letters act where the page lets them, and nowhere else.
#![cfg(target_arch = "wasm32")]

mod page;

use afterword_widget::config::Config;
use afterword_widget::state::ThreadState;
use page::{Page, comment, config, open_with, slice};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

fn thread(page_key: &str, keys: Option<&str>) -> Page {
    let state = ThreadState::from_slice(slice(vec![comment(1, None, 0), comment(2, None, 0)]));
    open_with(Config { keys: keys.map(str::to_owned), ..config(page_key) }, state)
}

impl Page {
    fn press(&self, key: &str) {
        let press = "target.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }))";
        let press = js_sys::Function::new_with_args("target, key", press);
        let at = self.find("li:focus").expect("a row has focus");
        press.call2(&wasm_bindgen::JsValue::NULL, &at, &key.into()).expect("heard");
    }

    fn focus_first(&self) {
        self.find("li").expect("a row").focus().expect("focus");
    }
}

#[wasm_bindgen_test]
fn a_letter_goes_to_the_next_comment() {
    let page = thread("/keys/on", None);
    page.focus_first();
    page.press("j");
    assert_eq!(page.focused().as_deref(), Some("#comment-0000000000002"));
    assert!(!page.all("[aria-keyshortcuts=r]").is_empty());
}

#[wasm_bindgen_test]
fn no_letter_acts_where_the_page_wants_none_and_none_is_promised() {
    let page = thread("/keys/off", Some("off"));
    page.focus_first();
    page.press("j");
    assert_eq!(page.focused().as_deref(), Some("#comment-0000000000001"));
    assert!(page.all("[aria-keyshortcuts=r], [aria-keyshortcuts=x]").is_empty());
    assert_eq!(page.find(".aw-keys").and_then(|hint| hint.text_content()).as_deref(), Some(""));
}

#[wasm_bindgen_test]
async fn a_letter_presses_the_button_of_its_comment() {
    let page = thread("/keys/reply", Some("on"));
    page.focus_first();
    page.press("r");
    page.settle().await;
    assert!(page.find("form[data-form='0000000000001']").is_some());
}
