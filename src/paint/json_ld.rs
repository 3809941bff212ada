//! What the document says of itself to search engines, readers and archives (schema.org, `DiscussionForumPosting`).

use super::document::Document;
use super::escape_json;
use afterword_wire::{Comment, address};
use serde_json::{Value, json};

/// The description, safe inside a `<script type="application/ld+json">`.
pub(super) fn describe(document: &Document) -> Result<String, serde_json::Error> {
    let state = &document.state;
    let headline = document.title.as_deref().unwrap_or(document.lang.strings().comments);
    let start = format!("{}?{}", address::THREAD_DOCUMENT, document.addresses.start);
    let url = document.page_url.as_deref().unwrap_or(&start);
    let rows = state.rows();
    let shown = rows.iter().filter_map(|row| match row.key {
        crate::state::RowKey::Comment(id) => state.comment(id),
        _ => None,
    });
    let comments: Vec<Value> =
        shown.filter(|comment| !comment.is_deleted()).map(|comment| describe_comment(comment, document, &start)).collect();
    let description = json!({
        "@context": "https://schema.org",
        "@type": "DiscussionForumPosting",
        "headline": headline,
        "url": url,
        "inLanguage": document.lang.tag(),
        "commentCount": state.comment_count,
        "interactionStatistic": {
            "@type": "InteractionCounter",
            "interactionType": "https://schema.org/CommentAction",
            "userInteractionCount": state.comment_count,
        },
        "comment": comments,
    });
    Ok(escape_json(&serde_json::to_string(&description)?))
}

/// One comment. The list is flat: `parentItem` says what a reply answers.
fn describe_comment(comment: &Comment, document: &Document, start: &str) -> Value {
    let id_of = |id| format!("{start}#comment-{id}");
    // Of a branch shown by itself the head still answers what stands above it, and is not to be seen at the thread's beginning.
    let focus = document.focus.as_ref();
    let above = focus.filter(|focus| focus.comment_id == comment.id).and_then(|focus| focus.line.last());
    let url = focus.map_or_else(|| id_of(comment.id), |_| document.branch_url(comment.id));
    let mut description = json!({
        "@type": "Comment",
        "@id": id_of(comment.id),
        "url": url,
        "datePublished": comment.created_at,
        "text": plain_text(&comment.body_html),
    });
    if let Some(author) = &comment.author {
        description["author"] = json!({ "@type": "Person", "name": author.name });
        if let Some(website) = &author.website {
            description["author"]["url"] = json!(website);
        }
    }
    if let Some(edited_at) = &comment.edited_at {
        description["dateModified"] = json!(edited_at);
    }
    if let Some(parent_id) = above.map(|above| above.id).or(comment.parent_id) {
        description["parentItem"] = json!({ "@type": "Comment", "@id": id_of(parent_id) });
    }
    description
}

/// The text of HTML that our own sanitiser wrote: tags fall away, the five entities it writes are read.
pub(super) fn plain_text(html: &str) -> String {
    let mut text = String::with_capacity(html.len());
    let mut rest = html;
    while let Some(at) = rest.find(['<', '&']) {
        text.push_str(&rest[..at]);
        rest = &rest[at..];
        let (written, length) = if rest.starts_with('<') { ("", tag_length(rest)) } else { entity(rest) };
        text.push_str(written);
        rest = &rest[length..];
    }
    text.push_str(rest);
    text.trim().to_owned()
}

/// How many bytes a tag takes; a `>` inside an attribute's quotes does not end it.
fn tag_length(html: &str) -> usize {
    let mut is_quoted = false;
    for (at, byte) in html.bytes().enumerate() {
        match byte {
            b'"' => is_quoted = !is_quoted,
            b'>' if !is_quoted => return at + 1,
            _ => {}
        }
    }
    html.len()
}

/// What an entity stands for, and how many bytes it takes.
fn entity(html: &str) -> (&'static str, usize) {
    const ENTITIES: [(&str, &str); 5] = [("&amp;", "&"), ("&lt;", "<"), ("&gt;", ">"), ("&quot;", "\""), ("&nbsp;", "\u{a0}")];
    let known = ENTITIES.iter().find(|(name, _)| html.starts_with(name));
    known.map_or(("&", 1), |(name, letter)| (letter, name.len()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn tags_fall_away_and_entities_are_read() {
        let html = "<p>a &lt;b&gt; &amp;amp; <a href=\"https://x.example/?a>b\" rel=\"nofollow\">link</a></p>\n<p>c&nbsp;d</p>\n";
        assert_eq!(plain_text(html), "a <b> &amp; link\nc\u{a0}d");
    }

    #[test]
    fn a_tag_that_never_ends_hides_what_follows() {
        assert_eq!(plain_text("a<b c=\"d>e"), "a");
    }
}
