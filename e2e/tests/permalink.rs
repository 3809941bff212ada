//! `#comment-<id>` leads to a comment wherever it stands in the thread.

use afterword_e2e::{HostPage, Seed, Story, Viewport, eventually};
use anyhow::Result;

#[tokio::test]
async fn a_permalink_to_a_painted_comment_scrolls_there_and_marks_it() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(30);
    let wanted = thread.comment(None, "the one the link points to");
    let story = Story::under(HostPage::long()).with(thread).with_late_wasm().on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.open(&format!("/article#comment-{wanted}")).await?;
            stage.page.wait_painted().await?;
            let row = stage.page.wait_for_comment("the one the link points to").await?;
            assert_eq!((row.id, row.is_marked, row.is_in_view), (wanted, true, true));
            stage.let_through()?;
            stage.page.wait_live().await?;
            let row = stage.page.wait_for_comment("the one the link points to").await?;
            assert_eq!((row.is_marked, row.is_in_view), (true, true), "after the widget took over");
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_permalink_to_a_comment_that_is_not_loaded_loads_it() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(150);
    let mut branch = thread.chain(4);
    let wanted = thread.comment(branch.pop(), "deep below the last of many");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open(&format!("/article#comment-{wanted}")).await?;
            eventually("the comment to be on screen and marked", async || {
                let rows = stage.page.comments().await?;
                Ok(rows.into_iter().find(|row| row.id == wanted && row.is_marked && row.is_in_view))
            })
            .await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_permalink_followed_later_is_followed_too() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(100);
    let wanted = thread.comment(None, "linked to from elsewhere on the page");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run("location.hash = arguments[0]", vec![format!("comment-{wanted}").into()]).await?;
            eventually("the comment to be on screen and marked", async || {
                let rows = stage.page.comments().await?;
                Ok(rows.into_iter().find(|row| row.id == wanted && row.is_marked && row.is_in_view))
            })
            .await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_fragment_of_another_system_disturbs_nothing() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(2);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article#comment-42").await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            Ok(())
        })
        .await
}
