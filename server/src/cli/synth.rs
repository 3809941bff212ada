//! `afterword synth`: threads that nobody wrote, as large as one likes.

use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, runtime};
use crate::page_key::check_page_key;
use crate::synth::{Shape, SynthThread};
use afterword_store::{CommentStore, ImportCount, Record, Site};
use clap::Args;
use indicatif::ProgressBar;
use std::collections::VecDeque;
use std::sync::Arc;
use std::time::Instant;
use tokio::task::spawn_blocking;

/// Comments stored at once.
const BATCH: u64 = 2_000;

/// Makes up threads, for tests and measurements and to see what a large one is like. The same command makes the same comments, so
/// that one which was broken off goes on. A page that has comments of others is refused.
#[derive(Debug, Args)]
pub struct Synth {
    /// The site they are for.
    #[arg(long, env = "AFTERWORD_SITE", value_name = "SLUG")]
    site: String,
    /// The page; of several threads the second stands at `PAGE_KEY-2`, and so on.
    #[arg(long, value_name = "PAGE_KEY", value_parser = check_page)]
    page: String,
    /// How many comments each thread gets.
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u64).range(1..=100_000_000))]
    comments: u64,
    /// How they stand to each other.
    #[arg(long, value_name = "SHAPE", default_value = "real")]
    shape: Shape,
    /// How many threads.
    #[arg(long, value_name = "N", default_value_t = 1, value_parser = clap::value_parser!(u64).range(1..=1_000_000))]
    threads: u64,
    /// Another number makes other comments.
    #[arg(long, value_name = "N", default_value_t = 1)]
    seed: u64,
    #[command(flatten)]
    database: DatabaseArgs,
}

impl Synth {
    /// Makes them, and prints how many came in and how fast.
    ///
    /// # Errors
    /// There is no such site, a page has comments of others, or the database cannot be used.
    pub fn run(self) -> Result<(), Sentence> {
        runtime(2)?.block_on(self.synth())
    }

    async fn synth(self) -> Result<(), Sentence> {
        let store = self.database.open_existing().await?;
        let made = self.make(&store).await;
        store.close().await;
        print!("{}", made?);
        Ok(())
    }

    async fn make(&self, store: &Arc<dyn CommentStore>) -> Result<String, Sentence> {
        let site = store.find_site(&self.site).await.map_err(|error| error.to_string())?;
        let site = site.ok_or_else(|| format!("there is no site `{}`: add it with `afterword site add`", self.site))?;
        let threads = Arc::new(self.plan());
        for thread in threads.iter() {
            refuse_page_of_others(store, &site, thread).await?;
        }
        let begun = Instant::now();
        let stored = self.store(store, &site, &threads).await?;
        let seconds = begun.elapsed().as_secs_f64();
        let ImportCount { threads, comments, .. } = stored;
        let rate = comments as f64 / seconds;
        Ok(format!("{comments} comments in {threads} new threads made in {seconds:.1} s: {rate:.0} a second\n"))
    }

    fn plan(&self) -> Vec<SynthThread> {
        let page_of = |number| if number == 1 { self.page.clone() } else { format!("{}-{number}", self.page) };
        let thread = |number| SynthThread::new(page_of(number), self.shape, self.comments, self.seed);
        (1..=self.threads).map(thread).collect()
    }

    /// Makes and renders some batches ahead, on threads of their own, while one is being stored.
    async fn store(
        &self,
        store: &Arc<dyn CommentStore>,
        site: &Site,
        threads: &Arc<Vec<SynthThread>>,
    ) -> Result<ImportCount, Sentence> {
        let total = self.threads * self.comments;
        let mut next = (0..total).step_by(usize::try_from(BATCH).unwrap_or(1));
        let ahead = 1 + std::thread::available_parallelism().map_or(2, usize::from).min(4);
        let mut making = VecDeque::with_capacity(ahead);
        let mut stored = ImportCount::default();
        let bar = ProgressBar::new(total).with_message("making comments");
        loop {
            while making.len() < ahead
                && let Some(from) = next.next()
            {
                let (threads, comments) = (threads.clone(), self.comments);
                making.push_back(spawn_blocking(move || records(&threads, comments, from, total.min(from + BATCH))));
            }
            let Some(batch) = making.pop_front() else { break };
            let batch = batch.await.map_err(|error| error.to_string())?;
            let count = store.import_records(site.id, batch).await.map_err(|error| error.to_string())?;
            stored.threads += count.threads;
            stored.comments += count.comments;
            bar.inc(BATCH);
        }
        bar.finish_and_clear();
        Ok(stored)
    }
}

/// Comments counted through all threads, each thread's head before its first.
fn records(threads: &[SynthThread], comments: u64, from: u64, to: u64) -> Vec<Record> {
    let mut records = Vec::with_capacity(usize::try_from(BATCH).unwrap_or_default() + 1);
    for at in from..to {
        let Some(thread) = usize::try_from(at / comments).ok().and_then(|thread| threads.get(thread)) else { break };
        let number = at % comments;
        records.extend((number == 0).then(|| thread.head()));
        records.push(thread.comment(number));
    }
    records
}

/// Real comments and made-up ones do not belong on one page, and nobody could part them again.
async fn refuse_page_of_others(store: &Arc<dyn CommentStore>, site: &Site, thread: &SynthThread) -> Result<(), Sentence> {
    let page_key = thread.page_key();
    let found = store.find_thread(site.id, page_key).await.map_err(|error| error.to_string())?;
    if found.is_none_or(|found| found.comment_count == 0) {
        return Ok(());
    }
    let own = store.read_source(site.id, thread.comment_id(0)).await.map_err(|error| error.to_string())?;
    own.map(|_| ()).ok_or_else(|| format!("the page `{page_key}` has comments already: name one that has none"))
}

fn check_page(page: &str) -> Result<String, Sentence> {
    check_page_key("page", page).map_err(|failure| failure.error().to_string())?;
    Ok(page.to_owned())
}
