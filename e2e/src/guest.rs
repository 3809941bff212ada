//! A guest who posts past the browser.

use crate::Server;
use crate::server::SITE;
use afterword_wire::address::{BEARER, COMMENT, COMMENTS};
use afterword_wire::limits::DEVICE_SECRET_CHARS;
use afterword_wire::{CommentId, RequestId, Written};
use anyhow::{Result, ensure};
use reqwest::{Client, Method, Response};
use serde_json::{Value, json};
use std::cell::Cell;

/// One device with one secret.
pub struct Guest {
    client: Client,
    server: String,
    origin: String,
    writes: Cell<u64>,
}

impl Guest {
    /// Posts to that server as if from a page of that origin.
    #[must_use]
    pub fn new(server: &Server, origin: &str) -> Self {
        Self { client: Client::new(), server: server.url(""), origin: origin.to_owned(), writes: Cell::new(0) }
    }

    /// Posts a comment and returns whether it was taken.
    ///
    /// # Errors
    /// The server does not answer, or with a fault of its own.
    pub async fn try_post(&self, page: Value, body_markdown: &str, author: Value) -> Result<bool> {
        let answer = self.write(Method::POST, COMMENTS, json!({"page": page, "body_markdown": body_markdown, "author": author}));
        Ok(answer.await?.status().is_success())
    }

    /// Writes a comment or a reply under a page, and returns its id.
    ///
    /// # Errors
    /// The server does not take it; so for all that follow.
    pub async fn say(&self, page_key: &str, parent: Option<CommentId>, body_markdown: &str) -> Result<CommentId> {
        let mut comment = json!({"page": {"key": page_key}, "body_markdown": body_markdown, "author": {"name": "Jonas"}});
        if let Some(parent) = parent {
            comment["parent_id"] = json!(parent);
        }
        let written: Written = self.write(Method::POST, COMMENTS, comment).await?.error_for_status()?.json().await?;
        Ok(written.comment.id)
    }

    /// Gives a comment of this guest's another body.
    pub async fn edit(&self, id: CommentId, body_markdown: &str) -> Result<()> {
        self.write(Method::PATCH, &of(id), json!({"body_markdown": body_markdown})).await?.error_for_status()?;
        Ok(())
    }

    /// Withdraws a comment of this guest's.
    pub async fn delete(&self, id: CommentId) -> Result<()> {
        self.write(Method::DELETE, &of(id), json!({})).await?.error_for_status()?;
        Ok(())
    }

    async fn write(&self, method: Method, path: &str, mut body: Value) -> Result<Response> {
        let number = self.writes.replace(self.writes.get() + 1);
        let mut random = [0; 16];
        random[8..].copy_from_slice(&number.to_be_bytes());
        body["request_id"] = json!(RequestId::from_parts(1, random));
        let answer = self
            .client
            .request(method, format!("{}{path}?site={SITE}", self.server))
            .header("Origin", &self.origin)
            .header("Authorization", format!("{BEARER}{}", "A".repeat(DEVICE_SECRET_CHARS)))
            .json(&body)
            .send()
            .await?;
        let status = answer.status();
        ensure!(!status.is_server_error() && status != 429, "{status}: {}", answer.text().await?);
        Ok(answer)
    }
}

fn of(id: CommentId) -> String {
    COMMENT.replace("{comment_id}", &id.to_string())
}
