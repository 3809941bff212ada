//! Unsent text is kept.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
pub async fn an_unsent_comment_is_there_again_after_a_reload() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "not finished yet").await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "not finished yet");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn each_parent_keeps_a_draft_of_its_own() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let (first, second) = (thread.comment(None, "one"), thread.comment(None, "two"));
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            for (parent, text) in [(first, "to one"), (second, "to two")] {
                stage.page.press_on(parent, "reply").await?;
                stage.page.type_into(&reply_form(parent), "body", text).await?;
            }
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            for (parent, text) in [(first, "to one"), (second, "to two")] {
                if !stage.page.has_form(&reply_form(parent)).await? {
                    stage.page.press_on(parent, "reply").await?;
                }
                assert_eq!(stage.page.value_of(&reply_form(parent), "body").await?, text);
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_posted_comment_leaves_no_draft() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.post("sent and done").await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "");
            Ok(())
        })
        .await
}
