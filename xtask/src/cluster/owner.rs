//! Whom the cluster's programs run as: PostgreSQL refuses to be run by the machine's administrator, so its own user does then.

use crate::process;
use anyhow::{Context, ensure};
use std::os::unix::fs::chown;
use std::os::unix::process::CommandExt;
use std::path::Path;
use std::process::Command;

const USER: &str = "postgres";

/// Whom the programs run as.
#[derive(Clone, Copy)]
pub struct Owner {
    /// User and group, where it is not ourselves.
    ids: Option<(u32, u32)>,
}

impl Owner {
    /// PostgreSQL's user for the administrator; ourselves else.
    ///
    /// # Errors
    /// There is no such user.
    pub fn find() -> anyhow::Result<Self> {
        if !process::is_root() {
            return Ok(Self { ids: None });
        }
        let id = |which| -> anyhow::Result<u32> {
            let number = process::output_of(Command::new("id").args([which, USER]))?;
            number.trim().parse().with_context(|| format!("`id {which} {USER}` told no number"))
        };
        Ok(Self { ids: Some((id("-u")?, id("-g")?)) })
    }

    /// A program that runs as this user, apart from our terminal: Ctrl-C is for us.
    pub fn command(self, program: impl AsRef<std::ffi::OsStr>) -> Command {
        let mut command = Command::new(program);
        command.process_group(0);
        if let Some((user, group)) = self.ids {
            command.uid(user).gid(group);
        }
        command
    }

    /// Gives a file or folder to this user.
    ///
    /// # Errors
    /// The system refuses.
    pub fn give(self, path: &Path) -> anyhow::Result<()> {
        let Some((user, group)) = self.ids else {
            return Ok(());
        };
        chown(path, Some(user), Some(group)).with_context(|| format!("{} cannot be given to {USER}", path.display()))
    }

    /// Makes sure that this user can use a folder, which may stand in one that others may not enter.
    ///
    /// # Errors
    /// It cannot.
    pub fn reaches(self, folder: &Path) -> anyhow::Result<()> {
        let status = self.command("test").arg("-w").arg(folder).status()?;
        ensure!(
            status.success(),
            "{USER} cannot use {}: let it enter the folders above, or use another checkout",
            folder.display()
        );
        Ok(())
    }
}
