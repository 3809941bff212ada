//! Changing and withdrawing one's own comments.

use afterword_e2e::forms::{ROOT_FORM, edit_form};
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
pub async fn an_edited_comment_shows_its_new_text_to_everybody() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.write(ROOT_FORM, "a *first* thought").await?;
            let row = stage.page.wait_until_posted("a first thought").await?;
            let form = edit_form(row.id);
            stage.page.press_on(row.id, "edit").await?;
            // The source as typed, not the text as shown.
            let source = "return root.querySelector('form[data-form^=edit] textarea').value === 'a *first* thought'";
            stage.page.wait_until("the source to be there", source).await?;
            stage.page.retype(&form, "body", "a second thought").await?;
            stage.page.press(&form, "submit").await?;
            stage.page.wait_until_posted("a second thought").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let rows = stage.page.comments().await?;
            assert_eq!(rows.iter().map(|row| row.body.as_str()).collect::<Vec<_>>(), ["a second thought"]);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn only_own_comments_can_be_edited_or_deleted() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let other = thread.comment(None, "somebody else's");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let own = stage.page.post("my own").await?;
            let act = |id, act: &str| format!("li[data-id=\"{id}\"] [data-act={act}]");
            for name in ["edit", "delete"] {
                assert_eq!(stage.page.count(&act(own.id, name)).await?, 1, "{name} on one's own");
                assert_eq!(stage.page.count(&act(other, name)).await?, 0, "{name} on another's");
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_deleted_comment_without_replies_is_gone() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.post("stays").await?;
            let row = stage.page.post("goes").await?;
            stage.page.delete(row.id).await?;
            stage.page.wait_until("it to be gone", "return root.querySelectorAll('li[data-id]').length === 1").await?;
            assert_ne!(stage.page.focus().await?.field, "", "focus is lost");
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let left: Vec<_> = stage.page.comments().await?.into_iter().map(|row| row.body).collect();
            assert_eq!(left, ["stays"]);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_deleted_comment_with_replies_stays_as_a_placeholder() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let parent = stage.page.post("goes").await?;
            let reply = stage.page.reply(parent.id, "stays").await?;
            stage.page.delete(parent.id).await?;
            stage.page.wait_until("the placeholder", "return !!root.querySelector('.aw-comment--deleted')").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let rows = stage.page.comments().await?;
            assert_eq!(
                rows.iter().map(|row| (row.id, row.is_deleted)).collect::<Vec<_>>(),
                [(parent.id, true), (reply.id, false)]
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_edit_that_is_given_up_changes_nothing() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let row = stage.page.post("as it was").await?;
            let form = edit_form(row.id);
            stage.page.press_on(row.id, "edit").await?;
            stage.page.retype(&form, "body", "something else").await?;
            stage.page.press(&form, "cancel").await?;
            stage.page.wait_for_comment("as it was").await?;
            assert!(!stage.page.has_form(&form).await?);
            Ok(())
        })
        .await
}
