//! The thread as a document of its own, for readers without scripts.

use afterword_e2e::{HostPage, Seed, Story, Viewport, axe};
use anyhow::Result;

#[tokio::test]
async fn the_thread_can_be_read_as_a_document_of_its_own() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(3);
    let story = Story::under(HostPage::short()).with(thread).on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.open_standalone(&stage.server, "/article").await?;
            let articles = stage.page.run("return document.querySelectorAll('article').length", vec![]).await?;
            assert_eq!(articles, 3);
            assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new());
            Ok(())
        })
        .await
}
