//! The `afterword` program.

use afterword::cli;
use std::process::ExitCode;

fn main() -> ExitCode {
    cli::run()
}
