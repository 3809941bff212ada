//! Writes what was decided about new comments, one statement for each table.
//!
//! Every process writes in this order, and rows of a table in the order of their keys, so that none waits for another that waits
//! for it. A row that another process has just made is a conflict: the transaction is tried again and finds it.

use super::gathered::{Gathered, NewRow};
use super::search_terms::vector;
use super::sql::change_log::kind_word;
use super::sql::comment_row::parent_column;
use super::sql::search_index::Findable;
use crate::{ChangeKind, StoreError, ThreadId};
use sqlx::PgConnection;

impl Gathered<'_> {
    /// Writes everything.
    ///
    /// # Errors
    /// [`StoreError::Conflict`] when another process has just begun the same thread, or brought the same device.
    pub(super) async fn write(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
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

    async fn write_new_threads(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        if self.new_threads.is_empty() {
            return Ok(());
        }
        let sql = "INSERT INTO thread (thread_id, site_id, page_key, created_at) \
                   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::text[], $4::bigint[]) ON CONFLICT DO NOTHING";
        let insert = sqlx::query(sql)
            .bind(self.new_threads.keys().map(|id| id.0).collect::<Vec<_>>())
            .bind(self.new_threads.values().map(|write| write.site.id.0).collect::<Vec<_>>())
            .bind(self.new_threads.values().map(|write| write.page_key.as_str()).collect::<Vec<_>>())
            .bind(self.new_threads.values().map(|write| write.now.0).collect::<Vec<_>>());
        all_new(insert.execute(connection).await?.rows_affected(), self.new_threads.len())
    }

    async fn write_new_authors(&mut self, connection: &mut PgConnection) -> Result<(), StoreError> {
        if self.new_authors.is_empty() {
            return Ok(());
        }
        self.new_authors.sort_by_key(|author| (author.write.site.id, author.write.token_hash.0));
        let sql = "INSERT INTO author (site_id, author_id, token_hash, created_at) \
                   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bytea[], $4::bigint[]) ON CONFLICT DO NOTHING";
        let authors = &self.new_authors;
        let insert = sqlx::query(sql)
            .bind(authors.iter().map(|author| author.write.site.id.0).collect::<Vec<_>>())
            .bind(authors.iter().map(|author| author.author_id.0.cast_signed()).collect::<Vec<_>>())
            .bind(authors.iter().map(|author| &author.write.token_hash.0[..]).collect::<Vec<_>>())
            .bind(authors.iter().map(|author| author.write.now.0).collect::<Vec<_>>());
        // Never credit the comment to whoever has that id or came with that device a moment ago.
        all_new(insert.execute(connection).await?.rows_affected(), authors.len())
    }

    async fn write_comments(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, author_email, \
                   author_website, answers_name, created_at, renderer_version, body_markdown, body_html, moderation_status, \
                   is_listed) SELECT *, 'approved', true FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], \
                   $5::integer[], $6::bigint[], $7::text[], $8::text[], $9::text[], $10::text[], $11::bigint[], \
                   $12::integer[], $13::text[], $14::text[])";
        let rows = &self.new_rows;
        let insert = sqlx::query(sql)
            .bind(rows.iter().map(|row| row.write.site.id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.thread_id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.comment.id.0.cast_signed()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| parent_column(row.written.comment.parent_id)).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| i32::from(row.written.comment.depth)).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.author_id.0.cast_signed()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.author_name.as_str()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.author_email.as_deref()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.author_website.as_deref()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.comment.answers_name.as_deref()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.now.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.renderer_version.cast_signed()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.body_markdown.as_str()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.body_html.as_str()).collect::<Vec<_>>());
        insert.execute(connection).await?;
        Ok(())
    }

    /// Each thread's row once, however many comments came.
    async fn write_threads(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "UPDATE thread SET comment_count = now.comment_count, root_count = now.root_count, page_url = now.page_url, \
                   page_title = now.page_title FROM unnest($1::bigint[], $2::integer[], $3::integer[], $4::text[], $5::text[]) \
                   AS now (thread_id, comment_count, root_count, page_url, page_title) WHERE thread.thread_id = now.thread_id";
        let mut ids: Vec<ThreadId> = self.new_rows.iter().map(|row| row.thread_id).collect();
        ids.sort_unstable();
        ids.dedup();
        let threads: Vec<_> = ids.iter().filter_map(|id| self.threads.get(id)).map(|busy| &busy.row).collect();
        let update = sqlx::query(sql)
            .bind(threads.iter().map(|row| row.thread.id.0).collect::<Vec<_>>())
            .bind(threads.iter().map(|row| row.thread.comment_count.cast_signed()).collect::<Vec<_>>())
            .bind(threads.iter().map(|row| row.root_count.cast_signed()).collect::<Vec<_>>())
            .bind(threads.iter().map(|row| row.thread.page_url.as_deref()).collect::<Vec<_>>())
            .bind(threads.iter().map(|row| row.thread.page_title.as_deref()).collect::<Vec<_>>());
        update.execute(connection).await?;
        Ok(())
    }

    /// Each parent's row once, however many replies came. No parent is deleted, so none turns into a placeholder.
    async fn write_replies(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        if self.new_replies.is_empty() {
            return Ok(());
        }
        let sql = "UPDATE comment SET reply_count = reply_count + more.replies \
                   FROM unnest($1::bigint[], $2::bigint[], $3::integer[]) AS more (thread_id, comment_id, replies) \
                   WHERE comment.thread_id = more.thread_id AND comment.comment_id = more.comment_id";
        let update = sqlx::query(sql)
            .bind(self.new_replies.keys().map(|(thread_id, _)| thread_id.0).collect::<Vec<_>>())
            .bind(self.new_replies.keys().map(|(_, comment_id)| comment_id.0.cast_signed()).collect::<Vec<_>>())
            .bind(self.new_replies.values().copied().collect::<Vec<_>>());
        update.execute(connection).await?;
        Ok(())
    }

    async fn write_answers(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO write_request (site_id, request_id, fingerprint, comment_id, response, created_at) \
                   SELECT * FROM unnest($1::bigint[], $2::text[], $3::bytea[], $4::bigint[], $5::text[], $6::bigint[])";
        let rows = &self.new_rows;
        let responses = rows.iter().filter_map(|row| self.answers.get(&(row.write.site.id, row.write.request.id.as_str())));
        let insert = sqlx::query(sql)
            .bind(rows.iter().map(|row| row.write.site.id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.request.id.as_str()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| &row.write.request.fingerprint[..]).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.comment.id.0.cast_signed()).collect::<Vec<_>>())
            .bind(responses.map(|kept| kept.response.as_str()).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.write.now.0).collect::<Vec<_>>());
        insert.execute(connection).await?;
        Ok(())
    }

    async fn write_changes(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO change (site_id, thread_id, change_id, comment_id, kind) \
                   SELECT *, $5 FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[])";
        let rows = &self.new_rows;
        let insert = sqlx::query(sql)
            .bind(rows.iter().map(|row| row.write.site.id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.thread_id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.change_id).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.comment.id.0.cast_signed()).collect::<Vec<_>>())
            .bind(kind_word(ChangeKind::Created));
        insert.execute(connection).await?;
        Ok(())
    }

    async fn write_sections(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO search_section (section_id, thread_id, first_comment_id, last_comment_id, comment_count) \
                   SELECT * FROM unnest($1::bigint[], $2::bigint[], $3::bigint[], $4::bigint[], $5::bigint[]) \
                   ON CONFLICT (thread_id, first_comment_id) DO UPDATE \
                   SET last_comment_id = excluded.last_comment_id, comment_count = excluded.comment_count";
        let insert = sqlx::query(sql)
            .bind(self.sections.values().map(|section| section.section_id).collect::<Vec<_>>())
            .bind(self.sections.keys().map(|(thread_id, _)| thread_id.0).collect::<Vec<_>>())
            .bind(self.sections.values().map(|section| section.first_comment_id).collect::<Vec<_>>())
            .bind(self.sections.values().map(|section| section.last_comment_id).collect::<Vec<_>>())
            .bind(self.sections.values().map(|section| section.comment_count).collect::<Vec<_>>());
        insert.execute(connection).await?;
        Ok(())
    }

    async fn write_terms(&self, connection: &mut PgConnection) -> Result<(), StoreError> {
        let sql = "INSERT INTO comment_search (thread_id, comment_id, terms) SELECT thread_id, comment_id, terms::tsvector \
                   FROM unnest($1::bigint[], $2::bigint[], $3::text[]) AS new (thread_id, comment_id, terms)";
        let rows = &self.new_rows;
        let terms_of = |row: &NewRow| {
            let (author_name, body_html) = (row.write.author_name.as_str(), row.write.body_html.as_str());
            let comment_id = row.written.comment.id;
            vector(&Findable { thread_id: row.thread_id, comment_id, author_name, body_html }, row.section_id)
        };
        let insert = sqlx::query(sql)
            .bind(rows.iter().map(|row| row.thread_id.0).collect::<Vec<_>>())
            .bind(rows.iter().map(|row| row.written.comment.id.0.cast_signed()).collect::<Vec<_>>())
            .bind(rows.iter().map(terms_of).collect::<Vec<_>>());
        insert.execute(connection).await?;
        Ok(())
    }
}

fn all_new(written: u64, expected: usize) -> Result<(), StoreError> {
    if written == expected as u64 {
        return Ok(());
    }
    Err(StoreError::Conflict("another process has just made the same row".to_owned()))
}
