//! What the document says of itself to search engines, readers and archives (schema.org, `DiscussionForumPosting`).

use super::document::Document;
use super::escape_json;
use crate::state::plain_text;
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
