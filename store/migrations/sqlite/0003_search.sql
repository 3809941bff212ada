-- What can be searched for: terms of comments that are listed and not deleted. `store/src/search/` says what a term is.
--
-- Every term leads with the section its comment stands in ("17:pears"), so that a search costs the same whatever else is in the
-- database, and is never more than a section at a time. The row is the comment's id, which may be there for several sites: their
-- sections differ, so their terms do.
CREATE VIRTUAL TABLE comment_search USING fts5(
  body, author_name,
  content = '', columnsize = 0,
  tokenize = "ascii tokenchars ':'" -- terms come ready-made, with spaces between
);
-- What was withdrawn is erased from the index too, not only marked.
INSERT INTO comment_search (comment_search, rank) VALUES ('secure-delete', 1);

-- A run of neighbouring comments of a thread: from the first id up to the next section's.
CREATE TABLE search_section (
  section_id       INTEGER PRIMARY KEY,
  thread_id        INTEGER NOT NULL REFERENCES thread,
  first_comment_id INTEGER NOT NULL, -- 0 in a thread's first section
  last_comment_id  INTEGER NOT NULL, -- the greatest one indexed
  comment_count    INTEGER NOT NULL, -- indexed
  UNIQUE (thread_id, first_comment_id)
) STRICT;

-- How far the comments that were there before are indexed, by thread and id: exactly those up to here are.
CREATE TABLE search_progress (
  thread_id  INTEGER NOT NULL,
  comment_id INTEGER NOT NULL
) STRICT;
INSERT INTO search_progress
  SELECT iif(has_comments, 0, 9223372036854775807), 0 FROM (SELECT EXISTS (SELECT 1 FROM comment) AS has_comments);
