//! H2: a page in a sandbox has no origin of its own and no storage.

use super::ways::way_taken;
use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
pub async fn in_a_sandbox_the_thread_is_read_and_says_why_nothing_can_be_posted() -> Result<()> {
    let page = HostPage::short().header("content-security-policy", "sandbox allow-scripts allow-forms");
    Story::under(page)
        .with(Seed::thread("/article").with_roots(3))
        .with_trouble()
        .tell(async |stage| {
            stage.page.open("/article").await?;
            way_taken(&stage.page).await?;
            assert_eq!(stage.page.comments().await?.len(), 3);
            stage.page.type_into(ROOT_FORM, "body", "from nowhere").await?;
            stage.page.wait_until("the reason", "return aw.innerText.includes('You can read here, but not post')").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "from nowhere");
            assert_eq!(stage.page.problems().await?, Vec::<String>::new(), "uncaught");
            Ok(())
        })
        .await
}
