//! An Afterword process, and what has to be done on its database beforehand.

use super::daemon::Daemon;
use super::layout::Layout;
use super::owner::Owner;
use crate::process;
use crate::program::SITE;
use anyhow::bail;
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

/// Origin of the pages that may write.
pub const ORIGIN: &str = "http://localhost";
const ENDS_WITHIN: Duration = Duration::from_secs(15);
const ANSWERS_WITHIN: Duration = Duration::from_secs(6);
/// Whoever looks after a process waits so long before starting it anew.
const ANEW_AFTER: Duration = Duration::from_secs(1);
/// All clients are one address; the most that the server lets itself be told.
const UNLIMITED: [&str; 2] = ["--posts-per-minute", "1000000"];

/// One of the processes.
pub struct Server {
    /// Where it listens.
    pub port: u16,
    database_url: String,
    program: PathBuf,
    owner: Owner,
    daemon: Daemon,
}

impl Server {
    /// The process at a place.
    pub fn new(layout: &Layout, owner: Owner, program: &Path, number: usize) -> Self {
        Self {
            port: layout.server_ports[number],
            database_url: layout.database_url(),
            program: program.to_owned(),
            owner,
            daemon: Daemon::new(&layout.folder, format!("afterword{}", number + 1)),
        }
    }

    /// Starts it.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&self) -> anyhow::Result<()> {
        let mut serve = self.owner.command(&self.program);
        serve.args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--trusted-proxy", "127.0.0.1"]).args(UNLIMITED);
        serve.env("AFTERWORD_DATABASE", &self.database_url);
        self.daemon.start(self.owner, serve)
    }

    /// Waits until it is ready, and starts it anew when it ends before, as a service manager does.
    ///
    /// # Errors
    /// It is not ready in time.
    pub fn keep_until_ready(&self, patience: Duration) -> anyhow::Result<()> {
        let begun = Instant::now();
        while !is_ready(self.port) {
            if begun.elapsed() > patience {
                bail!("an Afterword process is not ready within {patience:?}: see {}", self.daemon.log_file().display());
            }
            std::thread::sleep(ANEW_AFTER);
            if !self.daemon.is_running() {
                self.start()?;
            }
        }
        Ok(())
    }

    /// Asks it to end, and waits until it has.
    ///
    /// # Errors
    /// It cannot be ended.
    pub fn end(&self) -> anyhow::Result<()> {
        self.daemon.ask_to_end();
        self.daemon.wait_for_end(ENDS_WITHIN).or_else(|_| self.kill())
    }

    /// Ends it at once.
    ///
    /// # Errors
    /// It cannot be ended.
    pub fn kill(&self) -> anyhow::Result<()> {
        self.daemon.kill()
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.daemon.is_running()
    }
}

/// Whether whoever listens on a port, a process or the proxy before all, can serve requests.
pub fn is_ready(port: u16) -> bool {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(ANSWERS_WITHIN)).build().into();
    agent.get(format!("http://127.0.0.1:{port}/readyz")).call().is_ok()
}

/// Adds the site.
///
/// # Errors
/// The program refuses; its sentence went to the terminal.
pub fn add_site(layout: &Layout, program: &Path) -> anyhow::Result<()> {
    let mut add = Command::new(program);
    add.args(["site", "add", SITE, "--origin", ORIGIN]).env("AFTERWORD_DATABASE", layout.database_url());
    process::run(add.stdin(Stdio::null()).stdout(Stdio::null()))
}
