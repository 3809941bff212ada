//! A count in words.

use crate::browser::intl::counted;
use crate::text::Lang;

/// How many comments a page has, in the words of its thread's heading: `3 comments`, and only `Comments` where there are none.
#[must_use]
pub fn comment_count(count: u32, lang: Lang) -> String {
    let strings = lang.strings();
    if count == 0 { strings.comments.to_owned() } else { counted(&strings.comment_count, lang, count) }
}
