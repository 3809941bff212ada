//! A phone's screen.

use afterword_e2e::forms::reply_form;
use afterword_e2e::{HostPage, Seed, Story, Viewport};
use anyhow::Result;

#[tokio::test]
async fn a_deep_thread_with_forms_open_does_not_overflow_a_phone() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(12);
    thread.comment(Some(chain[6]), &"unbreakable".repeat(40));
    thread.comment(None, &format!("    {}", "let code = on_one_line(); ".repeat(20)));
    let story = Story::under(HostPage::short()).with(thread).on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.press_on(chain[12], "reply").await?;
            stage.page.type_into(&reply_form(chain[12]), "body", "on the road").await?;
            let overflow = "const width = document.documentElement.clientWidth;
            return [...root.querySelectorAll('*')].filter((element) => element.getBoundingClientRect().right > width + 1
              && !element.closest('pre')).map((element) => element.className || element.tagName)";
            assert_eq!(stage.page.run(overflow, vec![]).await?, serde_json::json!([]));
            let scrolls = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(stage.page.run(scrolls, vec![]).await?, false);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn deep_replies_stop_moving_in_and_say_whom_they_answer() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(8);
    let story = Story::under(HostPage::short()).with(thread).on(Viewport::PHONE);
    story.tell(async |stage| {
        stage.page.open_live("/article").await?;
        let starts = "return [...root.querySelectorAll('li[data-id] .aw-comment__body')].map((body) => Math.round(body.getBoundingClientRect().left))";
        let starts: Vec<i64> = serde_json::from_value(stage.page.run(starts, vec![]).await?)?;
        assert_eq!(starts.len(), chain.len());
        assert!(starts[1] > starts[0], "the first replies move in: {starts:?}");
        assert_eq!(starts[8], starts[5], "later ones do not: {starts:?}");
        let script = format!("return /in reply to/i.test(root.querySelector('li[data-id=\"{}\"]').innerText)", chain[8]);
        let said = stage.page.run(&script, vec![]).await?;
        assert_eq!(said, true);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn every_button_is_at_least_24_pixels_wide_and_high() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(3);
    let story = Story::under(HostPage::short()).with(thread).on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let small = "return [...root.querySelectorAll('button, select')].filter((target) => target.getClientRects().length)
            .map((target) => [target.dataset.act, target.getBoundingClientRect()])
            .filter(([, box]) => box.height < 24 || box.width < 24).map(([act, box]) => `${act} ${box.width}x${box.height}`)";
            assert_eq!(stage.page.run(small, vec![]).await?, serde_json::json!([]));
            Ok(())
        })
        .await
}
