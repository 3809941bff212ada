//! Everything together: three machines, two Afterword processes, the proxy.

use super::layout::{self, Layout};
use super::machine::Machine;
use super::members::Members;
use super::owner::Owner;
use super::proxy::Proxy;
use super::server::{self, Server};
use super::{packages, psql};
use crate::dist;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::{Context, bail, ensure};
use std::fs;
use std::path::PathBuf;
use std::time::{Duration, Instant};

/// Longest that the three machines may take to agree, on a machine that is busy with other things.
const WHOLE_WITHIN: Duration = Duration::from_secs(180);
const READY_WITHIN: Duration = Duration::from_secs(120);
const POLL: Duration = Duration::from_millis(250);

/// A cluster that is up, or is to be.
pub struct Stack {
    pub layout: Layout,
    pub program: PathBuf,
    pub machines: [Machine; 3],
    pub servers: [Server; 2],
    pub proxy: Proxy,
}

impl Stack {
    /// Starts a new cluster and waits until it serves.
    ///
    /// # Errors
    /// One is up already, a program is missing or does not start.
    pub fn up(workspace: &Workspace) -> anyhow::Result<Self> {
        let folder = Layout::folder(workspace);
        ensure!(!folder.exists(), "{} is there: `cargo xtask cluster down` first", folder.display());
        packages::ready()?;
        let program = program(workspace)?;
        layout::make_folder(&folder)?;
        let owner = Owner::find()?;
        owner.give(&folder)?;
        owner.reaches(&folder)?;
        let stack = Self::of(Layout::choose(&folder)?, owner, program);
        stack.bring_up()?;
        Ok(stack)
    }

    fn of(layout: Layout, owner: Owner, program: PathBuf) -> Self {
        Self {
            machines: [0, 1, 2].map(|number| Machine::new(&layout, owner, number)),
            servers: [0, 1].map(|number| Server::new(&layout, owner, &program, number)),
            proxy: Proxy::new(&layout, owner),
            program,
            layout,
        }
    }

    fn bring_up(&self) -> anyhow::Result<()> {
        say("starting etcd, Patroni and PostgreSQL, three of each");
        for machine in &self.machines {
            machine.prepare()?;
            machine.start()?;
        }
        self.wait_until_whole()?;
        say("starting HAProxy and two Afterword processes");
        self.proxy.start()?;
        self.wait("HAProxy to find the primary", || psql::reaches_primary(&self.layout))?;
        psql::make_database(&self.layout)?;
        server::add_site(&self.layout, &self.program)?;
        for server in &self.servers {
            server.start()?;
        }
        self.wait_until_served()
    }

    /// Waits until one machine is the primary, the others follow it and one of them has every write.
    ///
    /// # Errors
    /// They take too long.
    pub fn wait_until_whole(&self) -> anyhow::Result<()> {
        self.wait("three machines that agree", || {
            Members::all_run(&self.layout)
                && Members::ask(&self.layout).is_some_and(|members| members.are_whole(self.machines.len()))
        })
    }

    /// Waits until both Afterword processes are ready, and the proxy knows.
    ///
    /// # Errors
    /// They take too long.
    pub fn wait_until_served(&self) -> anyhow::Result<()> {
        for server in &self.servers {
            server.keep_until_ready(READY_WITHIN)?;
        }
        self.wait("HAProxy to find Afterword", || server::is_ready(self.layout.comments_port))
    }

    /// Ends everything in order, what asks before what answers.
    ///
    /// # Errors
    /// Something cannot be ended.
    pub fn end(&self) -> anyhow::Result<()> {
        self.proxy.end()?;
        for server in &self.servers {
            server.end()?;
        }
        self.machines.iter().for_each(Machine::ask_to_end);
        self.machines.iter().try_for_each(Machine::end)
    }

    /// What to type to reach it.
    pub fn addresses(&self) -> String {
        let Layout { comments_port, database_port, folder, .. } = &self.layout;
        let (site, name) = (crate::program::SITE, super::layout::DATABASE);
        format!(
            "Afterword, site `{site}`: http://127.0.0.1:{comments_port}\n\
             PostgreSQL's primary: postgres://{name}@127.0.0.1:{database_port}/{name}\n\
             The password, all ports, settings and logs: {}",
            folder.display()
        )
    }

    fn wait(&self, what: &str, is_there: impl Fn() -> bool) -> anyhow::Result<()> {
        let begun = Instant::now();
        while !is_there() {
            if begun.elapsed() > WHOLE_WITHIN {
                bail!("waited {} s in vain for {what}: see the logs in {}", WHOLE_WITHIN.as_secs(), self.layout.folder.display());
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }
}

/// Ends a checkout's cluster, whoever started it, and deletes what it kept.
///
/// # Errors
/// Something does not end.
pub fn down(workspace: &Workspace) -> anyhow::Result<()> {
    let folder = Layout::folder(workspace);
    if let Some(layout) = Layout::read(&folder)? {
        let stack = Stack::of(layout, Owner::find()?, PathBuf::new());
        stack.end()?;
        let is_left = stack.proxy.is_running() || stack.servers.iter().any(Server::is_running);
        ensure!(!is_left && !stack.machines.iter().any(Machine::is_running), "something of the cluster still runs");
    }
    if folder.exists() {
        fs::remove_dir_all(&folder).with_context(|| format!("{} cannot be deleted", folder.display()))?;
    }
    Ok(())
}

/// The program that `AFTERWORD_BIN` names, or that of `target/dist`, built anew.
fn program(workspace: &Workspace) -> anyhow::Result<PathBuf> {
    if let Some(file) = std::env::var_os("AFTERWORD_BIN") {
        return Ok(std::path::absolute(file)?);
    }
    dist::program(workspace)?;
    Ok(workspace.program())
}
