//! Where things are.

use crate::process;
use anyhow::Context;
use std::path::{Path, PathBuf};
use std::process::Command;

/// The checkout and what is built from it.
pub struct Workspace {
    /// The checkout.
    pub root: PathBuf,
    /// Where cargo builds; outside the checkout where `CARGO_TARGET_DIR` says so.
    pub cargo_target: PathBuf,
}

impl Workspace {
    /// The checkout this program was compiled from.
    ///
    /// # Errors
    /// It was moved or deleted since, or cargo does not answer.
    pub fn find() -> anyhow::Result<Self> {
        let root = Path::new(env!("CARGO_MANIFEST_DIR")).parent().context("xtask stands in no workspace")?;
        let mut metadata = Command::new(cargo());
        metadata.current_dir(root).args(["metadata", "--no-deps", "--format-version", "1"]);
        let answer: serde_json::Value = serde_json::from_str(&process::output_of(&mut metadata)?)?;
        let cargo_target = answer["target_directory"].as_str().context("cargo metadata names no target_directory")?;
        Ok(Self { root: root.to_owned(), cargo_target: cargo_target.into() })
    }

    /// The widget's files, from which the server's build takes them. In the checkout wherever cargo builds.
    pub fn widget_dir(&self) -> PathBuf {
        self.root.join("target/assets")
    }

    /// What is handed over. In the checkout wherever cargo builds.
    pub fn dist_dir(&self) -> PathBuf {
        self.root.join("target/dist")
    }

    /// The release program.
    pub fn program(&self) -> PathBuf {
        self.dist_dir().join(format!("afterword{}", std::env::consts::EXE_SUFFIX))
    }

    /// Cargo, to be run in the checkout.
    pub fn cargo(&self) -> Command {
        let mut command = Command::new(cargo());
        command.current_dir(&self.root);
        command
    }
}

/// The cargo that runs us, so that all builds share one toolchain.
fn cargo() -> std::ffi::OsString {
    std::env::var_os("CARGO").unwrap_or_else(|| "cargo".into())
}
