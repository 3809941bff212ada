//! The thread in its host page, spoken to in verbs. Selectors live here and nowhere else.

use crate::{Browser, eventually};
use afterword_wire::CommentId;
use anyhow::{Result, ensure};
use serde_json::{Value, json};
use thirtyfour::{Key, WebElement};

/// Finds the thread's host and shadow root; what follows it is the body of a function.
const PRELUDE: &str = "
    const host = [...document.querySelectorAll('*')].find((element) => element.shadowRoot);
    const root = host && host.shadowRoot;
    const aw = root && root.querySelector('.aw');
";
/// The form of the composer on top; a reply's form is named for its parent, see [`reply_form`].
pub const ROOT_FORM: &str = "root";

/// The form in which a comment is answered.
#[must_use]
pub fn reply_form(parent: CommentId) -> String {
    parent.to_string()
}

/// The form in which a comment is changed.
#[must_use]
pub fn edit_form(id: CommentId) -> String {
    format!("edit-{id}")
}

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

/// A browser tab with the host page in it.
pub struct ThreadPage {
    browser: Browser,
    origin: String,
}

impl ThreadPage {
    /// Nothing is opened yet.
    #[must_use]
    pub fn new(browser: Browser, origin: String) -> Self {
        Self { browser, origin }
    }

    /// The browser it is in.
    #[must_use]
    pub fn browser(&self) -> &Browser {
        &self.browser
    }

    /// Leaves the page and keeps the browser.
    #[must_use]
    pub fn into_browser(self) -> Browser {
        self.browser
    }

    /// Opens a path of the host page (the page key), with a fragment perhaps.
    ///
    /// # Errors
    /// The browser does not answer; so for every verb here.
    pub async fn open(&self, path: &str) -> Result<()> {
        Ok(self.browser.driver().goto(format!("{}{path}", self.origin)).await?)
    }

    /// Loads the page again.
    pub async fn reload(&self) -> Result<()> {
        Ok(self.browser.driver().refresh().await?)
    }

    /// Runs a script that sees `host`, `root` and `aw` (the thread's element), each perhaps null.
    pub async fn run(&self, script: &str, arguments: Vec<Value>) -> Result<Value> {
        let answer = self.browser.driver().execute(format!("{PRELUDE}{script}"), arguments).await?;
        Ok(answer.json().clone())
    }

    /// Waits until a script that sees what [`ThreadPage::run`] offers answers true.
    pub async fn wait_until(&self, what: &str, script: &str) -> Result<()> {
        eventually(what, async || Ok((self.run(script, vec![]).await? == true).then_some(()))).await
    }

    /// Waits until the server's HTML is on screen.
    pub async fn wait_painted(&self) -> Result<()> {
        self.wait_until("the thread to be painted", "return !!(aw && witness.painted)").await
    }

    /// Waits until the WebAssembly has taken over.
    pub async fn wait_live(&self) -> Result<()> {
        self.wait_until("the widget to take over", "return !!(aw && witness.painted && aw !== witness.painted)").await
    }

    /// Whether the WebAssembly has taken over.
    pub async fn is_live(&self) -> Result<bool> {
        Ok(self.run("return !!(aw && aw !== witness.painted)", vec![]).await? == true)
    }

    /// Opens the page and waits until the widget is live, however far below the thread stands.
    pub async fn open_live(&self, path: &str) -> Result<()> {
        self.open(path).await?;
        self.wait_painted().await?;
        self.run("host.scrollIntoView()", vec![]).await?;
        self.wait_live().await
    }

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

    /// Waits until a comment is posted: it stands there with that text and the server has it.
    pub async fn wait_until_posted(&self, body: &str) -> Result<Row> {
        let row = self.wait_for_comment(body).await?;
        let script = "return !root.querySelector('.aw-comment--sending, .aw-comment--failed')";
        self.wait_until("nothing to be on its way", script).await?;
        // Its id may have become the server's.
        Ok(self.comments().await?.into_iter().find(|found| found.body == body).unwrap_or(row))
    }

    /// Types into a field of a form, after what is there.
    pub async fn type_into(&self, form: &str, field: &str, text: &str) -> Result<()> {
        self.field(form, field).await?.send_keys(text).await?;
        Ok(())
    }

    /// Empties a field as a reader would, then types.
    pub async fn retype(&self, form: &str, field: &str, text: &str) -> Result<()> {
        let element = self.field(form, field).await?;
        element.send_keys(Key::Control + "a").await?;
        Ok(element.send_keys(text).await?)
    }

    /// What stands in a field.
    pub async fn value_of(&self, form: &str, field: &str) -> Result<String> {
        let script = "const form = root.querySelector(`form[data-form=\"${arguments[0]}\"]`);
                      return form && form.elements[arguments[1]].value";
        let value = self.run(script, vec![json!(form), json!(field)]).await?;
        Ok(value.as_str().unwrap_or_default().to_owned())
    }

    /// Whether a form is there.
    pub async fn has_form(&self, form: &str) -> Result<bool> {
        Ok(self.run("return !!root.querySelector(`form[data-form=\"${arguments[0]}\"]`)", vec![json!(form)]).await? == true)
    }

    /// Presses a button of a form.
    pub async fn press(&self, form: &str, act: &str) -> Result<()> {
        self.click(&format!("form[data-form=\"{form}\"] [data-act=\"{act}\"]")).await
    }

    /// Presses a button of a comment.
    pub async fn press_on(&self, id: CommentId, act: &str) -> Result<()> {
        self.click(&format!("li[data-id=\"{id}\"] [data-act=\"{act}\"]")).await
    }

    /// Writes in a form, says who one is where that is not known yet, and sends.
    pub async fn write(&self, form: &str, text: &str) -> Result<()> {
        self.type_into(form, "body", text).await?;
        if self.value_of(form, "name").await?.is_empty() {
            self.type_into(form, "name", "Ada").await?;
        }
        self.press(form, "submit").await
    }

    /// Posts a root comment and waits until it stands.
    pub async fn post(&self, text: &str) -> Result<Row> {
        self.write(ROOT_FORM, text).await?;
        self.wait_until_posted(text).await
    }

    /// Answers a comment and waits until the answer stands.
    pub async fn reply(&self, parent: CommentId, text: &str) -> Result<Row> {
        self.press_on(parent, "reply").await?;
        self.write(&reply_form(parent), text).await?;
        self.wait_until_posted(text).await
    }

    /// Presses retry where it is offered until the comment is posted; the widget may get there first by itself.
    pub async fn retry_until_posted(&self, body: &str) -> Result<Row> {
        let ways = "return !!root.querySelector('[data-act=retry]') || !root.querySelector('.aw-comment--sending, .aw-comment--failed')";
        self.wait_until("a way to retry", ways).await?;
        if self.count("[data-act=retry]").await? > 0 {
            self.click("[data-act=retry]").await?;
        }
        self.wait_until_posted(body).await
    }

    /// Sends what stands in a form by keyboard.
    pub async fn send_with_keyboard(&self, form: &str) -> Result<()> {
        Ok(self.field(form, "body").await?.send_keys(Key::Control + Key::Enter).await?)
    }

    /// Withdraws a comment, confirming where that is asked.
    pub async fn delete(&self, id: CommentId) -> Result<()> {
        self.press_on(id, "delete").await
    }

    /// Where the keyboard is, inside the thread.
    pub async fn focus(&self) -> Result<Focus> {
        let found = self.run(FOCUS, vec![]).await?;
        let selection = found["start"].as_u64().zip(found["end"].as_u64());
        Ok(Focus { form: text(&found["form"]), field: text(&found["field"]), selection })
    }

    /// Clicks the first element in the thread that fits.
    pub async fn click(&self, selector: &str) -> Result<()> {
        // The widget may take over between the look and the click: look again then.
        eventually(&format!("a click on {selector}"), async || {
            let element = self.find(selector).await?;
            element.scroll_into_view().await?;
            element.click().await?;
            Ok(Some(()))
        })
        .await
    }

    /// The first element in the thread that fits, once there is one.
    pub async fn find(&self, selector: &str) -> Result<WebElement> {
        let script = format!("{PRELUDE} return root && root.querySelector(arguments[0])");
        let answer = self.browser.driver().execute(script, vec![json!(selector)]).await?;
        ensure!(!answer.json().is_null(), "no {selector} in the thread");
        Ok(answer.element()?)
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
        let problems = self.run("return window.witness ? witness.problems : []", vec![]).await?;
        Ok(problems.as_array().into_iter().flatten().map(text).collect())
    }

    /// What an injected script has called so far.
    pub async fn injected_calls(&self) -> Result<Vec<String>> {
        let ran = self.run("return window.witness ? witness.ran : []", vec![]).await?;
        Ok(ran.as_array().into_iter().flatten().map(text).collect())
    }

    async fn field(&self, form: &str, field: &str) -> Result<WebElement> {
        let selector = format!("form[data-form=\"{form}\"] [name=\"{field}\"]");
        eventually(&format!("the field {field} of form {form}"), async || {
            let element = self.find(&selector).await?;
            Ok(element.is_displayed().await?.then_some(element))
        })
        .await
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
