//! A consistent copy of the database.

use crate::StoreError;
use sqlx::SqliteConnection;
use std::ffi::OsString;
use std::path::{Path, PathBuf};

/// Copies the whole database, as it is at one moment, to a new file; writes go on meanwhile.
///
/// # Errors
/// [`StoreError::InvalidUrl`] when the file is there already or cannot be made, [`StoreError::Full`] when its disk is full.
pub(super) async fn backup(connection: &mut SqliteConnection, file: &Path) -> Result<(), StoreError> {
    if file.exists() {
        return Err(StoreError::InvalidUrl(format!("{} is there already: a backup goes to a new file", file.display())));
    }
    // Under its own name only once it is whole and on disk.
    let part = part_of(file);
    let _ = tokio::fs::remove_file(&part).await;
    let copied = copy_to(connection, &part).await;
    let named = match copied {
        Ok(()) => tokio::fs::rename(&part, file).await.map_err(|error| cannot_write(file, &error)),
        Err(error) => Err(error),
    };
    if named.is_err() {
        let _ = tokio::fs::remove_file(&part).await;
    }
    named
}

async fn copy_to(connection: &mut SqliteConnection, part: &Path) -> Result<(), StoreError> {
    let made = tokio::fs::File::create_new(part).await.map_err(|error| cannot_write(part, &error))?;
    let name = part.to_str().ok_or_else(|| StoreError::InvalidUrl(format!("{} is no UTF-8 name", part.display())))?;
    sqlx::query("VACUUM INTO ?").bind(name).execute(connection).await?;
    made.sync_all().await.map_err(|error| cannot_write(part, &error))
}

fn part_of(file: &Path) -> PathBuf {
    let mut name = OsString::from(file);
    name.push(".part");
    PathBuf::from(name)
}

fn cannot_write(file: &Path, error: &std::io::Error) -> StoreError {
    StoreError::InvalidUrl(format!("{} cannot be written: {error}", file.display()))
}
