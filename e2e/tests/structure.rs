//! What assistive technology is told of the thread: list, places, names.

use afterword_e2e::{HostPage, Seed, Stage, Story};
use anyhow::Result;
use serde_json::json;

/// Each comment as it is heard: name, level, position, size.
const PLACES: &str = "
    return [...root.querySelectorAll('ol[role=list] > li[data-id]')].map((row) =>
      [row.ariaLabel, row.ariaLevel, row.ariaPosInSet, row.ariaSetSize].join(' '))";

/// Level, position and size of each, in one line.
const HEARD: &str = "[...root.querySelectorAll('li[data-id]')].map((row) => `${row.ariaLevel}: ${row.ariaPosInSet}/${row.ariaSetSize}`).join(', ')";

#[tokio::test]
async fn every_comment_tells_its_level_and_its_place_before_and_after_the_wasm() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let first = thread.comment(None, "one");
    thread.comment(Some(first), "one, one");
    thread.comment(Some(first), "one, two");
    let mut thread = thread.with_roots(59);
    thread.comment(None, "the last");
    let story = Story::under(HostPage::short()).with(thread).with_late_wasm();
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let painted = stage.page.lines(PLACES).await?;
            assert_eq!(painted[..4], ["Mara 1 1 61", "Jonas Ødegård 2 1 2", "سلمى 2 2 2", "Dee 1 2 61"]);
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.lines(PLACES).await?, painted);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn rows_that_stay_hear_of_their_new_place() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let first = thread.comment(None, "one");
    thread.comment(None, "two");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run("witness.row = root.querySelectorAll('li[data-id]')[1]", vec![]).await?;
            let own = stage.page.post("three").await?;
            let heard = format!("return {HEARD} === '1: 1/3, 1: 2/3, 1: 3/3'");
            stage.page.wait_until("new places", &heard).await?;
            let is_same = "return witness.row === root.querySelectorAll('li[data-id]')[2]";
            assert_eq!(stage.page.run(is_same, vec![]).await?, true, "the row was not drawn anew");
            stage.page.reply(first, "one, one").await?;
            stage.page.wait_until("the reply's place", &format!("return {HEARD}.includes('2: 1/1')")).await?;
            stage.page.delete(own.id).await?;
            stage.page.wait_until("two roots again", &format!("return {HEARD} === '1: 1/2, 2: 1/1, 1: 2/2'")).await
        })
        .await
}

#[tokio::test]
async fn what_a_screen_reader_lists_has_a_name() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(2);
    thread.deleted_comment(Some(chain[0]));
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let region = "const region = root.querySelector('section'); return root.getElementById(region.getAttribute('aria-labelledby')).innerText";
            assert_eq!(stage.page.run(region, vec![]).await?, json!("3 comments"));
            let unnamed = "return [...root.querySelectorAll('button, select, textarea, input, li[tabindex], a')]
                .filter((one) => !(one.ariaLabel || one.innerText || (one.labels && one.labels.length))).map((one) => one.outerHTML)";
            assert_eq!(stage.page.lines(unnamed).await?, Vec::<String>::new());
            // 2.5.3: what is read aloud begins with what is seen.
            let label = "return [...root.querySelectorAll('[data-act=reply]')].every((one) => one.ariaLabel.startsWith(one.innerText))";
            assert_eq!(stage.page.run(label, vec![]).await?, true);
            Ok(())
        })
        .await
}

/// The level at which the thread's heading is heard on a page.
async fn heading_level(page: HostPage) -> Result<String> {
    let mut level = String::new();
    let story = Story::under(page).with(Seed::thread("/article").with_roots(1));
    let plot = async |stage: &mut Stage| {
        stage.page.open_live("/article").await?;
        stage.page.wait_until("a level", "return !!root.querySelector('h2').ariaLevel").await?;
        level =
            stage.page.run("return root.querySelector('h2').ariaLevel", vec![]).await?.as_str().unwrap_or_default().to_owned();
        Ok(())
    };
    story.tell(plot).await?;
    Ok(level)
}

#[tokio::test]
async fn the_heading_stands_one_level_below_that_of_its_article() -> Result<()> {
    assert_eq!(heading_level(HostPage::short()).await?, "2");
    let story_of_many = "<article><h3>One story of many</h3><p>Short.</p><div id=\"here\"></div></article>";
    assert_eq!(heading_level(HostPage::short().attribute("data-target", "#here").after(story_of_many)).await?, "4");
    Ok(())
}
