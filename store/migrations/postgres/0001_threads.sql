-- The tables of migrations/sqlite in PostgreSQL's words, and what several processes need to hear of one another.
-- Ids are 63-bit integers, times are milliseconds since 1970, both made by the server: there is no sequence. A thread's id
-- follows from its site and page, so that two processes that begin it at once mean the same row, and every key below leads with
-- it: the tables can be distributed by thread. For the same reason, and because each insert would lock what it points to, there
-- are no foreign keys: who writes holds the thread's lock (docs/decisions/0008).

CREATE TABLE site (
  site_id       bigint PRIMARY KEY,
  slug          text COLLATE "C" NOT NULL UNIQUE,
  origins       text NOT NULL, -- JSON array of text
  edit_window_s integer NOT NULL,
  created_at    bigint NOT NULL
);

-- The counters are kept by every write that changes them, so that no read counts. Room is left on each block for the versions
-- of a busy thread's row.
CREATE TABLE thread (
  thread_id     bigint PRIMARY KEY,
  site_id       bigint NOT NULL,
  page_key      text COLLATE "C" NOT NULL,
  page_url      text,
  page_title    text,
  is_closed     boolean NOT NULL DEFAULT false,
  comment_count integer NOT NULL DEFAULT 0, -- listed and not deleted
  root_count    integer NOT NULL DEFAULT 0, -- listed root comments, deleted ones included
  created_at    bigint NOT NULL,
  UNIQUE (site_id, page_key)
) WITH (fillfactor = 70);

CREATE TABLE author (
  site_id    bigint NOT NULL,
  author_id  bigint NOT NULL,
  token_hash bytea, -- NULL for authors of another system: nobody can claim them
  created_at bigint NOT NULL,
  PRIMARY KEY (site_id, author_id),
  UNIQUE (site_id, token_hash)
);

CREATE TABLE comment (
  site_id           bigint NOT NULL,
  thread_id         bigint NOT NULL,
  comment_id        bigint NOT NULL,
  parent_id         bigint NOT NULL, -- 0 for a root comment, so that roots and replies are one index range each
  depth             integer NOT NULL,
  author_id         bigint NOT NULL,
  author_name       text NOT NULL,
  author_email      text,
  author_website    text,
  answers_name      text,
  moderation_status text NOT NULL CHECK (moderation_status IN ('pending', 'approved', 'rejected', 'spam')),
  is_listed         boolean NOT NULL,
  reply_count       integer NOT NULL DEFAULT 0, -- listed direct replies
  reply_rank        bigint NOT NULL GENERATED ALWAYS AS (-reply_count) STORED, -- ascending like the id, so that both are one key
  created_at        bigint NOT NULL,
  edited_at         bigint,
  deleted_at        bigint,
  renderer_version  integer NOT NULL,
  body_markdown     text NOT NULL,
  body_html         text NOT NULL,
  PRIMARY KEY (thread_id, comment_id)
) WITH (fillfactor = 90);

CREATE UNIQUE INDEX comment_by_id ON comment (site_id, comment_id);
-- Every listing is a range of one of these two.
CREATE INDEX comment_by_parent ON comment (thread_id, parent_id, comment_id) WHERE is_listed;
CREATE INDEX comment_by_reply_rank ON comment (thread_id, reply_rank, comment_id) WHERE is_listed AND parent_id = 0;

-- What makes a write happen once: its first answer, kept for a repetition.
CREATE TABLE write_request (
  site_id     bigint NOT NULL,
  request_id  text COLLATE "C" NOT NULL,
  fingerprint bytea NOT NULL,
  comment_id  bigint NOT NULL,
  response    text NOT NULL, -- JSON
  created_at  bigint NOT NULL,
  PRIMARY KEY (site_id, request_id)
);

CREATE INDEX write_request_by_comment ON write_request (site_id, comment_id);
CREATE INDEX write_request_by_age ON write_request (created_at);

-- What happened in each thread, for those who follow it: which comment, and when in the order of all changes. What a comment says
-- stands in its own row alone, so that nothing withdrawn is left here.
CREATE TABLE change (
  site_id    bigint NOT NULL,
  thread_id  bigint NOT NULL,
  change_id  bigint NOT NULL, -- rises within a thread; made of the time, so that old ones can be found by it
  comment_id bigint NOT NULL, -- 0 where the thread itself changed
  kind       text NOT NULL CHECK (kind IN ('created', 'edited', 'deleted', 'thread')),
  PRIMARY KEY (thread_id, change_id)
);

CREATE INDEX change_by_age ON change (change_id);

-- A run of neighbouring comments of a thread, the pieces in which it is searched: from the first id up to the next section's.
CREATE TABLE search_section (
  section_id       bigint NOT NULL UNIQUE,
  thread_id        bigint NOT NULL,
  first_comment_id bigint NOT NULL, -- 0 in a thread's first section
  last_comment_id  bigint NOT NULL, -- the greatest one indexed
  comment_count    bigint NOT NULL, -- indexed
  PRIMARY KEY (thread_id, first_comment_id)
);

-- What can be searched for: terms of comments that are listed and not deleted; `store/src/search/` says what a term is. Every term
-- leads with the section its comment stands in ("17:pears"), so that a search costs the same whatever else is in the database.
-- Apart from the comment, whose row gets a new version with every reply.
CREATE TABLE comment_search (
  thread_id  bigint NOT NULL,
  comment_id bigint NOT NULL,
  terms      tsvector NOT NULL,
  PRIMARY KEY (thread_id, comment_id)
);

CREATE INDEX comment_search_by_term ON comment_search USING gin (terms) WITH (gin_pending_list_limit = 512);

-- What each process committed last, and what each of its last commits changed: how the others hear of it where a notification
-- is lost. Every process numbers its own commits, one after the other, so that a gap shows.
CREATE TABLE writer (
  writer_id   text COLLATE "C" PRIMARY KEY,
  last_number bigint NOT NULL,
  seen_at     timestamptz NOT NULL DEFAULT now()
) WITH (fillfactor = 50);

CREATE TABLE committed (
  writer_id text COLLATE "C" NOT NULL,
  number    bigint NOT NULL,
  changes   text NOT NULL, -- JSON
  PRIMARY KEY (writer_id, number)
);
