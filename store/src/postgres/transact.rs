//! One transaction for all writes that were taken from the queue.

use super::dialect::thread_id_for;
use super::own_commits::OwnCommits;
use super::pooling::Pooling;
use super::sql::insert_comments::{insert_waiting, is_new_comment};
use crate::StoreError;
use crate::writer::{Job, Subject};
use sqlx::PgConnection;

/// A write as PostgreSQL does it.
pub(super) type PgJob = Box<dyn Job<PgConnection>>;

/// Runs the writes and commits them.
///
/// # Errors
/// The transaction is gone, and all of them with it.
pub(super) async fn transact(
    connection: &mut PgConnection,
    jobs: &mut [PgJob],
    commits: &mut OwnCommits,
    pooling: Pooling,
) -> Result<(), StoreError> {
    sqlx::raw_sql(pooling.begin()).execute(&mut *connection).await?;
    lock_threads(connection, jobs).await?;
    insert_waiting(connection, jobs).await?;
    for job in jobs.iter_mut().filter(|job| !is_new_comment(job.as_ref())) {
        run_in_savepoint(connection, job).await?;
    }
    commits.note(connection, jobs).await?;
    execute(connection, "COMMIT").await
}

/// Locks the threads that are written to, in the order in which every process does, so that what is decided about them holds and
/// no two processes wait for each other. A thread that nobody began is locked by who begins it.
///
/// A lock is noted on disk. So a batch that only finds writes done already waits for a replica too, where commits do: they may be
/// done on this server alone, whose commit broke off while it waited.
async fn lock_threads(connection: &mut PgConnection, jobs: &[PgJob]) -> Result<(), StoreError> {
    let (mut threads, mut sites, mut comments) = (Vec::new(), Vec::new(), Vec::new());
    for job in jobs {
        match job.subject() {
            Subject::NewComment(write) => threads.push(thread_id_for(write.site.id, &write.page_key)),
            Subject::Pages(site_id, pages) => threads.extend(pages.iter().map(|page_key| thread_id_for(site_id, page_key))),
            Subject::Comment(site_id, comment_id) => {
                sites.push(site_id.0);
                comments.push(comment_id.0.cast_signed());
            }
            Subject::Else => {}
        }
    }
    if !comments.is_empty() {
        // A comment never moves, so its thread can be looked up before it is locked.
        let sql =
            "SELECT thread_id FROM comment WHERE (site_id, comment_id) IN (SELECT * FROM unnest($1::bigint[], $2::bigint[]))";
        let found: Vec<i64> = sqlx::query_scalar(sql).bind(sites).bind(comments).fetch_all(&mut *connection).await?;
        threads.extend(found);
    }
    threads.sort_unstable();
    threads.dedup();
    let sql = "SELECT FROM thread WHERE thread_id = ANY($1) ORDER BY thread_id FOR NO KEY UPDATE";
    sqlx::query(sql).bind(threads).execute(connection).await?;
    Ok(())
}

/// Runs one write so that its failure undoes nothing of the others.
///
/// # Errors
/// The transaction itself is gone, and with it all writes before.
async fn run_in_savepoint(connection: &mut PgConnection, job: &mut PgJob) -> Result<(), StoreError> {
    execute(connection, "SAVEPOINT job").await?;
    if !job.run(connection).await {
        job.lost_race()?;
        execute(connection, "ROLLBACK TO SAVEPOINT job").await?;
    }
    execute(connection, "RELEASE SAVEPOINT job").await
}

async fn execute(connection: &mut PgConnection, sql: &'static str) -> Result<(), StoreError> {
    sqlx::raw_sql(sql).execute(connection).await?;
    Ok(())
}
