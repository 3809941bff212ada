//! Rows as they lie in their tables, read for a move and written by it.

use super::comment_row::find_comment_in_thread;
use super::dialect::{Connection, Row, join, site_id_for, thread_id_for};
use super::search_index::{Findable, index, unindex};
use super::site::find_site;
use super::thread::find_thread;
use crate::moving::{Kind, Layout, MovedRow, MovedRows, MovedScope, MovedTable};
use crate::writer::{Applied, Write};
use crate::{Change, SiteId, StoreError, ThreadId, WriteRefusal};
use afterword_wire::CommentId;
use async_trait::async_trait;
use serde_json::Value;
use sqlx::{AssertSqlSafe, Row as _};
use std::fmt::Write as _;

/// The next rows of a table within a scope.
pub(crate) async fn read_rows(
    connection: &mut Connection,
    table: MovedTable,
    scope: &MovedScope,
    after: Option<&Value>,
    limit: u32,
) -> Result<Vec<MovedRow>, StoreError> {
    let Some(owner) = owner(connection, table, scope).await? else {
        return Ok(Vec::new());
    };
    let layout = table.layout();
    let (key, kind) = layout.key;
    let columns = select_columns(table);
    // The first key may be the empty text, which nothing is smaller than.
    let from = if kind == Kind::Text { ">= coalesce($2, '')" } else { "> coalesce($2, -9223372036854775807)" };
    let sql = format!(
        "SELECT {columns} FROM {} WHERE {} = $1 AND {table}.{key} {from} AND {table}.{key} IS DISTINCT FROM $2 \
         ORDER BY {table}.{key} LIMIT $3",
        source(table),
        owner_column(table),
        table = layout.table
    );
    let read = sqlx::query(AssertSqlSafe(sql)).bind(owner);
    let read = match kind {
        Kind::Text => read.bind(after.and_then(Value::as_str).map(str::to_owned)),
        _ => read.bind(after.and_then(Value::as_i64)),
    };
    let rows = read.bind(i64::from(limit)).fetch_all(connection).await?;
    Ok(rows.iter().map(|row| moved(row, table)).collect::<Result<_, _>>()?)
}

/// What the rows of a scope have in common: nothing, their site's or their thread's id; `None` when that is not there.
async fn owner(connection: &mut Connection, table: MovedTable, scope: &MovedScope) -> Result<Option<i64>, StoreError> {
    if table == MovedTable::Site {
        return Ok(Some(0));
    }
    let Some(site) = find_site(connection, &scope.slug).await? else {
        return Ok(None);
    };
    match &scope.page_key {
        None => Ok(Some(site.id.0)),
        Some(page_key) => Ok(find_thread(connection, site.id, page_key).await?.map(|row| row.thread.id.0)),
    }
}

fn owner_column(table: MovedTable) -> &'static str {
    match table {
        MovedTable::Site => "0",
        MovedTable::Change => "change.thread_id",
        MovedTable::Thread => "thread.site_id",
        MovedTable::Author => "author.site_id",
        MovedTable::Comment => "comment.site_id",
        MovedTable::WriteRequest => "write_request.site_id",
    }
}

fn source(table: MovedTable) -> &'static str {
    match table {
        MovedTable::Comment => concat!("comment ", join!(), " thread ON thread.thread_id = comment.thread_id"),
        other => other.layout().table,
    }
}

fn select_columns(table: MovedTable) -> String {
    let layout = table.layout();
    let columns = std::iter::once(&layout.key).chain(layout.columns).map(|(name, kind)| match kind {
        Kind::Number => format!("CAST({0}.{name} AS bigint) AS {name}", layout.table),
        _ => format!("{0}.{name} AS {name}", layout.table),
    });
    let page_key = (table == MovedTable::Comment).then(|| "thread.page_key AS page_key".to_owned());
    columns.chain(page_key).collect::<Vec<_>>().join(", ")
}

fn moved(row: &Row, table: MovedTable) -> Result<MovedRow, sqlx::Error> {
    let layout = table.layout();
    let mut moved = MovedRow::new();
    for (name, kind) in std::iter::once(&layout.key).chain(layout.columns) {
        moved.insert((*name).to_owned(), value(row, name, *kind)?);
    }
    if table == MovedTable::Comment {
        moved.insert("page_key".to_owned(), value(row, "page_key", Kind::Text)?);
    }
    Ok(moved)
}

fn value(row: &Row, name: &str, kind: Kind) -> Result<Value, sqlx::Error> {
    Ok(match kind {
        Kind::Number => Value::from(row.try_get::<Option<i64>, _>(name)?),
        Kind::Text => Value::from(row.try_get::<Option<String>, _>(name)?),
        Kind::Truth => Value::from(row.try_get::<bool, _>(name)?),
        Kind::Bytes => Value::from(row.try_get::<Option<Vec<u8>>, _>(name)?.map(|bytes| hexadecimal(&bytes))),
    })
}

#[async_trait]
impl Write<Connection> for MovedRows {
    type Answer = ();

    async fn apply(&self, connection: &mut Connection) -> Result<Applied<()>, StoreError> {
        let site_id = match self.table {
            MovedTable::Site => SiteId(0),
            _ => find_site(connection, &self.scope.slug).await?.ok_or(WriteRefusal::RecordInvalid)?.id,
        };
        for key in &self.gone {
            remove(connection, self, site_id, key).await?;
        }
        for row in &self.put {
            put(connection, self, site_id, row).await?;
        }
        Ok(Applied::seen((), Change::Everything))
    }
}

/// Takes a row away, if it is there; sites and threads stay, because others belong to them.
async fn remove(connection: &mut Connection, rows: &MovedRows, site_id: SiteId, key: &Value) -> Result<(), StoreError> {
    let owner = match rows.table {
        MovedTable::Site | MovedTable::Thread => return Ok(()),
        MovedTable::Change => thread_id(connection, site_id, rows.scope.page_key.as_deref()).await?.0,
        MovedTable::Author | MovedTable::Comment | MovedTable::WriteRequest => site_id.0,
    };
    if rows.table == MovedTable::Comment {
        forget_terms(connection, site_id, key).await?;
    }
    let layout = rows.table.layout();
    let sql = format!("DELETE FROM {} WHERE {} = $1 AND {} = $2", layout.table, owner_column(rows.table), layout.key.0);
    let delete = bind(sqlx::query(AssertSqlSafe(sql)).bind(owner), key, layout.key.1);
    delete.execute(connection).await?;
    Ok(())
}

/// Takes a comment that will be written anew out of the search index.
async fn forget_terms(connection: &mut Connection, site_id: SiteId, key: &Value) -> Result<(), StoreError> {
    let comment_id = CommentId(key.as_i64().unwrap_or_default().cast_unsigned());
    if let Some(row) = super::comment_row::find_comment(connection, site_id, comment_id).await?
        && row.is_listed
        && !row.comment.is_deleted()
    {
        unindex(connection, Findable::of(&row)).await?;
    }
    Ok(())
}

/// Writes a row as it was elsewhere.
#[allow(clippy::useless_conversion, reason = "PostgreSQL's new ids are always known, SQLite's never")]
async fn put(connection: &mut Connection, rows: &MovedRows, site_id: SiteId, row: &MovedRow) -> Result<(), StoreError> {
    let layout = rows.table.layout();
    let page_key = match rows.table {
        MovedTable::Comment => row.get("page_key").and_then(Value::as_str),
        _ => rows.scope.page_key.as_deref(),
    };
    let text = |name: &str| row.get(name).and_then(Value::as_str).unwrap_or_default();
    let owners: Vec<(&str, Option<i64>)> = match rows.table {
        MovedTable::Site => vec![("site_id", site_id_for(text("slug")).into())],
        MovedTable::Thread => {
            vec![("site_id", Some(site_id.0)), ("thread_id", thread_id_for(site_id, text("page_key")).into())]
        }
        MovedTable::Author | MovedTable::WriteRequest => vec![("site_id", Some(site_id.0))],
        MovedTable::Comment | MovedTable::Change => {
            vec![("site_id", Some(site_id.0)), ("thread_id", Some(thread_id(connection, site_id, page_key).await?.0))]
        }
    };
    if rows.table == MovedTable::Comment {
        forget_terms(connection, site_id, row.get(layout.key.0).unwrap_or(&Value::Null)).await?;
    }
    let sql = insert_statement(layout, rows.table, &owners);
    let mut insert = sqlx::query(AssertSqlSafe(sql));
    for (_, id) in &owners {
        insert = insert.bind(*id);
    }
    for (name, kind) in std::iter::once(&layout.key).chain(layout.columns) {
        insert = bind(insert, row.get(*name).unwrap_or(&Value::Null), *kind);
    }
    insert.execute(&mut *connection).await?;
    if rows.table == MovedTable::Comment {
        find_again(connection, site_id, page_key, row).await?;
    }
    Ok(())
}

/// Takes a comment that readers see into the search index.
async fn find_again(
    connection: &mut Connection,
    site_id: SiteId,
    page_key: Option<&str>,
    row: &MovedRow,
) -> Result<(), StoreError> {
    let thread_id = thread_id(connection, site_id, page_key).await?;
    let comment_id = CommentId(row.get("comment_id").and_then(Value::as_i64).unwrap_or_default().cast_unsigned());
    let row = find_comment_in_thread(connection, thread_id, comment_id).await?;
    if row.is_listed && !row.comment.is_deleted() {
        index(connection, Findable::of(&row)).await?;
    }
    Ok(())
}

async fn thread_id(connection: &mut Connection, site_id: SiteId, page_key: Option<&str>) -> Result<ThreadId, StoreError> {
    let thread = find_thread(connection, site_id, page_key.unwrap_or_default()).await?;
    Ok(thread.ok_or(WriteRefusal::RecordInvalid)?.thread.id)
}

/// A row that is there already is brought to what it was elsewhere.
fn insert_statement(layout: &Layout, table: MovedTable, owners: &[(&str, Option<i64>)]) -> String {
    let names: Vec<&str> =
        owners.iter().map(|(name, _)| *name).chain([layout.key.0]).chain(layout.columns.iter().map(|(name, _)| *name)).collect();
    let places: Vec<String> = (1..=names.len()).map(|place| format!("${place}")).collect();
    let mut sql = format!("INSERT INTO {} ({}) VALUES ({})", layout.table, names.join(", "), places.join(", "));
    let conflict = match table {
        MovedTable::Site => "slug",
        MovedTable::Thread => "site_id, page_key",
        MovedTable::Author => "site_id, author_id",
        MovedTable::Comment => "thread_id, comment_id",
        MovedTable::WriteRequest => "site_id, request_id",
        MovedTable::Change => "thread_id, change_id",
    };
    let updates: Vec<String> = layout.columns.iter().map(|(name, _)| format!("{name} = excluded.{name}")).collect();
    // Writing to a String cannot fail.
    let _ = write!(sql, " ON CONFLICT ({conflict}) DO UPDATE SET {}", updates.join(", "));
    sql
}

type Statement<'q> = sqlx::query::Query<'q, super::dialect::Database, super::dialect::Arguments>;

fn bind<'q>(statement: Statement<'q>, value: &Value, kind: Kind) -> Statement<'q> {
    match kind {
        Kind::Number => statement.bind(value.as_i64()),
        Kind::Text => statement.bind(value.as_str().map(str::to_owned)),
        Kind::Truth => statement.bind(value.as_bool()),
        Kind::Bytes => statement.bind(value.as_str().map(bytes)),
    }
}

fn hexadecimal(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn bytes(hexadecimal: &str) -> Vec<u8> {
    let digits = hexadecimal.as_bytes().chunks(2).filter_map(|pair| std::str::from_utf8(pair).ok());
    digits.filter_map(|pair| u8::from_str_radix(pair, 16).ok()).collect()
}
