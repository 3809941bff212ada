// The types of the wire. Made by `cargo xtask types` from the Rust ones: change those.

/** What went wrong, for programs and for people. */
export interface ApiError {
  /** What a program matches on. */
  code: ErrorCode;
  /** The field at fault, as a path in the request (`author.name`); absent when it is no single field. */
  field?: string;
  /** A sentence that says what was expected and what came. */
  message: string;
  /** Seconds after which trying again makes sense. */
  retry_after_s?: number;
}

/** Who wrote a comment, as shown. Everything here was typed by a stranger and cleaned by the server. */
export interface Author {
  /** The same for all comments of one device on one site. */
  id: AuthorId;
  /** Display name, 1 to `MAX_NAME_CHARS` characters. */
  name: string;
  /** Home page: absolute, http or https. */
  website?: string;
}

/** What a guest says of themselves. */
export interface AuthorFields {
  /** Never leaves the server. */
  email?: string;
  /** Display name; required. */
  name: string;
  /** Home page; absolute, http or https. */
  website?: string;
}

export type AuthorId = string;

export type ChangeId = string;

/** Answer to `GET /v1/changes`: what a reader of `GET /v1/live` would have heard meanwhile. */
export interface Changes {
  /** Where the thread's log of changes stands now: what to ask from the next time; absent while it is empty. */
  as_of?: ChangeId;
  /** The comments that changed as they now stand, each once, in the order of the changes. */
  changes: Written[];
  /** Whether more happened than is told here: the thread has to be read anew. */
  is_reset?: boolean;
}

/** One comment, alike for all readers: nothing in it depends on who looks. */
export interface Comment {
  /** Whom it answers when that is not its parent: the name, for a reply to a comment already at the greatest depth. */
  answers_name?: string;
  /** Who wrote it; absent once it is deleted. */
  author?: Author;
  /** The body, rendered and sanitised by the server; empty once deleted, and in the island of an HTML slice, where the painted row holds it already. */
  body_html?: string;
  /** When the server took it. */
  created_at: Timestamp;
  /** 0 at the root, at most `MAX_DEPTH`. */
  depth: number;
  /** When its author last changed it; absent if never. */
  edited_at?: Timestamp;
  /** Its id; `#comment-<id>` is its permalink. */
  id: CommentId;
  /** Where to go on when this slice leaves direct replies out; absent when all are here. */
  more?: More;
  /** The comment it answers; absent for a root comment. */
  parent_id?: CommentId;
  /** Direct replies that are listed, whether or not this slice brings them. */
  reply_count?: number;
}

export type CommentId = string;

/** Answer to a request for the counts of many pages, in the order asked. */
export interface Counts {
  /** One entry for each page asked for; a page without a thread counts 0. */
  counts: PageCount[];
}

/** Body of `DELETE /v1/comments/{comment_id}`. */
export interface DeleteComment {
  /** The same for every repetition of this one write. */
  request_id: RequestId;
}

/** Body of `PATCH /v1/comments/{comment_id}`. */
export interface EditComment {
  /** The whole new body. */
  body_markdown: string;
  /** The same for every repetition of this one write. */
  request_id: RequestId;
}

/** The body of every answer that is not a success. */
export interface ErrorBody {
  /** What went wrong. */
  error: ApiError;
}

/** Every way in which a request can fail. Codes are stable; a client treats one it does not know as `internal`. */
export type ErrorCode = "bad_request" | "invalid_field" | "wrong_content_type" | "too_large" | "timeout" | "token_required" | "origin_not_allowed" | "not_author" | "edit_window_over" | "site_not_found" | "comment_not_found" | "not_found" | "method_not_allowed" | "parent_not_found" | "parent_deleted" | "comment_deleted" | "thread_closed" | "request_id_reused" | "rate_limited" | "storage_full" | "unavailable" | "internal" | "unknown";

/** Where a listing goes on. */
export interface More {
  /** How many siblings are still left out that way, at the time of answering; 0 where that is not known, as in a slice that began at a date. */
  count: number;
  /** Opaque; valid for the same listing in the same sort only. */
  cursor: string;
}

/** Body of `POST /v1/comments`. */
export interface NewComment {
  /** How its author wants to be known. */
  author: AuthorFields;
  /** CommonMark, 1 to `MAX_BODY_CHARS` characters. */
  body_markdown: string;
  /** The page under which it stands. */
  page: PageRef;
  /** The comment it answers; absent for a root comment. */
  parent_id?: CommentId;
  /** The same for every repetition of this one write. */
  request_id: RequestId;
}

/** How many comments one page has. */
export interface PageCount {
  /** Comments that can be read. */
  comment_count: number;
  /** The page key as asked. */
  page_key: string;
  /** The same as a phrase, such as `3 comments`; absent unless the request named a language. */
  text?: string;
}

/** A page as its embedder names it. Never trusted: any client can send anything here. */
export interface PageRef {
  /** Names the page within its site, at most `MAX_PAGE_KEY_BYTES` bytes. */
  key: string;
  /** Its title, plain text. */
  title?: string;
  /** Where it can be read; absolute, http or https. Kept only when it is of one of the site's origins. */
  url?: string;
}

/** Body of `POST /v1/preview`. */
export interface Preview {
  /** CommonMark as typed so far. */
  body_markdown: string;
}

/** Answer to a preview. */
export interface Previewed {
  /** Rendered and sanitised exactly as a posted comment would be. */
  body_html: string;
}

/** Names one write so that a repetition is recognised: a UUID, version 7, made by the client. */
export type RequestId = string;

/** One comment found. */
export interface SearchHit {
  /** Its author's name, cut where matches begin and end. */
  author_name: TextPart[];
  /** The comment, as in a slice; `more` is absent whether or not it has replies. */
  comment: Comment;
  /** A piece of its text around the first match, one line, cut where matches begin and end. An ellipsis stands where text was left out. */
  excerpt: TextPart[];
}

/** Answer to a search: comments of one page in which everything asked for stands, newest first. */
export interface SearchResults {
  /** Where to go on; absent at the end. An answer may have few hits, or none, and still a cursor. */
  cursor?: string;
  /** The comments found; deleted ones never. */
  hits: SearchHit[];
}

/** The order among siblings, the same at every depth. */
export type Sort = "oldest" | "newest" | "replies";

/** Answer to `GET /v1/comments/{comment_id}/source`: what its author typed. */
export interface Source {
  /** CommonMark as stored. */
  body_markdown: string;
}

/** Text that is a match as a whole, or not at all. Plain text: it must be escaped like any other. */
export interface TextPart {
  /** Whether it is what was looked for. */
  is_match?: boolean;
  /** The text; never empty. */
  text: string;
}

/** Part of a thread: its head, and comments in depth-first order.  A parent stands before its replies, and every comment's ancestors are in the same slice, except in a branch: there the ancestors up to the comment asked for are left out. */
export interface ThreadSlice {
  /** Where to go back with root comments: towards those that stand before the first one here. Only in a slice that began at a date, or that was reached from one. */
  before?: More;
  /** Comments of the whole thread that can be read; deleted ones do not count. */
  comment_count: number;
  /** The comments; empty for a thread nobody has written in. */
  comments: Comment[];
  /** Seconds within which authors may edit and delete. */
  edit_window_s: number;
  /** Whether new comments are refused. */
  is_closed?: boolean;
  /** Where to go on with root comments (in a branch: with the direct replies of the comment asked for); absent at the end. */
  more?: More;
  /** The order of the root comments. */
  sort: Sort;
}

export type Timestamp = string;

/** Answer to every write, and what others are told of it: the comment as it now stands. */
export interface Written {
  /** Who wrote it, which is whom the device secret stands for on this site; 0 where others read of a deleted comment. */
  author_id: AuthorId;
  /** The comment; after a deletion without author and body. */
  comment: Comment;
  /** Comments of the thread now. */
  comment_count: number;
  /** Whether the comment is still listed: a deleted one without replies is not. */
  is_listed: boolean;
}
