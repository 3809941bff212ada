//! Writes what was decided about new comments, one statement for each table.
//!
//! Every process writes in this order, and rows of a table in the order of their keys, so that none waits for another that waits
//! for it. A row that another process has just made is a conflict: the transaction is tried again and finds it.

use super::change_log::kind_word;
use super::dialect::{Connection, each_row, from_hex};
use super::gathered::Gathered;
use super::new_row::{NewColumns, NewRow, as_json, hex};
use super::search_terms::add_terms;
use crate::{ChangeKind, StoreError};
use serde_json::json;

impl Gathered<'_> {
    /// Writes everything.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another process has just begun the same thread, or brought the same device.
    pub(crate) async fn write(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.new_rows.is_empty() {
            return Ok(());
        }
        self.write_new_threads(connection).await?;
        self.write_new_authors(connection).await?;
        self.write_comments(connection).await?;
        self.write_threads(connection).await?;
        self.write_replies(connection).await?;
        self.write_answers(connection).await?;
        self.write_changes(connection).await?;
        self.write_sections(connection).await?;
        self.write_terms(connection).await
    }

    async fn write_new_threads(&self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.new_threads.is_empty() {
            return Ok(());
        }
        let sql = concat!(
            "INSERT INTO thread (thread_id, site_id, page_key, created_at) SELECT thread_id, site_id, page_key, created_at FROM ",
            each_row!("$1", "new", thread_id bigint, site_id bigint, page_key text, created_at bigint),
            " WHERE TRUE ON CONFLICT DO NOTHING"
        );
        let rows = as_json(self.new_threads.iter().map(|(id, write)| {
            json!({ "thread_id": id.0, "site_id": write.site.id.0, "page_key": write.page_key, "created_at": write.now.0 })
        }));
        all_new(sqlx::query(sql).bind(rows).execute(connection).await?.rows_affected(), self.new_threads.len())
    }

    async fn write_new_authors(&mut self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.new_authors.is_empty() {
            return Ok(());
        }
        self.new_authors.sort_by_key(|author| (author.write.site.id, author.write.token_hash.0));
        let sql = concat!(
            "INSERT INTO author (site_id, author_id, token_hash, created_at) SELECT site_id, author_id, ",
            from_hex!("token_hash"),
            ", created_at FROM ",
            each_row!("$1", "new", site_id bigint, author_id bigint, token_hash text, created_at bigint),
            " WHERE TRUE ON CONFLICT DO NOTHING"
        );
        let rows = as_json(self.new_authors.iter().map(|author| {
            let write = author.write;
            let (author_id, token_hash) = (author.author_id.0.cast_signed(), hex(&write.token_hash.0));
            json!({ "site_id": write.site.id.0, "author_id": author_id, "token_hash": token_hash, "created_at": write.now.0 })
        }));
        // Never credit the comment to whoever has that id or came with that device a moment ago.
        all_new(sqlx::query(sql).bind(rows).execute(connection).await?.rows_affected(), self.new_authors.len())
    }

    async fn write_comments(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let sql = concat!(
            "INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, \
             author_website, answers_name, created_at, renderer_version, body_markdown, body_html, moderation_status, is_listed) \
             SELECT site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, author_website, \
             answers_name, created_at, renderer_version, body_markdown, body_html, 'approved', TRUE FROM ",
            each_row!(
                "$1", "new", site_id bigint, thread_id bigint, comment_id bigint, parent_id bigint, depth integer,
                author_id bigint, author_name text, author_email text, author_website text, answers_name text,
                created_at bigint, renderer_version integer, body_markdown text, body_html text
            )
        );
        let rows = as_json(self.new_rows.iter().map(NewColumns::of));
        sqlx::query(sql).bind(rows).execute(connection).await?;
        Ok(())
    }

    /// Each thread's row once, however many comments came.
    async fn write_threads(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let sql = concat!(
            "UPDATE thread SET comment_count = now.comment_count, root_count = now.root_count, page_url = now.page_url, \
             page_title = now.page_title FROM ",
            each_row!(
                "$1", "now", thread_id bigint, comment_count integer, root_count integer, page_url text, page_title text
            ),
            " WHERE thread.thread_id = now.thread_id"
        );
        let rows = self.threads.values().filter(|busy| busy.new_comments > 0).map(|busy| {
            let thread = &busy.row.thread;
            json!({
                "thread_id": thread.id.0, "comment_count": thread.comment_count, "root_count": busy.row.root_count,
                "page_url": thread.page_url, "page_title": thread.page_title
            })
        });
        sqlx::query(sql).bind(as_json(rows)).execute(connection).await?;
        Ok(())
    }

    /// Each parent's row once, however many replies came. No parent is deleted, so none turns into a placeholder.
    async fn write_replies(&self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.new_replies.is_empty() {
            return Ok(());
        }
        let sql = concat!(
            "UPDATE comment SET reply_count = reply_count + more.replies FROM ",
            each_row!("$1", "more", thread_id bigint, comment_id bigint, replies integer),
            " WHERE comment.thread_id = more.thread_id AND comment.comment_id = more.comment_id"
        );
        let rows = self.new_replies.iter().map(|((thread_id, comment_id), replies)| {
            json!({ "thread_id": thread_id.0, "comment_id": comment_id.0.cast_signed(), "replies": replies })
        });
        sqlx::query(sql).bind(as_json(rows)).execute(connection).await?;
        Ok(())
    }

    async fn write_answers(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let sql = concat!(
            "INSERT INTO write_request (site_id, request_id, fingerprint, comment_id, response, created_at) \
             SELECT site_id, request_id, ",
            from_hex!("fingerprint"),
            ", comment_id, response, created_at FROM ",
            each_row!(
                "$1", "new", site_id bigint, request_id text, fingerprint text, comment_id bigint, response text,
                created_at bigint
            )
        );
        let rows = self.new_rows.iter().filter_map(|row| {
            let (write, request) = (row.write, &row.write.request);
            let kept = self.answers.get(&(write.site.id, request.id.as_str()))?;
            Some(json!({
                "site_id": write.site.id.0, "request_id": request.id.as_str(), "fingerprint": hex(&request.fingerprint),
                "comment_id": row.written.comment.id.0.cast_signed(), "response": kept.response, "created_at": write.now.0
            }))
        });
        sqlx::query(sql).bind(as_json(rows)).execute(connection).await?;
        Ok(())
    }

    async fn write_changes(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let sql = concat!(
            "INSERT INTO change (site_id, thread_id, change_id, comment_id, kind) \
             SELECT site_id, thread_id, change_id, comment_id, $2 FROM ",
            each_row!("$1", "new", site_id bigint, thread_id bigint, change_id bigint, comment_id bigint)
        );
        let rows = as_json(self.new_rows.iter().map(|row| {
            let comment_id = row.written.comment.id.0.cast_signed();
            json!({
                "site_id": row.write.site.id.0, "thread_id": row.thread_id.0, "change_id": row.change_id,
                "comment_id": comment_id
            })
        }));
        sqlx::query(sql).bind(rows).bind(kind_word(ChangeKind::Created)).execute(connection).await?;
        Ok(())
    }

    async fn write_sections(&self, connection: &mut Connection) -> Result<(), StoreError> {
        if self.sections.is_empty() {
            return Ok(());
        }
        let sql = concat!(
            "INSERT INTO search_section (section_id, thread_id, first_comment_id, last_comment_id, comment_count) \
             SELECT section_id, thread_id, first_comment_id, last_comment_id, comment_count FROM ",
            each_row!(
                "$1", "new", section_id bigint, thread_id bigint, first_comment_id bigint, last_comment_id bigint,
                comment_count bigint
            ),
            " WHERE TRUE ON CONFLICT (thread_id, first_comment_id) DO UPDATE \
             SET last_comment_id = excluded.last_comment_id, comment_count = excluded.comment_count"
        );
        let rows = as_json(self.sections.iter().map(|((thread_id, first_comment_id), section)| {
            json!({
                "section_id": section.section_id, "thread_id": thread_id.0, "first_comment_id": first_comment_id,
                "last_comment_id": section.last_comment_id, "comment_count": section.comment_count
            })
        }));
        sqlx::query(sql).bind(rows).execute(connection).await?;
        Ok(())
    }

    async fn write_terms(&self, connection: &mut Connection) -> Result<(), StoreError> {
        let found: Vec<_> = self.new_rows.iter().filter_map(NewRow::findable).collect();
        add_terms(connection, &found).await
    }
}

fn all_new(written: u64, expected: usize) -> Result<(), StoreError> {
    if written == expected as u64 {
        return Ok(());
    }
    Err(StoreError::Conflict("another process has just made the same row".to_owned()))
}
