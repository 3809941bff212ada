//! A thread as HTML: the widget's own components, with what only the server knows around them.

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::kept_answer::Produced;
use afterword_store::{Site, Thread};
use afterword_widget::paint::{self, DocumentHead, Painting};
use afterword_widget::text::Lang;
use afterword_wire::{ThreadSlice, address};
use axum::http::{HeaderName, HeaderValue, header};
use url::form_urlencoded;

const HTML: &str = "text/html; charset=utf-8";

/// The thread for `embed.js`.
pub fn fragment(app: &App, site: &Site, page_key: &str, slice: &ThreadSlice, lang: Lang) -> Answer<Produced> {
    let painting = painting(app, site, page_key, slice, lang);
    let html = paint::fragment(&painting).map_err(Failure::internal)?;
    Ok(Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers: vec![content_language(lang)] })
}

/// The thread as a document of its own, which runs nothing and may be framed by the site's pages only.
pub fn document(
    app: &App,
    site: &Site,
    page_key: &str,
    slice: &ThreadSlice,
    lang: Lang,
    thread: Option<&Thread>,
) -> Answer<Produced> {
    let next_url = slice.more.as_ref().map(|more| next_url(site, page_key, slice, lang, &more.cursor));
    let head = DocumentHead {
        title: thread.and_then(|thread| thread.page_title.as_deref()),
        page_url: thread.and_then(|thread| thread.page_url.as_deref()),
        next_url: next_url.as_deref(),
    };
    let painting = painting(app, site, page_key, slice, lang);
    let html = paint::document(&painting, &head, app.widget.stylesheet_path());
    Ok(Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers: document_headers(site, lang)? })
}

fn painting<'a>(app: &'a App, site: &'a Site, page_key: &'a str, slice: &'a ThreadSlice, lang: Lang) -> Painting<'a> {
    let widget_script = app.widget.script_path();
    Painting { slice, lang, site_slug: &site.slug, page_key, widget_script }
}

fn next_url(site: &Site, page_key: &str, slice: &ThreadSlice, lang: Lang, cursor: &str) -> String {
    let start = format!("{}?", address::THREAD_DOCUMENT);
    let length = start.len();
    let mut query = form_urlencoded::Serializer::for_suffix(start, length);
    query.append_pair("site", &site.slug).append_pair("page", page_key);
    query.append_pair("sort", slice.sort.as_str()).append_pair("lang", lang.tag()).append_pair("cursor", cursor);
    query.finish()
}

/// Says in which language a thread is painted.
pub fn content_language(lang: Lang) -> (HeaderName, HeaderValue) {
    (header::CONTENT_LANGUAGE, HeaderValue::from_static(lang.tag()))
}

fn document_headers(site: &Site, lang: Lang) -> Answer<Vec<(HeaderName, HeaderValue)>> {
    let framed_by = site.origins.join(" ");
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'self'; frame-ancestors 'self' {framed_by}"
    );
    let policy = HeaderValue::from_str(&policy).map_err(Failure::internal)?;
    let referrer = HeaderValue::from_static("strict-origin-when-cross-origin");
    Ok(vec![(header::CONTENT_SECURITY_POLICY, policy), (header::REFERRER_POLICY, referrer), content_language(lang)])
}
