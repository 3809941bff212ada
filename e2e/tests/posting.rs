//! Posting and replying.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
pub async fn a_posted_comment_is_there_after_a_reload_with_its_author_and_markdown() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.write(ROOT_FORM, "some **strong** words").await?;
            stage.page.wait_until_posted("some strong words").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "");
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let row = stage.page.wait_for_comment("some strong words").await?;
            assert_eq!((row.author.as_str(), row.depth), ("Ada", 0));
            assert_eq!(stage.page.count(".aw-comment__body strong").await?, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn replies_go_five_levels_deep_each_under_the_one_it_answers() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let mut parent = stage.page.post("level 0").await?;
            for level in 1..=5 {
                let reply = stage.page.reply(parent.id, &format!("level {level}")).await?;
                assert_eq!(reply.depth, level);
                parent = reply;
            }
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let outline: Vec<_> = stage.page.comments().await?.into_iter().map(|row| (row.depth, row.body)).collect();
            assert_eq!(outline, (0..=5).map(|level| (level, format!("level {level}"))).collect::<Vec<_>>());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn name_and_email_are_remembered_for_the_next_visit() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "hello").await?;
            stage.page.type_into(ROOT_FORM, "name", "Ada").await?;
            stage.page.type_into(ROOT_FORM, "email", "ada@example.org").await?;
            stage.page.press(ROOT_FORM, "submit").await?;
            stage.page.wait_until_posted("hello").await?;
            stage.page.open_live("/another").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "name").await?, "Ada");
            assert_eq!(stage.page.value_of(ROOT_FORM, "email").await?, "ada@example.org");
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn control_and_enter_send_a_comment() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "by keyboard").await?;
            stage.page.type_into(ROOT_FORM, "name", "Ada").await?;
            stage.page.send_with_keyboard(ROOT_FORM).await?;
            stage.page.wait_until_posted("by keyboard").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn focus_is_on_the_comment_after_a_reply_is_posted() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let parent = thread.comment(None, "answer me");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.reply(parent, "an answer").await?;
            assert!(!stage.page.has_form(&reply_form(parent)).await?);
            assert_ne!(stage.page.focus().await?.field, "", "focus is lost");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_preview_shows_what_would_be_posted_and_keeps_the_text() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "a *preview*").await?;
            stage.page.press(ROOT_FORM, "preview").await?;
            stage.page.wait_until("the preview", "return !!root.querySelector('form[data-form=root] em')").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "a *preview*");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_comment_without_a_name_is_refused_next_to_the_field_and_stays_typed() -> Result<()> {
    Story::under(HostPage::short())
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "who am I").await?;
            stage.page.press(ROOT_FORM, "submit").await?;
            let refused = "const form = root.querySelector('form[data-form=root]');
                           return form.elements.name.matches(':invalid, [aria-invalid=true]')";
            stage.page.wait_until("the name to be asked for", refused).await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "who am I");
            assert_eq!(stage.page.focus().await?.field, "name");
            Ok(())
        })
        .await
}
