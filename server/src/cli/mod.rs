//! The command line.

mod backup;
mod database;
mod export;
mod import;
mod import_source;
mod move_database;
mod serve;
mod site;
mod synth;

use clap::{Parser, Subcommand};
use std::process::ExitCode;

/// Comment threads for any page: one binary, an embedded database, the widget inside.
#[derive(Debug, Parser)]
#[command(name = "afterword", version, disable_help_subcommand = true)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Debug, Subcommand)]
enum Command {
    /// Serves threads.
    Serve(serve::Serve),
    /// Adds and lists sites.
    #[command(subcommand)]
    Site(site::SiteCommand),
    /// Imports comments of another system, or of an export.
    Import(import::Import),
    /// Exports a site.
    Export(export::Export),
    /// Moves everything to another database.
    Move(move_database::Move),
    /// Copies the database while it is in use.
    Backup(backup::Backup),
    /// Makes up threads of any size, for measuring.
    Synth(synth::Synth),
}

/// Why a command failed: one sentence for the person who gave it.
pub type Sentence = String;

/// Does what the command line says.
pub fn run() -> ExitCode {
    let cli = match Cli::try_parse() {
        Ok(cli) => cli,
        Err(error) => return refuse(&error),
    };
    match execute(cli.command) {
        Ok(()) => ExitCode::SUCCESS,
        Err(sentence) => {
            eprintln!("afterword: {sentence}");
            ExitCode::FAILURE
        }
    }
}

fn execute(command: Command) -> Result<(), Sentence> {
    match command {
        Command::Serve(serve) => serve.run(),
        Command::Site(site) => site.run(),
        Command::Import(import) => import.run(),
        Command::Export(export) => export.run(),
        Command::Move(moving) => moving.run(),
        Command::Backup(backup) => backup.run(),
        Command::Synth(synth) => synth.run(),
    }
}

/// Help and version go out as they are; of a mistake only the sentence that names it.
fn refuse(error: &clap::Error) -> ExitCode {
    if !error.use_stderr() || error.kind() == clap::error::ErrorKind::DisplayHelpOnMissingArgumentOrSubcommand {
        let _ = error.print();
        return if error.use_stderr() { ExitCode::from(2) } else { ExitCode::SUCCESS };
    }
    let text = error.to_string();
    let sentence: Vec<&str> = text.lines().take_while(|line| !line.is_empty()).map(str::trim).collect();
    let sentence = sentence.join(" ");
    eprintln!("afterword: {} (try --help)", sentence.strip_prefix("error: ").unwrap_or(&sentence));
    ExitCode::from(2)
}
