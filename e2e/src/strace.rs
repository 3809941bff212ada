//! System calls of a running program that fail, or kill it, when a test says so (`strace`).

use anyhow::{Context, Result, bail};
use std::process::Stdio;
use tokio::io::{AsyncBufReadExt, BufReader};
use tokio::process::{Child, Command};

/// A fault that lasts until this is dropped or ended.
pub struct InjectedFault(Child);

/// Whether the machine has the program.
#[must_use]
pub fn is_there() -> bool {
    std::process::Command::new("strace").arg("--version").output().is_ok()
}

impl InjectedFault {
    /// Injects into a process what `strace --inject` calls so: `pwrite64:error=EIO`, `fsync:signal=KILL:when=3`.
    ///
    /// # Errors
    /// The system does not let us.
    pub async fn into_process(process_id: u32, fault: &str) -> Result<Self> {
        let calls = fault.split(':').next().context("no system call is named")?;
        let mut child = Command::new("strace")
            .args(["--follow-forks", "--attach", &process_id.to_string(), "--output", "/dev/null"])
            .args(["-e", &format!("trace={calls}"), "-e", &format!("inject={fault}")])
            .stdin(Stdio::null())
            .stderr(Stdio::piped())
            .kill_on_drop(true)
            .spawn()?;
        let mut lines = BufReader::new(child.stderr.take().context("it says nothing")?).lines();
        let mut said = String::new();
        while let Some(line) = lines.next_line().await? {
            if line.contains("attached") {
                // What it says later must find a reader.
                tokio::spawn(async move { while let Ok(Some(_)) = lines.next_line().await {} });
                return Ok(Self(child));
            }
            said += &line;
        }
        bail!("strace does not attach: {said}")
    }

    /// Ends it: the process goes on as before.
    ///
    /// # Errors
    /// The system does not let us.
    pub async fn end(mut self) -> Result<()> {
        let id = self.0.id().context("it has ended by itself")?;
        // Asked, it lets go of the process first; killed, it might not.
        Command::new("kill").args(["-INT", &id.to_string()]).status().await?;
        self.0.wait().await?;
        Ok(())
    }
}
