//! Other programs, run.

use anyhow::{Context, bail};
use std::path::{Path, PathBuf};
use std::process::{Child, Command, Stdio};
use std::time::{Duration, Instant};

/// Runs a command to its end, its output going where ours goes.
///
/// # Errors
/// It cannot be started or fails.
pub fn run(command: &mut Command) -> anyhow::Result<()> {
    let status = command.status().with_context(|| format!("`{}` cannot be started", line(command)))?;
    if !status.success() {
        bail!("`{}` failed ({status})", line(command));
    }
    Ok(())
}

/// Runs a command to its end and takes what it writes to its standard output.
///
/// # Errors
/// It cannot be started, fails, or writes no text.
pub fn output_of(command: &mut Command) -> anyhow::Result<String> {
    let output = command.stderr(Stdio::inherit()).output();
    let output = output.with_context(|| format!("`{}` cannot be started", line(command)))?;
    if !output.status.success() {
        bail!("`{}` failed ({})", line(command), output.status);
    }
    String::from_utf8(output.stdout).with_context(|| format!("`{}` wrote no text", line(command)))
}

/// A command as one would type it.
pub fn line(command: &Command) -> String {
    let words = std::iter::once(command.get_program()).chain(command.get_args());
    words.map(|word| word.to_string_lossy()).collect::<Vec<_>>().join(" ")
}

/// Where a program of this name stands in `PATH`, if anywhere.
pub fn find_program(name: &str) -> Option<PathBuf> {
    let path = std::env::var_os("PATH")?;
    std::env::split_paths(&path).map(|dir| dir.join(name)).find(|file| file.is_file())
}

/// Whether this is the machine's administrator, who may install packages.
pub fn is_root() -> bool {
    let id = Command::new("id").arg("-u").stderr(Stdio::null()).output();
    id.is_ok_and(|id| id.stdout.trim_ascii() == b"0")
}

/// Installs Debian packages.
///
/// # Errors
/// This is no Debian, we may not, or a package is not to be had; the sentence names the packages.
pub fn apt_install(packages: &[&str]) -> anyhow::Result<()> {
    let names = packages.join(" ");
    if !Path::new("/usr/bin/apt-get").exists() || !is_root() {
        bail!("please install {names} (on Debian: apt-get install {names}), then run this again");
    }
    let apt_get = |arguments: &[&str]| {
        let mut command = Command::new("apt-get");
        command.env("DEBIAN_FRONTEND", "noninteractive").stdout(Stdio::null()).args(arguments);
        run(&mut command)
    };
    apt_get(&["update", "-qq"])?;
    let install = [&["install", "-y", "-qq", "--no-install-recommends"], packages].concat();
    apt_get(&install).with_context(|| format!("{names} could not be installed"))
}

/// A program that runs beside us and is ended with us: asked first, so that it can finish what it is writing.
pub struct Beside(pub Child);

const STOPS_WITHIN: Duration = Duration::from_secs(10);
const STOP_POLL: Duration = Duration::from_millis(20);

impl Beside {
    /// Whether it has not ended yet.
    pub fn is_running(&mut self) -> bool {
        matches!(self.0.try_wait(), Ok(None))
    }
}

impl Drop for Beside {
    fn drop(&mut self) {
        if !self.is_running() {
            return;
        }
        let asked = Command::new("kill").arg(self.0.id().to_string()).status();
        let begun = Instant::now();
        while asked.is_ok() && self.is_running() && begun.elapsed() < STOPS_WITHIN {
            std::thread::sleep(STOP_POLL);
        }
        // Both fail where it has ended, and that is as well.
        let _ = self.0.kill();
        let _ = self.0.wait();
    }
}
