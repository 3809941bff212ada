//! Holds the promise that a slice costs the same in a thread of fifty and of a million.

use super::dialect::FIRST_REPLIES;
use super::open::{connect, options_of, prepare};
use super::pooling::Pooling;
use super::search_terms::FIND;
use super::sql::change_log::ENTRIES;
use super::sql::read_permalink::LINE;
use super::sql::search_comments::FOUND;
use super::sql::search_section::SECTIONS_BEFORE;
use super::sql::sibling_order::SiblingOrder;
use afterword_cluster::Cluster;
use sqlx::{AssertSqlSafe, PgConnection, Row};

/// Comments of one thread, half of them roots, among others of other threads.
const FILL: &str = "
    INSERT INTO comment (site_id, thread_id, comment_id, parent_id, depth, author_id, author_name, moderation_status, is_listed,
      created_at, renderer_version, body_markdown, body_html)
    SELECT 1, 1 + i % 4, i, CASE WHEN i % 8 < 4 THEN 0 ELSE 1 + i % 4 END, 0, 1, 'Mara', 'approved', true, i, 1, 'a', '<p>a</p>'
    FROM generate_series(1, 40000) AS i;
    INSERT INTO change SELECT 1, 1 + i % 4, i, i, 'created' FROM generate_series(1, 40000) AS i;
    INSERT INTO search_section SELECT 1000 * t + i, t, 10 * i, 10 * i + 9, 10
    FROM generate_series(1, 4) AS t, generate_series(0, 999) AS i;
    INSERT INTO comment_search SELECT 1 + i % 4, i, format('''%s:a'':1', i % 1000)::tsvector FROM generate_series(1, 40000) AS i;
    ANALYZE";

/// What the planner does with a statement, both when it knows the parameters and when it plans for any.
async fn plans(connection: &mut PgConnection, sql: &str, types: &str, values: &str) -> Vec<String> {
    let mut plans = Vec::new();
    for mode in ["force_custom_plan", "force_generic_plan"] {
        let prepare = format!("SET plan_cache_mode = {mode}; PREPARE asked ({types}) AS {sql}");
        sqlx::raw_sql(AssertSqlSafe(prepare)).execute(&mut *connection).await.expect("the statement is sound");
        let explain = AssertSqlSafe(format!("EXPLAIN (FORMAT JSON) EXECUTE asked ({values})"));
        let plan = sqlx::raw_sql(explain).fetch_one(&mut *connection).await.expect("it can be explained");
        sqlx::raw_sql("DEALLOCATE asked").execute(&mut *connection).await.expect("it was prepared");
        plans.push(plan.get_unchecked::<String, _>(0));
    }
    plans
}

/// Steps that read a table from end to end, or sort what they read. What a limit or a section holds may be sorted.
fn costly(plan: &str, may_sort: bool) -> Vec<&'static str> {
    let steps = ["\"Seq Scan\"", "\"Sort\"", "\"Incremental Sort\"", "\"Hash\"", "\"Materialize\""];
    steps.into_iter().filter(|step| !(may_sort && step.contains("Sort")) && plan.contains(step)).collect()
}

#[tokio::test(flavor = "multi_thread")]
async fn every_listing_is_a_range_of_an_index() {
    let database = Cluster::shared().and_then(Cluster::database).expect("a PostgreSQL server for the tests");
    let options = options_of(&database.url, Pooling::None).expect("a URL");
    prepare(&options).await.expect("a new database can be prepared");
    let mut connection = connect(&options).await.expect("it answers");
    sqlx::raw_sql(FILL).execute(&mut connection).await.expect("the tables are there");
    let walk = "bigint, bigint, bigint, bigint, bigint";
    let orders = [SiblingOrder::IdAscending, SiblingOrder::RankAscending];
    let walks = orders.iter().flat_map(|order| [order.sql(), order.reversed().sql()]);
    let mut asked: Vec<(&str, &str, &str, bool)> = walks.map(|sql| (sql, walk, "2, 0, -3, 20000, 51", false)).collect();
    asked.extend([
        (FIRST_REPLIES, "bigint, text, bigint", "2, '[1, 2, 3, 9]', 20", false),
        (LINE, "bigint, bigint", "2, 20005", false),
        (ENTRIES, "bigint, bigint, bigint", "2, 20000, 100", false),
        (FOUND, "bigint, text", "2, '[1, 5, 9]'", false),
        (SECTIONS_BEFORE, "bigint, bigint, bigint", "2, 20000, 257", false),
        // Within one section, which is bounded.
        (FIND, "text, bigint, bigint", "'''7:a''', 20000, 21", true),
    ]);
    for (sql, types, values, may_sort) in asked {
        for plan in plans(&mut connection, sql, types, values).await {
            let costly = costly(&plan, may_sort);
            assert!(costly.is_empty(), "{costly:?} in {sql}: {plan}");
        }
    }
}
