//! Where everything of a cluster is, kept in a file for whoever comes later.

use super::ports;
use crate::workspace::Workspace;
use anyhow::Context;
use serde::{Deserialize, Serialize};
use std::fs::{self, File, OpenOptions};
use std::io::{Read, Write};
use std::os::unix::fs::{DirBuilderExt, OpenOptionsExt};
use std::path::{Path, PathBuf};

/// The database's name, and that of the user whom it belongs to.
pub const DATABASE: &str = "afterword";
const FILE: &str = "cluster.json";

/// Ports and passwords. Everything listens on the loopback only.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Layout {
    /// Holds everything that the cluster writes.
    #[serde(skip)]
    pub folder: PathBuf,
    /// Of all database users; made up for this cluster, since whoever is on this machine reaches its loopback.
    pub password: String,
    /// Where HAProxy leads to the primary.
    pub database_port: u16,
    /// Where HAProxy leads to the Afterword processes.
    pub comments_port: u16,
    /// What stands for a machine each.
    pub machines: [MachinePorts; 3],
    /// The Afterword processes'.
    pub server_ports: [u16; 2],
}

/// The ports of what runs on one machine.
#[derive(Clone, Copy, Debug, Serialize, Deserialize)]
pub struct MachinePorts {
    pub etcd_clients: u16,
    pub etcd_peers: u16,
    pub patroni: u16,
    pub postgres: u16,
}

impl Layout {
    /// The folder of a checkout's cluster.
    pub fn folder(workspace: &Workspace) -> PathBuf {
        workspace.root.join("target/cluster")
    }

    /// Chooses ports and a password, and writes them down in an existing folder.
    ///
    /// # Errors
    /// No ports are free, or the file cannot be written.
    pub fn choose(folder: &Path) -> anyhow::Result<Self> {
        let [database_port, comments_port, first, second, rest @ ..] = ports::free::<16>()?;
        let machine = |at: usize| MachinePorts {
            etcd_clients: rest[at],
            etcd_peers: rest[at + 1],
            patroni: rest[at + 2],
            postgres: rest[at + 3],
        };
        let layout = Self {
            folder: folder.to_owned(),
            password: password()?,
            database_port,
            comments_port,
            machines: [machine(0), machine(4), machine(8)],
            server_ports: [first, second],
        };
        let mut file = OpenOptions::new().write(true).create_new(true).mode(0o600).open(folder.join(FILE))?;
        file.write_all(serde_json::to_string_pretty(&layout)?.as_bytes())?;
        Ok(layout)
    }

    /// What was written down, if anything was.
    ///
    /// # Errors
    /// The file is there and cannot be read.
    pub fn read(folder: &Path) -> anyhow::Result<Option<Self>> {
        let file = folder.join(FILE);
        if !file.exists() {
            return Ok(None);
        }
        let layout: Self = serde_json::from_slice(&fs::read(&file)?)
            .with_context(|| format!("{} was not written by this program", file.display()))?;
        Ok(Some(Self { folder: folder.to_owned(), ..layout }))
    }

    /// Leads to the primary, whichever machine that is.
    pub fn database_url(&self) -> String {
        format!("postgres://{DATABASE}:{}@127.0.0.1:{}/{DATABASE}", self.password, self.database_port)
    }
}

/// Makes a folder that nobody else may look into, since passwords are kept there.
///
/// # Errors
/// It cannot be made.
pub fn make_folder(folder: &Path) -> anyhow::Result<()> {
    let made = fs::DirBuilder::new().recursive(true).mode(0o700).create(folder);
    made.with_context(|| format!("{} cannot be made", folder.display()))
}

fn password() -> anyhow::Result<String> {
    let mut random = [0; 16];
    File::open("/dev/urandom")?.read_exact(&mut random)?;
    Ok(random.iter().map(|byte| format!("{byte:02x}")).collect())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_was_chosen_is_read_again_and_no_port_serves_two() {
        let folder = tempfile::tempdir().unwrap();
        assert!(Layout::read(folder.path()).unwrap().is_none());
        let chosen = Layout::choose(folder.path()).unwrap();
        let read = Layout::read(folder.path()).unwrap().unwrap();
        assert_eq!(format!("{read:?}"), format!("{chosen:?}"));
        let machines = read.machines.iter().flat_map(|it| [it.etcd_clients, it.etcd_peers, it.patroni, it.postgres]);
        let mut ports: Vec<u16> = machines.chain(read.server_ports).chain([read.database_port, read.comments_port]).collect();
        ports.sort_unstable();
        ports.dedup();
        assert_eq!(ports.len(), 16);
    }
}
