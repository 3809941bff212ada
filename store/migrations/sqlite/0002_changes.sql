-- What happened in each thread, for those who follow it: which comment, and when in the order of all changes. What a comment says
-- stands in its own row alone, so that nothing withdrawn is left here.

CREATE TABLE change (
  site_id    INTEGER NOT NULL,
  thread_id  INTEGER NOT NULL REFERENCES thread,
  change_id  INTEGER NOT NULL, -- rises within a thread; made of the time, so that old ones can be found by it
  comment_id INTEGER NOT NULL, -- 0 where the thread itself changed
  kind       TEXT NOT NULL CHECK (kind IN ('created', 'edited', 'deleted', 'thread')),
  PRIMARY KEY (thread_id, change_id)
) STRICT, WITHOUT ROWID;

CREATE INDEX change_by_age ON change (change_id);
