//! Storage that throws, is full, is cleared (SECURITY H3, R10), and pages without an origin (H2): no text is lost.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Story};
use anyhow::Result;

/// Fills what room the origin has left, to the last letter.
const FILL: &str = "
    for (let size = 1 << 22; size >= 1; size >>= 1)
      for (let at = 0; ; at++)
        try { localStorage.setItem(`filler-${size}-${at}`, 'x'.repeat(size)) } catch { break }";

#[tokio::test]
async fn in_a_full_storage_a_comment_waits_in_memory_and_the_thread_says_so() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run(FILL, vec![]).await?;
            stage.gate()?.refuse(true);
            stage.page.write(ROOT_FORM, "where does this go").await?;
            stage.page.wait_until("the failure", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.page.wait_until("the notice", "return aw.innerText.includes('no room left')").await?;
            stage.page.type_into(ROOT_FORM, "body", "and a draft").await?;
            stage.gate()?.refuse(false);
            stage.page.retry_until_posted("where does this go").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "and a draft");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn storage_cleared_midway_loses_no_text() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.gate()?.refuse(true);
            stage.page.write(ROOT_FORM, "held on to").await?;
            stage.page.type_into(ROOT_FORM, "body", "a draft").await?;
            stage.page.wait_until("the failure", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.page.run("localStorage.clear(); sessionStorage.clear()", vec![]).await?;
            stage.page.type_into(ROOT_FORM, "body", " goes on").await?;
            stage.gate()?.refuse(false);
            stage.page.retry_until_posted("held on to").await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "a draft goes on");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn where_storage_throws_posting_works_and_the_thread_says_what_does_not() -> Result<()> {
    let throws = "<script>for (const name of ['localStorage', 'sessionStorage'])
        Object.defineProperty(self, name, { get() { throw new DOMException('denied', 'SecurityError') } })</script>";
    Story::under(HostPage::short().head(throws))
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.gate()?.refuse(true);
            stage.page.write(ROOT_FORM, "from memory").await?;
            stage.page.wait_until("the notice", "return aw.innerText.includes('keeps nothing')").await?;
            stage.page.wait_until("the failure", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.gate()?.refuse(false);
            stage.page.retry_until_posted("from memory").await?;
            assert_eq!(stage.page.problems().await?, Vec::<String>::new(), "uncaught");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn in_a_sandboxed_frame_the_thread_reads_and_says_why_it_cannot_post() -> Result<()> {
    Story::under(HostPage::short())
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.post("to be read").await?;
            let frame = "const frame = document.createElement('iframe');
                         frame.setAttribute('sandbox', 'allow-scripts');
                         frame.src = location.href;
                         frame.style.cssText = 'width: 100%; height: 700px';
                         document.body.replaceChildren(frame)";
            stage.page.run(frame, vec![]).await?;
            stage.page.browser().driver().enter_frame(0).await?;
            stage.page.wait_until("an origin of its own to be missing", "return self.origin === 'null'").await?;
            stage.page.wait_for_comment("to be read").await?;
            // Live: the reader enters the form, and is told before the first letter.
            stage.page.click("form[data-form=root] textarea").await?;
            let told = "const line = root.querySelector('form[data-form=root] .aw-form__error');
                        return !!line && line.checkVisibility() && line.innerText.includes('not post')";
            stage.page.wait_until("the sentence", told).await?;
            stage.page.type_into(ROOT_FORM, "body", "typed all the same").await?;
            stage.page.type_into(ROOT_FORM, "name", "Ada").await?;
            stage.page.press(ROOT_FORM, "submit").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "typed all the same");
            assert_eq!(stage.page.count("[data-pending]").await?, 0);
            stage.page.browser().driver().enter_default_frame().await?;
            Ok(())
        })
        .await
}
