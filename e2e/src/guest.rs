//! A guest who posts past the browser.

use crate::Server;
use crate::server::SITE;
use afterword_wire::RequestId;
use afterword_wire::address::{BEARER, COMMENTS};
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use anyhow::{Result, ensure};
use reqwest::Client;
use serde_json::{Value, json};
use std::cell::Cell;

/// One device with one secret.
pub struct Guest {
    client: Client,
    url: String,
    origin: String,
    posts: Cell<u64>,
}

impl Guest {
    /// Posts to that server as if from a page of that origin.
    #[must_use]
    pub fn new(server: &Server, origin: &str) -> Self {
        let url = server.url(&format!("{COMMENTS}?site={SITE}"));
        Self { client: Client::new(), url, origin: origin.to_owned(), posts: Cell::new(0) }
    }

    /// Posts a comment and returns whether it was taken.
    ///
    /// # Errors
    /// The server does not answer, or with a fault of its own.
    pub async fn try_post(&self, page: Value, body_markdown: &str, author: Value) -> Result<bool> {
        let number = self.posts.replace(self.posts.get() + 1);
        let mut random = [0; 16];
        random[8..].copy_from_slice(&number.to_be_bytes());
        let request_id = RequestId::from_parts(1, random);
        let comment = json!({"request_id": request_id, "page": page, "body_markdown": body_markdown, "author": author});
        let answer = self
            .client
            .post(&self.url)
            .header("Origin", &self.origin)
            .header("Authorization", format!("{BEARER}{}", "A".repeat(DEVICE_SECRET_CHARS)))
            .json(&comment)
            .send()
            .await?;
        let status = answer.status();
        ensure!(!status.is_server_error() && status != 429, "{status}: {}", answer.text().await?);
        Ok(status.is_success())
    }
}
