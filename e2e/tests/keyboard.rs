//! The thread by keyboard alone: a walk with Tab, and the letters that go from comment to comment.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Stage, Story};
use afterword_wire::CommentId;
use anyhow::Result;
use serde_json::json;
use thirtyfour::Key;

/// Where focus is, as a sighted reader would tell it; empty when it is outside the thread.
const FOCUSED: &str = "
    const at = root.activeElement;
    if (!at) return '';
    const row = at.closest('li');
    const name = at.dataset.act || at.name || (at.matches('a') ? at.className.split('__')[1] : at.tagName.toLowerCase());
    return (row && row.dataset.id ? row.ariaLabel + ': ' : '') + name";

/// Why the reader would not see where focus is: no ring, or nothing of it on screen, or something above it.
const OBSCURED: &str = "
    const at = root.activeElement;
    if (!at) return null;
    const ring = at.matches('li') ? at.firstElementChild : at;
    const { outlineStyle, outlineWidth } = getComputedStyle(ring);
    if (outlineStyle === 'none' || parseFloat(outlineWidth) < 2) return 'no ring';
    const { left, right, top, bottom } = at.getBoundingClientRect();
    const points = [[left + 2, top + 2], [(left + right) / 2, (top + bottom) / 2], [right - 2, bottom - 2]];
    const seen = points.some(([x, y]) => { const top = root.elementFromPoint(x, y); return top && (at.contains(top) || top.contains(at)); });
    return seen ? null : `hidden at ${left},${top}`";

async fn press(stage: &Stage, keys: impl Into<thirtyfour::TypingData>) -> Result<()> {
    stage.page.browser().driver().action_chain().send_keys(keys).perform().await?;
    Ok(())
}

/// Presses a key while another is held.
async fn press_with(stage: &Stage, held: Key, key: impl Into<char>) -> Result<()> {
    stage.page.browser().driver().action_chain().key_down(held.clone()).key_down(key).key_up(held).perform().await?;
    Ok(())
}

async fn focused(stage: &Stage) -> Result<String> {
    Ok(stage.page.run(FOCUSED, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn focus_comes_to(stage: &Stage, place: &str) -> Result<()> {
    let is_there = format!("return (() => {{ {FOCUSED} }})() === {}", json!(place));
    stage.page.wait_until(&format!("focus at {place}"), &is_there).await
}

/// A thread with a page around it that has a bar over its top and bottom edge.
fn story() -> (Story, Vec<CommentId>) {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(2);
    let thread = thread.with_roots(12);
    let bars = "header,footer{position:fixed;left:0;right:0;height:3em;background:#ddd}header{top:0}footer{bottom:0}body{padding-bottom:4em}";
    let page = HostPage::short().css(bars).after("<header>A bar</header><footer><a href=\"#\">Below</a></footer>");
    (Story::under(page).with(thread), chain)
}

#[tokio::test]
async fn tab_goes_through_everything_in_reading_order_and_focus_is_always_seen() -> Result<()> {
    let (story, _) = story();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let mut walk = Vec::new();
            // More stops than there are: the walk ends outside the thread, so nothing holds focus.
            for _ in 0..120 {
                press(stage, Key::Tab + "").await?;
                let place = focused(stage).await?;
                if place.is_empty() {
                    break;
                }
                let obscured = stage.page.run(OBSCURED, vec![]).await?;
                assert!(obscured.is_null(), "{place}: {obscured}");
                walk.push(place);
            }
            let expected =
                ["sort", "body", "name", "email", "website", "preview", "submit", "Mara: time", "Mara: collapse", "Mara: reply"];
            assert_eq!(walk[..expected.len()], expected);
            assert_eq!(walk[10..13], ["Jonas Ødegård: time", "Jonas Ødegård: collapse", "Jonas Ødegård: answered"]);
            assert_eq!(walk.iter().filter(|place| place.ends_with(": reply")).count(), 15, "every comment was passed");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_comment_is_written_answered_changed_and_deleted_by_keyboard_alone() -> Result<()> {
    let (story, chain) = story();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            press(stage, Key::Tab + Key::Tab).await?;
            press(stage, "by hand").await?;
            press(stage, Key::Tab + "Ada").await?;
            press(stage, Key::Tab + Key::Tab + Key::Tab + Key::Tab + Key::Enter).await?;
            let own = stage.page.wait_until_posted("by hand").await?;
            focus_comes_to(stage, "Ada: li").await?;
            press(stage, "j").await?;
            focus_comes_to(stage, "Mara: li").await?;
            press(stage, "r").await?;
            press(stage, "an answer").await?;
            assert_eq!(stage.page.focus().await?.form, reply_form(chain[0]));
            press_with(stage, Key::Control, Key::Enter).await?;
            let answer = stage.page.wait_until_posted("an answer").await?;
            assert_eq!(answer.depth, 1);
            stage.page.run(&format!("root.querySelector('li[data-id=\"{}\"]').focus()", own.id), vec![]).await?;
            // Time, reply, edit.
            press(stage, Key::Tab + Key::Tab + Key::Tab + Key::Enter).await?;
            stage.page.wait_until("the edit form", "return !!root.querySelector('form[data-form^=edit]')").await?;
            press(stage, " indeed").await?;
            press_with(stage, Key::Control, Key::Enter).await?;
            stage.page.wait_for_comment("by hand indeed").await?;
            focus_comes_to(stage, "Ada: edit").await?;
            press(stage, Key::Tab + Key::Enter).await?;
            focus_comes_to(stage, "Ada: keep").await?;
            press_with(stage, Key::Shift, Key::Tab).await?;
            press(stage, Key::Enter + "").await?;
            stage.page.wait_until("the comment to go", "return !root.textContent.includes('by hand')").await
        })
        .await
}

#[tokio::test]
async fn letters_go_from_comment_to_comment_answer_and_fold() -> Result<()> {
    let (story, chain) = story();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run("root.querySelector('h2').focus()", vec![]).await?;
            for (key, place) in [
                ("j", "Mara: li"),
                ("j", "Jonas Ødegård: li"),
                ("j", "سلمى: li"),
                ("k", "Jonas Ødegård: li"),
                ("k", "Mara: li"),
                ("k", "Mara: li"),
            ] {
                press(stage, key).await?;
                focus_comes_to(stage, place).await?;
                let obscured = stage.page.run(OBSCURED, vec![]).await?;
                assert!(obscured.is_null(), "{place}: {obscured}");
            }
            let hint = "return root.querySelector('.aw-keys').checkVisibility({ visibilityProperty: true })";
            assert_eq!(stage.page.run(hint, vec![]).await?, true);
            stage.page.browser().keep_picture("keys").await?;
            press(stage, "x").await?;
            stage.page.wait_until("the branch to fold", "return !!root.querySelector('[aria-expanded=false]')").await?;
            focus_comes_to(stage, "Mara: li").await?;
            press(stage, "r").await?;
            stage.page.wait_until("nothing to happen", "return !root.querySelector('.aw-row--form')").await?;
            press(stage, "x").await?;
            stage.page.wait_until("the branch to unfold", "return !!root.querySelector('[aria-expanded=true]')").await?;
            press(stage, "r").await?;
            focus_comes_to(stage, "body").await?;
            assert_eq!(stage.page.focus().await?.form, reply_form(chain[0]));
            assert_eq!(stage.page.value_of(&reply_form(chain[0]), "body").await?, "", "the letter that opened it is not in it");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn letters_are_letters_while_one_types_chooses_or_is_elsewhere() -> Result<()> {
    let (story, _) = story();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "jkrx").await?;
            assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "jkrx");
            assert_eq!(focused(stage).await?, "body");
            stage.page.run("root.querySelector('select').focus()", vec![]).await?;
            press(stage, "r").await?;
            assert_eq!(focused(stage).await?, "sort");
            stage.page.run("root.activeElement.blur()", vec![]).await?;
            press(stage, "j").await?;
            assert_eq!(focused(stage).await?, "", "the page has its own keys");
            stage.page.run("root.querySelector('li').focus()", vec![]).await?;
            press_with(stage, Key::Alt, 'j').await?;
            assert_eq!(focused(stage).await?, "Mara: li", "with a modifier a letter is somebody else's");
            Ok(())
        })
        .await
}
