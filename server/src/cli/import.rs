//! `afterword import`: comments of another system, or of our own export.

use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, runtime};
use crate::cli::import_source::Source;
use crate::import::{Format, ImportError, KnownCount, Report, rendered};
use afterword_store::{CommentStore, ImportCount, Record, Site};
use clap::Args;
use indicatif::{ProgressBar, ProgressStyle};
use std::collections::HashSet;
use std::io::BufReader;
use std::path::PathBuf;
use std::sync::Arc;
use tokio::sync::mpsc;

/// Records stored at once: few enough that a server on the same database need not wait long.
const BATCH: usize = 500;

/// Imports comments. The whole file is checked before anything is stored; what is there already is left as it is, so that the
/// same file can be imported again.
#[derive(Debug, Args)]
pub struct Import {
    /// What kind of file it is.
    format: Format,
    /// The file; `-` for standard input.
    file: PathBuf,
    /// The site the comments are for.
    #[arg(long, env = "AFTERWORD_SITE", value_name = "SLUG")]
    site: String,
    /// Only reports what an import would do.
    #[arg(long, env = "AFTERWORD_DRY_RUN")]
    dry_run: bool,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl Import {
    /// Imports, and prints what became of everything in the file.
    ///
    /// # Errors
    /// There is no such file or site, the file is damaged, or the database cannot be used.
    pub fn run(self) -> Result<(), Sentence> {
        runtime(1)?.block_on(self.import())
    }

    async fn import(self) -> Result<(), Sentence> {
        let source = Source::open(&self.file)?;
        let store = self.database.open_existing().await?;
        let done = self.import_into(&store, &source).await;
        store.close().await;
        print!("{}", done?);
        Ok(())
    }

    async fn import_into(&self, store: &Arc<dyn CommentStore>, source: &Source) -> Result<String, Sentence> {
        let site = store.find_site(&self.site).await.map_err(|error| error.to_string())?;
        let site = site.ok_or_else(|| format!("there is no site `{}`: add it with `afterword site add`", self.site))?;
        let in_file = |error: ImportError| format!("{}: {error}", source.name());
        if self.dry_run {
            let known = KnownRecords::read(store, &site).await?;
            let (report, known) = self.compare(source, &known).map_err(in_file)?;
            return Ok(report.describe(known, "would be imported"));
        }
        let report = self.read(source, "checking", &mut |_| Ok(())).map_err(in_file)?;
        let count = self.store(source, store, &site).await?;
        let known = KnownCount {
            threads: report.threads.saturating_sub(count.threads),
            comments: report.comments.saturating_sub(count.comments),
        };
        Ok(report.describe(known, "imported"))
    }

    fn read(&self, source: &Source, doing: &'static str, sink: &mut crate::import::Sink<'_>) -> Result<Report, ImportError> {
        let file = source.reopen().map_err(ImportError::new)?;
        let bar = progress_bar(source.size_bytes(), doing);
        let report = self.format.read(BufReader::with_capacity(256 * 1024, bar.wrap_read(file)), sink);
        bar.finish_and_clear();
        report
    }

    fn compare(&self, source: &Source, known: &KnownRecords) -> Result<(Report, KnownCount), ImportError> {
        let mut count = KnownCount::default();
        let report = self.read(source, "checking", &mut |record| {
            match &record {
                Record::Thread(thread) => count.threads += u64::from(known.page_keys.contains(&thread.page_key)),
                Record::Comment(comment) => count.comments += u64::from(known.comment_ids.contains(&comment.comment_id.0)),
                Record::Author(_) => {}
            }
            Ok(())
        })?;
        Ok((report, count))
    }

    /// Reads and renders on a thread of its own while batches are being stored.
    async fn store(&self, source: &Source, store: &Arc<dyn CommentStore>, site: &Site) -> Result<ImportCount, Sentence> {
        let (sender, mut batches) = mpsc::channel::<Vec<Record>>(2);
        std::thread::scope(|scope| {
            let reader = scope.spawn(move || self.send(source, sender));
            let stored = tokio::task::block_in_place(|| {
                tokio::runtime::Handle::current().block_on(store_batches(store, site, &mut batches))
            });
            drop(batches);
            let read = reader.join().map_err(|_| "the reader failed".to_owned())?;
            let stored = stored?;
            read.map_err(|error| unfinished(stored, &error.message))?;
            Ok(stored)
        })
    }

    fn send(&self, source: &Source, sender: mpsc::Sender<Vec<Record>>) -> Result<(), ImportError> {
        let send = |batch| sender.blocking_send(batch).map_err(|_| ImportError::new("storing has stopped"));
        let mut batch = Vec::with_capacity(BATCH);
        self.read(source, "importing", &mut |record| {
            batch.push(rendered(record));
            if batch.len() == BATCH { send(core::mem::replace(&mut batch, Vec::with_capacity(BATCH))) } else { Ok(()) }
        })?;
        send(batch)
    }
}

async fn store_batches(
    store: &Arc<dyn CommentStore>,
    site: &Site,
    batches: &mut mpsc::Receiver<Vec<Record>>,
) -> Result<ImportCount, Sentence> {
    let mut sum = ImportCount::default();
    while let Some(batch) = batches.recv().await {
        let count = store.import_records(site.id, batch).await.map_err(|error| unfinished(sum, &error.to_string()))?;
        sum.threads += count.threads;
        sum.authors += count.authors;
        sum.comments += count.comments;
        sum.known += count.known;
    }
    Ok(sum)
}

/// What to say when the machine fails midway, although the file is sound.
fn unfinished(stored: ImportCount, reason: &str) -> Sentence {
    format!(
        "{reason}; {} comments were stored before that: import the same file again to go on, nothing is imported twice",
        stored.comments
    )
}

/// What a site has, for telling what an import would find there already.
#[derive(Default)]
struct KnownRecords {
    page_keys: HashSet<String>,
    comment_ids: HashSet<u64>,
}

impl KnownRecords {
    async fn read(store: &Arc<dyn CommentStore>, site: &Site) -> Result<Self, Sentence> {
        let mut known = Self::default();
        let mut last = None;
        loop {
            let records = store.export_records(site.id, last.as_ref(), 1000).await.map_err(|error| error.to_string())?;
            for record in &records {
                match record {
                    Record::Thread(thread) => drop(known.page_keys.insert(thread.page_key.clone())),
                    Record::Comment(comment) => drop(known.comment_ids.insert(comment.comment_id.0)),
                    Record::Author(_) => {}
                }
            }
            match records.into_iter().next_back() {
                Some(record) => last = Some(record),
                None => return Ok(known),
            }
        }
    }
}

/// A bar on standard error; nothing where that is no terminal.
fn progress_bar(size_bytes: u64, doing: &'static str) -> ProgressBar {
    let bar = ProgressBar::new(size_bytes);
    if let Ok(style) = ProgressStyle::with_template("{msg} [{wide_bar}] {bytes}/{total_bytes} {eta}") {
        bar.set_style(style);
    }
    bar.with_message(doing)
}
