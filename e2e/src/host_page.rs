//! A page of somebody else that embeds the thread with one script tag.

use crate::Engine;
use crate::browser::WITNESS;
use anyhow::Result;
use axum::Router;
use axum::http::HeaderMap;
use axum::response::Html;
use std::fmt::Write;
use tokio::net::TcpListener;

/// What the page consists of. Every path of its server answers with it, so that a path is a page key of its own.
#[derive(Clone, Default)]
pub struct HostPage {
    attributes: String,
    css: String,
    head: String,
    before: String,
    after: String,
    lang: Option<&'static str>,
    is_blocking: bool,
    script: Option<String>,
    included: Option<&'static str>,
    headers: Vec<(&'static str, String)>,
    is_bare: bool,
}

impl HostPage {
    /// A short article, so that the thread stands on the first screen.
    #[must_use]
    pub fn short() -> Self {
        Self { before: "<p>A short article.</p>".into(), ..Self::default() }
    }

    /// An article of several screens, so that the thread starts far below.
    #[must_use]
    pub fn long() -> Self {
        Self { before: "<p>A paragraph of a long article.</p>".repeat(100), ..Self::default() }
    }

    /// Adds an attribute to the script tag.
    #[must_use]
    pub fn attribute(mut self, name: &str, value: &str) -> Self {
        let _ = write!(self.attributes, " {name}=\"{value}\"");
        self
    }

    /// Adds rules to the page's own style sheet.
    #[must_use]
    pub fn css(mut self, rules: &str) -> Self {
        self.css.push_str(rules);
        self
    }

    /// Adds markup to the head.
    #[must_use]
    pub fn head(mut self, markup: &str) -> Self {
        self.head.push_str(markup);
        self
    }

    /// Adds markup after the script tag; `{server}` in it stands for the address of the thread's server.
    #[must_use]
    pub fn after(mut self, markup: &str) -> Self {
        self.after.push_str(markup);
        self
    }

    /// Adds markup before the script tag.
    #[must_use]
    pub fn before(mut self, markup: &str) -> Self {
        self.before.push_str(markup);
        self
    }

    /// Sends a header along; `{server}` in it is the thread's server.
    #[must_use]
    pub fn header(mut self, name: &'static str, value: &str) -> Self {
        self.headers.push((name, value.to_owned()));
        self
    }

    /// Leaves the script tag away: the page brings its own way in.
    #[must_use]
    pub fn bare(mut self) -> Self {
        self.is_bare = true;
        self
    }

    /// Puts a footer below the thread.
    #[must_use]
    pub fn footer(self) -> Self {
        self.after("<footer><p>The page's own footer.</p></footer>")
    }

    /// Sets the language of the page.
    #[must_use]
    pub fn lang(mut self, tag: &'static str) -> Self {
        self.lang = Some(tag);
        self
    }

    /// Leaves `async` away from the script tag.
    #[must_use]
    pub fn blocking(mut self) -> Self {
        self.is_blocking = true;
        self
    }

    /// Names another script of the thread's server than `/embed.js`, one whose address says the site.
    #[must_use]
    pub fn script(mut self, path: impl Into<String>) -> Self {
        self.script = Some(path.into());
        self
    }

    /// Puts what the thread's server answers at this address before the script tag, as the page's generator would.
    #[must_use]
    pub fn including(mut self, path: &'static str) -> Self {
        self.included = Some(path);
        self
    }

    /// What the page's generator makes of it: `{server}` in markup is the thread's server, and the include is there.
    ///
    /// # Errors
    /// The thread's server does not answer the include.
    pub async fn generated(mut self, server: &str) -> Result<Self> {
        let headers = self.headers.iter_mut().map(|(_, value)| value);
        for markup in [&mut self.head, &mut self.before, &mut self.after, &mut self.attributes].into_iter().chain(headers) {
            *markup = markup.replace("{server}", server);
        }
        if let Some(path) = self.included {
            let answer = reqwest::get(format!("{server}{path}")).await?.error_for_status()?;
            self.before.push_str(&answer.text().await?);
        }
        Ok(self)
    }

    /// The page as a document whose script tag names the script of that server.
    #[must_use]
    pub fn document(&self, server: &str) -> String {
        let Self { attributes, css, head, before, after, .. } = self;
        let tag = match &self.script {
            Some(path) => format!("src=\"{server}{}\"", path.replace('&', "&amp;")),
            None => format!("src=\"{server}/embed.js\" data-site=\"{}\"", crate::server::SITE),
        };
        let lang = self.lang.unwrap_or("en");
        let load = if self.is_blocking { "" } else { "async " };
        let script = if self.is_bare { String::new() } else { format!("<script {load}{tag}{attributes}></script>") };
        let witness = if Engine::current() == Engine::WebKit {
            format!("<script nonce=\"page\">{WITNESS}</script>")
        } else {
            String::new()
        };
        format!(
            // The scroll bar stands from the start: where it comes with the thread, a centred page moves by half its width.
            "<!doctype html><html lang=\"{lang}\"><head>{witness}<meta charset=\"utf-8\"><title>An article</title>\
             <meta name=\"viewport\" content=\"width=device-width\"><link rel=\"icon\" href=\"data:,\">\
             <style nonce=\"page\">html{{overflow-y:scroll}}body{{margin:1em auto;max-width:42em;font:1em/1.5 sans-serif}}{css}</style>{head}</head>\
             <body><main><h1>An article</h1>{before}\
             {script}{after}</main></body></html>",
        )
    }
}

impl HostPage {
    /// What it sends along.
    ///
    /// # Errors
    /// A value is none that a header can have.
    pub fn headers(&self) -> Result<HeaderMap> {
        self.headers.iter().map(|(name, value)| Ok((name.parse()?, value.parse()?))).collect()
    }
}

/// The server of that page, on `localhost`: another origin than the thread's.
pub struct HostServer {
    port: u16,
    listener: Option<TcpListener>,
    task: Option<tokio::task::JoinHandle<()>>,
}

impl HostServer {
    /// Takes a port; answers nothing yet.
    ///
    /// # Errors
    /// No port is free.
    pub async fn bind() -> Result<Self> {
        let listener = TcpListener::bind(("127.0.0.1", 0)).await?;
        Ok(Self { port: listener.local_addr()?.port(), listener: Some(listener), task: None })
    }

    /// Answers every request with the document from now on.
    pub fn serve(&mut self, document: String) {
        self.serve_with(document, HeaderMap::new());
    }

    /// Answers every request with the document and these headers from now on.
    pub fn serve_with(&mut self, document: String, headers: HeaderMap) {
        let app = Router::new().fallback(move || async move { (headers, Html(document)) });
        self.task = self.listener.take().map(|listener| {
            tokio::spawn(async move {
                let _ = axum::serve(listener, app).await;
            })
        });
    }

    /// Its port.
    #[must_use]
    pub fn port(&self) -> u16 {
        self.port
    }

    /// Its origin, as browsers send it.
    #[must_use]
    pub fn origin(&self) -> String {
        format!("http://localhost:{}", self.port)
    }
}

impl Drop for HostServer {
    fn drop(&mut self) {
        if let Some(task) = &self.task {
            task.abort();
        }
    }
}
