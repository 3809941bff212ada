//! What building for the browser needs besides Rust itself.

use crate::process;
use crate::step::say;
use crate::workspace::Workspace;
use anyhow::Context;
use std::path::Path;
use std::process::{Command, Stdio};

/// The target of the widget.
pub const WASM: &str = "wasm32-unknown-unknown";

/// A panic stops at once, and says neither where nor what.
const SMALLEST: &str = "-Zunstable-options -Cpanic=immediate-abort -Zlocation-detail=none -Zfmt-debug=none";

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

    /// The same for what readers download: the standard library is compiled along, without the sentences of panics, which
    /// nobody reads in a browser. Unstable flags, hence `RUSTC_BOOTSTRAP`; what they win stands in docs/decisions/0003.
    pub fn smallest_cargo(self, workspace: &Workspace, verb: &str) -> Command {
        let mut command = self.cargo(workspace, verb);
        if self == Self::Own {
            command.arg("-Zbuild-std=std,panic_abort").env("RUSTC_BOOTSTRAP", "1");
        }
        command.arg("-Zbuild-std-features=optimize_for_size");
        command.env("CARGO_TARGET_WASM32_UNKNOWN_UNKNOWN_RUSTFLAGS", SMALLEST);
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
    say("setting up: rustup target add wasm32-unknown-unknown, rustup component add rust-src");
    let are_added = rustup_adds(workspace, &["target", "add", WASM]) && rustup_adds(workspace, &["component", "add", "rust-src"]);
    if are_added && has_own_target(workspace)? {
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

/// Whether the target's standard library and its source are there.
fn has_own_target(workspace: &Workspace) -> anyhow::Result<bool> {
    let print = |arguments: &[&str]| {
        let mut rustc = Command::new("rustc");
        rustc.current_dir(&workspace.root).arg("--print").args(arguments);
        process::output_of(&mut rustc)
    };
    let libraries = print(&["target-libdir", "--target", WASM])?;
    let source = Path::new(print(&["sysroot"])?.trim()).join("lib/rustlib/src/rust/library");
    Ok(Path::new(libraries.trim()).is_dir() && source.is_dir())
}

fn rustup_adds(workspace: &Workspace, arguments: &[&str]) -> bool {
    let mut rustup = Command::new("rustup");
    rustup.current_dir(&workspace.root).args(arguments).stdin(Stdio::null());
    rustup.status().is_ok_and(|status| status.success())
}
