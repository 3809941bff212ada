//! The built `afterword` program, running.

use crate::{port, wait::eventually};
use anyhow::{Context, Result, ensure};
use std::ffi::OsStr;
use std::path::{Path, PathBuf};
use std::process::Stdio;
use tempfile::TempDir;
use tokio::process::{Child, Command};

/// The slug of the site under test.
pub const SITE: &str = "blog";

/// One server with a database of its own; both go when it is dropped.
pub struct Server {
    program: PathBuf,
    port: u16,
    folder: TempDir,
    database: String,
    options: Vec<String>,
    child: Option<Child>,
}

impl Server {
    /// Makes a database with one site for pages of `origin`. Does not start yet.
    ///
    /// # Errors
    /// The program is not built, or refuses.
    pub async fn prepare(origin: &str) -> Result<Self> {
        let server = Self::unprepared()?;
        server.add_site(origin).await?;
        Ok(server)
    }

    /// Names a database in a folder of its own, and makes nothing.
    ///
    /// # Errors
    /// The program is not built, or no port is free.
    pub fn unprepared() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let database = folder.path().join("afterword.db").display().to_string();
        Ok(Self { program: program()?, port: port::free()?, folder, database, options: Vec::new(), child: None })
    }

    /// Uses another database: a file, or a URL.
    #[must_use]
    pub fn with_database(mut self, database: impl Into<String>) -> Self {
        self.database = database.into();
        self
    }

    /// Serves with these options too.
    #[must_use]
    pub fn with_options(mut self, options: &[&str]) -> Self {
        self.options.extend(options.iter().map(|option| (*option).to_owned()));
        self
    }

    /// Adds the site, for pages of `origin`.
    ///
    /// # Errors
    /// The program refuses.
    pub async fn add_site(&self, origin: &str) -> Result<()> {
        self.run(["site", "add", SITE, "--origin", origin]).await
    }

    /// Reads records, one JSON object a line, into the site.
    ///
    /// # Errors
    /// The program refuses the records.
    pub async fn import(&self, records: &str) -> Result<()> {
        let file = self.folder.path().join("records.jsonl");
        std::fs::write(&file, records)?;
        let arguments = [OsStr::new("import"), OsStr::new("jsonl"), file.as_os_str(), OsStr::new("--site"), OsStr::new(SITE)];
        self.run(arguments).await
    }

    /// Makes up a thread of a shape that `afterword synth` knows.
    ///
    /// # Errors
    /// The program refuses.
    pub async fn synth(&self, page_key: &str, shape: &str, comments: u32) -> Result<()> {
        let comments = comments.to_string();
        self.run(["synth", "--site", SITE, "--page", page_key, "--shape", shape, "--comments", &comments]).await
    }

    /// Starts it, on the same port each time, and waits until it is ready.
    ///
    /// # Errors
    /// It does not become ready.
    pub async fn start(&mut self) -> Result<()> {
        self.launch()?;
        let ready = self.url("/readyz");
        let waited = eventually("the server to be ready", async || {
            let answer = reqwest::get(&ready).await?;
            Ok(answer.status().is_success().then_some(()))
        });
        waited.await.with_context(|| self.log())
    }

    /// Starts it and waits for nothing.
    ///
    /// # Errors
    /// The system does not let us.
    pub fn launch(&mut self) -> Result<()> {
        let child = Command::new(&self.program)
            .args(["serve", "--listen", &format!("127.0.0.1:{}", self.port), "--posts-per-minute", "1000000"])
            .args(["--database", &self.database])
            .args(&self.options)
            .stdin(Stdio::null())
            .stdout(Stdio::null())
            .stderr(Stdio::from(std::fs::File::create(self.folder.path().join("log"))?))
            .kill_on_drop(true)
            .spawn()?;
        self.child = Some(child);
        Ok(())
    }

    /// Kills it without a word, as a power cut would.
    ///
    /// # Errors
    /// The system does not let us.
    pub async fn kill(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            child.kill().await?;
        }
        Ok(())
    }

    /// Asks it to stop, as an operator does, and waits until it has.
    ///
    /// # Errors
    /// The system does not let us.
    pub async fn stop(&mut self) -> Result<()> {
        if let Some(mut child) = self.child.take() {
            let id = child.id().context("it has ended by itself")?;
            Command::new("kill").args(["-TERM", &id.to_string()]).status().await?;
            child.wait().await?;
        }
        Ok(())
    }

    /// Every record of the site, one JSON object a line.
    ///
    /// # Errors
    /// The program refuses.
    pub async fn export(&self) -> Result<String> {
        self.output_of(["export", "--site", SITE]).await
    }

    /// Where it listens.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its address, and a path on it.
    #[must_use]
    pub fn url(&self, path: &str) -> String {
        format!("http://127.0.0.1:{}{path}", self.port)
    }

    /// What it has logged so far.
    #[must_use]
    pub fn log(&self) -> String {
        std::fs::read_to_string(self.folder.path().join("log")).unwrap_or_default()
    }

    /// Where its comments are: a file unless another database was named.
    #[must_use]
    pub fn database(&self) -> &str {
        &self.database
    }

    /// The system's number for it, while it runs.
    #[must_use]
    pub fn process_id(&self) -> Option<u32> {
        self.child.as_ref()?.id()
    }

    async fn run<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<()> {
        self.output_of(arguments).await.map(drop)
    }

    async fn output_of<A: AsRef<OsStr>>(&self, arguments: impl IntoIterator<Item = A>) -> Result<String> {
        let output = Command::new(&self.program).args(arguments).args(["--database", &self.database]).output().await?;
        ensure!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        Ok(String::from_utf8(output.stdout)?)
    }
}

/// `AFTERWORD_BIN`, or what `cargo xtask dist` built.
fn program() -> Result<PathBuf> {
    let built = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/dist/afterword");
    let program = std::env::var_os("AFTERWORD_BIN").map_or(built, PathBuf::from);
    ensure!(program.exists(), "{} is missing: `cargo xtask dist` builds it", program.display());
    Ok(program)
}
