//! The demo's article, served as its own site would serve it.

use anyhow::anyhow;
use rouille::{Request, Response, Server};
use std::net::SocketAddr;

/// A server that holds its port already but answers nothing yet.
pub struct PageServer(Server<Answers>);

/// What answers each request.
type Answers = Box<dyn Fn(&Request) -> Response + Send + Sync>;

impl PageServer {
    /// Takes the port for a document that answers every address but the icon's.
    ///
    /// # Errors
    /// The port is in use; the sentence says which.
    pub fn hold(address: SocketAddr, document: String) -> anyhow::Result<Self> {
        let answer = move |request: &Request| match request.url().as_str() {
            "/favicon.ico" => Response::empty_404(),
            _ => Response::html(document.clone()).with_no_cache(),
        };
        let answer: Box<dyn Fn(&Request) -> Response + Send + Sync> = Box::new(answer);
        let held = Server::new(address, answer).map_err(|_| anyhow!(in_use(address)))?;
        Ok(Self(held))
    }

    /// Answers from now on, in the background.
    pub fn serve(self) {
        std::thread::spawn(move || self.0.run());
    }
}

/// The sentence for a port that something else listens on.
pub fn in_use(address: SocketAddr) -> String {
    format!("port {} of {} is in use: end what listens there, then run this again", address.port(), address.ip())
}
