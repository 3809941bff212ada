//! H1: pages with a Content-Security-Policy, from the lines that we document to those that leave us nothing but a link.

use super::ways::{Way, way_taken};
use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Stage, Story, eventually};
use anyhow::{Result, ensure};

/// What the page needs for its own style sheet, icon and scripts; nothing of it serves us.
const OWN: &str = "default-src 'none'; style-src 'nonce-page'; img-src data:";

/// A story under a page that sends this policy besides what it needs itself. `{server}` is ours.
fn under(policy: &str) -> Story {
    story(HostPage::short(), policy)
}

fn story(page: HostPage, policy: &str) -> Story {
    let policy = format!("{OWN}; {}", policy.replace("script-src", "script-src 'nonce-page'"));
    Story::under(page.header("content-security-policy", &policy)).with(Seed::thread("/article").with_roots(2))
}

/// Opens the page and waits until the thread stands there by that way.
async fn arrives(stage: &Stage, way: Way) -> Result<()> {
    stage.page.open("/article").await?;
    eventually(&format!("{way:?}"), async || Ok((way_taken(&stage.page).await? == way).then_some(()))).await
}

/// Nothing the page's policy refused was asked for by us, but perhaps to compile.
async fn only_compiling_was_refused(stage: &Stage) -> Result<()> {
    let mut problems = stage.page.problems().await?;
    problems.retain(|problem| !problem.contains("wasm-eval"));
    ensure!(problems.is_empty(), "{problems:?}");
    Ok(())
}

#[tokio::test]
pub async fn the_documented_lines_are_enough_and_nothing_is_refused() -> Result<()> {
    under("script-src {server} 'wasm-unsafe-eval'; connect-src {server}")
        .tell(async |stage| {
            arrives(stage, Way::Widget).await?;
            stage.page.post("under a policy").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_nonce_and_strict_dynamic_are_enough_and_nothing_is_refused() -> Result<()> {
    let policy = "script-src 'nonce-ours' 'strict-dynamic' 'wasm-unsafe-eval'; connect-src {server}";
    story(HostPage::short().attribute("nonce", "ours"), policy)
        .tell(async |stage| {
            arrives(stage, Way::Widget).await?;
            stage.page.post("with a nonce").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn the_documented_lines_for_a_frame_are_enough_and_nothing_is_refused() -> Result<()> {
    let policy = "script-src {server}; connect-src {server}; frame-src {server}";
    story(HostPage::short().attribute("data-frame", "true"), policy)
        .tell(async |stage| {
            arrives(stage, Way::Frame).await?;
            stage.page.enter_frame().await?;
            stage.page.write(ROOT_FORM, "from a frame").await?;
            stage.page.wait_until_posted("from a frame").await?;
            stage.page.leave_frame().await
        })
        .await
}

#[tokio::test]
pub async fn without_leave_to_compile_the_thread_stands_in_a_frame() -> Result<()> {
    under("script-src {server}; connect-src {server}; frame-src {server}")
        .with_trouble()
        .tell(async |stage| {
            arrives(stage, Way::Frame).await?;
            only_compiling_was_refused(stage).await
        })
        .await
}

#[tokio::test]
pub async fn without_leave_to_compile_or_to_frame_the_thread_can_be_read_and_a_link_leads_on() -> Result<()> {
    under("script-src {server}; connect-src {server}")
        .with_trouble()
        .tell(async |stage| {
            arrives(stage, Way::Link).await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            no_error_went_uncaught(stage).await
        })
        .await
}

#[tokio::test]
pub async fn where_trusted_types_are_required_the_thread_stands_in_a_frame() -> Result<()> {
    under("script-src {server} 'wasm-unsafe-eval'; connect-src {server}; frame-src {server}; require-trusted-types-for 'script'; trusted-types 'none'")
        .with_trouble()
        .tell(async |stage| {
            arrives(stage, Way::Frame).await?;
            no_error_went_uncaught(stage).await
        })
        .await
}

#[tokio::test]
pub async fn where_trusted_types_are_required_and_no_frame_is_allowed_a_link_leads_on() -> Result<()> {
    under("script-src {server} 'wasm-unsafe-eval'; connect-src {server}; require-trusted-types-for 'script'")
        .with_trouble()
        .tell(async |stage| {
            arrives(stage, Way::Link).await?;
            no_error_went_uncaught(stage).await
        })
        .await
}

#[tokio::test]
pub async fn where_nothing_may_be_fetched_a_link_leads_on() -> Result<()> {
    under("script-src {server}; connect-src 'none'")
        .with_trouble()
        .tell(async |stage| {
            arrives(stage, Way::Link).await?;
            no_error_went_uncaught(stage).await
        })
        .await
}

/// Violations aside: the witness notes those as `DIRECTIVE ADDRESS`.
async fn no_error_went_uncaught(stage: &Stage) -> Result<()> {
    let mut problems = stage.page.problems().await?;
    problems.retain(|problem| !problem.split(' ').next().is_some_and(|first| first.contains("-src") || first.ends_with("-for")));
    ensure!(problems.is_empty(), "{problems:?}");
    Ok(())
}
