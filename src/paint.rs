//! A thread as HTML, written by the server from the widget's own components.

use crate::actions::Thread;
use crate::components::thread_view;
use crate::config::Config;
use crate::state::ThreadState;
use crate::text::{Lang, Locale};
use afterword_wire::ThreadSlice;
use leptos::prelude::*;
use serde::Serialize;

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

/// The head of a thread that stands as a document of its own.
#[derive(Clone, Debug, Default)]
pub struct DocumentHead<'a> {
    /// The page's title, if known; plain text.
    pub title: Option<&'a str>,
    /// Where the page can be read, if known: checked to be http or https.
    pub page_url: Option<&'a str>,
    /// Where the thread goes on, if it does.
    pub next_url: Option<&'a str>,
}

/// What the widget needs to take over: the slice without the bodies, which the painted rows hold already.
#[derive(Serialize)]
struct Island<'a> {
    slice: ThreadSlice,
    widget_script: &'a str,
    messages: &'static Locale,
}

/// The thread for `embed.js`: a `<style>`, the painted thread (`div.aw`), and a JSON island (`script[type="application/json"]`).
///
/// # Errors
/// Only when a slice cannot be written as JSON, which none of its types allows.
pub fn fragment(painting: &Painting<'_>) -> Result<String, serde_json::Error> {
    let mut slice = painting.slice.clone();
    slice.comments.iter_mut().for_each(|comment| comment.body_html.clear());
    let island = Island { slice, widget_script: painting.widget_script, messages: painting.lang.messages() };
    let island = serde_json::to_string(&island)?;
    let style = stylesheet();
    let thread = paint(painting, true);
    let island = escape_json(&island);
    Ok(format!("<style>{style}</style>{thread}<script type=\"application/json\">{island}</script>"))
}

/// The thread as a whole document, each comment an `<article>`, to be read without scripts. Its style sheet is linked.
#[must_use]
pub fn document(painting: &Painting<'_>, head: &DocumentHead<'_>, stylesheet_url: &str) -> String {
    let strings = painting.lang.strings();
    let title = head.title.unwrap_or(strings.comments).to_owned();
    let heading = view! { <h1 dir="auto">{title.clone()}</h1> };
    let back = head.page_url.map(|url| view! { <p><a href=url.to_owned()>{strings.document_back_to_page}</a></p> });
    let next = head.next_url.map(|url| view! { <p><a rel="next" href=url.to_owned()>{strings.document_next_comments}</a></p> });
    let canonical = head.page_url.map(|url| view! { <link rel="canonical" href=url.to_owned()/> });
    let before = to_html(move || view! { <div>{heading}{back}</div> });
    let after = to_html(move || view! { <div>{next}</div> });
    let head = to_html(move || (view! { <title>{title}</title> }, canonical));
    let (lang, dir, thread) = (painting.lang.tag(), painting.lang.dir(), paint(painting, false));
    format!(
        "<!doctype html><html lang=\"{lang}\" dir=\"{dir}\"><head><meta charset=\"utf-8\">\
         <meta name=\"viewport\" content=\"width=device-width,initial-scale=1\">{head}\
         <link rel=\"stylesheet\" href=\"{stylesheet_url}\"></head>\
         <body class=\"aw-document\"><main>{before}{thread}{after}</main></body></html>"
    )
}

/// The style sheet of the painted thread and of the widget.
#[must_use]
pub fn stylesheet() -> &'static str {
    concat!(
        include_str!("../style/tokens.css"),
        include_str!("../style/base.css"),
        include_str!("../style/thread_header.css"),
        include_str!("../style/comment_list.css"),
        include_str!("../style/comment_row.css"),
        include_str!("../style/avatar.css"),
        include_str!("../style/comment_form.css"),
        include_str!("../style/button.css"),
        include_str!("../style/document.css"),
    )
}

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

/// Makes JSON safe inside a `<script>`: no text in it can end the element or the line (SECURITY R7).
fn escape_json(json: &str) -> String {
    let mut escaped = String::with_capacity(json.len() + json.len() / 16);
    for letter in json.chars() {
        match letter {
            '<' | '>' | '&' | '\u{2028}' | '\u{2029}' => {
                escaped.push_str("\\u");
                let code = u32::from(letter);
                for shift in [12, 8, 4, 0] {
                    escaped.extend(char::from_digit(code >> shift & 15, 16));
                }
            }
            _ => escaped.push(letter),
        }
    }
    escaped
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn no_json_can_leave_its_script_element() {
        let hostile = serde_json::to_string("</script><!--&\u{2028}\u{2029}").expect("a string");
        let escaped = escape_json(&hostile);
        assert!(!escaped.contains(['<', '>', '&', '\u{2028}', '\u{2029}']), "{escaped}");
        let back: String = serde_json::from_str(&escaped).expect("still JSON");
        assert_eq!(back, "</script><!--&\u{2028}\u{2029}");
    }
}
