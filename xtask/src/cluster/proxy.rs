//! HAProxy, before the database and before Afterword.

use super::configuration;
use super::daemon::Daemon;
use super::layout::Layout;
use super::owner::Owner;
use super::packages;
use anyhow::Context;
use std::fs;
use std::time::Duration;

const ENDS_WITHIN: Duration = Duration::from_secs(5);

/// The one proxy.
pub struct Proxy {
    layout: Layout,
    owner: Owner,
    daemon: Daemon,
}

impl Proxy {
    /// The proxy of a cluster.
    pub fn new(layout: &Layout, owner: Owner) -> Self {
        Self { layout: layout.clone(), owner, daemon: Daemon::new(&layout.folder, "haproxy") }
    }

    /// Starts it.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&self) -> anyhow::Result<()> {
        let settings = self.layout.folder.join("haproxy.cfg");
        fs::write(&settings, configuration::haproxy(&self.layout))?;
        let mut haproxy = self.owner.command(packages::find("haproxy").context("haproxy is gone")?);
        haproxy.arg("-db").arg("-f").arg(settings);
        self.daemon.start(self.owner, haproxy)
    }

    /// Ends it.
    ///
    /// # Errors
    /// It cannot be ended.
    pub fn end(&self) -> anyhow::Result<()> {
        self.daemon.ask_to_end();
        self.daemon.wait_for_end(ENDS_WITHIN).or_else(|_| self.daemon.kill())
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
