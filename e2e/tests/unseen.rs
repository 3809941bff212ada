//! What is new since the reader was here last: marked, counted, and gone through by a key.

use afterword_e2e::{Guest, HostPage, Seed, Stage, Story, Viewport, axe};
use afterword_wire::CommentId;
use anyhow::Result;
use serde_json::Value;

const PAGE: &str = "/article";
/// The comments marked as new, in the order in which they are read.
const MARKED: &str =
    "return [...root.querySelectorAll('li[data-id]:has(.aw-comment__new)')].map((row) => row.dataset.id).join(' ')";
/// Where everything stands that was there before.
const PLACES: &str =
    "return [...root.querySelectorAll('h2, select, form, li, .aw-comment__body, [data-act=search]')].map((one) => {
    const { top, left, width, height } = one.getBoundingClientRect();
    return [one.id || one.className, top + scrollY, left, width, height].join(' ');
})";
/// The name under which visits are kept, if any are.
const KEPT: &str = "Object.keys(localStorage).find((key) => key.endsWith(':visits'))";

fn ids(ids: &[CommentId]) -> String {
    ids.iter().map(ToString::to_string).collect::<Vec<_>>().join(" ")
}

async fn marked(stage: &Stage) -> Result<String> {
    Ok(stage.page.run(MARKED, vec![]).await?.as_str().unwrap_or_default().to_owned())
}

async fn places(stage: &Stage) -> Result<Value> {
    stage.page.run(PLACES, vec![]).await
}

async fn until_header_says(stage: &Stage, text: &str) -> Result<()> {
    let says = format!("return root.querySelector('.aw-header__unseen').innerText.trim() === '{text}'");
    stage.page.wait_until(&format!("the header to say {text:?}"), &says).await
}

/// Waits until the visit is kept, and lets time pass.
async fn leave_for_long(stage: &Stage) -> Result<()> {
    let is_kept = format!("const key = {KEPT}; return !!key && localStorage.getItem(key).includes('{PAGE}\\n')");
    stage.page.wait_until("the visit to be kept", &is_kept).await?;
    // Leaving keeps it once more, so time passes elsewhere.
    stage.page.open("/elsewhere").await?;
    // When they were last here is the third of three ids: one of some years ago.
    let pass = format!(
        "const key = {KEPT};
        localStorage.setItem(key, localStorage.getItem(key).replace(/^(.{{26}}).{{13}}/gm, (_, ids) => ids + '1000000000000'))"
    );
    stage.page.run(&pass, vec![]).await?;
    Ok(())
}

async fn press(stage: &Stage, key: &str) -> Result<()> {
    stage.page.browser().driver().action_chain().send_keys(key).perform().await?;
    Ok(())
}

async fn until_focus_on(stage: &Stage, id: CommentId) -> Result<()> {
    let is_there = format!("return !!root.activeElement && root.activeElement.id === 'comment-{id}'");
    stage.page.wait_until(&format!("focus on {id}"), &is_there).await
}

#[tokio::test]
pub async fn what_came_since_the_last_visit_is_marked_counted_and_gone_through_by_a_key() -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(60))
        .tell(async |stage| {
            let jonas = Guest::new(&stage.server, &stage.host.origin());
            stage.page.open_live(PAGE).await?;
            let rows = stage.page.comments().await?;
            assert_eq!(marked(stage).await?, "", "a first visit marks nothing");
            leave_for_long(stage).await?;
            let (first, third) = (rows[0].id, rows[2].id);
            let answer = jonas.say(PAGE, Some(third), "An answer").await?;
            let other = jonas.say(PAGE, Some(first), "Another answer").await?;
            let root = jonas.say(PAGE, None, "A new beginning").await?;
            stage.page.open_live(PAGE).await?;
            assert_eq!(marked(stage).await?, ids(&[other, answer]), "the root comes with the next slice");
            until_header_says(stage, "2 new").await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            assert_eq!(marked(stage).await?, ids(&[other, answer]), "a reload is the same visit");
            stage.page.click("#more-root [data-act=more]").await?;
            until_header_says(stage, "3 new").await?;
            assert_eq!(marked(stage).await?, ids(&[other, answer, root]));
            stage.page.run("root.querySelector('li[data-id]').focus()", vec![]).await?;
            for id in [other, answer, root, other] {
                press(stage, "n").await?;
                until_focus_on(stage, id).await?;
            }
            let sort = "const sort = root.querySelector('select'); sort.value = 'newest';
                sort.dispatchEvent(new Event('change', { bubbles: true }))";
            stage.page.run(sort, vec![]).await?;
            let newest = format!("return root.querySelector('li[data-id]').dataset.id === '{root}'");
            stage.page.wait_until("the newest first", &newest).await?;
            assert!(marked(stage).await?.starts_with(&root.to_string()), "marks stay in another order");
            stage.page.click(".aw-header [data-act=next-new]").await?;
            leave_for_long(stage).await?;
            stage.page.open_live(PAGE).await?;
            assert_eq!(marked(stage).await?, "", "what was there on the last visit is not new");
            stage.page.run("root.querySelector('li[data-id]').focus()", vec![]).await?;
            press(stage, "n").await?;
            let said = "return root.querySelector('section > p[role=status]').innerText === '0 new'";
            stage.page.wait_until("to be told so", said).await
        })
        .await
}

/// Leaves the thread for long, comes back once as somebody else would, and once as oneself.
async fn marks_move_nothing(stage: &mut Stage, parents: [Option<CommentId>; 3], name: &str) -> Result<()> {
    let jonas = Guest::new(&stage.server, &stage.host.origin());
    stage.page.open_live(PAGE).await?;
    leave_for_long(stage).await?;
    for parent in parents {
        jonas.say(PAGE, parent, "What was written meanwhile").await?;
    }
    let forget =
        format!("const key = {KEPT}; sessionStorage.setItem(key, localStorage.getItem(key)); localStorage.removeItem(key)");
    stage.page.run(&forget, vec![]).await?;
    stage.page.open_live(PAGE).await?;
    let before = places(stage).await?;
    assert_eq!(marked(stage).await?, "");
    stage.page.open("/elsewhere").await?;
    let remember = "const key = Object.keys(sessionStorage).find((key) => key.endsWith(':visits'));
        localStorage.setItem(key, sessionStorage.getItem(key))";
    stage.page.run(remember, vec![]).await?;
    stage.page.open_live(PAGE).await?;
    assert_eq!(marked(stage).await?.split(' ').count(), 3);
    assert_eq!(places(stage).await?, before);
    assert_eq!(stage.page.layout_shift().await?.0, 0.0);
    let fits = "return document.documentElement.scrollWidth <= innerWidth";
    assert_eq!(stage.page.run(fits, vec![]).await?, true, "something sticks out");
    let is_whole =
        "const { scrollWidth, clientWidth } = root.querySelector('.aw-header__unseen'); return scrollWidth <= clientWidth";
    assert_eq!(stage.page.run(is_whole, vec![]).await?, true, "the count is cut");
    stage.page.browser().keep_picture(name).await?;
    assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new());
    stage.page.browser().prefer(&[("forced-colors", "active")]).await?;
    let is_drawn = "return [...root.querySelectorAll('.aw-dot')].every((one) => {
        const { borderTopColor, borderTopWidth } = getComputedStyle(one, '::before');
        return parseFloat(borderTopWidth) > 2 && borderTopColor !== getComputedStyle(document.documentElement).backgroundColor;
    })";
    assert_eq!(stage.page.run(is_drawn, vec![]).await?, true, "a contrast theme loses the dots");
    stage.page.browser().keep_picture(&format!("{name}-forced")).await?;
    Ok(())
}

/// A long thread, or one too short to be searched, in a page that is light or dark.
async fn nothing_moves_on(viewport: Viewport, lang: &str, roots: usize, is_dark: bool) -> Result<()> {
    let mut thread = Seed::thread(PAGE);
    let chain = thread.chain(2);
    let mut page = HostPage::short().attribute("data-lang", lang);
    if is_dark {
        page = page.css("html{background:#16181c;color:#e6e6e6}");
    }
    let name = format!("unseen-{lang}-{}-{roots}{}", viewport.width, if is_dark { "-dark" } else { "" });
    let parents = [Some(chain[0]), Some(chain[2]), None];
    Story::under(page)
        .with(thread.with_roots(roots))
        .on(viewport)
        .tell(async |stage| marks_move_nothing(stage, parents, &name).await)
        .await
}

#[tokio::test]
async fn marks_move_nothing_on_a_desk_and_axe_finds_nothing_in_them() -> Result<()> {
    nothing_moves_on(Viewport::DESK, "en", 20, false).await?;
    nothing_moves_on(Viewport::DESK, "ar", 20, true).await
}

#[tokio::test]
async fn marks_move_nothing_on_a_phone_and_axe_finds_nothing_in_them() -> Result<()> {
    nothing_moves_on(Viewport::PHONE, "en", 20, true).await?;
    nothing_moves_on(Viewport::PHONE, "fr", 2, false).await?;
    nothing_moves_on(Viewport::PHONE, "ar", 20, false).await
}

#[tokio::test]
async fn a_page_that_wants_no_marks_has_none_and_keeps_no_visit() -> Result<()> {
    Story::under(HostPage::short().attribute("data-new", "off"))
        .with(Seed::thread(PAGE).with_roots(2))
        .tell(async |stage| {
            stage.page.open_live(PAGE).await?;
            // Leaving would keep it.
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.run(&format!("return {KEPT} || 'none'"), vec![]).await?, "none");
            Ok(())
        })
        .await
}
