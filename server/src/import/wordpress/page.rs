//! Which page an item is.

use super::item::Item;
use crate::import::{ImportError, html::to_text};
use crate::render::title::clean_title;
use crate::render::url::clean_url;
use afterword_store::ThreadRecord;
use afterword_wire::Timestamp;
use afterword_wire::limits::MAX_PAGE_KEY_BYTES;
use url::Url;

/// Query fields by which WordPress names a page when it has no path of its own.
const NAMING_FIELDS: [&str; 3] = ["p", "page_id", "attachment_id"];

/// The thread of an item's page.
///
/// # Errors
/// The item has neither a link nor a number, or its path is longer than a page key may be.
pub(super) fn thread_of(item: &Item, created_at: Timestamp) -> Result<ThreadRecord, ImportError> {
    let page_key = page_key(item)
        .ok_or_else(|| ImportError::at_line(item.line, "an item with comments has no <link> and no <wp:post_id>"))?;
    if page_key.len() > MAX_PAGE_KEY_BYTES {
        let message = format!("the path of <link> is {} bytes; at most {MAX_PAGE_KEY_BYTES} are allowed", page_key.len());
        return Err(ImportError::at_line(item.line, message));
    }
    Ok(ThreadRecord {
        page_key,
        page_url: if has_scheme(&item.link) { clean_url(&item.link) } else { None },
        page_title: clean_title(&to_text(&item.title)),
        is_closed: item.comment_status == "closed",
        created_at,
    })
}

/// The path of the link, as a browser has it in `location.pathname`. Addresses like `/?p=4` keep that field: their paths are all
/// the same, and unlike pages must not become one thread.
fn page_key(item: &Item) -> Option<String> {
    let base = Url::parse("https://site.invalid/").ok()?;
    let Some(url) = Some(&item.link).filter(|link| !link.is_empty()).and_then(|link| base.join(link).ok()) else {
        return (!item.post_id.is_empty() && item.post_id.bytes().all(|byte| byte.is_ascii_digit()))
            .then(|| format!("/?p={}", item.post_id));
    };
    let naming = url
        .query_pairs()
        .find(|(name, value)| NAMING_FIELDS.contains(&&**name) && value.bytes().all(|byte| byte.is_ascii_digit()));
    let path = url.path();
    // A link like `mailto:x` has a path that is none.
    let path = if path.starts_with('/') { path.to_owned() } else { format!("/{path}") };
    Some(match naming {
        Some((name, value)) => format!("{path}?{name}={value}"),
        None => path,
    })
}

fn has_scheme(link: &str) -> bool {
    link.contains("://")
}

#[cfg(test)]
mod tests {
    use super::*;

    fn key(link: &str, post_id: &str) -> Option<String> {
        page_key(&Item { link: link.to_owned(), post_id: post_id.to_owned(), ..Item::default() })
    }

    #[test]
    fn the_path_of_the_link_is_the_page_key() {
        assert_eq!(key("https://blog.example/2014/hello/", "1").as_deref(), Some("/2014/hello/"));
        assert_eq!(key("https://blog.example", "1").as_deref(), Some("/"));
        assert_eq!(key("https://blog.example/a/?utm_source=x#top", "1").as_deref(), Some("/a/"));
        assert_eq!(key("/b/ü/", "1").as_deref(), Some("/b/%C3%BC/"));
        assert_eq!(key("https://blog.example/../../etc/passwd", "1").as_deref(), Some("/etc/passwd"));
    }

    #[test]
    fn pages_that_differ_only_by_number_stay_apart() {
        assert_eq!(key("https://blog.example/?p=4", "4").as_deref(), Some("/?p=4"));
        assert_eq!(key("https://blog.example/?page_id=5&x=y", "5").as_deref(), Some("/?page_id=5"));
    }

    #[test]
    fn an_item_without_link_goes_by_its_number() {
        assert_eq!(key("", "4").as_deref(), Some("/?p=4"));
        assert_eq!(key("", ""), None);
    }
}
