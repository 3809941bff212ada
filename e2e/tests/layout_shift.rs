//! What stands around the thread does not move while it loads.

use afterword_e2e::{HostPage, Seed, Stage, Story};
use anyhow::Result;

/// Loads the page to the end and holds that nothing moved.
async fn nothing_moves(stage: &mut Stage) -> Result<()> {
    stage.page.open("/article").await?;
    // Only what was on screen before can move.
    stage.page.wait_until("the page to be painted", "return performance.getEntriesByType('paint').length === 2").await?;
    stage.let_through()?;
    stage.page.wait_painted().await?;
    stage.page.wait_live().await?;
    let (score, moved) = stage.page.layout_shift().await?;
    assert_eq!(score, 0.0, "{moved:?}");
    Ok(())
}

#[tokio::test]
async fn nothing_moves_while_a_thread_on_the_first_screen_loads() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(50);
    Story::under(HostPage::short()).with(thread).with_late_html().tell(nothing_moves).await
}

#[tokio::test]
async fn a_footer_below_a_long_thread_starts_below_the_screen() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(20);
    Story::under(HostPage::short().footer().blocking()).with(thread).with_late_html().tell(nothing_moves).await
}

#[tokio::test]
async fn a_footer_below_an_empty_thread_starts_below_the_screen() -> Result<()> {
    Story::under(HostPage::short().footer().blocking()).with_late_html().tell(nothing_moves).await
}

#[tokio::test]
async fn the_room_kept_free_is_given_back_after_a_click() -> Result<()> {
    let story = Story::under(HostPage::short().footer().blocking());
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run("document.querySelector('h1').click()", vec![]).await?;
            assert_eq!(stage.page.run("return host.style.minHeight", vec![]).await?, "");
            Ok(())
        })
        .await
}
