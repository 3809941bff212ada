//! Where the log goes and how it looks. Nothing personal is ever handed to it: no address, body, name, token or query.

use std::io;
use tracing_subscriber::EnvFilter;
use tracing_subscriber::fmt;

/// How log lines look.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, clap::ValueEnum)]
pub enum LogFormat {
    /// For people.
    #[default]
    Text,
    /// One JSON object a line.
    Json,
}

/// Starts the log on standard error. `filter` is a level or a list like `info,afterword_store=debug`.
///
/// # Errors
/// The filter cannot be read.
pub fn start(filter: &str, format: LogFormat) -> Result<(), String> {
    let wrong = |error| format!("the log filter `{filter}` cannot be read: {error}");
    let filter = EnvFilter::builder().parse(filter).map_err(wrong)?;
    let log = fmt().with_env_filter(filter).with_writer(io::stderr).with_ansi(false).with_target(false);
    match format {
        LogFormat::Text => log.init(),
        LogFormat::Json => log.json().flatten_event(true).init(),
    }
    Ok(())
}
