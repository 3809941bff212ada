//! Every limit of Afterword, in one place. Lengths of text are in characters unless the name says bytes.

/// Longest markdown body of a comment.
pub const MAX_BODY_CHARS: usize = 10_000;
/// From how many characters on the composer shows how many are left.
pub const BODY_COUNTER_FROM_CHARS: usize = 9_000;
/// Longest author name, after cleaning.
pub const MAX_NAME_CHARS: usize = 80;
/// Longest e-mail address (RFC 5321 path).
pub const MAX_EMAIL_CHARS: usize = 254;
/// Longest page key.
pub const MAX_PAGE_KEY_BYTES: usize = 512;
/// Longest page title that is kept; a longer one is cut.
pub const MAX_PAGE_TITLE_CHARS: usize = 300;
/// Longest URL anywhere: page, author's website, link in a body.
pub const MAX_URL_CHARS: usize = 2_048;
/// Longest site slug.
pub const MAX_SLUG_CHARS: usize = 40;
/// Deepest stored reply; an answer to a comment at this depth attaches beside it and says whom it answers.
pub const MAX_DEPTH: u16 = 100;
/// Rows of a slice when the client does not say.
pub const DEFAULT_SLICE_ROWS: u32 = 50;
/// Most rows of a slice.
pub const MAX_SLICE_ROWS: u32 = 200;
/// Longest text that can be searched for.
pub const MAX_SEARCH_CHARS: usize = 200;
/// Most words of a search; in scripts without spaces each character counts as one.
pub const MAX_SEARCH_TERMS: usize = 50;
/// Comments found that one answer brings when the client does not say.
pub const DEFAULT_SEARCH_HITS: u32 = 20;
/// Most comments found that one answer brings.
pub const MAX_SEARCH_HITS: u32 = 50;
/// Most pages one request for counts may name.
pub const MAX_COUNT_PAGES: usize = 100;
/// Largest request body the server reads.
pub const MAX_REQUEST_BYTES: usize = 64 * 1024;
/// Largest form the server reads: the longest body of letters that a form writes with twelve characters each, and room for the rest.
pub const MAX_FORM_BYTES: usize = 160 * 1024;
/// How long an author may edit or delete, unless the site says otherwise.
pub const DEFAULT_EDIT_WINDOW_S: u32 = 15 * 60;
/// How long a request id is remembered.
pub const REQUEST_ID_KEPT_S: u32 = 7 * 24 * 3600;
/// How long a thread's log of changes reaches back: who was away for longer reads the thread anew.
pub const CHANGES_KEPT_S: u32 = 24 * 3600;
/// Most changes a reader is told one by one; who missed more reads the thread anew.
pub const MAX_CHANGES: u32 = 100;
/// Length of a guest's device secret as sent: 256 bits, base64url without padding.
pub const DEVICE_SECRET_CHARS: usize = 43;
/// Longest body of a comment taken in from another system; what comes after is cut. Other systems allow more than we do.
pub const MAX_IMPORTED_BODY_CHARS: usize = 65_536;
