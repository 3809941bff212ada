//! A PostgreSQL server of the machine's own programs, for tests and measurements: made for the occasion, reached through a socket
//! in its own directory, and gone with whoever asked for it, whatever ends them.

mod programs;

pub use programs::programs;

use std::io::{BufRead, BufReader, Error, Result};
use std::path::{Path, PathBuf};
use std::process::{Child, ChildStdin, Command, Stdio};
use std::sync::OnceLock;
use std::sync::atomic::{AtomicU32, Ordering};

/// Makes the server, says where it is, waits until nobody is left who reads, and takes it away. Signals are left to the one who
/// asked: an interrupted test run ends, and with it the pipe.
const SCRIPT: &str = r#"
trap '' INT TERM HUP
bin=$1 settings=$2
directory=$(mktemp -d) || exit 1
cd "$directory"
"$bin/initdb" --pgdata data --username afterword --auth trust --encoding UTF8 --locale C --no-sync >log 2>&1 &&
  "$bin/pg_ctl" --pgdata data --wait --log log -o "-c listen_addresses='' -k $directory $settings" start >>log 2>&1 &&
  echo "$directory" || { cat log >&2; echo; }
read -r nothing
"$bin/pg_ctl" --pgdata data --mode immediate stop >>log 2>&1
cd / && rm -rf "$directory"
"#;

/// How durable the server is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Durability {
    /// Nothing waits for the disk: for tests.
    None,
    /// As in life: for measurements.
    Full,
}

/// A running server.
#[derive(Debug)]
pub struct Cluster {
    directory: PathBuf,
    keeper: Child,
    /// Closed when this is dropped or the process ends, which ends the server.
    pipe: Option<ChildStdin>,
    databases: AtomicU32,
}

impl Cluster {
    /// Starts a server that nobody else uses.
    ///
    /// # Errors
    /// PostgreSQL's programs are not there or do not start; the sentence says what to install.
    pub fn start(durability: Durability) -> Result<Self> {
        let settings = match durability {
            Durability::None => "-c fsync=off -c full_page_writes=off -c max_connections=300",
            Durability::Full => "-c max_connections=300",
        };
        let bin = programs()?;
        let mut keeper = shell()
            .args(["-c", SCRIPT, "cluster"])
            .arg(&bin)
            .arg(settings)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .spawn()?;
        let pipe = keeper.stdin.take();
        let mut directory = String::new();
        if let Some(output) = keeper.stdout.take() {
            BufReader::new(output).read_line(&mut directory)?;
        }
        let directory = PathBuf::from(directory.trim());
        if directory.as_os_str().is_empty() {
            return Err(Error::other("the PostgreSQL server did not start: its words are above"));
        }
        Ok(Self { directory, keeper, pipe, databases: AtomicU32::new(0) })
    }

    /// The server that all tests of one program share, without durability.
    ///
    /// # Errors
    /// As [`Cluster::start`].
    pub fn shared() -> Result<&'static Self> {
        static SHARED: OnceLock<std::result::Result<Cluster, String>> = OnceLock::new();
        let shared = SHARED.get_or_init(|| Self::start(Durability::None).map_err(|error| error.to_string()));
        shared.as_ref().map_err(|sentence| Error::other(sentence.clone()))
    }

    /// A new, empty database.
    ///
    /// # Errors
    /// The server refuses it.
    pub fn database(&self) -> Result<Database<'_>> {
        let name = format!("test_{}", self.databases.fetch_add(1, Ordering::Relaxed));
        self.run("createdb", &["--template", "template0", &name])?;
        let url = format!("postgres://afterword@localhost/{name}?host={}", self.directory.display());
        Ok(Database { cluster: self, name, url })
    }

    /// Where its socket is.
    #[must_use]
    pub fn directory(&self) -> &Path {
        &self.directory
    }

    fn run(&self, program: &str, arguments: &[&str]) -> Result<()> {
        let mut command = Command::new(programs()?.join(program));
        command.arg("--host").arg(&self.directory).args(["--username", "afterword"]).args(arguments);
        match command.status()?.success() {
            true => Ok(()),
            false => Err(Error::other(format!("{program} failed"))),
        }
    }
}

impl Drop for Cluster {
    fn drop(&mut self) {
        drop(self.pipe.take());
        // It fails when it has ended, and that is as well.
        let _ = self.keeper.wait();
    }
}

/// A database of one test, dropped with this.
#[derive(Debug)]
pub struct Database<'a> {
    cluster: &'a Cluster,
    name: String,
    /// Reaches it.
    pub url: String,
}

impl Drop for Database<'_> {
    fn drop(&mut self) {
        // What is left goes with the server.
        let _ = self.cluster.run("dropdb", &["--force", "--if-exists", &self.name]);
    }
}

/// A shell that may run a server: PostgreSQL refuses to be run by the machine's administrator, so its own user does then.
fn shell() -> Command {
    let id = Command::new("id").arg("-u").output();
    if id.is_ok_and(|id| id.stdout.trim_ascii() == b"0") {
        let mut command = Command::new("runuser");
        command.args(["-u", "postgres", "--", "sh"]);
        command
    } else {
        Command::new("sh")
    }
}
