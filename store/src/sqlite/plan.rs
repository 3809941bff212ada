//! Holds the promise that a slice costs the same in a thread of fifty and of a million.

use super::dialect::FIRST_REPLIES;
use super::open::connect_writer;
use super::search_progress::NEXT;
use super::search_terms::FIND;
use super::sql::change_log::ENTRIES;
use super::sql::read_permalink::LINE;
use super::sql::search_comments::FOUND;
use super::sql::search_section::SECTIONS_BEFORE;
use super::sql::sibling_order::SiblingOrder;
use sqlx::{AssertSqlSafe, Row, SqliteConnection};

async fn plan(connection: &mut SqliteConnection, sql: &str) -> Vec<String> {
    let explain = AssertSqlSafe(format!("EXPLAIN QUERY PLAN {sql}"));
    let steps = sqlx::query(explain).fetch_all(connection).await.expect("the statement is sound");
    steps.iter().map(|step| step.get("detail")).collect()
}

/// Whether a step reads a table from end to end, or sorts what it read.
fn grows_with_the_thread(step: &str) -> bool {
    let is_bounded_scan =
        ["SCAN parent VIRTUAL TABLE", "SCAN line", "SCAN found VIRTUAL TABLE"].iter().any(|bounded| step.starts_with(bounded));
    step.starts_with("SCAN") && !is_bounded_scan || step.contains("TEMP B-TREE")
}

#[tokio::test]
async fn every_listing_is_a_range_of_an_index() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let mut connection = connect_writer(&directory.path().join("plan.db")).await.expect("a new file can be made");
    let orders = [SiblingOrder::IdAscending, SiblingOrder::RankAscending];
    let walks = orders.iter().flat_map(|order| [order.sql(), order.reversed().sql()]);
    for sql in walks.chain([FIRST_REPLIES, LINE, ENTRIES, SECTIONS_BEFORE, FOUND, NEXT]) {
        let steps = plan(&mut connection, sql).await;
        let costly: Vec<&String> = steps.iter().filter(|step| grows_with_the_thread(step)).collect();
        assert!(costly.is_empty(), "{costly:?} of {steps:#?} in {sql}");
    }
    for (order, range) in [
        (SiblingOrder::IdAscending, "comment_by_parent (thread_id=? AND parent_id=? AND comment_id>?)"),
        (SiblingOrder::IdDescending, "comment_by_parent (thread_id=? AND parent_id=? AND comment_id<?)"),
        (SiblingOrder::RankAscending, "comment_by_reply_rank (thread_id=? AND (reply_rank,comment_id)>(?,?))"),
        (SiblingOrder::RankDescending, "comment_by_reply_rank (thread_id=? AND (reply_rank,comment_id)<(?,?))"),
    ] {
        let steps = plan(&mut connection, order.sql()).await;
        assert_eq!(steps, [format!("SEARCH comment USING INDEX {range}")]);
    }
}

/// FTS5 walks its postings from the newest on, within the bound, and nothing sorts them afterwards.
#[tokio::test]
async fn a_search_reads_what_it_shows_and_sorts_nothing() {
    let directory = tempfile::tempdir().expect("a directory for the test");
    let mut connection = connect_writer(&directory.path().join("plan.db")).await.expect("a new file can be made");
    assert_eq!(plan(&mut connection, FIND).await, ["SCAN comment_search VIRTUAL TABLE INDEX 192:M2<"]);
}
