//! Servers go away, WebAssembly does not come: nothing typed is lost, nothing is posted twice.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
pub async fn a_comment_sent_while_the_server_is_away_is_posted_exactly_once() -> Result<()> {
    Story::under(HostPage::short())
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.post("before the cut").await?;
            stage.server.kill().await?;
            stage.page.write(ROOT_FORM, "into the void").await?;
            stage.page.wait_until("the failure to show", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.server.start().await?;
            stage.page.retry_until_posted("into the void").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let posted = stage.page.comments().await?.into_iter().filter(|row| row.body == "into the void");
            assert_eq!(posted.count(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_comment_whose_answer_was_lost_on_the_way_is_not_posted_twice() -> Result<()> {
    Story::under(HostPage::short())
        .with_late_wasm()
        .with_trouble()
        .tell(async |stage| {
            stage.let_through()?;
            stage.page.open_live("/article").await?;
            stage.gate()?.lose_answers(true);
            stage.page.write(ROOT_FORM, "heard but not answered").await?;
            stage.page.wait_until("the failure to show", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.gate()?.lose_answers(false);
            stage.page.retry_until_posted("heard but not answered").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.comments().await?.len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_comment_not_sent_survives_a_reload_and_is_posted_once() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(1);
    let story = Story::under(HostPage::short()).with(thread).with_trouble();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.server.kill().await?;
            stage.page.write(ROOT_FORM, "held through a reload").await?;
            stage.page.wait_until("the failure to show", "return !!root.querySelector('.aw-comment--failed')").await?;
            stage.server.start().await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            stage.page.retry_until_posted("held through a reload").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let posted = stage.page.comments().await?.into_iter().filter(|row| row.body == "held through a reload");
            assert_eq!(posted.count(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_server_out_of_reach_is_said_and_retry_brings_the_thread() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(3);
    let story = Story::under(HostPage::short()).with(thread).with_trouble();
    story
        .tell(async |stage| {
            stage.page.browser().block(&["*/v1/thread.html*"]).await?;
            stage.page.open("/article").await?;
            stage
                .page
                .wait_until("the card", "return !!(root && root.querySelector('button') && root.querySelector('a'))")
                .await?;
            assert!(stage.page.text().await?.contains("could not be loaded"));
            stage.page.browser().block(&[]).await?;
            stage.page.click("button").await?;
            stage.page.wait_painted().await?;
            assert_eq!(stage.page.comments().await?.len(), 3);
            assert_eq!(stage.page.problems().await?, Vec::<String>::new(), "uncaught");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_thread_that_failed_comes_by_itself_when_the_browser_is_online_again() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(3);
    let story = Story::under(HostPage::short()).with(thread).with_trouble();
    story
        .tell(async |stage| {
            stage.page.browser().block(&["*/v1/thread.html*"]).await?;
            stage.page.open("/article").await?;
            stage.page.wait_until("the card", "return !!(root && root.querySelector('button'))").await?;
            stage.page.browser().block(&[]).await?;
            stage.page.run("dispatchEvent(new Event('online'))", vec![]).await?;
            stage.page.wait_painted().await
        })
        .await
}

#[tokio::test]
async fn without_the_wasm_what_is_typed_stays_and_a_line_says_where_to_go() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let parent = thread.comment(None, "answer me");
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm().with_trouble();
    story.tell(async |stage| {
        stage.page.open("/article").await?;
        stage.page.wait_painted().await?;
        stage.page.press_on(parent, "reply").await?;
        stage.page.type_into(&reply_form(parent), "body", "typed in vain?").await?;
        // A frame comes in its place, without the module too: what was typed is there, with a link to where one can write.
        stage.page.enter_frame().await?;
        let said = "const notice = aw && aw.querySelector('[role=status] a'); return !!notice && notice.href.includes('/thread?site=blog')";
        stage.page.wait_until("the line with a link", said).await?;
        let kept = "return root.querySelector('form:not([data-form=root]) textarea')?.value == 'typed in vain?'";
        stage.page.wait_until("what was typed", kept).await?;
        // And once it can come, the next interaction brings it.
        stage.let_through()?;
        stage.page.click("form[data-form=root] textarea").await?;
        stage.page.wait_until("the widget, and the line gone", "return !aw.querySelector('a[target=_blank]')").await?;
        assert_eq!(stage.page.value_of(&reply_form(parent), "body").await?, "typed in vain?");
        stage.page.leave_frame().await?;
        assert_eq!(stage.page.problems().await?, Vec::<String>::new(), "uncaught");
        Ok(())
    })
    .await
}
