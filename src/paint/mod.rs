//! A thread as HTML, written by the server from the widget's own components.

use crate::actions::Thread;
use crate::components::thread_view;
use crate::config::Config;
use crate::state::ThreadState;
use crate::text::Lang;
use afterword_wire::ThreadSlice;
use leptos::prelude::*;

mod comment_count;
mod declarative;
mod document;
mod document_dates;
mod document_focus;
mod document_list;
mod document_search;
mod escaped_json;
mod failed_document;
mod forms;
mod fragment;
mod json_ld;
mod search;

pub use comment_count::comment_count;
pub use declarative::declarative;
pub use document::{Addresses, Document, Writing, document};
pub use document_focus::Focus;
pub use document_search::DocumentSearch;
pub use escaped_json::escape_json;
pub use failed_document::failed_document;
pub use forms::{DocumentForm, Purpose, Trouble};
pub use fragment::fragment;
pub use search::search_results;

/// What is to be painted.
#[derive(Clone, Debug)]
pub struct Painting<'a> {
    /// The comments.
    pub slice: &'a ThreadSlice,
    /// The language of everything around them.
    pub lang: Lang,
    /// The site's slug.
    pub site_slug: &'a str,
    /// The page within the site.
    pub page_key: &'a str,
    /// Address of the widget's script on this server, absolute path.
    pub widget_script: &'a str,
}

/// The style sheet of the painted thread and of the widget.
#[must_use]
pub fn stylesheet() -> &'static str {
    concat!(
        include_str!("../../style/tokens.css"),
        include_str!("../../style/base.css"),
        include_str!("../../style/thread_header.css"),
        include_str!("../../style/search.css"),
        include_str!("../../style/comment_list.css"),
        include_str!("../../style/comment_row.css"),
        include_str!("../../style/max_depth.css"),
        include_str!("../../style/avatar.css"),
        include_str!("../../style/comment_form.css"),
        include_str!("../../style/button.css"),
        include_str!("../../style/forced_colors.css"),
        include_str!("../../style/print.css"),
    )
}

/// The style sheet of the thread as a document.
#[must_use]
pub fn document_stylesheet() -> String {
    [stylesheet(), include_str!("../../style/document.css")].concat()
}

/// The painted thread, `div.aw`.
fn paint(painting: &Painting<'_>, can_write: bool) -> String {
    let config = Config {
        site: painting.site_slug.to_owned(),
        page_key: painting.page_key.to_owned(),
        lang: painting.lang.tag().to_owned(),
        ..Config::default()
    };
    let state = ThreadState::from_slice(painting.slice.clone());
    let (lang, dir, strings) = (painting.lang.tag(), painting.lang.dir(), painting.lang.strings());
    to_html(move || {
        let thread = Thread::new(config, strings, state, None);
        view! { <div class="aw" lang=lang dir=dir data-theme="auto">{thread_view(thread, can_write)}</div> }
    })
}

/// Renders a view in a reactive world of its own, which is gone afterwards.
fn to_html<V: IntoView + 'static>(view: impl FnOnce() -> V + 'static) -> String {
    let owner = Owner::new_root(None);
    let html = owner.with(|| view().into_view().to_html());
    owner.unset_with_forced_cleanup();
    html
}
