-- Sites, threads, authors, comments, and the requests that wrote them.
-- Ids are 63-bit integers, times are milliseconds since 1970, both made outside. Keys lead with site or thread, so that the
-- same tables can be distributed by thread elsewhere.

CREATE TABLE site (
  site_id       INTEGER PRIMARY KEY,
  slug          TEXT NOT NULL UNIQUE,
  origins       TEXT NOT NULL, -- JSON array of text
  edit_window_s INTEGER NOT NULL,
  created_at    INTEGER NOT NULL
) STRICT;

-- The counters are kept by every write that changes them, so that no read counts.
CREATE TABLE thread (
  thread_id     INTEGER PRIMARY KEY,
  site_id       INTEGER NOT NULL REFERENCES site,
  page_key      TEXT NOT NULL,
  page_url      TEXT,
  page_title    TEXT,
  is_closed     INTEGER NOT NULL DEFAULT 0,
  comment_count INTEGER NOT NULL DEFAULT 0, -- listed and not deleted
  root_count    INTEGER NOT NULL DEFAULT 0, -- listed root comments, deleted ones included
  created_at    INTEGER NOT NULL,
  UNIQUE (site_id, page_key)
) STRICT;

CREATE TABLE author (
  site_id    INTEGER NOT NULL REFERENCES site,
  author_id  INTEGER NOT NULL,
  token_hash BLOB, -- NULL for authors of another system: nobody can claim them
  created_at INTEGER NOT NULL,
  PRIMARY KEY (site_id, author_id),
  UNIQUE (site_id, token_hash)
) STRICT, WITHOUT ROWID;

CREATE TABLE comment (
  site_id           INTEGER NOT NULL,
  thread_id         INTEGER NOT NULL REFERENCES thread,
  comment_id        INTEGER NOT NULL,
  parent_id         INTEGER NOT NULL, -- 0 for a root comment, so that roots and replies are one index range each
  depth             INTEGER NOT NULL,
  author_id         INTEGER NOT NULL,
  author_name       TEXT NOT NULL,
  author_email      TEXT,
  author_website    TEXT,
  answers_name      TEXT,
  moderation_status TEXT NOT NULL CHECK (moderation_status IN ('pending', 'approved', 'rejected', 'spam')),
  is_listed         INTEGER NOT NULL,
  reply_count       INTEGER NOT NULL DEFAULT 0, -- listed direct replies
  reply_rank        INTEGER NOT NULL GENERATED ALWAYS AS (-reply_count) VIRTUAL, -- ascending like the id, so that both are one key
  created_at        INTEGER NOT NULL,
  edited_at         INTEGER,
  deleted_at        INTEGER,
  renderer_version  INTEGER NOT NULL,
  body_markdown     TEXT NOT NULL,
  body_html         TEXT NOT NULL,
  PRIMARY KEY (thread_id, comment_id),
  FOREIGN KEY (site_id, author_id) REFERENCES author
) STRICT;

CREATE UNIQUE INDEX comment_by_id ON comment (site_id, comment_id);
-- Every listing is a range of one of these two.
CREATE INDEX comment_by_parent ON comment (thread_id, parent_id, comment_id) WHERE is_listed = 1;
CREATE INDEX comment_by_reply_rank ON comment (thread_id, reply_rank, comment_id) WHERE is_listed = 1 AND parent_id = 0;

-- What makes a write happen once: its first answer, kept for a repetition.
CREATE TABLE write_request (
  site_id     INTEGER NOT NULL REFERENCES site,
  request_id  TEXT NOT NULL,
  fingerprint BLOB NOT NULL,
  comment_id  INTEGER NOT NULL,
  response    TEXT NOT NULL, -- JSON
  created_at  INTEGER NOT NULL,
  PRIMARY KEY (site_id, request_id)
) STRICT;

CREATE INDEX write_request_by_comment ON write_request (site_id, comment_id);
CREATE INDEX write_request_by_age ON write_request (created_at);
