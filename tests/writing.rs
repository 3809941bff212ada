//! Writing, as the browser has it: fields, focus, drafts, faults, what happens when nobody answers.
#![cfg(target_arch = "wasm32")]

mod page;

use afterword_widget::actions;
use afterword_widget::state::ThreadState;
use afterword_wire::CommentId;
use page::{Page, comment, open, slice};
use wasm_bindgen_test::{wasm_bindgen_test, wasm_bindgen_test_configure};

wasm_bindgen_test_configure!(run_in_browser);

const ROOT_TEXT: &str = "form[data-form='root'] textarea";

fn two_comments() -> ThreadState {
    let mut first = comment(1, None, 0);
    first.reply_count = 1;
    ThreadState::from_slice(slice(vec![first, comment(2, Some(1), 1)]))
}

fn row(id: u64) -> String {
    format!("#comment-{}", CommentId(id))
}

fn reply_text(id: u64) -> String {
    format!("form[data-form='{}'] textarea", CommentId(id))
}

fn value(page: &Page, selector: &str) -> String {
    let field = page.find(selector).unwrap_or_else(|| panic!("{selector} is there"));
    js_sys::Reflect::get(&field, &"value".into()).ok().and_then(|value| value.as_string()).unwrap_or_default()
}

#[wasm_bindgen_test]
async fn reply_opens_in_place_with_focus_in_its_text() {
    let page = open("/writing/reply", two_comments());
    page.click(&format!("{} [data-act=reply]", row(1)));
    page.settle().await;
    assert_eq!(page.rows()[1], CommentId(1).to_string(), "right below the comment it answers");
    assert_eq!(page.focused().as_deref(), Some(format!("form[data-form='{}'] [name='body']", CommentId(1)).as_str()));
}

#[wasm_bindgen_test]
async fn cancel_gives_focus_back_to_the_reply_button() {
    let page = open("/writing/cancel", two_comments());
    page.click(&format!("{} [data-act=reply]", row(2)));
    page.settle().await;
    page.click(&format!("form[data-form='{}'] [data-act=cancel]", CommentId(2)));
    page.settle().await;
    assert!(page.find(&reply_text(2)).is_none(), "the form is gone");
    assert_eq!(page.focused(), Some(format!("{} [data-act='reply']", row(2))));
}

#[wasm_bindgen_test]
async fn each_parent_keeps_its_own_draft_across_mounts() {
    let page = open("/writing/drafts", two_comments());
    page.click(&format!("{} [data-act=reply]", row(1)));
    page.click(&format!("{} [data-act=reply]", row(2)));
    page.settle().await;
    page.type_into(&reply_text(1), "to one");
    page.type_into(&reply_text(2), "to two");
    page.type_into(ROOT_TEXT, "to all");
    page.element.remove();
    let again = open("/writing/drafts", two_comments());
    again.click(&format!("{} [data-act=reply]", row(1)));
    again.click(&format!("{} [data-act=reply]", row(2)));
    again.settle().await;
    assert_eq!(
        [value(&again, &reply_text(1)), value(&again, &reply_text(2)), value(&again, ROOT_TEXT)],
        ["to one", "to two", "to all"]
    );
}

#[wasm_bindgen_test]
async fn a_form_without_a_name_says_so_and_keeps_its_text() {
    let page = open("/writing/nameless", two_comments());
    page.type_into(ROOT_TEXT, "Who am I?");
    page.type_into("form[data-form='root'] [name=name]", "");
    page.click("form[data-form='root'] [data-act=submit]");
    page.settle().await;
    let error = page.find("form[data-form='root'] [role=alert]").expect("a sentence");
    assert_eq!(error.text_content().as_deref(), Some("Tell us your name; any name will do."));
    assert_eq!(value(&page, ROOT_TEXT), "Who am I?");
    assert_eq!(page.focused().as_deref(), Some("form[data-form='root'] [name='name']"));
}

#[wasm_bindgen_test]
async fn a_comment_nobody_takes_is_shown_with_a_way_to_try_again() {
    let page = open("/writing/nobody", two_comments());
    page.type_into(ROOT_TEXT, "Is anybody there?");
    page.type_into("form[data-form='root'] [name=name]", "Mara");
    page.click("form[data-form='root'] [data-act=submit]");
    page.settle().await;
    assert!(page.rows()[0].starts_with("pending-"), "on screen at once: {:?}", page.rows());
    assert_eq!(value(&page, ROOT_TEXT), "", "the form is ready for the next");
    wait_for_failure(&page).await;
    assert!(page.find(".aw-comment--failed [data-act=retry]").is_some(), "not sent: retry");
    assert!(
        page.find(".aw-comment--failed").and_then(|row| row.text_content()).unwrap_or_default().contains("Is anybody there?")
    );
}

#[wasm_bindgen_test]
async fn a_text_taken_back_joins_what_was_begun_meanwhile() {
    let page = open("/writing/taken-back", two_comments());
    page.type_into(ROOT_TEXT, "The first thought.");
    page.type_into("form[data-form='root'] [name=name]", "Mara");
    page.click("form[data-form='root'] [data-act=submit]");
    wait_for_failure(&page).await;
    page.type_into(ROOT_TEXT, "A second one.");
    page.click("[data-act=take-back]");
    page.settle().await;
    assert_eq!(value(&page, ROOT_TEXT), "A second one.\n\nThe first thought.");
    assert!(page.find(".aw-comment--failed").is_none(), "it is in the form now, and nowhere else");
}

#[wasm_bindgen_test]
async fn a_waiting_comment_is_deleted_after_a_question_and_not_without() {
    let page = open("/writing/given-up", two_comments());
    for text in ["The first.", "The second."] {
        page.type_into(ROOT_TEXT, text);
        page.type_into("form[data-form='root'] [name=name]", "Mara");
        page.click("form[data-form='root'] [data-act=submit]");
        page.settle().await;
    }
    wait_for_failure(&page).await;
    let waiting = || page.rows().into_iter().filter(|row| row.starts_with("pending-")).collect::<Vec<_>>();
    assert_eq!(waiting(), ["pending-1", "pending-0"], "newest first, as they will stand when they are posted");
    page.click("#pending-1 [data-act=delete]");
    page.settle().await;
    assert_eq!(page.focused().as_deref(), Some("#pending-1 [data-act='keep']"));
    page.click("#pending-1 [data-act=keep]");
    page.settle().await;
    assert_eq!(page.focused().as_deref(), Some("#pending-1 [data-act='delete']"));
    page.click("#pending-1 [data-act=delete]");
    page.settle().await;
    page.click("#pending-1 [data-act=confirm-delete]");
    page.settle().await;
    assert_eq!(waiting(), ["pending-0"]);
}

#[wasm_bindgen_test]
async fn what_waits_is_there_again_when_the_thread_is_mounted_again() {
    let page = open("/writing/again", two_comments());
    page.type_into(ROOT_TEXT, "Nobody heard this.");
    page.type_into("form[data-form='root'] [name=name]", "Mara");
    page.click("form[data-form='root'] [data-act=submit]");
    wait_for_failure(&page).await;
    actions::stop_sending(page.thread);
    page.element.remove();
    let again = open("/writing/again", two_comments());
    actions::follow_queue(again.thread);
    wait_for_failure(&again).await;
    let text = again.find(".aw-comment--failed").and_then(|row| row.text_content()).unwrap_or_default();
    assert!(text.contains("Nobody heard this."), "{text}");
    assert!(text.contains("server was not reached"), "this browser is online: {text}");
}

async fn wait_for_failure(page: &Page) {
    for _ in 0..200 {
        if page.find("[data-act=retry]").is_some() {
            return;
        }
        wasm_bindgen_futures::JsFuture::from(wait_a_frame()).await.expect("a frame");
    }
}

fn wait_a_frame() -> js_sys::Promise {
    js_sys::Promise::new(&mut |resolve, _| {
        let window = web_sys::window().expect("a window");
        window.set_timeout_with_callback_and_timeout_and_arguments_0(&resolve, 20).expect("a timer");
    })
}

#[wasm_bindgen_test]
async fn folding_a_branch_keeps_focus_on_its_button() {
    let page = open("/writing/fold", two_comments());
    page.find(&format!("{} [data-act=collapse]", row(1))).expect("a button").focus().expect("focus");
    page.click(&format!("{} [data-act=collapse]", row(1)));
    page.settle().await;
    assert_eq!(page.rows(), [format!("comment-{}", CommentId(1))]);
    assert_eq!(page.focused(), Some(format!("{} [data-act='collapse']", row(1))));
    let text = page.find(&row(1)).and_then(|row| row.text_content()).unwrap_or_default();
    assert!(text.contains("Author 1") && text.contains("and 1 reply"), "{text}");
}

#[wasm_bindgen_test]
async fn the_counter_shows_near_the_limit_only() {
    let page = open("/writing/counter", two_comments());
    page.type_into(ROOT_TEXT, &"x".repeat(8_999));
    page.settle().await;
    assert!(page.find(".aw-form__counter").is_none(), "far from the limit");
    page.type_into(ROOT_TEXT, &"x".repeat(9_999));
    page.settle().await;
    assert_eq!(page.find(".aw-form__counter").and_then(|line| line.text_content()).as_deref(), Some("1 character left"));
    page.type_into(ROOT_TEXT, &"x".repeat(10_002));
    page.settle().await;
    assert_eq!(page.find(".aw-form__counter").and_then(|line| line.text_content()).as_deref(), Some("2 characters too many"));
}

#[wasm_bindgen_test]
async fn names_and_bodies_find_their_own_direction() {
    let mut arabic = comment(1, None, 0);
    arabic.body_html = "<p>مرحبا</p>".to_owned();
    let page = open("/writing/direction", ThreadState::from_slice(slice(vec![arabic, comment(2, None, 0)])));
    let direction = |id: u64| {
        let body = page.find(&format!("{} .aw-comment__body", row(id))).expect("a body");
        let style = web_sys::window().and_then(|window| window.get_computed_style(&body).ok()?).expect("a style");
        style.get_property_value("direction").expect("a direction")
    };
    assert_eq!([direction(1), direction(2)], ["rtl", "ltr"]);
}
