//! `cargo xtask demo`: an article with a heated thread under it, across two origins.

use crate::article::Article;
use crate::page_server::{self, PageServer};
use crate::program::{Program, Server};
use crate::step::say;
use crate::workspace::Workspace;
use crate::{demo_thread, dist};
use anyhow::{Context, anyhow, bail};
use std::fs;
use std::net::{Ipv4Addr, SocketAddr, TcpListener};
use std::path::Path;
use std::sync::mpsc::{Receiver, RecvTimeoutError, channel};
use std::time::{Duration, SystemTime};

const PAGE: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8787);
const AFTERWORD: SocketAddr = SocketAddr::new(std::net::IpAddr::V4(Ipv4Addr::LOCALHOST), 8788);
const PAGE_ORIGIN: &str = "http://localhost:8787";
const WATCH_EVERY: Duration = Duration::from_millis(250);

/// Shows the article with its thread until Ctrl-C. Comments stay in `data`, or go with the demo.
///
/// # Errors
/// A port is in use, a build fails, or the server does not start or ends by itself.
pub fn run(workspace: &Workspace, data: Option<&Path>) -> anyhow::Result<()> {
    let file = workspace.root.join("index.html");
    let document = fs::read_to_string(&file).with_context(|| format!("{} cannot be read", file.display()))?;
    let article = Article::read(&document)?;
    // Both ports are tried before minutes are spent on building.
    let page = PageServer::hold(PAGE, article.document.clone())?;
    TcpListener::bind(AFTERWORD).map_err(|_| anyhow!(page_server::in_use(AFTERWORD)))?;

    dist::program(workspace)?;
    let stopped = on_ctrl_c()?;
    let temporary = tempfile::tempdir()?;
    let data = data.unwrap_or(temporary.path());
    fs::create_dir_all(data).with_context(|| format!("{} cannot be made", data.display()))?;
    let server = serve(&Program::with_data(workspace, data), &article)?;
    page.serve();
    say("ready; Ctrl-C ends it");
    println!("{PAGE_ORIGIN}");
    watch(server, &stopped)
}

fn serve(program: &Program, article: &Article) -> anyhow::Result<Server> {
    if !program.has_data() {
        say("adding the site and its comments");
        let page_url = format!("{PAGE_ORIGIN}{}", article.page_key);
        program.seed(PAGE_ORIGIN, &demo_thread::records(&article.page_key, &page_url, &article.title, now_ms())?)?;
    }
    say("starting the server");
    program.serve(&AFTERWORD.to_string(), &[])
}

fn on_ctrl_c() -> anyhow::Result<Receiver<()>> {
    let (stop, stopped) = channel();
    ctrlc::set_handler(move || {
        // Nobody listens any more when it is pressed twice.
        let _ = stop.send(());
    })?;
    Ok(stopped)
}

fn watch(mut server: Server, stopped: &Receiver<()>) -> anyhow::Result<()> {
    while stopped.recv_timeout(WATCH_EVERY) == Err(RecvTimeoutError::Timeout) {
        if !server.is_running() {
            bail!("the server ended by itself: {}", server.log().trim());
        }
    }
    Ok(())
}

#[expect(clippy::disallowed_methods, reason = "the demo's comments are as old as they look, counted from the moment it starts")]
fn now_ms() -> i64 {
    let since_1970 = SystemTime::now().duration_since(SystemTime::UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since_1970.as_millis()).unwrap_or(0)
}
