//! A database brought to what another one was at one moment, and both compared.

use crate::cli::Sentence;
use afterword_store::{CommentStore, MovedRow, MovedRows, MovedScope, MovedTable, WholeView};
use serde_json::Value;
use sha2::{Digest, Sha256};
use std::cmp::Ordering;

/// Rows read and written at once.
const STEP: u32 = 500;

/// What a move brought.
#[derive(Debug, PartialEq, Eq)]
pub struct Moved {
    /// Rows in both databases.
    pub rows: u64,
    /// How many of them were missing or different before.
    pub written: u64,
    /// SHA-256 over all rows, in hexadecimal.
    pub digest: String,
}

/// Brings `to` to what `from` is now, site by site, and compares every row of both.
///
/// # Errors
/// A database fails, or somebody else wrote to `to` meanwhile.
pub async fn move_everything(from: &dyn CommentStore, to: &dyn CommentStore) -> Result<Moved, Sentence> {
    let mut source = from.view().await.map_err(|error| error.to_string())?;
    let mut target = to.view().await.map_err(|error| error.to_string())?;
    let mut moving = Moving { to, source: &mut *source, target: &mut *target, written: 0 };
    for part in parts(&mut *moving.source).await? {
        moving.part(&part).await?;
    }
    let written = moving.written;
    drop(target);
    let mut target = to.view().await.map_err(|error| error.to_string())?;
    let (rows, digest) = digest(&mut *source).await?;
    if digest_of_same_sites(&mut *source, &mut *target).await? != (rows, digest.clone()) {
        return Err("the databases differ after the move: does somebody write to the new one? Move again".to_owned());
    }
    Ok(Moved { rows, written, digest })
}

/// A table within a scope.
#[derive(Clone, Debug)]
struct Part {
    table: MovedTable,
    scope: MovedScope,
}

/// All parts of a database, in the order in which they are moved: what others belong to first.
async fn parts(view: &mut dyn WholeView) -> Result<Vec<Part>, Sentence> {
    let sites = Part { table: MovedTable::Site, scope: MovedScope::default() };
    let mut parts = vec![sites.clone()];
    for slug in texts(view, &sites).await? {
        let scope = MovedScope { slug, page_key: None };
        let of_site = |table| Part { table, scope: scope.clone() };
        let tables = [MovedTable::Thread, MovedTable::Author, MovedTable::Comment, MovedTable::WriteRequest];
        parts.extend(tables.map(of_site));
        for page_key in texts(view, &of_site(MovedTable::Thread)).await? {
            let scope = MovedScope { page_key: Some(page_key), ..scope.clone() };
            parts.push(Part { table: MovedTable::Change, scope });
        }
    }
    Ok(parts)
}

/// The keys of a part whose keys are texts.
async fn texts(view: &mut dyn WholeView, part: &Part) -> Result<Vec<String>, Sentence> {
    let mut keys = Vec::new();
    let mut after = None;
    loop {
        let rows = read(view, part, after.as_ref()).await?;
        let Some(last) = rows.last() else { return Ok(keys) };
        after = Some(key_of(last, part.table).clone());
        keys.extend(rows.iter().filter_map(|row| key_of(row, part.table).as_str()).map(str::to_owned));
    }
}

struct Moving<'a> {
    to: &'a dyn CommentStore,
    source: &'a mut dyn WholeView,
    /// As it was before the move.
    target: &'a mut dyn WholeView,
    written: u64,
}

impl Moving<'_> {
    /// Walks along both, step by step, and writes where they differ.
    async fn part(&mut self, part: &Part) -> Result<(), Sentence> {
        let mut after = None;
        loop {
            let rows = read(self.source, part, after.as_ref()).await?;
            let end = rows.last().map(|row| key_of(row, part.table).clone());
            let known = self.known_up_to(part, after.as_ref(), end.as_ref()).await?;
            self.write(part, rows, known).await?;
            if end.is_none() {
                return Ok(());
            }
            after = end;
        }
    }

    /// What the target had of the rows after a key up to another, or to the end.
    async fn known_up_to(&mut self, part: &Part, after: Option<&Value>, end: Option<&Value>) -> Result<Vec<MovedRow>, Sentence> {
        let mut known = Vec::new();
        let mut after = after.cloned();
        loop {
            let rows = read(self.target, part, after.as_ref()).await?;
            let Some(last) = rows.last() else { return Ok(known) };
            after = Some(key_of(last, part.table).clone());
            let is_beyond = |row: &MovedRow| end.is_some_and(|end| order(key_of(row, part.table), end) == Ordering::Greater);
            let has_passed = is_beyond(last);
            known.extend(rows.into_iter().filter(|row| !is_beyond(row)));
            if has_passed {
                return Ok(known);
            }
        }
    }

    async fn write(&mut self, part: &Part, rows: Vec<MovedRow>, known: Vec<MovedRow>) -> Result<(), Sentence> {
        let find = |rows: &[MovedRow], key: &Value| {
            rows.binary_search_by(|row| order(key_of(row, part.table), key)).ok().map(|place| rows[place].clone())
        };
        let keys = known.iter().map(|row| key_of(row, part.table));
        let gone: Vec<Value> = keys.filter(|key| find(&rows, key).is_none()).cloned().collect();
        let differs = |row: &MovedRow| find(&known, key_of(row, part.table)).as_ref() != Some(row);
        let put: Vec<MovedRow> = rows.into_iter().filter(differs).collect();
        // Sites and threads of the target alone are none of ours.
        let gone = if matches!(part.table, MovedTable::Site | MovedTable::Thread) { Vec::new() } else { gone };
        if put.is_empty() && gone.is_empty() {
            return Ok(());
        }
        self.written += put.len() as u64;
        let rows = MovedRows { table: part.table, scope: part.scope.clone(), put, gone };
        self.to.put_rows(rows).await.map_err(|error| error.to_string())
    }
}

/// How many rows a database has, and their digest.
async fn digest(view: &mut dyn WholeView) -> Result<(u64, String), Sentence> {
    let parts = parts(view).await?;
    digest_of(view, &parts, None).await
}

/// The same of a target, for the sites and threads that the source has.
async fn digest_of_same_sites(source: &mut dyn WholeView, target: &mut dyn WholeView) -> Result<(u64, String), Sentence> {
    let parts = parts(source).await?;
    let slugs = texts(source, &parts[0]).await?;
    digest_of(target, &parts, Some(&slugs)).await
}

async fn digest_of(view: &mut dyn WholeView, parts: &[Part], sites: Option<&[String]>) -> Result<(u64, String), Sentence> {
    let (mut count, mut hash) = (0, Sha256::new());
    for part in parts {
        let mut after = None;
        loop {
            let rows = read(view, part, after.as_ref()).await?;
            let Some(last) = rows.last() else { break };
            after = Some(key_of(last, part.table).clone());
            let is_ours = |row: &&MovedRow| {
                let slug = key_of(row, part.table).as_str().unwrap_or_default();
                part.table != MovedTable::Site || sites.is_none_or(|sites| sites.iter().any(|site| site == slug))
            };
            for row in rows.iter().filter(is_ours) {
                count += 1;
                hash.update(Value::Object(row.clone()).to_string());
            }
        }
    }
    let digest = hash.finalize().iter().map(|byte| format!("{byte:02x}")).collect();
    Ok((count, digest))
}

async fn read(view: &mut dyn WholeView, part: &Part, after: Option<&Value>) -> Result<Vec<MovedRow>, Sentence> {
    view.rows(part.table, &part.scope, after, STEP).await.map_err(|error| error.to_string())
}

fn key_of(row: &MovedRow, table: MovedTable) -> &Value {
    row.get(table.key()).unwrap_or(&Value::Null)
}

/// Texts by their bytes, numbers by their size: as databases order them.
fn order(one: &Value, other: &Value) -> Ordering {
    match (one.as_str(), other.as_str()) {
        (Some(one), Some(other)) => one.cmp(other),
        _ => one.as_i64().cmp(&other.as_i64()),
    }
}
