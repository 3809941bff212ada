//! F10: a program that is killed while it brings an older database to its schema goes on where it was.

use super::ORIGIN;
use afterword_e2e::server::SITE;
use afterword_e2e::{Server, eventually};
use afterword_wire::SearchResults;
use afterword_wire::address::SEARCH;
use afterword_wire::limits::MAX_SEARCH_HITS;
use anyhow::{Context, Result, ensure};
use sqlx::sqlite::SqliteConnectOptions;
use sqlx::{ConnectOptions, Connection, SqliteConnection};
use std::collections::BTreeSet;
use std::path::Path;
use std::time::Duration;

/// The schema of the first release, of which there is no program any more.
const FIRST_SCHEMA: &str = include_str!("../../../store/migrations/sqlite/0001_threads.sql");
const COMMENTS: u64 = 4_000;
const KILLS: u32 = 10;
/// Kills that must fall into the taking in of what was there.
const KILLS_HALFWAY: u32 = 2;
/// From the start to the first kill; each kill comes half as late again as the one before.
const FIRST_KILL: Duration = Duration::from_millis(8);
const LATEST_KILL: Duration = Duration::from_secs(5);

async fn open(file: &Path) -> Result<SqliteConnection> {
    Ok(SqliteConnectOptions::new().filename(file).create_if_missing(true).connect().await?)
}

/// A database as the first release left it.
async fn make_first_release(file: &Path) -> Result<()> {
    let mut connection = open(file).await?;
    sqlx::raw_sql(FIRST_SCHEMA).execute(&mut connection).await?;
    let rows = format!(
        "PRAGMA journal_mode = WAL; BEGIN; PRAGMA application_id = {application_id}; PRAGMA user_version = 1; \
         INSERT INTO site (site_id, slug, origins, edit_window_s, created_at) VALUES (1, '{SITE}', '[\"{ORIGIN}\"]', 900, 0); \
         INSERT INTO thread (thread_id, site_id, page_key, comment_count, root_count, created_at) \
         VALUES (1, 1, '/old', {COMMENTS}, {COMMENTS}, 0); \
         INSERT INTO author (site_id, author_id, created_at) VALUES (1, 5, 0); \
         INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, moderation_status, is_listed, \
         created_at, renderer_version, body_markdown, body_html) \
         WITH RECURSIVE number (i) AS (SELECT 1 UNION ALL SELECT i + 1 FROM number WHERE i < {COMMENTS}) \
         SELECT 1, 1, i, 0, 0, 5, 'Mara', 'approved', 1, i, 1, 'pear number' || i, '<p>pear number' || i || '</p>' FROM number; COMMIT",
        application_id = 0x4166_7477,
    );
    sqlx::raw_sql(sqlx::AssertSqlSafe(rows)).execute(&mut connection).await?;
    connection.close().await?;
    Ok(())
}

/// What a kill left.
#[derive(Debug, PartialEq)]
enum Left {
    AsItWas,
    Halfway,
    Whole,
}

/// Looks at a copy of the file and its log, as the next program will find them.
async fn look_at(file: &Path) -> Result<Left> {
    let folder = tempfile::tempdir()?;
    let copy = folder.path().join("copy.db");
    for suffix in ["", "-wal"] {
        let from = format!("{}{suffix}", file.display());
        if Path::new(&from).exists() {
            std::fs::copy(from, format!("{}{suffix}", copy.display()))?;
        }
    }
    let mut connection = open(&copy).await?;
    let sound: String = sqlx::query_scalar("PRAGMA integrity_check").fetch_one(&mut connection).await?;
    ensure!(sound == "ok", "{sound}");
    let version: i64 = sqlx::query_scalar("PRAGMA user_version").fetch_one(&mut connection).await?;
    if version == 1 {
        let tables: i64 = sqlx::query_scalar("SELECT count(*) FROM sqlite_schema WHERE name IN ('change', 'search_progress')")
            .fetch_one(&mut connection)
            .await?;
        ensure!(tables == 0, "half a migration was committed");
        return Ok(Left::AsItWas);
    }
    let done: i64 = sqlx::query_scalar("SELECT thread_id FROM search_progress").fetch_one(&mut connection).await?;
    let passed = "SELECT count(*) FROM comment, search_progress AS done \
                  WHERE (comment.thread_id, comment.comment_id) <= (done.thread_id, done.comment_id)";
    let passed: i64 = sqlx::query_scalar(passed).fetch_one(&mut connection).await?;
    let taken_in = "SELECT coalesce(sum(comment_count), 0) FROM search_section";
    let taken_in: i64 = sqlx::query_scalar(taken_in).fetch_one(&mut connection).await?;
    ensure!(passed == taken_in, "{taken_in} are taken in, {passed} are said to be");
    Ok(if done == i64::MAX { Left::Whole } else { Left::Halfway })
}

/// The ids of all comments that a search finds, each once.
async fn found(server: &Server, typed: &str) -> Result<BTreeSet<u64>> {
    let (mut ids, mut cursor) = (BTreeSet::new(), String::new());
    loop {
        let address = server.url(&format!("{SEARCH}?site={SITE}&page=/old&q={typed}&limit={MAX_SEARCH_HITS}{cursor}"));
        let results: SearchResults = reqwest::get(address).await?.error_for_status()?.json().await?;
        for hit in results.hits {
            ensure!(ids.insert(hit.comment.id.0), "{} is found twice", hit.comment.id);
        }
        match results.cursor {
            Some(next) => cursor = format!("&cursor={next}"),
            None => return Ok(ids),
        }
    }
}

#[tokio::test]
async fn a_migration_killed_at_ten_points_resumes_and_every_comment_is_found() -> Result<()> {
    let mut server = Server::unprepared()?;
    let file = Path::new(server.database()).to_owned();
    make_first_release(&file).await?;
    let (mut kills, mut as_it_was, mut halfway) = (0, 0, 0);
    let mut after = FIRST_KILL;
    while kills < KILLS || halfway < KILLS_HALFWAY {
        server.launch()?;
        // The one place where time itself is the subject: the blow falls anywhere between the start and the last comment.
        tokio::time::sleep(after).await;
        server.kill().await?;
        let left = look_at(&file).await.with_context(|| format!("killed after {after:?}"))?;
        println!("killed after {after:?}: {left:?}");
        kills += 1;
        as_it_was += u32::from(left == Left::AsItWas);
        halfway += u32::from(left == Left::Halfway);
        assert!(
            left != Left::Whole && after < LATEST_KILL,
            "only {halfway} kills fell halfway: the comments are too few to tell"
        );
        after += after / 2;
    }
    assert!(as_it_was > 0, "no kill fell before the new schema: the first one came too late to tell");
    server.start().await?;
    eventually("the last comment to be found", async || {
        Ok((!found(&server, &format!("number{COMMENTS}")).await?.is_empty()).then_some(()))
    })
    .await?;
    assert_eq!(found(&server, "pear").await?, (1..=COMMENTS).collect(), "found");
    assert_eq!(server.export().await?.matches("\"body_markdown\"").count() as u64, COMMENTS, "there");
    server.stop().await
}
