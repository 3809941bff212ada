//! `cargo xtask test`: every test there is, and one line at the end.

use crate::process;
use crate::setup;
use crate::step::say;
use crate::tally::Tally;
use crate::workspace::Workspace;
use crate::{browser_suites, chromium, dist, firefox, postgres, webkit};
use clap::ValueEnum;
use std::io::{BufRead, BufReader, Write};
use std::process::{Command, Stdio};

/// A part of the tests.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Part {
    /// Rules, snapshots, the store's contract, the API through its router
    Native,
    /// The widget's components in a browser
    Browser,
    /// The built program and widget under a page of another origin, in three engines
    E2e,
}

/// Runs the tests, all of them or one part, and goes on where some fail.
///
/// # Errors
/// The set-up fails; failing tests are no error but part of the tally.
pub fn run(workspace: &Workspace, only: Option<Part>, is_long: bool) -> anyhow::Result<Tally> {
    let is_wanted = |part: Part| only.is_none_or(|only| only == part);
    let toolchain = setup::wasm_toolchain(workspace)?;
    if is_wanted(Part::Browser) || is_wanted(Part::E2e) {
        chromium::ready()?;
    }
    if is_wanted(Part::E2e) {
        firefox::ready(workspace)?;
        webkit::ready()?;
    }
    if is_wanted(Part::Native) {
        postgres::ready()?;
    }
    let mut tally = Tally::default();
    if is_wanted(Part::Native) {
        say("testing natively");
        tally += group(workspace.cargo().args(["test", "--workspace", "--exclude", "afterword-e2e", "--no-fail-fast"]));
        say("testing the API on PostgreSQL");
        let mut api = workspace.cargo();
        api.args(["test", "--package", "afterword", "--test", "api", "--no-fail-fast"]);
        tally += group(api.env("AFTERWORD_TEST_DATABASE", "postgres"));
    }
    if is_wanted(Part::Browser) {
        tally += browser_suites::run(workspace, toolchain)?;
    }
    if is_wanted(Part::E2e) {
        tally += end_to_end(workspace, is_long);
    }
    Ok(tally)
}

/// The build is part of what is tested: what readers download and what operators run is what passes or fails here.
fn end_to_end(workspace: &Workspace, is_long: bool) -> Tally {
    if let Err(error) = dist::run(workspace) {
        println!("cargo xtask dist: {error:#}");
        return Tally::ONE_FAILED;
    }
    say("testing end to end");
    let mut cargo = workspace.cargo();
    if is_long {
        cargo.env("AFTERWORD_LONG", "1").env("AFTERWORD_ROUNDS", "1000");
    }
    group(cargo.args(["test", "--package", "afterword-e2e", "--no-fail-fast"]).env("AFTERWORD_BIN", workspace.program()))
}

/// Runs one command that tests, passing its output on, and counts what it reports. A failure that no test explains counts as one.
pub fn group(command: &mut Command) -> Tally {
    group_into(command, &mut std::io::stdout())
}

fn group_into(command: &mut Command, terminal: &mut impl Write) -> Tally {
    match counted(command, terminal) {
        Ok((tally, is_success)) if is_success || tally.failed > 0 => tally,
        Ok((mut tally, _)) => {
            println!("`{}` failed", process::line(command));
            tally += Tally::ONE_FAILED;
            tally
        }
        Err(error) => {
            println!("`{}` cannot be run: {error}", process::line(command));
            Tally::ONE_FAILED
        }
    }
}

fn counted(command: &mut Command, terminal: &mut impl Write) -> std::io::Result<(Tally, bool)> {
    let mut child = command.stdin(Stdio::null()).stdout(Stdio::piped()).spawn()?;
    let mut tally = Tally::default();
    if let Some(output) = child.stdout.take() {
        for line in BufReader::new(output).split(b'\n') {
            let mut line = line?;
            line.push(b'\n');
            terminal.write_all(&line)?;
            terminal.flush()?;
            if let Some(reported) = Tally::of_line(&String::from_utf8_lossy(&line)) {
                tally += reported;
            }
        }
    }
    Ok((tally, child.wait()?.success()))
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Into a buffer: what this test writes must not be counted by the run it is part of.
    fn tally_of(command: &mut Command) -> (Tally, String) {
        let mut output = Vec::new();
        let tally = group_into(command, &mut output);
        (tally, String::from_utf8(output).unwrap())
    }

    fn shell(script: &str) -> (Tally, String) {
        tally_of(Command::new("sh").args(["-c", script]))
    }

    #[test]
    fn several_programs_of_one_group_add_up_and_their_output_passes() {
        let (both, output) =
            shell("echo 'test result: ok. 2 passed; 0 failed;'; echo 'test result: FAILED. 3 passed; 1 failed;'; exit 101");
        assert_eq!(both, Tally { passed: 5, failed: 1 });
        assert_eq!(output.lines().count(), 2);
    }

    #[test]
    fn a_group_that_dies_without_a_word_counts_as_one_failure() {
        assert_eq!(shell("echo 'test result: ok. 2 passed; 0 failed;'; exit 1").0, Tally { passed: 2, failed: 1 });
        assert_eq!(tally_of(&mut Command::new("/nowhere/at/all")).0, Tally::ONE_FAILED);
    }
}
