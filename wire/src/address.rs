//! The server's addresses, so that widget, server and tests cannot disagree. Those of the API take `?site=SLUG`.

/// `GET /v1/thread?site&page[&sort][&limit][&cursor][&at]`: a slice of a thread as JSON ([`crate::ThreadSlice`]).
pub const THREAD: &str = "/v1/thread";
/// `GET /v1/thread.html?site&page[&sort][&lang][&as]`: the same slice painted, for `embed.js`; `as=declarative` with the element
/// that holds it, for the page's own HTML.
pub const THREAD_HTML: &str = "/v1/thread.html";
/// `GET /v1/branch?site&comment[&cursor][&limit]`: replies below one comment ([`crate::ThreadSlice`]).
pub const BRANCH: &str = "/v1/branch";
/// `GET /v1/permalink?site&page&comment[&sort]`: one comment with its ancestors, neighbours and replies ([`crate::ThreadSlice`]).
pub const PERMALINK: &str = "/v1/permalink";
/// `GET /v1/search?site&page&q[&limit][&cursor]`: comments in which something stands ([`crate::SearchResults`]).
pub const SEARCH: &str = "/v1/search";
/// `GET /v1/search.html?site&page&q[&limit][&cursor][&lang]`: the same painted, as a list.
pub const SEARCH_HTML: &str = "/v1/search.html";
/// `GET /v1/counts?site&page[&page…][&lang]`: how many comments pages have ([`crate::Counts`]), in that language's words too.
pub const COUNTS: &str = "/v1/counts";
/// `GET /v1/changes?site&page[&after]`: what changed since a place in the thread's log ([`crate::Changes`]).
pub const CHANGES: &str = "/v1/changes";
/// `GET /v1/live?site&page[&after]`: the same as it happens, as server-sent events with [`crate::Written`] in them.
pub const LIVE: &str = "/v1/live";
/// `POST /v1/comments?site`: a new comment or reply ([`crate::NewComment`] → [`crate::Written`]).
pub const COMMENTS: &str = "/v1/comments";
/// `PATCH`, `DELETE /v1/comments/{comment_id}?site`: change or withdraw one's own comment.
pub const COMMENT: &str = "/v1/comments/{comment_id}";
/// `GET /v1/comments/{comment_id}/source?site`: what its author typed ([`crate::Source`]).
pub const COMMENT_SOURCE: &str = "/v1/comments/{comment_id}/source";
/// `POST /v1/preview?site`: markdown rendered, nothing stored ([`crate::Preview`] → [`crate::Previewed`]).
pub const PREVIEW: &str = "/v1/preview";
/// `GET /thread?site&page[&sort][&limit][&lang][&cursor][&at][&comment][&near][&q][&reply][&edit][&delete]`: the thread as a
/// document of its own; with `comment` that one's branch alone.
pub const THREAD_DOCUMENT: &str = "/thread";
/// `GET /frame?site#…`: the widget on a page of the server's own origin, for pages whose policy lets none run.
pub const FRAME: &str = "/frame";
/// `POST /thread/comments?site&page[&reply]`: the form for a new comment or reply, sent by the document itself.
pub const COMMENT_FORM: &str = "/thread/comments";
/// `POST /thread/comments/{comment_id}/edit?site&page`: the form for a new body.
pub const EDIT_FORM: &str = "/thread/comments/{comment_id}/edit";
/// `POST /thread/comments/{comment_id}/delete?site&page`: the form that withdraws a comment.
pub const DELETE_FORM: &str = "/thread/comments/{comment_id}/delete";
/// `GET /embed.js[?version]`: the one script a page names; with `version` as it was in that release, for ever the same.
pub const EMBED_SCRIPT: &str = "/embed.js";
/// `GET /embed/{script}?page[&sort][&lang]`, `script` being the site's slug and `.js`: `embed.js` with the painted thread inside.
pub const PAINTED_SCRIPT: &str = "/embed/{script}";
/// `GET /count.js`: the script that writes comment counts into a page.
pub const COUNT_SCRIPT: &str = "/count.js";
/// `GET /openapi.json`: this API, described.
pub const OPENAPI: &str = "/openapi.json";
/// `GET /favicon.ico`: no icon, and no error either.
pub const ICON: &str = "/favicon.ico";
/// `GET /healthz`: the process runs.
pub const HEALTH: &str = "/healthz";
/// `GET /readyz`: the database answers.
pub const READY: &str = "/readyz";

/// Header fields of a guest's write carry the device secret as `Authorization: Bearer SECRET`.
pub const BEARER: &str = "Bearer ";
