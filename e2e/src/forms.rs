//! What a reader writes: the forms of the thread, by name.

use crate::view::Row;
use crate::{ThreadPage, eventually};
use afterword_wire::CommentId;
use anyhow::Result;
use serde_json::json;
use thirtyfour::{Key, WebElement};

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

impl ThreadPage {
    /// Types into a field of a form, after what is there.
    pub async fn type_into(&self, form: &str, field: &str, text: &str) -> Result<()> {
        // The widget may take over between the look and the first letter: look again then.
        eventually(&format!("letters in the field {field} of form {form}"), async || {
            self.field(form, field).await?.send_keys(text).await?;
            Ok(Some(()))
        })
        .await
    }

    /// Types over all that stands in a field.
    pub async fn retype(&self, form: &str, field: &str, text: &str) -> Result<()> {
        let element = self.field(form, field).await?;
        element.clear().await?;
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
        let ways =
            "return !!root.querySelector('[data-act=retry]') || !root.querySelector('.aw-comment--sending, .aw-comment--failed')";
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

    /// Withdraws a comment and confirms it.
    pub async fn delete(&self, id: CommentId) -> Result<()> {
        self.press_on(id, "delete").await?;
        self.press_on(id, "confirm-delete").await
    }

    /// Waits until a comment is posted: it stands there with that text and the server has it.
    pub async fn wait_until_posted(&self, body: &str) -> Result<Row> {
        let row = self.wait_for_comment(body).await?;
        let script = "return !root.querySelector('.aw-comment--sending, .aw-comment--failed')";
        self.wait_until("nothing to be on its way", script).await?;
        // Its id may have become the server's.
        Ok(self.comments().await?.into_iter().find(|found| found.body == body).unwrap_or(row))
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
