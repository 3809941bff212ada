//! A thread on the test page, in verbs; selectors stay in here.

#![allow(dead_code, reason = "each suite uses its part")]

use afterword_widget::actions::Thread;
use afterword_widget::browser::json;
use afterword_widget::components::thread_view;
use afterword_widget::config::Config;
use afterword_widget::state::{RowKey, ThreadState};
use afterword_widget::text::{Messages, Strings};
use afterword_wire::{Author, AuthorId, Comment, CommentId, Sort, ThreadSlice, Timestamp, Written};
use wasm_bindgen::JsCast;
use web_sys::{Element, HtmlElement};

/// Nobody answers there: what a suite sends fails at once, as with a server that is down.
pub const NOWHERE: &str = "http://127.0.0.1:9";

/// A mounted thread on an element of its own: one page serves all tests of a suite.
pub struct Page {
    pub thread: Thread,
    pub element: HtmlElement,
}

pub fn element(tag: &str) -> HtmlElement {
    let document = web_sys::window().and_then(|window| window.document()).expect("a document");
    document.create_element(tag).expect("an element").unchecked_into()
}

pub fn body() -> HtmlElement {
    web_sys::window().and_then(|window| window.document()?.body()).expect("a body")
}

/// Options of a page nobody else uses, so that no draft of another test is found there.
pub fn config(page_key: &str) -> Config {
    Config {
        base: NOWHERE.to_owned(),
        site: "test".to_owned(),
        page_key: page_key.to_owned(),
        lang: "en".to_owned(),
        ..Config::default()
    }
}

/// What the server would send along with an English thread.
pub const ENGLISH: &str = include_str!("../../locales/en.json");

pub fn english() -> &'static Strings {
    json::from_text::<Messages>(ENGLISH).expect("messages").learn("en")
}

/// Mounts a thread.
pub fn open(page_key: &str, state: ThreadState) -> Page {
    open_with(config(page_key), state)
}

/// Mounts a thread with options of its own.
pub fn open_with(config: Config, state: ThreadState) -> Page {
    let element = element("div");
    element.set_class_name("aw");
    element.set_lang("en");
    body().append_child(&element).expect("a child");
    let thread = Thread::new(config, english(), state, Some(element.clone()));
    leptos::mount::mount_to(element.clone(), move || thread_view(thread, true)).forget();
    Page { thread, element }
}

impl Page {
    /// Waits until what changed is drawn.
    pub async fn settle(&self) {
        for _ in 0..3 {
            leptos::task::tick().await;
        }
    }

    /// What stands in each row, from top to bottom.
    pub fn rows(&self) -> Vec<String> {
        self.all("ol > li")
            .into_iter()
            .map(|row| {
                let form = row.query_selector("form").expect("a selector").and_then(|form| form.get_attribute("data-form"));
                if row.id().is_empty() { form.unwrap_or_default() } else { row.id() }
            })
            .collect()
    }

    pub fn all(&self, selector: &str) -> Vec<Element> {
        let found = self.element.query_selector_all(selector).expect("a selector");
        (0..found.length()).filter_map(|at| found.item(at)).map(JsCast::unchecked_into).collect()
    }

    pub fn find(&self, selector: &str) -> Option<HtmlElement> {
        self.element.query_selector(selector).expect("a selector").map(JsCast::unchecked_into)
    }

    pub fn click(&self, selector: &str) {
        self.find(selector).unwrap_or_else(|| panic!("{selector} is there")).click();
    }

    pub fn type_into(&self, selector: &str, text: &str) {
        let field = self.find(selector).unwrap_or_else(|| panic!("{selector} is there"));
        js_sys::Reflect::set(&field, &"value".into(), &text.into()).expect("a field");
        let init = web_sys::EventInit::new();
        init.set_bubbles(true);
        let event = web_sys::Event::new_with_event_init_dict("input", &init).expect("an event");
        field.dispatch_event(&event).expect("heard");
    }

    /// The selector of what has focus, as far as a test needs it.
    pub fn focused(&self) -> Option<String> {
        afterword_widget::browser::focus::place_of_focus(&self.element)
    }
}

/// The row that a key stands for, as [`Page::rows`] tells it.
pub fn name_of(key: RowKey) -> String {
    match key {
        RowKey::Comment(id) => format!("comment-{id}"),
        RowKey::Pending(number) => format!("pending-{number}"),
        RowKey::More(Some(id)) => format!("more-{id}"),
        RowKey::More(None) => "more-root".to_owned(),
        RowKey::Reply(id) => id.to_string(),
        RowKey::Edit(id) => format!("edit-{id}"),
    }
}

pub fn comment(id: u64, parent: Option<u64>, depth: u16) -> Comment {
    Comment {
        id: CommentId(id),
        parent_id: parent.map(CommentId),
        depth,
        answers_name: None,
        author: Some(Author { id: AuthorId(id % 5), name: format!("Author {id}"), website: None }),
        created_at: Timestamp(1_700_000_000_000),
        edited_at: None,
        body_html: format!("<p>Body {id}</p>"),
        reply_count: 0,
        more: None,
    }
}

pub fn slice(comments: Vec<Comment>) -> ThreadSlice {
    let comment_count = u32::try_from(comments.len()).expect("few");
    ThreadSlice {
        comment_count,
        is_closed: false,
        edit_window_s: 900,
        sort: Sort::Oldest,
        comments,
        before: None,
        more: None,
        as_of: None,
    }
}

pub fn written(comment: Comment) -> Written {
    Written { comment, author_id: AuthorId(1), comment_count: 9, is_listed: true }
}
