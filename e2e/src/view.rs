//! What a reader sees of the thread.

use crate::{ThreadPage, eventually};
use afterword_wire::CommentId;
use anyhow::Result;
use serde_json::{Value, json};

/// One comment as a reader sees it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Row {
    /// Its id.
    pub id: CommentId,
    /// 0 for a root comment.
    pub depth: u16,
    /// The name shown; empty for a deleted one.
    pub author: String,
    /// The body's text; empty for a deleted one.
    pub body: String,
    /// Whether it stands only for its replies.
    pub is_deleted: bool,
    /// Whether the permalink points to it.
    pub is_marked: bool,
    /// Whether it is on the screen.
    pub is_in_view: bool,
}

/// Where the keyboard is.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Focus {
    /// The form, if any.
    pub form: String,
    /// The field's name, or else the tag.
    pub field: String,
    /// The selected part of the field's text, in UTF-16 units.
    pub selection: Option<(u64, u64)>,
}

impl ThreadPage {
    /// The comments in the order they are read.
    pub async fn comments(&self) -> Result<Vec<Row>> {
        let rows = self.run(ROWS, vec![]).await?;
        rows.as_array().into_iter().flatten().map(read_row).collect()
    }

    /// Waits for a comment with that text and returns it.
    pub async fn wait_for_comment(&self, body: &str) -> Result<Row> {
        let what = format!("a comment that says {body:?}");
        eventually(&what, async || Ok(self.comments().await?.into_iter().find(|row| row.body == body))).await
    }

    /// Where the keyboard is, inside the thread.
    pub async fn focus(&self) -> Result<Focus> {
        let found = self.run(FOCUS, vec![]).await?;
        let selection = found["start"].as_u64().zip(found["end"].as_u64());
        Ok(Focus { form: text(&found["form"]), field: text(&found["field"]), selection })
    }

    /// How many elements in the thread fit.
    pub async fn count(&self, selector: &str) -> Result<u64> {
        let found = self.run("return root ? root.querySelectorAll(arguments[0]).length : 0", vec![json!(selector)]).await?;
        Ok(found.as_u64().unwrap_or_default())
    }

    /// All text of the thread.
    pub async fn text(&self) -> Result<String> {
        Ok(text(&self.run("return aw ? aw.innerText : root ? root.textContent : ''", vec![]).await?))
    }

    /// The layout shift caused so far: its score, and who moved.
    pub async fn layout_shift(&self) -> Result<(f64, Vec<String>)> {
        let seen = self.run("return [witness.shift, witness.shifts]", vec![]).await?;
        let moved = seen[1].as_array().into_iter().flatten().map(text).collect();
        Ok((seen[0].as_f64().unwrap_or(f64::MAX), moved))
    }

    /// Uncaught errors and blocked loads so far.
    pub async fn problems(&self) -> Result<Vec<String>> {
        let problems = self.run("return witness.problems", vec![]).await?;
        Ok(problems.as_array().into_iter().flatten().map(text).collect())
    }

    /// What an injected script has called so far.
    pub async fn injected_calls(&self) -> Result<Vec<String>> {
        let ran = self.run("return witness.ran", vec![]).await?;
        Ok(ran.as_array().into_iter().flatten().map(text).collect())
    }
}

const ROWS: &str = "
    return root ? [...root.querySelectorAll('li[data-id]')].map((row) => {
      const at = (selector) => (row.querySelector(selector) || { innerText: '' }).innerText.trim();
      const { top, bottom } = row.getBoundingClientRect();
      return {
        id: row.dataset.id, depth: +row.dataset.depth, author: at('.aw-comment__author'), body: at('.aw-comment__body'),
        is_deleted: !!row.querySelector('.aw-comment--deleted'), is_marked: row.classList.contains('aw-row--marked'),
        is_in_view: bottom > 0 && top < innerHeight,
      };
    }) : []";

const FOCUS: &str = "
    const at = root && root.activeElement;
    if (!at) return {};
    const form = at.closest('form');
    return { form: form && form.dataset.form, field: at.name || at.tagName, start: at.selectionStart, end: at.selectionEnd };";

fn read_row(row: &Value) -> Result<Row> {
    Ok(Row {
        id: text(&row["id"]).parse().map_err(|_| anyhow::anyhow!("not a comment's id: {}", row["id"]))?,
        depth: row["depth"].as_u64().and_then(|depth| depth.try_into().ok()).unwrap_or_default(),
        author: text(&row["author"]),
        body: text(&row["body"]),
        is_deleted: row["is_deleted"] == true,
        is_marked: row["is_marked"] == true,
        is_in_view: row["is_in_view"] == true,
    })
}

fn text(value: &Value) -> String {
    value.as_str().unwrap_or_default().to_owned()
}
