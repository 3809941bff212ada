//! What others write while the thread is read: calmly, by one stream for each browser (SECURITY E3, E5).

use afterword_e2e::{Guest, HostPage, Seed, Stage, Story, eventually};
use anyhow::{Result, ensure};
use serde_json::Value;
use std::time::{Duration, Instant};
use thirtyfour::WindowHandle;

const PAGE: &str = "/article";
/// How long it may take until another tab listens.
const NEW_LEADER_WITHIN: Duration = Duration::from_secs(3);
/// Where every row stands, and how far the page is scrolled.
const PLACES: &str = "return [scrollY, ...[...root.querySelectorAll('li[data-id]')].map((row) => {
    const { top, left, width, height } = row.getBoundingClientRect();
    return [row.dataset.id, top, left, width, height];
})]";

fn reader(stage: &Stage) -> Guest {
    Guest::new(&stage.server, &stage.host.origin())
}

async fn until_streams(stage: &Stage, count: usize) -> Result<()> {
    eventually(&format!("{count} streams"), async || Ok((stage.gate()?.streams() == count).then_some(()))).await
}

/// Waits until a pill says that.
async fn until_pill(stage: &Stage, text: &str) -> Result<()> {
    let script = format!("return [...root.querySelectorAll('.aw-new')].some((pill) => pill.innerText === '{text}')");
    stage.page.wait_until(text, &script).await
}

async fn places(stage: &Stage) -> Result<Value> {
    stage.page.run(PLACES, vec![]).await
}

async fn open_in_tabs(stage: &Stage, count: usize) -> Result<Vec<WindowHandle>> {
    let mut tabs = vec![stage.page.browser().tab().await?];
    stage.page.open_live(PAGE).await?;
    while tabs.len() < count {
        tabs.push(stage.page.browser().open_tab().await?);
        stage.page.open_live(PAGE).await?;
    }
    Ok(tabs)
}

#[tokio::test]
async fn what_another_reader_writes_waits_where_it_belongs_and_nothing_moves() -> Result<()> {
    Story::under(HostPage::long())
        .with(Seed::thread(PAGE).with_roots(12))
        .with_gate()
        .tell(async |stage| {
            stage.page.open_live(PAGE).await?;
            until_streams(stage, 1).await?;
            let root = stage.page.comments().await?[3].id;
            stage.page.run("root.querySelectorAll('li[data-id]')[3].scrollIntoView({ block: 'center' })", vec![]).await?;
            let before = places(stage).await?;
            let jonas = reader(stage);
            let first = jonas.say(PAGE, Some(root), "The first reply").await?;
            until_pill(stage, "1 new reply").await?;
            jonas.say(PAGE, Some(root), "The second reply").await?;
            until_pill(stage, "2 new replies").await?;
            let new_root = jonas.say(PAGE, None, "A new beginning").await?;
            jonas.say(PAGE, Some(new_root), "Its answer").await?;
            until_pill(stage, "1 new comment").await?;
            assert_eq!(places(stage).await?, before);
            assert_eq!(stage.page.comments().await?.len(), 12, "nothing is shown that was not asked for");
            stage.page.wait_until("the count", "return root.querySelector('#aw-heading').innerText === '16 comments'").await?;
            stage.page.click("li .aw-new").await?;
            let shown = stage.page.wait_for_comment("The second reply").await?;
            assert_eq!((shown.depth, shown.author.as_str()), (1, "Jonas"));
            let focused = "return root.activeElement && root.activeElement.id === 'comment-' + arguments[0]";
            let focused = async || Ok((stage.page.run(focused, vec![first.to_string().into()]).await? == true).then_some(()));
            eventually("focus on the first that is new", focused).await?;
            stage.page.click(".aw-header .aw-new").await?;
            let answer = stage.page.wait_for_comment("Its answer").await?;
            assert_eq!((answer.depth, stage.page.comments().await?[0].id), (1, new_root));
            stage.page.wait_until("no pill left", "return !root.querySelector('.aw-new')").await
        })
        .await
}

#[tokio::test]
async fn edits_and_deletions_show_in_place() -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(2))
        .with_gate()
        .tell(async |stage| {
            let jonas = reader(stage);
            let (kept, gone) = (jonas.say(PAGE, None, "As it was").await?, jonas.say(PAGE, None, "Soon gone").await?);
            stage.page.open_live(PAGE).await?;
            until_streams(stage, 1).await?;
            // What the reader is about to say to it is not lost with it.
            stage.page.click(&format!("#comment-{gone} [data-act=reply]")).await?;
            let form = afterword_e2e::forms::reply_form(gone);
            stage.page.type_into(&form, "body", "But I").await?;
            jonas.edit(kept, "As it is").await?;
            stage.page.wait_for_comment("As it is").await?;
            jonas.delete(gone).await?;
            eventually("the placeholder", async || {
                let rows = stage.page.comments().await?;
                Ok(rows.into_iter().any(|row| row.id == gone && row.is_deleted).then_some(()))
            })
            .await?;
            assert_eq!(stage.page.value_of(&form, "body").await?, "But I");
            assert_eq!(stage.page.count(".aw-new").await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_own_comment_of_another_tab_is_there_at_once() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 2).await?;
            stage.page.post("From this tab").await?;
            stage.page.browser().go_to_tab(&tabs[0]).await?;
            stage.page.wait_for_comment("From this tab").await?;
            reader(stage).say(PAGE, None, "From elsewhere").await?;
            for tab in &tabs {
                stage.page.browser().go_to_tab(tab).await?;
                until_pill(stage, "1 new comment").await?;
            }
            Ok(())
        })
        .await
}

/// Every tab hears of it, and the server has one reader.
async fn tabs_share_one_stream(count: usize) -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(1))
        .with_gate()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, count).await?;
            until_streams(stage, 1).await?;
            reader(stage).say(PAGE, None, "To all").await?;
            for tab in &tabs {
                stage.page.browser().go_to_tab(tab).await?;
                until_pill(stage, "1 new comment").await?;
                ensure!(stage.gate()?.streams() <= 1, "{} streams", stage.gate()?.streams());
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn two_tabs_have_one_stream() -> Result<()> {
    tabs_share_one_stream(2).await
}

#[tokio::test]
async fn eight_tabs_have_one_stream() -> Result<()> {
    tabs_share_one_stream(8).await
}

#[tokio::test]
async fn when_the_tab_that_listens_is_closed_another_one_does_within_three_seconds() -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(1))
        .with_gate()
        .tell(async |stage| {
            let tabs = open_in_tabs(stage, 2).await?;
            until_streams(stage, 1).await?;
            let jonas = reader(stage);
            // The first tab listens: it was there first, and the browser lets both be seen.
            stage.page.browser().go_to_tab(&tabs[0]).await?;
            stage.page.browser().driver().close_window().await?;
            let closed_at = Instant::now();
            jonas.say(PAGE, None, "Meanwhile").await?;
            stage.page.browser().go_to_tab(&tabs[1]).await?;
            until_streams(stage, 1).await?;
            until_pill(stage, "1 new comment").await?;
            let took = closed_at.elapsed();
            ensure!(took <= NEW_LEADER_WITHIN, "the next tab took {took:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn after_a_restart_of_the_server_the_stream_goes_on_and_nothing_is_missed() -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(1))
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live(PAGE).await?;
            let jonas = reader(stage);
            jonas.say(PAGE, None, "Before").await?;
            until_pill(stage, "1 new comment").await?;
            stage.server.kill().await?;
            stage.server.start().await?;
            jonas.say(PAGE, None, "While nobody listened").await?;
            until_pill(stage, "2 new comments").await?;
            stage.page.click(".aw-new").await?;
            stage.page.wait_for_comment("Before").await?;
            stage.page.wait_for_comment("While nobody listened").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_thread_that_is_destroyed_leaves_no_stream() -> Result<()> {
    let markup = "<script src=\"{server}/embed.js\"></script>
        <afterword-thread site=\"blog\" page-key=\"/article\" loading=\"eager\"></afterword-thread>";
    Story::under(HostPage::short().bare().after(markup))
        .with_gate()
        .tell(async |stage| {
            stage.page.open(PAGE).await?;
            until_streams(stage, 1).await?;
            stage.page.run("document.querySelector('afterword-thread').remove()", vec![]).await?;
            until_streams(stage, 0).await?;
            let held = "return navigator.locks.query().then(({ held, pending }) => [...held, ...pending].length)";
            eventually("no lock left", async || Ok((stage.page.run(held, vec![]).await? == 0).then_some(()))).await?;
            Ok(())
        })
        .await
}

/// A stream or a lock that stays open would make the browser throw the page away.
#[tokio::test]
async fn the_way_back_shows_the_page_as_it_was_left_and_follows_on() -> Result<()> {
    Story::under(HostPage::short())
        .with(Seed::thread(PAGE).with_roots(2))
        .with_gate()
        .tell(async |stage| {
            stage.page.open_live(PAGE).await?;
            until_streams(stage, 1).await?;
            stage.page.run("globalThis.wasLeft = true", vec![]).await?;
            let driver = stage.page.browser().driver();
            driver.goto(format!("{}/elsewhere", stage.host.origin())).await?;
            until_streams(stage, 0).await?;
            driver.back().await?;
            until_streams(stage, 1).await?;
            assert_eq!(stage.page.run("return globalThis.wasLeft === true", vec![]).await?, true, "the page was loaded again");
            reader(stage).say(PAGE, None, "Meanwhile").await?;
            until_pill(stage, "1 new comment").await
        })
        .await
}

#[tokio::test]
async fn a_page_that_wants_none_has_no_stream() -> Result<()> {
    Story::under(HostPage::short().attribute("data-live", "off"))
        .with_gate()
        .tell(async |stage| {
            stage.page.open_live(PAGE).await?;
            reader(stage).say(PAGE, None, "Unheard").await?;
            stage.page.post("Mine").await?;
            assert_eq!(stage.gate()?.streams(), 0);
            assert_eq!(stage.page.count(".aw-new").await?, 0);
            stage.page.reload().await?;
            stage.page.wait_for_comment("Unheard").await?;
            Ok(())
        })
        .await
}
