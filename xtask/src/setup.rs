//! What building for the browser needs besides Rust itself.

use crate::process;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use std::path::Path;
use std::process::{Command, Stdio};

/// The target of the widget.
pub const WASM: &str = "wasm32-unknown-unknown";

const DEBIAN_PACKAGES: [&str; 4] = ["rustc-web", "cargo-web", "rust-web-src", "lld-19"];
const DEBIAN_RUSTC: &str = "/usr/bin/rustc";
const DEBIAN_CARGO: &str = "/usr/bin/cargo";
const DEBIAN_LINKER: &str = "/usr/bin/wasm-ld-19";

/// A toolchain that compiles for the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum WasmToolchain {
    /// The one that runs us; the target's standard library is beside it.
    Own,
    /// Debian's, which compiles the standard library along with the widget.
    Debian,
}

impl WasmToolchain {
    /// `cargo VERB --target wasm32-unknown-unknown`, to be run in the checkout.
    pub fn cargo(self, workspace: &Workspace, verb: &str) -> Command {
        let mut command = match self {
            Self::Own => workspace.cargo(),
            Self::Debian => Command::new(DEBIAN_CARGO),
        };
        command.current_dir(&workspace.root).args([verb, "--target", WASM]);
        if self == Self::Debian {
            command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1").env("RUSTC", DEBIAN_RUSTC);
            command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_LINKER", DEBIAN_LINKER);
        }
        command
    }
}

/// Finds a toolchain for the browser, or installs what is missing of one.
///
/// # Errors
/// Neither rustup nor Debian's packages could supply it; the sentence says what to install.
pub fn wasm_toolchain(workspace: &Workspace) -> anyhow::Result<WasmToolchain> {
    if has_own_target(workspace)? {
        return Ok(WasmToolchain::Own);
    }
    say("setting up: rustup target add wasm32-unknown-unknown");
    if rustup_adds_target(workspace) && has_own_target(workspace)? {
        return Ok(WasmToolchain::Own);
    }
    say("setting up: rustup cannot supply the target, Debian's own Rust for the web takes its place");
    if ![DEBIAN_RUSTC, DEBIAN_CARGO, DEBIAN_LINKER].iter().all(|program| Path::new(program).exists()) {
        process::apt_install(&DEBIAN_PACKAGES).context(
            "compiling for the browser needs `rustup target add wasm32-unknown-unknown`, which failed, or Debian's packages",
        )?;
    }
    Ok(WasmToolchain::Debian)
}

fn has_own_target(workspace: &Workspace) -> anyhow::Result<bool> {
    let mut rustc = Command::new("rustc");
    rustc.current_dir(&workspace.root).args(["--print", "target-libdir", "--target", WASM]);
    let libraries = process::output_of(&mut rustc)?;
    Ok(Path::new(libraries.trim()).is_dir())
}

fn rustup_adds_target(workspace: &Workspace) -> bool {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root).args(["target", "add", WASM]).stdin(Stdio::null());
    rustup.status().is_ok_and(|status| status.success())
}
