//! `cargo xtask cluster`: PostgreSQL on three machines under Patroni, two Afterword processes, HAProxy before both; all of it on this
//! machine's loopback, to try what a paper cannot tell.

mod configuration;
mod daemon;
mod layout;
mod machine;
mod members;
mod owner;
mod packages;
mod ports;
mod prove;
mod proxy;
mod psql;
mod server;
mod stack;

use crate::workspace::Workspace;
use clap::Subcommand;
use stack::Stack;

/// What to do with the cluster.
#[derive(Subcommand)]
pub enum Command {
    /// Starts it, and leaves it running
    Up,
    /// Ends it, and deletes what it kept
    Down,
    /// Starts a new one, breaks it in every way while many comment, compares, and ends it
    Prove,
}

/// Does it.
///
/// # Errors
/// A program is missing, does not start, or does not what the command says.
pub fn run(workspace: &Workspace, command: &Command) -> anyhow::Result<()> {
    match command {
        Command::Up => println!("{}", Stack::up(workspace)?.addresses()),
        Command::Prove => {
            let stack = Stack::up(workspace)?;
            // What failed is left as it is, to be looked at.
            prove::run(&stack)?;
            stack::down(workspace)?;
        }
        Command::Down => stack::down(workspace)?,
    }
    Ok(())
}
