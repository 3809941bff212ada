//! `afterword export`: everything of a site, one JSON object a line.

use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, runtime};
use afterword_store::{CommentStore, Record, Site};
use clap::Args;
use indicatif::ProgressBar;
use std::fs::{self, File};
use std::io::{self, BufWriter, ErrorKind, Write};
use std::path::{Path, PathBuf};
use std::sync::Arc;

/// Records read at once.
const BATCH: u32 = 500;

/// Exports a site, lossless: threads, authors and comments, one JSON object a line. `afterword import jsonl` reads it.
#[derive(Debug, Args)]
pub struct Export {
    /// The site to export.
    #[arg(long, env = "AFTERWORD_SITE", value_name = "SLUG")]
    site: String,
    /// Where to write; standard output unless given. An older file of that name is replaced once the new one is whole.
    #[arg(long, env = "AFTERWORD_OUTPUT", value_name = "FILE")]
    output: Option<PathBuf>,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl Export {
    /// Exports.
    ///
    /// # Errors
    /// There is no such site, the database cannot be used, or the file cannot be written.
    pub fn run(self) -> Result<(), Sentence> {
        runtime(1)?.block_on(self.export())
    }

    async fn export(self) -> Result<(), Sentence> {
        let store = self.database.open_existing().await?;
        let exported = self.export_from(&store).await;
        store.close().await;
        exported
    }

    async fn export_from(&self, store: &Arc<dyn CommentStore>) -> Result<(), Sentence> {
        let site = store.find_site(&self.site).await.map_err(|error| error.to_string())?;
        let site = site.ok_or_else(|| format!("there is no site `{}`", self.site))?;
        match &self.output {
            Some(file) => write_file(store, &site, file).await,
            None => match write_records(store, &site, &mut io::stdout().lock()).await {
                // Whoever reads has had enough, as `head` has.
                Err(Fault::Write(error)) if error.kind() == ErrorKind::BrokenPipe => Ok(()),
                written => written.map_err(|fault| fault.sentence("standard output")),
            },
        }
    }
}

/// Why an export stops.
enum Fault {
    Read(String),
    Write(io::Error),
}

impl Fault {
    fn sentence(self, target: &str) -> Sentence {
        match self {
            Fault::Read(sentence) => sentence,
            Fault::Write(error) => format!("{target} cannot be written: {error}"),
        }
    }
}

/// Under its own name only once it is whole and on disk.
async fn write_file(store: &Arc<dyn CommentStore>, site: &Site, file: &Path) -> Result<(), Sentence> {
    let mut part = file.as_os_str().to_owned();
    part.push(".part");
    let part = PathBuf::from(part);
    let written = write_part(store, site, &part).await.and_then(|()| fs::rename(&part, file).map_err(Fault::Write));
    written.map_err(|fault| {
        let _ = fs::remove_file(&part);
        fault.sentence(&file.display().to_string())
    })
}

async fn write_part(store: &Arc<dyn CommentStore>, site: &Site, part: &Path) -> Result<(), Fault> {
    let mut writer = BufWriter::new(File::create(part).map_err(Fault::Write)?);
    write_records(store, site, &mut writer).await?;
    let file = writer.into_inner().map_err(|error| Fault::Write(error.into_error()))?;
    file.sync_all().map_err(Fault::Write)
}

async fn write_records(store: &Arc<dyn CommentStore>, site: &Site, out: &mut impl Write) -> Result<(), Fault> {
    let read = |error: afterword_store::StoreError| Fault::Read(error.to_string());
    // Draws itself on standard error, and only where that is a terminal.
    let bar = ProgressBar::new(store.count_records(site.id).await.map_err(read)?);
    let mut last: Option<Record> = None;
    loop {
        let records = store.export_records(site.id, last.as_ref(), BATCH).await.map_err(read)?;
        for record in &records {
            let line = serde_json::to_string(record).map_err(|error| Fault::Read(error.to_string()))?;
            writeln!(out, "{line}").map_err(Fault::Write)?;
        }
        bar.inc(records.len() as u64);
        match records.into_iter().next_back() {
            Some(record) => last = Some(record),
            None => break,
        }
    }
    bar.finish_and_clear();
    out.flush().map_err(Fault::Write)
}
