//! What a reader types and clicks before the WebAssembly is there is kept.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::view::Focus;
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

fn story(thread: Seed) -> Story {
    Story::under(HostPage::short()).with(thread).with_late_wasm()
}

#[tokio::test]
pub async fn text_selection_and_focus_are_carried_over_when_the_widget_takes_over() -> Result<()> {
    let script = "const body = root.querySelector('form[data-form=root] textarea'); body.setSelectionRange(2, 7)";
    story(Seed::thread("/article").with_roots(3))
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.type_into(ROOT_FORM, "body", "typed before the wasm").await?;
            stage.page.type_into(ROOT_FORM, "name", "Early Bird").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "name").await?, "Early Bird");
            stage.page.click("form[data-form=root] textarea").await?;
            stage.page.run(script, vec![]).await?;
            assert!(!stage.page.is_live().await?);
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "typed before the wasm");
            assert_eq!(stage.page.value_of(ROOT_FORM, "name").await?, "Early Bird");
            let wanted = Focus { form: ROOT_FORM.into(), field: "body".into(), selection: Some((2, 7)) };
            assert_eq!(stage.page.focus().await?, wanted);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_reply_form_opens_at_once_and_what_is_typed_in_it_is_posted_as_a_reply() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(2);
    let parent = thread.comment(None, "answer me");
    let form = reply_form(parent);
    story(thread)
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.press_on(parent, "reply").await?;
            assert_eq!(stage.page.focus().await?, Focus { form: form.clone(), field: "body".into(), selection: Some((0, 0)) });
            stage.page.type_into(&form, "body", "an early answer").await?;
            assert!(!stage.page.is_live().await?);
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.value_of(&form, "body").await?, "an early answer");
            assert_eq!(stage.page.focus().await?.selection, Some((15, 15)));
            stage.page.type_into(&form, "name", "Early Bird").await?;
            stage.page.press(&form, "submit").await?;
            let reply = stage.page.wait_until_posted("an early answer").await?;
            assert_eq!(reply.depth, 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_second_click_on_reply_finds_the_same_form() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let parent = thread.comment(None, "answer me");
    story(thread)
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.press_on(parent, "reply").await?;
            stage.page.type_into(&reply_form(parent), "body", "half a thought").await?;
            stage.page.press_on(parent, "reply").await?;
            assert_eq!(stage.page.count("form").await?, 2);
            assert_eq!(stage.page.value_of(&reply_form(parent), "body").await?, "half a thought");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_comment_sent_before_the_wasm_is_posted_once_it_is_there() -> Result<()> {
    story(Seed::thread("/article").with_roots(1))
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.write(ROOT_FORM, "sent early").await?;
            assert!(!stage.page.is_live().await?);
            stage.let_through()?;
            stage.page.wait_until_posted("sent early").await?;
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            let posted = stage.page.comments().await?.into_iter().filter(|row| row.body == "sent early");
            assert_eq!(posted.count(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_branch_folded_before_the_wasm_is_folded_once_it_is_there() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(2);
    story(thread)
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.press_on(chain[0], "collapse").await?;
            stage.let_through()?;
            stage.page.wait_live().await?;
            let folded = "return root.querySelector('li[data-id] [data-act=collapse]').getAttribute('aria-expanded') === 'false'";
            stage.page.wait_until("the branch to be folded", folded).await
        })
        .await
}

#[tokio::test]
async fn the_widget_waits_until_a_composed_character_is_finished() -> Result<()> {
    let compose = "const body = root.querySelector('textarea'); body.focus();
                   body.dispatchEvent(new CompositionEvent(arguments[0], { bubbles: true, composed: true }))";
    story(Seed::thread("/article"))
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            stage.page.run(compose, vec!["compositionstart".into()]).await?;
            stage.let_through()?;
            let arrived =
                "return performance.getEntriesByType('resource').some((one) => one.name.endsWith('.wasm') && one.responseEnd)";
            stage.page.wait_until("the wasm to have arrived", arrived).await?;
            assert!(!stage.page.is_live().await?);
            stage.page.run(compose, vec!["compositionend".into()]).await?;
            stage.page.wait_live().await
        })
        .await
}
