//! What axe-core finds: nothing, in both themes, with forms open; and what it cannot know.

use afterword_e2e::forms::{ROOT_FORM, edit_form, reply_form};
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport, axe, eventually};
use afterword_wire::CommentId;
use anyhow::Result;

fn thread() -> (Seed, Vec<CommentId>) {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(5);
    let deleted = thread.deleted_comment(Some(chain[0]));
    thread.comment(Some(deleted), "still here, with a [link](https://example.org/) and `code`");
    (thread, chain)
}

/// Opens every form there is and asks axe.
async fn axe_finds_nothing(stage: &mut Stage, parent: CommentId) -> Result<()> {
    stage.page.open_live("/article").await?;
    assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new(), "at rest");
    let own = stage.page.post("my own").await?;
    stage.page.press_on(own.id, "edit").await?;
    // It pushes what is below it down; a click on its way would miss.
    let edit = edit_form(own.id);
    eventually("the form of the edit", async || Ok(stage.page.has_form(&edit).await?.then_some(()))).await?;
    stage.page.press_on(parent, "reply").await?;
    stage.page.type_into(&reply_form(parent), "body", "an answer").await?;
    stage.page.type_into(ROOT_FORM, "body", "a comment").await?;
    stage.page.press(ROOT_FORM, "preview").await?;
    assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new(), "with forms open");
    Ok(())
}

#[tokio::test]
pub async fn axe_finds_nothing_in_light_with_forms_open() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short().attribute("data-theme", "light")).with(thread);
    story.tell(async |stage| axe_finds_nothing(stage, chain[2]).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_dark_with_forms_open() -> Result<()> {
    let (thread, chain) = thread();
    let dark = "html{background:#16181c;color:#e6e6e6}";
    let story = Story::under(HostPage::short().css(dark).attribute("data-theme", "dark")).with(thread);
    story.tell(async |stage| axe_finds_nothing(stage, chain[2]).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_on_an_arabic_phone() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short().attribute("data-lang", "ar")).with(thread).on(Viewport::PHONE);
    story.tell(async |stage| axe_finds_nothing(stage, chain[2]).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_what_the_server_painted() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.press_on(chain[1], "reply").await?;
            assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new());
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_posted_comment_is_announced_politely() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.post("hear, hear").await?;
            let said = "return [...root.querySelectorAll('[aria-live=polite], [role=status]')].some((region) => region.textContent.trim())";
            stage.page.wait_until("an announcement", said).await
        })
        .await
}
