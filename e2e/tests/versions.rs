//! Old and new together: a page goes on with the script it has pinned.

use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

/// What a page names that has pinned the release before: if a byte of it changed, the browser would not run it.
const INTEGRITY: &str = "sha384-X1+LoJV8OXH7Vpl99J0HLE4/ofxPzJLvOb3Nth4tlN5IxoYiP6PkTxLj4wgaJRb0";

fn pinned() -> HostPage {
    let page = HostPage::short().script("/embed.js?version=0.1.0").attribute("data-site", "blog");
    page.attribute("integrity", INTEGRITY).attribute("crossorigin", "anonymous")
}

#[tokio::test]
async fn a_pinned_script_of_the_release_before_goes_on_reading_and_posting() -> Result<()> {
    let story = Story::under(pinned()).with(Seed::thread("/article").with_roots(2));
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            stage.page.post("From an old page").await?;
            stage.page.reload().await?;
            stage.page.wait_for_comment("From an old page").await?;
            Ok(())
        })
        .await
}
