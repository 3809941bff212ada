//! Reading: what is on screen, when, and at what cost.

use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

/// Most elements that fifty comments may add to a page.
const MAX_ELEMENTS_FOR_50_COMMENTS: u64 = 1200;

#[tokio::test]
async fn comments_are_on_screen_before_the_wasm_has_arrived() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(10);
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let painted = stage.page.comments().await?;
            assert_eq!(painted.len(), 10);
            assert!(painted.iter().all(|row| !row.author.is_empty() && !row.body.is_empty()), "{painted:?}");
            assert!(!stage.page.is_live().await?);
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn the_widget_shows_exactly_what_the_server_painted() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(5);
    let deleted = thread.deleted_comment(Some(chain[1]));
    thread.comment(Some(deleted), "an answer to a deleted comment");
    thread.comment(None, "- a list\n- of two\n\n> and a quote with `code`\n\nhttps://example.org/bare");
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let (painted, html) = (stage.page.comments().await?, stage.page.run(BODIES, vec![]).await?);
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.comments().await?, painted);
            assert_eq!(stage.page.run(BODIES, vec![]).await?, html);
            Ok(())
        })
        .await
}

/// The markup within a comment's body, time and heading, without the marks the widget leaves for itself and the exact time on
/// hover, which only the widget writes.
const BODIES: &str = "return [...root.querySelectorAll('.aw-comment__body, .aw-comment__time, h2')]
    .map((part) => part.innerHTML.replace(/<!---->| title=\"[^\"]*\"/g, ''))";

#[tokio::test]
async fn a_deleted_comment_with_replies_is_one_line_with_its_replies_below() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let deleted = thread.deleted_comment(None);
    let reply = thread.comment(Some(deleted), "still here");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let rows = stage.page.comments().await?;
            assert_eq!(rows.iter().map(|row| (row.id, row.is_deleted)).collect::<Vec<_>>(), [(deleted, true), (reply, false)]);
            assert_eq!(stage.page.count(".aw-comment--deleted [data-act=reply]").await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn fifty_comments_add_few_elements_to_the_page() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(50);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.comments().await?.len(), 50);
            let elements = stage.page.count("*").await?;
            println!("elements for 50 comments: {elements}");
            assert!(elements <= MAX_ELEMENTS_FOR_50_COMMENTS, "{elements}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_first_comments_need_two_requests() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(50);
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            // Far away, so that the widget is not asked for yet.
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let urls = stage.page.browser().requested_urls().await?;
            let before: Vec<_> = urls.iter().filter(|url| url.contains("/embed.js") || url.contains("/v1/")).collect();
            assert_eq!(before.len(), 2, "{urls:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_empty_thread_says_so_and_can_be_written_in() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.comments().await?, []);
            stage.page.post("the first of all").await?;
            assert_eq!(stage.page.comments().await?.len(), 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_closed_thread_can_be_read_and_offers_no_way_to_write() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(2).closed();
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            assert_eq!(stage.page.comments().await?.len(), 2);
            assert_eq!(stage.page.count("textarea, [data-act=reply]").await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_branch_folds_and_unfolds() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(3);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.press_on(chain[1], "collapse").await?;
            let page = &stage.page;
            let visible =
                "return [...root.querySelectorAll('li[data-id]')].filter((row) => row.getClientRects().length).length === ";
            page.wait_until("the branch to fold", &format!("{visible} 2")).await?;
            assert_eq!(page.focus().await?.field, "BUTTON", "focus stays on what folded it");
            page.press_on(chain[1], "collapse").await?;
            page.wait_until("the branch to unfold", &format!("{visible} 4")).await
        })
        .await
}

#[tokio::test]
async fn a_rail_lights_its_branch_under_the_pointer_and_folds_it_on_a_click() -> Result<()> {
    // In the middle of the first rail of the deepest row: the rail of the root comment.
    const AT_THE_RAIL: &str = "
        const row = [...root.querySelectorAll('li[data-id]')].at(-1);
        const box = row.getBoundingClientRect();
        const step = parseFloat(getComputedStyle(row).paddingInlineStart) / row.dataset.depth;
        const at = { bubbles: true, clientX: box.left + step / 2, clientY: box.top + 4, pointerType: 'mouse' };
    ";
    let mut thread = Seed::thread("/article");
    thread.chain(3);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            let page = &stage.page;
            page.open_live("/article").await?;
            page.run(&format!("{AT_THE_RAIL} row.dispatchEvent(new PointerEvent('pointermove', at));"), vec![]).await?;
            page.wait_until("the branch to be lit", "return root.querySelectorAll('li[data-lit=\"0\"]').length === 3").await?;
            page.run(&format!("{AT_THE_RAIL} row.dispatchEvent(new MouseEvent('click', at));"), vec![]).await?;
            page.wait_until("the branch to fold", "return root.querySelectorAll('li[data-id]').length === 1").await
        })
        .await
}

#[tokio::test]
async fn another_sort_puts_the_newest_first() -> Result<()> {
    let thread = Seed::thread("/article").with_roots(5);
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let oldest_first = stage.page.comments().await?;
            stage.page.click("select[data-act=sort] option[value=newest]").await?;
            let last = oldest_first[4].id.to_string();
            let script = format!("return root.querySelector('li[data-id]').dataset.id === '{last}'");
            stage.page.wait_until("the newest to stand first", &script).await
        })
        .await
}
