//! Setting the stage for one test, and what must hold at the end of every one.

use crate::gate::Gate;
use crate::host_page::{HostPage, HostServer};
use crate::{Browser, Seed, Server, ThreadPage, Viewport};
use anyhow::{Context, Result, anyhow, ensure};
use futures_util::FutureExt;
use std::panic::{AssertUnwindSafe, resume_unwind};
use std::path::Path;

/// What a test needs before it begins.
pub struct Story {
    page: HostPage,
    seed: Option<Seed>,
    synth: Option<(&'static str, u32)>,
    viewport: Viewport,
    held_suffix: Option<&'static str>,
    is_trouble_expected: bool,
}

/// What a test acts on.
pub struct Stage {
    /// The thread in its host page, in the browser.
    pub page: ThreadPage,
    /// The server.
    pub server: Server,
    gate: Option<Gate>,
    /// The server of the host page.
    pub host: HostServer,
}

impl Story {
    /// A thread under this page, empty, on a desk's screen.
    #[must_use]
    pub fn under(page: HostPage) -> Self {
        Self { page, seed: None, synth: None, viewport: Viewport::DESK, held_suffix: None, is_trouble_expected: false }
    }

    /// Begins with these comments.
    #[must_use]
    pub fn with(mut self, seed: Seed) -> Self {
        self.seed = Some(seed);
        self
    }

    /// Begins under `/article` with as many comments as nobody ever wrote, of a shape that `afterword synth` knows.
    #[must_use]
    pub fn with_synth(mut self, shape: &'static str, comments: u32) -> Self {
        self.synth = Some((shape, comments));
        self
    }

    /// Takes place on a screen of another size.
    #[must_use]
    pub fn on(mut self, viewport: Viewport) -> Self {
        self.viewport = viewport;
        self
    }

    /// Holds the WebAssembly back until [`Stage::let_through`].
    #[must_use]
    pub fn with_late_wasm(mut self) -> Self {
        self.held_suffix = Some(".wasm");
        self
    }

    /// Holds the server's HTML back until [`Stage::let_through`].
    #[must_use]
    pub fn with_late_html(mut self) -> Self {
        self.held_suffix = Some(".html");
        self
    }

    /// Puts a gate between browser and server that holds nothing back and notes what is written.
    #[must_use]
    pub fn with_gate(mut self) -> Self {
        // No path ends so.
        self.held_suffix = Some("?");
        self
    }

    /// Says that the browser will complain (a server that is away, a request that is refused).
    #[must_use]
    pub fn with_trouble(mut self) -> Self {
        self.is_trouble_expected = true;
        self
    }

    /// Sets the stage, plays the plot, and holds what holds everywhere: no error on the console, no request to a third
    /// origin, nothing injected has run. A failure leaves a screenshot in `target/e2e/`.
    ///
    /// # Errors
    /// What the plot fails with, or what did not hold.
    ///
    /// # Panics
    /// When the plot does.
    pub async fn tell(self, plot: impl AsyncFnOnce(&mut Stage) -> Result<()>) -> Result<()> {
        let is_trouble_expected = self.is_trouble_expected;
        let mut stage = self.set().await?;
        let played = AssertUnwindSafe(plot(&mut stage)).catch_unwind().await;
        let outcome = match played {
            Ok(Ok(())) => stage.hold_what_always_holds(is_trouble_expected).await,
            Ok(Err(error)) => Err(error),
            Err(panic) => {
                stage.keep_traces().await;
                stage.page.into_browser().quit().await?;
                resume_unwind(panic)
            }
        };
        if outcome.is_err() {
            stage.keep_traces().await;
        }
        stage.page.into_browser().quit().await?;
        outcome
    }

    async fn set(self) -> Result<Stage> {
        let mut host = HostServer::bind().await?;
        let mut server = Server::prepare(&host.origin()).await?;
        if let Some(seed) = &self.seed {
            server.import(&seed.to_jsonl()).await?;
        }
        if let Some((shape, comments)) = self.synth {
            server.synth("/article", shape, comments).await?;
        }
        server.start().await?;
        let gate = match self.held_suffix {
            Some(suffix) => Some(Gate::before(server.url(""), suffix).await?),
            None => None,
        };
        let way = gate.as_ref().map_or_else(|| server.url(""), |gate| gate.url(""));
        let document = self.page.generated(&way).await?;
        host.serve_with(document.document(&way), document.headers()?);
        let browser = Browser::start(self.viewport).await?;
        let page = ThreadPage::new(browser, host.origin());
        Ok(Stage { page, server, gate, host })
    }
}

impl Stage {
    /// Ends the wait of [`Story::with_late_wasm`] or [`Story::with_late_html`].
    ///
    /// # Errors
    /// The story holds nothing back.
    pub fn let_through(&self) -> Result<()> {
        self.gate()?.open();
        Ok(())
    }

    /// What stands between browser and server.
    ///
    /// # Errors
    /// The story holds nothing back.
    pub fn gate(&self) -> Result<&Gate> {
        self.gate.as_ref().ok_or_else(|| anyhow!("this story holds nothing back"))
    }

    async fn hold_what_always_holds(&self, is_trouble_expected: bool) -> Result<()> {
        let browser = self.page.browser();
        let ran = self.page.injected_calls().await?;
        ensure!(ran.is_empty(), "injected script ran: {ran:?}");
        let own = [self.host.origin(), self.server.url(""), self.gate.as_ref().map_or_else(String::new, |gate| gate.url(""))];
        for origin in browser.requested_origins().await? {
            let is_local = ["data", "blob", "about"].contains(&origin.as_str()) || origin.starts_with("chrome");
            ensure!(is_local || own.contains(&origin), "a request went to a third origin: {origin}");
        }
        if !is_trouble_expected {
            let problems = self.page.problems().await?;
            ensure!(problems.is_empty(), "the page met problems: {problems:?}");
            let errors = browser.console_errors().await?;
            ensure!(errors.is_empty(), "the console shows errors: {errors:?}");
        }
        Ok(())
    }

    /// What may tell why a story failed.
    async fn keep_traces(&self) {
        let thread = std::thread::current();
        let name = thread.name().unwrap_or("story").replace("::", "-");
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../target/e2e");
        let file = folder.join(format!("{name}.png"));
        let kept: Result<()> = async {
            std::fs::create_dir_all(&folder)?;
            self.page.browser().driver().screenshot(&file).await.context("screenshot")
        }
        .await;
        match kept {
            Ok(()) => eprintln!("screenshot: {}", file.display()),
            Err(error) => eprintln!("no screenshot: {error}"),
        }
        for error in self.page.browser().console_errors().await.unwrap_or_default() {
            eprintln!("console: {error}");
        }
    }
}
