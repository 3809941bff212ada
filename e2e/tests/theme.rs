//! The thread looks like the page around it.

use afterword_e2e::{HostPage, Stage, Story};
use anyhow::Result;

/// The theme of the thread, for a reader whose system asks for that scheme.
async fn theme_for(stage: &mut Stage, scheme: &str) -> Result<String> {
    stage.page.browser().prefer_color_scheme(scheme).await?;
    stage.page.open_live("/article").await?;
    Ok(stage.page.run("return aw.dataset.theme", vec![]).await?.as_str().unwrap_or_default().to_owned())
}

#[tokio::test]
async fn a_page_that_stays_light_keeps_a_light_thread_for_readers_who_prefer_dark() -> Result<()> {
    let page = HostPage::short().css("body{background:#fff;color:#111}");
    Story::under(page)
        .tell(async |stage| {
            assert_eq!(theme_for(stage, "dark").await?, "light");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_that_is_always_dark_gets_a_dark_thread() -> Result<()> {
    let page = HostPage::short().css("html{background:#16181c;color:#e6e6e6}");
    Story::under(page)
        .tell(async |stage| {
            assert_eq!(theme_for(stage, "light").await?, "dark");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_that_follows_the_reader_takes_its_thread_along_at_once() -> Result<()> {
    let page = HostPage::short().css(":root{color-scheme:light dark}");
    Story::under(page)
        .tell(async |stage| {
            assert_eq!(theme_for(stage, "dark").await?, "dark");
            stage.page.browser().prefer_color_scheme("light").await?;
            stage.page.wait_until("the thread to follow", "return aw.dataset.theme === 'light'").await
        })
        .await
}
