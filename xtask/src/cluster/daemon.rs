//! A program that goes on when we end, and is found again by whoever comes later.

use super::owner::Owner;
use crate::process;
use anyhow::{Context, bail};
use std::fs::{self, OpenOptions};
use std::path::{Path, PathBuf};
use std::process::{Command, Stdio};
use std::time::{Duration, Instant};

const POLL: Duration = Duration::from_millis(50);
const KILLED_WITHIN: Duration = Duration::from_secs(10);

/// A program that runs, ran, or is to run.
pub struct Daemon {
    name: String,
    folder: PathBuf,
}

impl Daemon {
    /// The program of that name; its log is `NAME.log` in the folder.
    pub fn new(folder: &Path, name: impl Into<String>) -> Self {
        Self { name: name.into(), folder: folder.to_owned() }
    }

    /// Starts it, its log after what it logged before.
    ///
    /// # Errors
    /// It cannot be started.
    pub fn start(&self, owner: Owner, mut command: Command) -> anyhow::Result<()> {
        let log_file = self.log_file();
        let log = OpenOptions::new().create(true).append(true).open(&log_file)?;
        owner.give(&log_file)?;
        // A home of its own, so that no program reads the settings of whoever starts it.
        command.current_dir(&self.folder).env("HOME", &self.folder).env_remove("XDG_RUNTIME_DIR");
        command.stdin(Stdio::null()).stdout(log.try_clone()?).stderr(log);
        let mut child = command.spawn().with_context(|| format!("`{}` cannot be started", process::line(&command)))?;
        let id = child.id();
        // Takes note of its end, so that it does not stay in the table of processes for as long as we run.
        std::thread::spawn(move || child.wait());
        let born = birth(id).with_context(|| format!("{} ended at once: see {}", self.name, log_file.display()))?;
        fs::write(self.id_file(), format!("{id} {born}"))?;
        Ok(())
    }

    /// Whether it runs.
    pub fn is_running(&self) -> bool {
        self.id().is_some()
    }

    /// Asks it to end, which it may take its time for.
    pub fn ask_to_end(&self) {
        self.signal("-TERM");
    }

    /// Ends it as a failing machine does.
    ///
    /// # Errors
    /// It does not end.
    pub fn kill(&self) -> anyhow::Result<()> {
        self.signal("-KILL");
        self.wait_for_end(KILLED_WITHIN)
    }

    /// Waits until it has ended.
    ///
    /// # Errors
    /// It has not in time.
    pub fn wait_for_end(&self, patience: Duration) -> anyhow::Result<()> {
        let begun = Instant::now();
        while self.is_running() {
            if begun.elapsed() > patience {
                bail!("{} does not end", self.name);
            }
            std::thread::sleep(POLL);
        }
        Ok(())
    }

    /// Where it logs.
    pub fn log_file(&self) -> PathBuf {
        self.folder.join(format!("{}.log", self.name))
    }

    fn signal(&self, signal: &str) {
        if let Some(id) = self.id() {
            // It fails when the program has just ended, and that is as well.
            let _ = Command::new("kill").args([signal, &id.to_string()]).stderr(Stdio::null()).status();
        }
    }

    /// The number of the process, while it runs. A number that now is another process's is nobody's.
    fn id(&self) -> Option<u32> {
        let noted = fs::read_to_string(self.id_file()).ok()?;
        let (id, born) = noted.split_once(' ')?;
        let id = id.parse().ok()?;
        (birth(id)?.to_string() == born).then_some(id)
    }

    fn id_file(&self) -> PathBuf {
        self.folder.join(format!("{}.pid", self.name))
    }
}

/// When a running process began, in ticks since the machine started.
fn birth(id: u32) -> Option<u64> {
    birth_in(&fs::read_to_string(format!("/proc/{id}/stat")).ok()?)
}

/// The same from the system's line about it; `None` for one that has ended and that nobody has taken note of.
fn birth_in(stat: &str) -> Option<u64> {
    // The name stands in brackets and may hold anything.
    let (_, fields) = stat.rsplit_once(") ")?;
    let mut fields = fields.split(' ');
    let state = fields.next()?;
    if matches!(state, "Z" | "X") { None } else { fields.nth(18)?.parse().ok() }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_process_is_known_by_its_number_and_its_birth() {
        let folder = tempfile::tempdir().unwrap();
        let daemon = Daemon::new(folder.path(), "one");
        assert!(!daemon.is_running());
        let own = std::process::id();
        fs::write(daemon.id_file(), format!("{own} {}", birth(own).unwrap())).unwrap();
        assert!(daemon.is_running());
        fs::write(daemon.id_file(), format!("{own} 1")).unwrap();
        assert!(!daemon.is_running(), "another process of the same number is taken for it");
    }

    #[test]
    fn a_process_that_has_ended_has_no_birth() {
        let stat = |state: &str| format!("42 (a) b) {state} 1 42 42 0 -1 4194560 0 0 0 0 0 0 0 0 20 0 1 0 8111 0 0");
        assert_eq!(birth_in(&stat("S")), Some(8111));
        assert_eq!(birth_in(&stat("Z")), None);
    }
}
