//! A disk of a few megabytes, made of memory.

use anyhow::{Context, Result, ensure};
use std::fs::File;
use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::Command;
use tempfile::TempDir;

static STEP: [u8; 64 << 10] = [0; 64 << 10];

/// Gone with this.
pub struct SmallDisk {
    folder: TempDir,
    bytes: u64,
}

impl SmallDisk {
    /// Mounts it; `None` where that is not allowed.
    pub fn mount(bytes: u64) -> Result<Option<Self>> {
        let folder = tempfile::tempdir()?;
        let mut mount = Command::new("mount");
        mount.args(["-t", "tmpfs", "-o", &format!("size={bytes}"), "tmpfs"]).arg(folder.path());
        let is_mounted = mount.output().is_ok_and(|output| output.status.success());
        Ok(is_mounted.then_some(Self { folder, bytes }))
    }

    pub fn path(&self) -> &Path {
        self.folder.path()
    }

    /// Writes a file of nothing that leaves only so much free.
    pub fn leave(&self, bytes: u64) -> Result<()> {
        let mut ballast = File::create(self.ballast())?;
        let mut left = self.free()?.saturating_sub(bytes);
        ensure!(left > 0, "there is less room than that: the disk has {} bytes", self.bytes);
        while left > 0 {
            let step = left.min(STEP.len() as u64);
            ballast.write_all(STEP.get(..usize::try_from(step)?).context("a step")?)?;
            left -= step;
        }
        Ok(())
    }

    /// Takes that file away.
    pub fn make_room(&self) -> Result<()> {
        Ok(std::fs::remove_file(self.ballast())?)
    }

    fn free(&self) -> Result<u64> {
        let output = Command::new("df").args(["--output=avail", "--block-size=1"]).arg(self.path()).output()?;
        let text = String::from_utf8(output.stdout)?;
        Ok(text.lines().last().context("df says nothing")?.trim().parse()?)
    }

    fn ballast(&self) -> PathBuf {
        self.path().join("ballast")
    }
}

impl Drop for SmallDisk {
    fn drop(&mut self) {
        // Lazily: the server may be about to go.
        let _ = Command::new("umount").arg("--lazy").arg(self.path()).status();
    }
}
