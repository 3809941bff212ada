//! A painted thread that reaches a page without a request of its own: in the page's HTML, or in the script the page names.

use crate::app::App;
use crate::failure::{Answer, Failure};
use crate::kept_answer::Produced;
use crate::painting::content_language;
use afterword_store::Site;
use afterword_widget::paint::{self, Painting};
use afterword_widget::text::Lang;
use afterword_wire::{ThreadSlice, address};
use axum::http::{HeaderName, HeaderValue};
use url::form_urlencoded;

const HTML: &str = "text/html; charset=utf-8";
const SCRIPT: &str = "text/javascript; charset=utf-8";
const CROSS_ORIGIN_RESOURCE_POLICY: HeaderName = HeaderName::from_static("cross-origin-resource-policy");

/// The thread with the element that holds it, for the page's own HTML.
pub fn declarative(app: &App, site: &Site, page_key: &str, slice: &ThreadSlice, lang: Lang) -> Answer<Produced> {
    let painting = Painting { slice, lang, site_slug: &site.slug, page_key, widget_script: app.widget.script_path() };
    let html = paint::declarative(&painting, standalone_url(app, site, page_key, lang)).map_err(Failure::internal)?;
    Ok(Produced { content_type: HTML, bytes: html.into_bytes(), extra_headers: vec![content_language(lang)] })
}

/// `embed.js` with the thread inside.
pub fn script(app: &App, site: &Site, page_key: &str, slice: &ThreadSlice, lang: Lang) -> Answer<Produced> {
    let painting = Painting { slice, lang, site_slug: &site.slug, page_key, widget_script: app.widget.script_path() };
    let html = paint::fragment(&painting).map_err(Failure::internal)?;
    let literal = paint::escape_json(&serde_json::to_string(&html).map_err(Failure::internal)?);
    let bytes = app.widget.embed_script().with_painted(&literal);
    // Pages that are isolated (COEP) load a script of another origin only where it says so.
    let extra_headers = vec![(CROSS_ORIGIN_RESOURCE_POLICY, HeaderValue::from_static("cross-origin"))];
    Ok(Produced { content_type: SCRIPT, bytes, extra_headers })
}

/// Where the thread stands by itself, as far as this server knows where readers reach it.
fn standalone_url(app: &App, site: &Site, page_key: &str, lang: Lang) -> Option<String> {
    let server = app.settings.public_url.as_deref()?.trim_end_matches('/');
    let start = format!("{server}{}?", address::THREAD_DOCUMENT);
    let length = start.len();
    let mut query = form_urlencoded::Serializer::for_suffix(start, length);
    query.append_pair("site", &site.slug).append_pair("page", page_key).append_pair("lang", lang.tag());
    Some(query.finish())
}
