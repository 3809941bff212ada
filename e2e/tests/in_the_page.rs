//! A thread that is in the page's own HTML, and one that comes with the script: neither is asked for again.

use afterword_e2e::{Guest, HostPage, Seed, Stage, Story};
use anyhow::Result;
use serde_json::json;

const DECLARATIVE: &str = "/v1/thread.html?site=blog&page=/article&as=declarative";
const PAINTED_SCRIPT: &str = "/embed/blog.js?page=/article";

fn thread() -> Seed {
    Seed::thread("/article").with_roots(5)
}

/// The addresses asked for so far that bring the thread.
async fn requests_for_the_thread(stage: &Stage) -> Result<Vec<String>> {
    let urls = stage.page.browser().requested_urls().await?;
    Ok(urls.into_iter().filter(|url| url.contains("/v1/thread")).collect())
}

/// What holds for a thread however it came: it is there once, nothing was asked for again, and it can be written in.
async fn lives(stage: &mut Stage) -> Result<()> {
    stage.page.open("/article").await?;
    stage.page.wait_painted().await?;
    assert_eq!(stage.page.comments().await?.len(), 5);
    stage.page.wait_live().await?;
    assert_eq!(stage.page.run("return document.querySelectorAll('.afterword').length", vec![]).await?, 1);
    stage.page.post("Sixth").await?;
    assert_eq!(stage.page.comments().await?.len(), 6);
    assert_eq!(requests_for_the_thread(stage).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn a_thread_in_the_pages_own_html_is_taken_over_where_it_stands() -> Result<()> {
    Story::under(HostPage::short().including(DECLARATIVE)).with(thread()).tell(lives).await
}

#[tokio::test]
async fn a_thread_that_comes_with_the_script_needs_no_request_of_its_own() -> Result<()> {
    Story::under(HostPage::short().script(PAINTED_SCRIPT)).with(thread()).tell(lives).await
}

#[tokio::test]
async fn nothing_moves_when_a_thread_in_the_pages_own_html_is_taken_over() -> Result<()> {
    Story::under(HostPage::short().including(DECLARATIVE).footer())
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_live().await?;
            let (score, moved) = stage.page.layout_shift().await?;
            assert_eq!(score, 0.0, "{moved:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn without_scripts_the_comments_in_the_pages_own_html_are_read_and_no_dead_control_is_seen() -> Result<()> {
    Story::under(HostPage::short().including(DECLARATIVE))
        .with(thread())
        .tell(async |stage| {
            stage.page.browser().run_scripts(false).await?;
            stage.page.open("/article").await?;
            let rows = stage.page.comments().await?;
            assert_eq!(rows.len(), 5);
            assert!(rows[0].is_in_view && rows[0].body.contains("Comment 0"), "{rows:?}");
            let seen = "return [...root.querySelectorAll('form, button, select')].filter((one) => one.checkVisibility()).length";
            assert_eq!(stage.page.run(seen, vec![]).await?, 0);
            let source = reqwest::get(format!("{}/article", stage.host.origin())).await?.text().await?;
            assert!(source.contains("Comment 0") && source.contains("Comment 4"), "the comments are not in the page's source");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_page_made_by_another_version_goes_on_with_the_widget_of_this_one() -> Result<()> {
    let page = HostPage::short().after(
        "<script type=module>await import('{server}/assets/widget-0123456789abcdef.js'); witness.imported = true</script>",
    );
    Story::under(page)
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_until("the widget of this version", "return witness.imported === true").await
        })
        .await
}

#[tokio::test]
async fn what_was_written_since_the_page_was_made_comes_with_the_widget() -> Result<()> {
    Story::under(HostPage::short().including(DECLARATIVE))
        .with(thread())
        .tell(async |stage| {
            let reader = Guest::new(&stage.server, &stage.host.origin());
            assert!(reader.try_post(json!({"key": "/article"}), "Since then", json!({"name": "Mara"})).await?);
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let is_in_the_page =
                "return fetch(location.href).then((page) => page.text()).then((html) => html.includes('Since then'))";
            assert_eq!(stage.page.run(is_in_the_page, vec![]).await?, false);
            stage.page.wait_for_comment("Since then").await?;
            Ok(())
        })
        .await
}
