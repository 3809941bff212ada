//! What was said is found, wherever in the thread it stands.

use afterword_e2e::{HostPage, Seed, Stage, Story, eventually};
use afterword_wire::CommentId;
use anyhow::Result;
use thirtyfour::Key;

/// Waits until a comment is on screen, marked as the one that was asked for.
async fn wait_until_shown(stage: &Stage, wanted: CommentId) -> Result<()> {
    eventually("the comment to be on screen and marked", async || {
        let rows = stage.page.comments().await?;
        Ok(rows.into_iter().any(|row| row.id == wanted && row.is_marked && row.is_in_view).then_some(()))
    })
    .await
}

#[tokio::test]
pub async fn what_is_typed_is_found_in_the_whole_thread_and_enter_goes_from_match_to_match() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(130);
    let mut branch = thread.chain(3);
    let older = thread.comment(branch.pop(), "Ripe quinces, deep below");
    thread = thread.with_roots(60);
    let newer = thread.comment(None, "A quince again");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.click("[data-act=search]").await?;
            assert_eq!(stage.page.focus().await?.field, "q");
            let field = stage.page.find(".aw-search__field").await?;
            field.send_keys("QUINC").await?;
            stage.page.wait_until("two results", "return root.querySelectorAll('.aw-hit').length == 2").await?;
            assert_eq!(stage.page.count(".aw-hit mark").await?, 2);
            field.send_keys(Key::Enter + "").await?;
            wait_until_shown(stage, newer).await?;
            stage.page.click(".aw-search [aria-label='Next match']").await?;
            wait_until_shown(stage, older).await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn escape_closes_the_search_and_gives_focus_back() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(40);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.click("[data-act=search]").await?;
            // Letters are text here, although they go from comment to comment elsewhere in the thread.
            stage.page.find(".aw-search__field").await?.send_keys("jkrx").await?;
            stage
                .page
                .wait_until("an answer", "return root.querySelector('.aw-search__count')?.innerText == 'Nothing found.'")
                .await?;
            stage.page.find(".aw-search__field").await?.send_keys(Key::Escape + "").await?;
            stage.page.wait_until("the button to have focus", "return root.activeElement?.dataset.act == 'search'").await?;
            assert_eq!(stage.page.count(".aw-search").await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_short_thread_has_no_search() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(5));
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.count("[data-act=search]").await?, 0);
            Ok(())
        })
        .await
}
