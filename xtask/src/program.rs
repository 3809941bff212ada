//! The built `afterword` program, with a database of its own.

use crate::process::{self, Beside};
use crate::records::Records;
use crate::workspace::Workspace;
use anyhow::{Context, bail};
use std::ffi::OsStr;
use std::fs::{self, File};
use std::net::TcpListener;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Slug of the only site.
pub const SITE: &str = "demo";

const READY_WITHIN: Duration = Duration::from_secs(10);
const READY_POLL: Duration = Duration::from_millis(20);

/// An address of this machine that was free a moment ago.
///
/// # Errors
/// The system gives out no port.
pub fn free_address() -> anyhow::Result<String> {
    Ok(TcpListener::bind("127.0.0.1:0")?.local_addr()?.to_string())
}

/// The program and the folder in which it keeps its data.
pub struct Program {
    file: PathBuf,
    data: PathBuf,
    /// Of a database elsewhere; without one it is a file in the folder.
    database_url: Option<String>,
}

/// A running server; ends when dropped.
pub struct Server {
    process: Beside,
    /// `http://ADDRESS:PORT`.
    pub url: String,
    log: PathBuf,
}

impl Program {
    /// The program of `target/dist`, keeping its data in an existing folder.
    pub fn with_data(workspace: &Workspace, data: &Path) -> Self {
        Self { file: workspace.program(), data: data.to_owned(), database_url: None }
    }

    /// The same program on the database of a URL.
    #[cfg(feature = "bench")]
    pub fn on(self, database_url: Option<&str>) -> Self {
        Self { database_url: database_url.map(str::to_owned), ..self }
    }

    /// Whether a site was added in this folder before.
    pub fn has_data(&self) -> bool {
        self.database_file().exists()
    }

    /// Adds the site.
    ///
    /// # Errors
    /// The program refuses; its sentence went to the terminal.
    pub fn add_site(&self, origin: &str) -> anyhow::Result<()> {
        self.run(&["site", "add", SITE, "--origin", origin].map(OsStr::new))
    }

    /// Makes up a thread.
    ///
    /// # Errors
    /// The program refuses; its sentence went to the terminal.
    #[cfg(feature = "bench")]
    pub fn synth(&self, page_key: &str, shape: &str, comments: u32) -> anyhow::Result<()> {
        let comments = comments.to_string();
        let command = ["synth", "--site", SITE, "--page", page_key, "--shape", shape, "--comments", &comments];
        self.run(&command.map(OsStr::new))
    }

    /// Adds the site and its comments.
    ///
    /// # Errors
    /// The program refuses; its sentence went to the terminal.
    pub fn seed(&self, origin: &str, records: &Records) -> anyhow::Result<()> {
        self.add_site(origin)?;
        let file = self.data.join("comments.jsonl");
        fs::write(&file, records.as_jsonl()).with_context(|| format!("{} cannot be written", file.display()))?;
        let imported =
            self.run(&[OsStr::new("import"), OsStr::new("jsonl"), file.as_os_str(), OsStr::new("--site"), OsStr::new(SITE)]);
        // It was only the way into the database.
        fs::remove_file(&file).with_context(|| format!("{} cannot be removed", file.display()))?;
        imported
    }

    /// Starts serving and waits until the server is ready. Its log goes to `afterword.log` beside the database.
    ///
    /// # Errors
    /// It ends at once or is not ready in time; the message carries its log.
    pub fn serve(&self, listen: &str, options: &[&str]) -> anyhow::Result<Server> {
        let log = self.data.join("afterword.log");
        let mut command = Command::new(&self.file);
        command.args(["serve", "--listen", listen, "--database", &self.database()]).args(options);
        command.stdin(Stdio::null()).stdout(Stdio::null()).stderr(File::create(&log)?);
        let child = command.spawn().with_context(|| format!("`{}` cannot be started", process::line(&command)))?;
        let mut server = Server { process: Beside(child), url: format!("http://{listen}"), log };
        server.wait_until_ready()?;
        Ok(server)
    }

    fn run(&self, arguments: &[&OsStr]) -> anyhow::Result<()> {
        let mut command = Command::new(&self.file);
        command.args(arguments).args(["--database", &self.database()]).stdin(Stdio::null()).stdout(Stdio::null());
        process::run(&mut command)
    }

    fn database(&self) -> String {
        let file = || format!("sqlite://{}", self.database_file().display());
        self.database_url.clone().unwrap_or_else(file)
    }

    fn database_file(&self) -> PathBuf {
        self.data.join("afterword.db")
    }
}

impl Server {
    /// Whether it still runs.
    pub fn is_running(&mut self) -> bool {
        self.process.is_running()
    }

    /// The number of its process.
    #[cfg(feature = "bench")]
    pub fn process_id(&self) -> u32 {
        self.process.0.id()
    }

    /// What it has logged.
    pub fn log(&self) -> String {
        fs::read_to_string(&self.log).unwrap_or_default()
    }

    fn wait_until_ready(&mut self) -> anyhow::Result<()> {
        let begun = Instant::now();
        let ready = format!("{}/readyz", self.url);
        while ureq::get(&ready).call().is_err() {
            if !self.is_running() {
                bail!("the server ended at once: {}", self.log().trim());
            }
            if begun.elapsed() > READY_WITHIN {
                bail!("the server was not ready within {} s: {}", READY_WITHIN.as_secs(), self.log().trim());
            }
            std::thread::sleep(READY_POLL);
        }
        Ok(())
    }
}
