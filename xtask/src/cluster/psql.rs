//! Asks a database directly, as nobody but a test does.

use super::layout::{DATABASE, Layout};
use anyhow::{Context, ensure};
use std::process::Command;

const SUPERUSER: &str = "postgres";

/// What a statement answers: columns separated by `|`, a row a line.
///
/// # Errors
/// The server of that port does not answer, or refuses the statement.
pub fn query(layout: &Layout, port: u16, sql: &str) -> anyhow::Result<String> {
    ask(layout, port, DATABASE, sql)
}

/// Whether the proxy leads to the primary alone. Until it has asked the machines it leads to each in turn, so as many ask.
pub fn reaches_primary(layout: &Layout) -> bool {
    layout.machines.iter().all(|_| {
        let asked = ask(layout, layout.database_port, SUPERUSER, "SELECT NOT pg_is_in_recovery()");
        asked.is_ok_and(|answer| answer == "t")
    })
}

/// Makes Afterword's user and its empty database.
///
/// # Errors
/// The primary does not answer, or has them.
pub fn make_database(layout: &Layout) -> anyhow::Result<()> {
    let ask = |sql: &str| ask(layout, layout.database_port, SUPERUSER, sql);
    ask(&format!("CREATE ROLE {DATABASE} LOGIN PASSWORD '{}'", layout.password))?;
    ask(&format!("CREATE DATABASE {DATABASE} OWNER {DATABASE} TEMPLATE template0 ENCODING 'UTF8'"))?;
    Ok(())
}

fn ask(layout: &Layout, port: u16, database: &str, sql: &str) -> anyhow::Result<String> {
    let mut psql = Command::new(afterword_cluster::programs()?.join("psql"));
    psql.args(["--no-psqlrc", "--quiet", "--tuples-only", "--no-align", "--set", "ON_ERROR_STOP=1"]);
    psql.args(["--host", "127.0.0.1", "--port", &port.to_string(), "--username", SUPERUSER, "--dbname", database]);
    psql.args(["--command", sql]).env("PGPASSWORD", &layout.password).env("PGCONNECT_TIMEOUT", "5");
    let output = psql.output().context("psql cannot be started")?;
    ensure!(output.status.success(), "PostgreSQL, port {port}: {}", String::from_utf8_lossy(&output.stderr).trim());
    Ok(String::from_utf8(output.stdout)?.trim().to_owned())
}
