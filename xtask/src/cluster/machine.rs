//! What stands for a machine: etcd, Patroni, and the PostgreSQL server that Patroni starts.

use super::configuration::{self, machine_name};
use super::daemon::Daemon;
use super::layout::{Layout, make_folder};
use super::owner::Owner;
use super::packages;
use anyhow::Context;
use std::fs;
use std::path::PathBuf;
use std::process::Command;
use std::time::Duration;

/// A primary ends only once its replicas have everything.
const ENDS_WITHIN: Duration = Duration::from_secs(30);

/// One of the three.
pub struct Machine {
    /// Its place among them.
    pub number: usize,
    layout: Layout,
    owner: Owner,
    folder: PathBuf,
    etcd: Daemon,
    patroni: Daemon,
}

impl Machine {
    /// The machine at a place.
    pub fn new(layout: &Layout, owner: Owner, number: usize) -> Self {
        let folder = layout.folder.join(machine_name(number));
        let (etcd, patroni) = (Daemon::new(&folder, "etcd"), Daemon::new(&folder, "patroni"));
        Self { number, layout: layout.clone(), owner, folder, etcd, patroni }
    }

    /// Its name.
    pub fn name(&self) -> String {
        machine_name(self.number)
    }

    /// Makes its folder, with its settings in it.
    ///
    /// # Errors
    /// The folder is there or cannot be written.
    pub fn prepare(&self) -> anyhow::Result<()> {
        make_folder(&self.folder)?;
        let settings = configuration::patroni(&self.layout, self.number, &afterword_cluster::programs()?);
        let file = self.settings_file();
        fs::write(&file, serde_json::to_string_pretty(&settings)?)?;
        self.owner.give(&file)?;
        self.owner.give(&self.folder)?;
        self.owner.reaches(&self.folder)
    }

    /// Starts what runs on it.
    ///
    /// # Errors
    /// A program cannot be started.
    pub fn start(&self) -> anyhow::Result<()> {
        self.etcd.start(self.owner, self.etcd_command()?)?;
        let mut patroni = self.owner.command(packages::find("patroni").context("patroni is gone")?);
        patroni.arg(self.settings_file());
        self.patroni.start(self.owner, patroni)
    }

    /// Ends everything on it at once, as a power cut does.
    ///
    /// # Errors
    /// Something does not end.
    pub fn kill(&self) -> anyhow::Result<()> {
        // Patroni first: it would start PostgreSQL again.
        self.patroni.kill()?;
        self.kill_postgres();
        self.etcd.kill()
    }

    /// Ends PostgreSQL alone, so that Patroni finds it gone. What it had started for its clients notices, and ends too.
    pub fn kill_postgres(&self) {
        self.signal_postgres("-KILL");
    }

    /// Asks Patroni to end, and PostgreSQL with it.
    pub fn ask_to_end(&self) {
        self.patroni.ask_to_end();
    }

    /// Waits until Patroni has ended, then ends etcd. What does not end in time is killed.
    ///
    /// # Errors
    /// Something cannot be ended.
    pub fn end(&self) -> anyhow::Result<()> {
        self.ask_to_end();
        if self.patroni.wait_for_end(ENDS_WITHIN).is_err() {
            return self.kill();
        }
        // Left over where Patroni had been killed before.
        self.signal_postgres("-QUIT");
        self.etcd.ask_to_end();
        self.etcd.wait_for_end(ENDS_WITHIN).or_else(|_| self.etcd.kill())
    }

    /// Whether anything runs on it.
    pub fn is_running(&self) -> bool {
        self.etcd.is_running() || self.patroni.is_running() || self.postgres().is_some()
    }

    fn signal_postgres(&self, signal: &str) {
        if let Some(id) = self.postgres() {
            // It fails where it has just ended, and that is as well.
            let _ = Command::new("kill").args([signal, &id.to_string()]).status();
        }
    }

    /// The number of PostgreSQL's first process, while it runs.
    fn postgres(&self) -> Option<u32> {
        let data = self.folder.join("data");
        let noted = fs::read_to_string(data.join("postmaster.pid")).ok()?;
        let id: u32 = noted.lines().next()?.trim().parse().ok()?;
        // The number may be another process's by now.
        let command_line = fs::read_to_string(format!("/proc/{id}/cmdline")).ok()?;
        command_line.contains(data.to_str()?).then_some(id)
    }

    fn etcd_command(&self) -> anyhow::Result<Command> {
        let ports = self.layout.machines[self.number];
        let url = |port: u16| format!("http://127.0.0.1:{port}");
        let (clients, peers) = (url(ports.etcd_clients), url(ports.etcd_peers));
        let all = self.layout.machines.iter().enumerate();
        let all: Vec<String> = all.map(|(number, ports)| format!("{}={}", machine_name(number), url(ports.etcd_peers))).collect();
        let mut etcd = self.owner.command(packages::find("etcd").context("etcd is gone")?);
        etcd.args(["--name", &self.name(), "--data-dir"]).arg(self.folder.join("etcd"));
        etcd.args(["--listen-client-urls", &clients, "--advertise-client-urls", &clients]);
        etcd.args(["--listen-peer-urls", &peers, "--initial-advertise-peer-urls", &peers]);
        etcd.args(["--initial-cluster", &all.join(","), "--initial-cluster-token", "afterword"]);
        // All three share one machine's disk and processors, so that a member may be silent for longer than etcd allows by itself.
        etcd.args(["--heartbeat-interval", "250", "--election-timeout", "2500", "--logger", "zap", "--log-level", "warn"]);
        Ok(etcd)
    }

    fn settings_file(&self) -> PathBuf {
        self.folder.join("patroni.yml")
    }
}
