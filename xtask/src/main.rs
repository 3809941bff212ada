//! The commands of the README: `cargo xtask demo`, `test`, `dist`, `bench` and `types`.

mod article;
mod assets;
#[cfg(feature = "bench")]
mod bench;
mod bench_options;
mod browser_suites;
#[cfg_attr(not(feature = "bench"), expect(dead_code, reason = "one table holds all budgets; most are measured by `bench` alone"))]
mod budget;
mod chromium;
mod cluster;
mod compress;
mod demo;
mod demo_thread;
mod dist;
mod embed_script;
mod firefox;
mod minify;
mod optimised;
mod page_server;
mod postgres;
mod process;
mod program;
mod records;
mod sample_thread;
mod setup;
mod short_names;
mod sizes;
mod step;
mod tally;
mod test;
mod types;
mod webkit;
mod widget;
mod workspace;

use bench_options::BenchOptions;
use clap::{Parser, Subcommand};
use std::ffi::OsString;
use std::path::PathBuf;
use std::process::ExitCode;
use workspace::Workspace;

#[derive(Parser)]
#[command(name = "cargo xtask", about = "Builds, shows, tests and measures Afterword")]
struct Xtask {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Everything that the other commands need besides Rust; they do it themselves
    Setup,
    /// An article with a heated thread under it, on http://localhost:8787
    Demo {
        /// Keep the comments in this directory, for the next time too
        #[arg(long, value_name = "DIR")]
        data: Option<PathBuf>,
    },
    /// Every test: native, in the browser, end to end
    Test {
        /// Only this part of them
        #[arg(long, value_enum)]
        only: Option<test::Part>,
        /// As often as docs/TESTING.md says of the long run: hours, not minutes
        #[arg(long)]
        long: bool,
    },
    /// target/dist/afterword, one program with the widget inside, and target/dist/sizes.json
    Dist,
    /// Measurements against the budgets, as a table
    Bench(BenchOptions),
    /// PostgreSQL on three machines under Patroni, two Afterword processes and HAProxy, all on this machine's loopback
    #[command(subcommand)]
    Cluster(cluster::Command),
    /// npm/wire.d.ts: the wire types for TypeScript
    Types,
    /// What `bench` runs in an optimised build
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    Measure(BenchOptions),
    /// What `bench` compares the server with
    #[cfg(feature = "bench")]
    #[command(hide = true)]
    BareRoute { address: String, file: PathBuf },
    /// One compiled browser suite; cargo calls this
    #[command(hide = true, name = browser_suites::RUNNER, disable_help_flag = true)]
    RunBrowserSuite {
        #[arg(trailing_var_arg = true, allow_hyphen_values = true)]
        arguments: Vec<OsString>,
    },
}

fn main() -> ExitCode {
    match run(Xtask::parse().command) {
        Ok(code) => code,
        Err(error) => {
            eprintln!("cargo xtask: {error:#}");
            ExitCode::FAILURE
        }
    }
}

fn run(command: Command) -> anyhow::Result<ExitCode> {
    let workspace = Workspace::find()?;
    match command {
        Command::Setup => {
            setup::wasm_toolchain(&workspace)?;
            chromium::ready()?;
            firefox::ready(&workspace)?;
            webkit::ready()?;
            postgres::ready()?;
        }
        Command::Demo { data } => demo::run(&workspace, data.as_deref())?,
        Command::Test { only, long } => {
            let tally = test::run(&workspace, only, long)?;
            println!("{tally}");
            let is_good = tally.failed == 0 && tally.passed > 0;
            return Ok(if is_good { ExitCode::SUCCESS } else { ExitCode::FAILURE });
        }
        Command::Bench(options) => optimised::bench(&workspace, &options)?,
        #[cfg(feature = "bench")]
        Command::Measure(options) => bench::measure(&workspace, &options)?,
        #[cfg(feature = "bench")]
        Command::BareRoute { address, file } => bench::serve_bare_route(&address, &file)?,
        Command::RunBrowserSuite { arguments } => browser_suites::run_one(arguments)?,
        Command::Cluster(command) => cluster::run(&workspace, &command)?,
        Command::Dist => dist::run(&workspace)?,
        Command::Types => types::run(&workspace)?,
    }
    Ok(ExitCode::SUCCESS)
}
