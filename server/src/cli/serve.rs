//! `afterword serve`: the server itself.

use crate::app::{ANSWER_MEMORY_MB, App, Settings};
use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, WaysToDatabase, runtime};
use crate::client_address::TrustedProxies;
use crate::clock::SystemClock;
use crate::listen::{ConnectionLimits, serve};
use crate::logging::{self, LogFormat};
use crate::new_ids::change_id_at;
use crate::open_files;
use crate::random::SystemRandom;
use crate::router::router;
use crate::widget_files::WidgetFiles;
use afterword_wire::Timestamp;
use afterword_wire::limits::{CHANGES_KEPT_S, REQUEST_ID_KEPT_S};
use clap::Args;
use ipnet::IpNet;
use std::io::ErrorKind;
use std::net::{IpAddr, SocketAddr};
use std::path::PathBuf;
use std::sync::Arc;
use std::time::Duration;
use tokio::net::TcpListener;
use tokio::signal::unix::{SignalKind, signal};
use tokio::time::interval;
use url::Url;

/// Threads that answer requests: the work is memory and waiting, and more of them cost memory while idle.
const MAX_WORKER_THREADS: usize = 4;
/// How often request ids past their time and clients past their limits are forgotten.
const SWEEP: Duration = Duration::from_secs(60);

/// Serves threads.
#[derive(Debug, Args)]
pub struct Serve {
    /// Where to listen.
    #[arg(long, env = "AFTERWORD_LISTEN", value_name = "ADDR", default_value = "127.0.0.1:8788")]
    listen: SocketAddr,
    #[command(flatten)]
    database: DatabaseArgs,
    #[command(flatten)]
    ways: WaysToDatabase,
    /// Where readers reach this server, like https://comments.example.
    #[arg(long, env = "AFTERWORD_PUBLIC_URL", value_name = "URL", value_parser = check_public_url)]
    public_url: Option<String>,
    /// Network of a reverse proxy whose X-Forwarded-For is believed, like 10.0.0.0/8 or 127.0.0.1; as often as there are some.
    #[arg(long, env = "AFTERWORD_TRUSTED_PROXY", value_name = "CIDR", num_args = 1.., value_delimiter = ',', value_parser = check_network)]
    trusted_proxy: Vec<IpNet>,
    /// Writes one address, and one device, may make in a minute (at most ten of them at once).
    #[arg(long, env = "AFTERWORD_POSTS_PER_MINUTE", value_name = "N", default_value_t = 20, value_parser = clap::value_parser!(u32).range(1..=1_000_000))]
    posts_per_minute: u32,
    /// Readers who may follow threads as they change, in all; 0: nobody may, and the widget asks now and then instead.
    #[arg(long, env = "AFTERWORD_LIVE_READERS", value_name = "N", default_value_t = 20_000)]
    live_readers: usize,
    /// Memory for answers that are kept ready, in MB; 0 keeps none, for measuring.
    #[arg(long, env = "AFTERWORD_ANSWER_MEMORY", value_name = "MB", default_value_t = ANSWER_MEMORY_MB, value_parser = clap::value_parser!(u32).range(0..=65_536))]
    answer_memory: u32,
    /// Serves the widget from Trunk's output folder instead of the built-in one; for developing the widget.
    #[arg(long, env = "AFTERWORD_WIDGET_DIR", value_name = "DIR")]
    widget_dir: Option<PathBuf>,
    /// What to log: error, warn, info, debug, or a list like `info,afterword_store=debug`.
    #[arg(long, env = "AFTERWORD_LOG", value_name = "FILTER", default_value = "info")]
    log: String,
    /// How log lines look.
    #[arg(long, env = "AFTERWORD_LOG_FORMAT", value_name = "FORMAT", default_value = "text")]
    log_format: LogFormat,
}

impl Serve {
    /// Serves until told to stop.
    ///
    /// # Errors
    /// The database cannot be opened, or the address cannot be listened on.
    pub fn run(self) -> Result<(), Sentence> {
        logging::start(&self.log, self.log_format)?;
        open_files::raise_limit();
        let threads = std::thread::available_parallelism().map_or(2, usize::from).clamp(2, MAX_WORKER_THREADS);
        let runtime = runtime(threads)?;
        let served = runtime.block_on(self.serve());
        runtime.shutdown_timeout(Duration::from_secs(1));
        served
    }

    async fn serve(self) -> Result<(), Sentence> {
        let widget = self.widget_files()?;
        // The port first: where it is taken, another server may be at work on the database.
        let listener = TcpListener::bind(self.listen).await.map_err(|error| cannot_listen(self.listen, &error))?;
        let address = listener.local_addr().map_err(|error| cannot_listen(self.listen, &error))?;
        let mut stop = Box::pin(stop_signal()?);
        let store = tokio::select! {
            store = self.database.open_to_serve(self.ways) => store?,
            () = &mut stop => return Ok(()),
        };
        let settings = Settings {
            trusted_proxies: TrustedProxies::new(self.trusted_proxy),
            posts_per_minute: self.posts_per_minute,
            live_readers: self.live_readers,
            public_url: self.public_url,
            answer_memory_mb: self.answer_memory,
        };
        let app = App::new(Arc::clone(&store), Arc::new(SystemClock), Arc::new(SystemRandom), widget, settings);
        tokio::spawn(app.clone().follow_changes());
        tokio::spawn(tell_changes(app.clone()));
        tokio::spawn(sweep(app.clone()));
        tracing::info!(listen = %address, version = env!("CARGO_PKG_VERSION"), "serving");
        serve(listener, router(app), ConnectionLimits::default(), stop).await;
        store.close().await;
        tracing::info!("stopped");
        Ok(())
    }

    fn widget_files(&self) -> Result<WidgetFiles, Sentence> {
        match &self.widget_dir {
            None => Ok(WidgetFiles::embedded()),
            Some(dir) if dir.is_dir() => Ok(WidgetFiles::in_development(dir.clone())),
            Some(dir) => Err(format!("--widget-dir names `{}`, which is no folder", dir.display())),
        }
    }
}

/// Done when the system asks the program to stop.
fn stop_signal() -> Result<impl Future<Output = ()>, Sentence> {
    let listen = |kind| signal(kind).map_err(|error| format!("the system gives no signals: {error}"));
    let (mut terminate, mut interrupt) = (listen(SignalKind::terminate())?, listen(SignalKind::interrupt())?);
    Ok(async move {
        tokio::select! {
            _ = terminate.recv() => {}
            _ = interrupt.recv() => {}
        }
    })
}

async fn tell_changes(app: App) {
    app.live.tell_changes().await;
}

/// Forgets, now and then, what has had its time.
async fn sweep(app: App) {
    let mut ticks = interval(SWEEP);
    loop {
        ticks.tick().await;
        app.limits.sweep();
        let before = Timestamp(app.clock.now().0 - i64::from(REQUEST_ID_KEPT_S) * 1000);
        if let Err(error) = app.store.forget_requests(before).await {
            tracing::warn!(cause = %error, "old request ids were not forgotten");
        }
        let before = Timestamp(app.clock.now().0 - i64::from(CHANGES_KEPT_S) * 1000);
        if let Err(error) = app.store.forget_changes(change_id_at(before)).await {
            tracing::warn!(cause = %error, "old changes were not forgotten");
        }
    }
}

fn cannot_listen(address: SocketAddr, error: &std::io::Error) -> Sentence {
    match error.kind() {
        ErrorKind::AddrInUse => format!("{address} is in use by another program: name another with --listen"),
        _ => format!("cannot listen on {address}: {error}"),
    }
}

fn check_public_url(text: &str) -> Result<String, String> {
    let url = Url::parse(text).ok().filter(|url| matches!(url.scheme(), "http" | "https") && url.has_host());
    let url = url.ok_or_else(|| "an address like https://comments.example is expected".to_owned())?;
    Ok(url.as_str().trim_end_matches('/').to_owned())
}

fn check_network(text: &str) -> Result<IpNet, String> {
    let network = text.parse::<IpNet>().or_else(|_| text.parse::<IpAddr>().map(IpNet::from));
    network.map_err(|_| "a network like 10.0.0.0/8, or an address, is expected".to_owned())
}
