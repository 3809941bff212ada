//! One script tag, and what it may say.

use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

const WARNINGS: &str = "<script>witness.warnings = []; console.warn = (text) => witness.warnings.push(text)</script>";

#[tokio::test]
async fn the_page_key_is_the_path_of_the_canonical_url() -> Result<()> {
    let thread = Seed::thread("/canonical").with_roots(2);
    let page = HostPage::short().head("<link rel=\"canonical\" href=\"/canonical?utm=1\">");
    let story = Story::under(page).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/some/other/path").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_given_page_key_wins() -> Result<()> {
    let thread = Seed::thread("given").with_roots(2);
    let story = Story::under(HostPage::short().attribute("data-page-key", "given")).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_target_further_down_the_page_is_filled() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let page = HostPage::short().attribute("data-target", "#below").after("<section id=\"below\"></section>");
    let story = Story::under(page).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.run("return host.parentElement.id", vec![]).await?, "below");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_unknown_value_is_named_once_with_what_is_accepted() -> Result<()> {
    let page = HostPage::short().head(WARNINGS).attribute("data-theme", "sepia").attribute("data-sort", "newest");
    Story::under(page)
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_live().await?;
            let warnings = stage.page.run("return witness.warnings", vec![]).await?;
            let sentence = "afterword: not understood: data-theme=\"sepia\" (accepted: auto, light, dark)";
            assert_eq!(warnings, serde_json::json!([sentence]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn eager_loading_starts_the_wasm_far_below_the_screen() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let story = Story::under(HostPage::long().attribute("data-loading", "eager")).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_live().await
        })
        .await
}

#[tokio::test]
async fn by_default_the_wasm_waits_until_the_thread_is_near() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let story = Story::under(HostPage::long()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let urls = stage.page.browser().requested_urls().await?;
            assert!(!urls.iter().any(|url| url.contains(".wasm")), "{urls:?}");
            stage.page.run("host.scrollIntoView()", vec![]).await?;
            stage.page.wait_live().await
        })
        .await
}

#[tokio::test]
async fn lazy_loading_asks_for_nothing_until_the_thread_is_near() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let story = Story::under(HostPage::long().attribute("data-loading", "lazy")).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_until("the host element", "return !!root").await?;
            let urls = stage.page.browser().requested_urls().await?;
            assert!(!urls.iter().any(|url| url.contains("/v1/")), "{urls:?}");
            stage.page.run("host.scrollIntoView()", vec![]).await?;
            stage.page.wait_painted().await
        })
        .await
}

#[tokio::test]
async fn a_theme_is_passed_on_before_and_after_the_wasm() -> Result<()> {
    let story = Story::under(HostPage::short().attribute("data-theme", "dark")).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.run("return aw.dataset.theme", vec![]).await?, "dark");
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.run("return aw.dataset.theme", vec![]).await?, "dark");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_thread_taken_out_of_the_page_and_put_back_goes_on() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.run("host.remove(); document.body.append(host)", vec![]).await?;
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.comments().await?.len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_page_with_a_strict_style_policy_gets_its_thread_in_full() -> Result<()> {
    let policy = "<meta http-equiv=\"Content-Security-Policy\" content=\"style-src 'self'\">";
    let thread = Seed::thread("/article").with_roots(2);
    let story = Story::under(HostPage::short().head(policy)).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            let styled =
                "return root.adoptedStyleSheets.length === 1 && getComputedStyle(root.querySelector('.aw-list')).listStyleType";
            assert_eq!(stage.page.run(styled, vec![]).await?, "none");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_page_is_told_how_many_comments_were_loaded() -> Result<()> {
    let listener =
        "<script>addEventListener('afterword:thread-loaded', (event) => (witness.count = event.detail.comment_count))</script>";
    let thread = Seed::thread("/article").with_roots(4);
    let story = Story::under(HostPage::short().head(listener)).with(thread);
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.run("return witness.count", vec![]).await?, 4);
            Ok(())
        })
        .await
}
