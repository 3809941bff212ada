//! Several tabs with the same page: one sends, none overwrites what another keeps (SECURITY E3).

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Stage, Story, eventually};
use anyhow::{Result, ensure};
use serde_json::Value;
use std::collections::{BTreeMap, BTreeSet};
use std::time::{Duration, Instant};
use thirtyfour::WindowHandle;

/// How long it may take until another tab goes on, with what the test itself needs.
const NEW_SENDER_WITHIN: Duration = Duration::from_secs(3);

/// A page on which the browser has no locks, as on every page without TLS.
fn without_locks() -> HostPage {
    HostPage::short().head("<script>Object.defineProperty(navigator, 'locks', { value: undefined })</script>")
}

/// Opens the page live in that many tabs.
async fn open_in_tabs(stage: &Stage, count: usize) -> Result<Vec<WindowHandle>> {
    let mut tabs = vec![stage.page.browser().tab().await?];
    stage.page.open_live("/article").await?;
    while tabs.len() < count {
        tabs.push(stage.page.browser().open_tab().await?);
        stage.page.open_live("/article").await?;
    }
    Ok(tabs)
}

async fn go_to(stage: &Stage, tab: &WindowHandle) -> Result<()> {
    stage.page.browser().go_to_tab(tab).await
}

/// How often each write reached the server: by its request id.
fn attempts(stage: &Stage) -> Result<BTreeMap<String, u32>> {
    let mut counts = BTreeMap::new();
    for post in stage.gate()?.posts() {
        let post: Value = serde_json::from_str(&post)?;
        *counts.entry(post["request_id"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    Ok(counts)
}

/// Each tab writes while nobody listens; then the browser is told that it is online again, in all tabs at once.
async fn every_tab_writes_and_nothing_is_sent_twice(page: HostPage, count: usize) -> Result<()> {
    Story::under(page)
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, count).await?;
            stage.gate()?.refuse(true);
            let texts: BTreeSet<_> = (0..count).map(|number| format!("from tab {number}")).collect();
            for (tab, text) in tabs.iter().zip(&texts) {
                go_to(stage, tab).await?;
                stage.page.write(ROOT_FORM, text).await?;
            }
            for tab in &tabs {
                go_to(stage, tab).await?;
                let all = format!("return root.querySelectorAll('[data-pending]').length === {count}");
                stage.page.wait_until("every tab's comment in every tab", &all).await?;
            }
            let before = attempts(stage)?;
            stage.gate()?.refuse(false);
            for tab in &tabs {
                go_to(stage, tab).await?;
                stage.page.run("dispatchEvent(new Event('online'))", vec![]).await?;
            }
            for tab in &tabs {
                go_to(stage, tab).await?;
                stage.page.wait_until("all posted", "return !root.querySelector('[data-pending]')").await?;
                let shown: BTreeSet<_> = stage.page.comments().await?.into_iter().map(|row| row.body).collect();
                assert_eq!(shown, texts);
                assert_eq!(stage.page.comments().await?.len(), count);
            }
            // From then on each was sent once. One attempt may still have been on its way to being refused.
            let after = attempts(stage)?;
            assert_eq!(after.len(), count);
            let twice: Vec<_> = after.iter().filter(|(id, times)| **times > before.get(*id).unwrap_or(&0) + 1).collect();
            assert!(twice.len() <= 1, "sent twice: {twice:?}, before: {before:?}");
            assert_eq!(stage.server.export().await?.matches("\"record\":\"comment\"").count(), count);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn two_tabs_send_nothing_twice() -> Result<()> {
    every_tab_writes_and_nothing_is_sent_twice(HostPage::short(), 2).await
}

#[tokio::test]
async fn eight_tabs_send_nothing_twice() -> Result<()> {
    every_tab_writes_and_nothing_is_sent_twice(HostPage::short(), 8).await
}

#[tokio::test]
async fn two_tabs_without_locks_send_nothing_twice() -> Result<()> {
    every_tab_writes_and_nothing_is_sent_twice(without_locks(), 2).await
}

/// The tab that sends is closed while nobody listens; another one must try within three seconds.
async fn another_tab_goes_on(page: HostPage) -> Result<()> {
    Story::under(page)
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 2).await?;
            go_to(stage, &tabs[0]).await?;
            stage.gate()?.refuse(true);
            stage.page.write(ROOT_FORM, "whoever sends it").await?;
            // The first waits are short; the next attempts of this tab are farther away than the time allowed.
            eventually("three attempts", async || Ok((stage.gate()?.posts().len() >= 3).then_some(()))).await?;
            let before = stage.gate()?.posts().len();
            stage.page.browser().driver().close_window().await?;
            let closed_at = Instant::now();
            go_to(stage, &tabs[1]).await?;
            eventually("an attempt", async || Ok((stage.gate()?.posts().len() > before).then_some(()))).await?;
            let took = closed_at.elapsed();
            ensure!(took <= NEW_SENDER_WITHIN, "the next tab took {took:?}");
            stage.gate()?.refuse(false);
            stage.page.run("dispatchEvent(new Event('online'))", vec![]).await?;
            stage.page.wait_until_posted("whoever sends it").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn when_the_tab_that_sends_is_closed_another_one_goes_on_within_three_seconds() -> Result<()> {
    another_tab_goes_on(HostPage::short()).await
}

#[tokio::test]
async fn without_locks_another_tab_goes_on_within_three_seconds_too() -> Result<()> {
    another_tab_goes_on(without_locks()).await
}

#[tokio::test]
async fn a_comment_posted_or_given_up_in_one_tab_is_so_in_the_other() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 2).await?;
            stage.page.post("posted here").await?;
            go_to(stage, &tabs[0]).await?;
            stage.page.wait_for_comment("posted here").await?;
            assert_eq!(stage.page.count("[data-act=edit]").await?, 1, "it is one's own here too");
            stage.gate()?.refuse(true);
            stage.page.write(ROOT_FORM, "given up there").await?;
            stage.page.wait_until("it to wait", "return !!root.querySelector('.aw-comment--failed')").await?;
            go_to(stage, &tabs[1]).await?;
            stage.page.click("[data-pending] [data-act=delete]").await?;
            stage.page.click("[data-pending] [data-act=confirm-delete]").await?;
            go_to(stage, &tabs[0]).await?;
            stage.page.wait_until("it to be gone here too", "return !root.querySelector('[data-pending]')").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn eight_tabs_keep_eight_drafts() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 8).await?;
            for (number, tab) in tabs.iter().enumerate() {
                go_to(stage, tab).await?;
                stage.page.type_into(ROOT_FORM, "body", &format!("draft {number}")).await?;
            }
            for (number, tab) in tabs.iter().enumerate() {
                go_to(stage, tab).await?;
                stage.page.reload().await?;
                stage.page.wait_live().await?;
                assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, format!("draft {number}"));
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_closed_tabs_left_is_together_in_the_next_one() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 2).await?;
            for (text, tab) in ["one text", "another text"].iter().zip(&tabs) {
                go_to(stage, tab).await?;
                stage.page.type_into(ROOT_FORM, "body", text).await?;
            }
            stage.page.browser_mut().restart().await?;
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "one text\n\nanother text");
            // Typed on here, it is this tab's, and the others are not there twice.
            stage.page.type_into(ROOT_FORM, "body", "!").await?;
            stage.page.browser_mut().restart().await?;
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "one text\n\nanother text!");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_text_typed_on_in_another_tab_is_not_overwritten() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            let first = stage.page.browser().tab().await?;
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "begun here").await?;
            let second = stage.page.browser().open_tab().await?;
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "begun here", "a new tab shows what there is");
            go_to(stage, &first).await?;
            stage.page.type_into(ROOT_FORM, "body", ", ended here").await?;
            go_to(stage, &second).await?;
            stage.page.type_into(ROOT_FORM, "body", ", ended there").await?;
            for (tab, text) in [(first, "begun here, ended here"), (second, "begun here, ended there")] {
                go_to(stage, &tab).await?;
                stage.page.reload().await?;
                stage.page.wait_live().await?;
                assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, text);
            }
            Ok(())
        })
        .await
}
