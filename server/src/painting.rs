//! A thread as HTML: the widget's own components, with what only the server knows around them.

use crate::app::App;
use crate::document_view::DocumentView;
use crate::failure::{Answer, Failure};
use crate::kept_answer::Produced;
use afterword_store::{Site, Thread};
use afterword_widget::paint::{self, Document, DocumentSearch, Focus, Painting, Writing};
use afterword_widget::state::ThreadState;
use afterword_widget::text::Lang;
use afterword_wire::{More, SearchResults, ThreadSlice};
use axum::http::{HeaderName, HeaderValue, header};

const CDN_CACHE_CONTROL: HeaderName = HeaderName::from_static("cdn-cache-control");
const HTML: &str = "text/html; charset=utf-8";

/// What a document shows.
#[derive(Debug)]
pub struct Sheet {
    /// The head of the thread, if somebody ever wrote there.
    pub thread: Option<Thread>,
    /// The comments, and who looks.
    pub state: ThreadState,
    /// What was looked for, and found instead of comments.
    pub search: Option<DocumentSearch>,
    /// The branch that is shown by itself, if one is.
    pub focus: Option<Focus>,
    /// Where to go back with root comments, in a listing that began at a date.
    pub before: Option<More>,
    /// Whether and how the reader can write.
    pub writing: Writing,
    /// A sentence above the comments.
    pub notice: Option<String>,
}

/// The thread for `embed.js`.
pub fn fragment(app: &App, site: &Site, page_key: &str, slice: &ThreadSlice, lang: Lang) -> Answer<Produced> {
    let widget_script = app.widget.script_path();
    let painting = Painting { slice, lang, site_slug: &site.slug, page_key, widget_script };
    let html = paint::fragment(&painting).map_err(Failure::internal)?;
    Ok(Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers: vec![content_language(lang)] })
}

/// The comments found, for the widget.
pub fn results(results: &SearchResults, lang: Lang) -> Produced {
    let html = paint::search_results(results, lang);
    Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers: vec![content_language(lang)] }
}

/// The thread as a document of its own, which runs nothing. With forms it is in nobody's frame, without in the site's pages' only.
///
/// # Errors
/// `internal`, never seen: what is shown can be written.
pub fn document(app: &App, site: &Site, view: &DocumentView, sheet: Sheet) -> Answer<Produced> {
    let extra_headers = document_headers(site, view.lang, &sheet.writing)?;
    let Sheet { thread, state, search, focus, before, writing, notice } = sheet;
    let (title, page_url) = thread.map_or((None, None), |thread| (thread.page_title, thread.page_url));
    let document = Document {
        lang: view.lang,
        state,
        focus,
        before,
        title,
        page_url,
        stylesheet_url: app.widget.stylesheet_path().to_owned(),
        addresses: view.addresses(),
        search,
        writing,
        notice,
        now: app.clock.now(),
    };
    let html = paint::document(document).map_err(Failure::internal)?;
    Ok(Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers })
}

/// Says in which language a thread is painted.
pub fn content_language(lang: Lang) -> (HeaderName, HeaderValue) {
    (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()))
}

fn document_headers(site: &Site, lang: Lang, writing: &Writing) -> Answer<Vec<(HeaderName, HeaderValue)>> {
    let framed_by = match writing {
        // A form in a frame is one click from being pressed by somebody who sees something else.
        Writing::Forms(_) => "'none'".to_owned(),
        Writing::InNewTab | Writing::Nowhere => format!("'self' {}", site.origins.join(" ")),
    };
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors {framed_by}"
    );
    let policy = HeaderValue::from_str(&policy).map_err(Failure::internal)?;
    let fixed = |name, value| (name, HeaderValue::from_static(value));
    Ok(vec![
        (header::CONTENT_SECURITY_POLICY, policy),
        fixed(header::REFERRER_POLICY, "strict-origin-when-cross-origin"),
        // One address answers a tab, a frame and a program differently, and many shared caches pass over `Vary`. Not `no-store`:
        // with it some browsers forget what was typed in a form that was left.
        fixed(header::CACHE_CONTROL, "private, no-cache"),
        fixed(CDN_CACHE_CONTROL, "private"),
        fixed(header::VARY, "accept-encoding, cookie, sec-fetch-dest, sec-fetch-site"),
        content_language(lang),
    ])
}
