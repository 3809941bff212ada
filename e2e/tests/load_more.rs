//! Every comment can be reached, at every level. Threads here are so short that all of it stays on the page; `scrolling.rs` has long ones.

use afterword_e2e::{HostPage, Seed, Stage, Story};
use anyhow::Result;
use std::collections::BTreeSet;

/// Presses what loads more until nothing is left out, and returns how often.
async fn load_everything(stage: &mut Stage) -> Result<usize> {
    let mut presses = 0;
    while stage.page.count("[data-act=more]").await? > 0 {
        let before = stage.page.comments().await?.len();
        stage.page.click("[data-act=more]").await?;
        let more = format!("return root.querySelectorAll('li[data-id]').length > {before}");
        stage.page.wait_until("more comments", &more).await?;
        presses += 1;
    }
    Ok(presses)
}

#[tokio::test]
async fn root_comments_past_the_first_slice_are_loaded_on_request() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(90);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert!(stage.page.comments().await?.len() < 90);
            assert!(load_everything(stage).await? > 0);
            let ids: Vec<_> = stage.page.comments().await?.into_iter().map(|row| row.id).collect();
            assert_eq!(ids.len(), 90);
            assert!(ids.is_sorted(), "oldest first: {ids:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn replies_left_out_at_every_level_are_loaded_on_request() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let root = thread.comment(None, "a heated one");
    for _ in 0..12 {
        let reply = thread.comment(Some(root), "an answer");
        for _ in 0..6 {
            thread.comment(Some(reply), "an answer to the answer");
        }
    }
    let count = 1 + 12 + 12 * 6;
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert!(load_everything(stage).await? > 0);
            let rows = stage.page.comments().await?;
            let distinct: BTreeSet<_> = rows.iter().map(|row| row.id).collect();
            assert_eq!((rows.len(), distinct.len()), (count, count));
            assert!(rows.is_sorted_by_key(|row| row.id), "depth-first is the order in which they were written");
            Ok(())
        })
        .await
}
