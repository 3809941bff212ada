//! Records of a file that anybody may have written.

use crate::render::name::clean_name;
use crate::render::title::clean_title;
use crate::render::url::clean_url;
use crate::{import::field, page_key::check_page_key};
use afterword_store::{AuthorRecord, CommentRecord, Record, ThreadRecord};
use afterword_wire::limits::MAX_IMPORTED_BODY_CHARS;

/// The record with every text cleaned as if it were typed, and no HTML; or why it cannot be taken.
pub(super) fn checked(record: Record) -> Result<Record, String> {
    match record {
        Record::Thread(thread) => checked_thread(thread).map(Record::Thread),
        Record::Author(author) => checked_author(author).map(Record::Author),
        Record::Comment(comment) => checked_comment(comment).map(Record::Comment),
    }
}

fn checked_thread(thread: ThreadRecord) -> Result<ThreadRecord, String> {
    check_key(&thread.page_key)?;
    let page_url =
        thread.page_url.as_deref().map(|url| required("page_url", "an http or https address", clean_url(url))).transpose()?;
    let page_title = thread.page_title.as_deref().and_then(clean_title);
    Ok(ThreadRecord { page_url, page_title, ..thread })
}

fn checked_author(author: AuthorRecord) -> Result<AuthorRecord, String> {
    let is_hash = |hash: &String| hash.len() == 64 && hash.bytes().all(|byte| matches!(byte, b'0'..=b'9' | b'a'..=b'f'));
    if !author.token_hash.as_ref().is_none_or(is_hash) {
        return Err("token_hash: 64 hexadecimal digits are expected".to_owned());
    }
    Ok(author)
}

fn checked_comment(comment: CommentRecord) -> Result<CommentRecord, String> {
    check_key(&comment.page_key)?;
    if comment.comment_id.0 == 0 || i64::try_from(comment.comment_id.0).is_err() {
        return Err(format!("comment_id: {} is none of ours", comment.comment_id));
    }
    let chars = comment.body_markdown.chars().count();
    if chars > MAX_IMPORTED_BODY_CHARS || comment.body_markdown.contains('\0') {
        return Err(format!("body_markdown: {chars} characters; at most {MAX_IMPORTED_BODY_CHARS} are allowed, and no NUL"));
    }
    let name = if comment.deleted_at.is_some() && comment.author_name.is_empty() {
        String::new()
    } else {
        named("author_name", &comment.author_name)?
    };
    let answers_name = comment.answers_name.as_deref().map(|name| named("answers_name", name)).transpose()?;
    let email = comment
        .author_email
        .as_deref()
        .map(|email| required("author_email", "an e-mail address", field::email(email)))
        .transpose()?;
    let website = comment.author_website.as_deref();
    let website = website.map(|url| required("author_website", "an http or https address", clean_url(url))).transpose()?;
    Ok(CommentRecord {
        author_name: name,
        answers_name,
        author_email: email,
        author_website: website,
        body_html: String::new(),
        ..comment
    })
}

fn check_key(page_key: &str) -> Result<(), String> {
    check_page_key("page_key", page_key)
        .map_err(|_| "page_key: 1 to 512 bytes without control characters are expected".to_owned())
}

fn named(field: &str, name: &str) -> Result<String, String> {
    clean_name(name).map_err(|error| format!("{field}: {error}"))
}

fn required<T>(field: &str, expected: &str, cleaned: Option<T>) -> Result<T, String> {
    cleaned.ok_or_else(|| format!("{field}: {expected} is expected"))
}
