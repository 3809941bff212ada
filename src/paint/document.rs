//! The thread as a document of its own: complete without any script.

use super::document_focus::{self, Focus};
use super::document_search::{DocumentSearch, search_form, search_found};
use super::forms::{DocumentForm, Purpose, writing_form};
use super::{document_dates, document_list, json_ld, to_html};
use crate::actions::Thread;
use crate::components::{element, thread_header};
use crate::config::Config;
use crate::state::ThreadState;
use crate::text::{Lang, Strings};
use afterword_wire::{CommentId, More, Sort, Timestamp, address};
use leptos::prelude::*;

/// A thread as a document of its own.
#[derive(Clone, Debug)]
pub struct Document {
    /// The language of everything around the comments.
    pub lang: Lang,
    /// The comments, and who looks.
    pub state: ThreadState,
    /// The branch that is shown by itself, if one is: its comment is the only root of `state`.
    pub focus: Option<Focus>,
    /// Where to go back with root comments, in a listing that began at a date.
    pub before: Option<More>,
    /// The page's title, if known; plain text.
    pub title: Option<String>,
    /// Where the page can be read, if known: checked to be http or https.
    pub page_url: Option<String>,
    /// Address of the document's style sheet.
    pub stylesheet_url: String,
    /// What of the thread is shown.
    pub addresses: Addresses,
    /// What was looked for, if anything was: then what was found is shown instead of the comments.
    pub search: Option<DocumentSearch>,
    /// Whether and how the reader can write here.
    pub writing: Writing,
    /// A sentence for everybody above the comments.
    pub notice: Option<String>,
    /// The time now.
    pub now: Timestamp,
}

/// The queries of the document's addresses; each begins with `site`, and none with a question mark.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Of what is shown now.
    pub here: String,
    /// Of what is shown now, from its first slice on.
    pub here_from_start: String,
    /// Of the first slice in the same order.
    pub start: String,
    /// The fields of `start`, for a form.
    pub fields: Vec<(&'static str, String)>,
    /// Of the first slice in each order.
    pub sorted: Vec<(Sort, String)>,
    /// The fields with which an address begins that begins at a date; a form adds `at`.
    pub dated: Vec<(&'static str, String)>,
    /// The date at which what is shown began.
    pub date: Option<String>,
}

/// Whether and how a reader can write in a document.
#[derive(Clone, Debug)]
pub enum Writing {
    /// By these forms.
    Forms(Vec<DocumentForm>),
    /// In a tab of its own, to which links lead: this document stands in a frame.
    InNewTab,
    /// Not at all: the browser would not keep who writes.
    Nowhere,
}

impl Document {
    /// The address at which a comment can be seen in what is shown now; the thread's head where there is none.
    pub(super) fn comment_url(&self, comment_id: Option<CommentId>) -> String {
        let place = comment_id.map_or_else(|| "aw-heading".to_owned(), |id| format!("comment-{id}"));
        format!("{}?{}#{place}", address::THREAD_DOCUMENT, self.addresses.here)
    }

    /// The address at which a form can be filled in.
    pub(super) fn form_url(&self, purpose: Purpose) -> String {
        let fragment = purpose.name();
        self.form_target(address::THREAD_DOCUMENT, purpose) + "#" + fragment
    }

    /// An address with the query of what is shown now and of what is to be written.
    pub(super) fn form_target(&self, path: &str, purpose: Purpose) -> String {
        let here = &self.addresses.here;
        match purpose.comment_id() {
            Some(id) => format!("{path}?{here}&{}={id}", purpose.name()),
            None => format!("{path}?{here}"),
        }
    }

    /// The address at which replies to a comment (`None`: root comments) go on.
    pub(super) fn more_url(&self, parent_id: Option<CommentId>, cursor: &str) -> String {
        let branch = parent_id.map(|id| format!("&comment={id}")).unwrap_or_default();
        format!("{}?{}{branch}&cursor={cursor}", address::THREAD_DOCUMENT, self.addresses.start)
    }

    /// The address of a comment's branch alone.
    pub(super) fn branch_url(&self, id: CommentId) -> String {
        format!("{}?{}&comment={id}#comment-{id}", address::THREAD_DOCUMENT, self.addresses.start)
    }

    /// The address of the thread from its beginning.
    pub(super) fn start_url(&self) -> String {
        format!("{}?{}", address::THREAD_DOCUMENT, self.addresses.start)
    }

    /// The form for a purpose, if it is to be shown.
    pub(super) fn form(&self, purpose: Purpose) -> Option<&DocumentForm> {
        match &self.writing {
            Writing::Forms(forms) => forms.iter().find(|form| form.purpose == purpose),
            Writing::InNewTab | Writing::Nowhere => None,
        }
    }

    fn is_framed(&self) -> bool {
        matches!(self.writing, Writing::InNewTab)
    }

    /// Whether this is a later slice of a comment's branch alone.
    pub(super) fn is_further_on_below(&self, id: CommentId) -> bool {
        let is_branch = self.focus.as_ref().is_some_and(|focus| focus.comment_id == id);
        is_branch && self.addresses.here != self.addresses.here_from_start
    }

    fn is_start(&self) -> bool {
        self.addresses.here == self.addresses.start
    }

    fn title(&self) -> &str {
        self.title.as_deref().unwrap_or(self.lang.strings().comments)
    }
}

/// The whole document.
///
/// # Errors
/// Only when the description for search engines cannot be written as JSON, which none of its types allows.
pub fn document(document: Document) -> Result<String, serde_json::Error> {
    let (lang, dir) = (document.lang.tag(), document.lang.dir());
    let description = json_ld::describe(&document)?;
    let (title, stylesheet_url) = (document.title().to_owned(), document.stylesheet_url.clone());
    let canonical = document.page_url.clone().unwrap_or_else(|| document.start_url());
    let robots = (!document.is_start()).then(|| view! { <meta name="robots" content="noindex"/> });
    let head = to_html(move || {
        view! {
            <title>{title}</title>
            <link rel="canonical" href=canonical/>
            <link rel="stylesheet" href=stylesheet_url/>
            {robots}
        }
    });
    let class = if document.is_framed() { "aw-document aw-document--framed" } else { "aw-document" };
    let main = to_html(move || main(document));
    Ok(format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{head}\
         <script type=\"application/ld+json\">{description}</script></head>\
         <body class=\"{class}\">{main}</body></html>"
    ))
}

fn main(document: Document) -> AnyView {
    let strings = document.lang.strings();
    // In a frame of the page, that page is there already.
    let is_framed = document.is_framed();
    let heading = element("h1", if is_framed { "aw-hidden" } else { "" }).with("dir", "auto").text(document.title());
    let back = document.page_url.as_ref().filter(|_| !is_framed).map(|url| {
        let link = element("a", "aw-document__way").with("href", url.clone()).text(strings.document_back_to_page);
        element("p", "").child(link.draw()).draw()
    });
    let config = Config { lang: document.lang.tag().to_owned(), ..Config::default() };
    let thread = Thread::new(config, strings, document.state.clone(), None);
    let aw = element("div", "aw").with("lang", document.lang.tag()).with("dir", document.lang.dir()).with("data-theme", "auto");
    let section = element("section", "aw-thread")
        .with("aria-labelledby", "aw-heading")
        .child(thread_header(thread, false))
        .child_some(search_form(&document));
    if let Some(search) = &document.search {
        let section = section.child(search_found(&document, search)).child_some(way_to_start(&document, strings));
        return element("main", "").child(heading.draw()).child_some(back).child(aw.child(section.draw()).draw()).draw();
    }
    let section = section
        .child_some(document_focus::above(&document))
        .child_some(sort_links(&document, strings))
        .child_some(document_dates::form(&document))
        .child_some(
            document.notice.clone().map(|sentence| element("p", "aw-notice").with("role", "status").text(sentence).draw()),
        )
        .child_some(way_to_write(&document, strings))
        .child_some((document.state.rows().is_empty()).then(|| element("p", "aw-empty").text(strings.be_the_first).draw()))
        .child_some(document_dates::way_back(&document))
        .child(document_list::list(thread, &document))
        .child_some(way_to_start(&document, strings));
    let aw = aw.child(section.draw());
    element("main", "").child(heading.draw()).child_some(back).child(aw.draw()).draw()
}

/// The composer, or why there is none.
fn way_to_write(document: &Document, strings: &'static Strings) -> Option<AnyView> {
    let notice = |sentence: &'static str| element("p", "aw-notice").text(sentence).draw();
    if let Some(form) = document.form(Purpose::Post) {
        return Some(writing_form(document, &document.state, form));
    }
    if document.state.is_closed {
        return Some(notice(strings.thread_is_closed));
    }
    match &document.writing {
        Writing::Forms(_) => None,
        Writing::InNewTab => {
            let link = element("a", "aw-button aw-button--primary").with("href", document.form_url(Purpose::Post));
            let link = link.with("target", "_blank").text(strings.document_write_in_new_tab);
            Some(element("p", "").child(link.draw()).draw())
        }
        Writing::Nowhere => Some(notice(strings.document_writing_needs_https)),
    }
}

/// The orders to choose from, as links.
fn sort_links(document: &Document, strings: &'static Strings) -> Option<AnyView> {
    if document.state.comment_count < 2 || document.focus.is_some() {
        return None;
    }
    let nav = element("nav", "aw-document__sorts").with("aria-label", strings.sort_label);
    let link = |(sort, query): &(Sort, String)| {
        let text = match sort {
            Sort::Oldest => strings.sort_oldest,
            Sort::Newest => strings.sort_newest,
            Sort::Replies => strings.sort_replies,
        };
        let current = (*sort == document.state.sort).then(|| "true".to_owned());
        let url = format!("{}?{query}", address::THREAD_DOCUMENT);
        element("a", "").with("href", url).with_some("aria-current", current).text(text).draw()
    };
    Some(document.addresses.sorted.iter().map(link).fold(nav, crate::components::Drawn::child).draw())
}

/// The way back from a part of the thread to its beginning.
fn way_to_start(document: &Document, strings: &'static Strings) -> Option<AnyView> {
    let link = || element("a", "aw-document__way").with("href", document.start_url()).text(strings.document_all_comments).draw();
    (!document.is_start()).then(|| element("p", "").child(link()).draw())
}
