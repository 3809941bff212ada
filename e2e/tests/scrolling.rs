//! A thread of thousands is read to its end and back: little of it is on the page at a time, and nobody notices.

use afterword_e2e::{HostPage, Stage, Story};
use anyhow::Result;
use serde_json::json;

/// Most elements of the thread at any time, however long it is.
const MAX_ELEMENTS: u64 = 6_000;

/// Scrolls to the end of a thread of root comments and stays there.
async fn read_to_the_end(stage: &Stage, comments: u64) -> Result<()> {
    stage.page.open_live("/article").await?;
    assert_eq!(stage.page.scroll_down().await?.seen, comments);
    Ok(())
}

#[tokio::test]
async fn a_long_thread_is_scrolled_through_with_few_elements_and_nothing_jumps() -> Result<()> {
    let comments = if std::env::var_os("AFTERWORD_LONG").is_some() { 10_000 } else { 2_000 };
    let story = Story::under(HostPage::short().footer()).with_synth("real", comments);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let down = stage.page.scroll_down().await?;
            // Some are withdrawn and without replies, and so are not listed.
            assert!(down.seen > u64::from(comments) * 95 / 100, "{} seen", down.seen);
            let last = "const last = [...root.querySelectorAll('[aria-level=\"1\"]')].pop(); return last.ariaPosInSet === last.ariaSetSize";
            assert_eq!(stage.page.run(last, vec![]).await?, true);
            let up = stage.page.scroll_up().await?;
            println!("{} elements, {} blanks, jumps: {:?}", up.elements, up.blanks, up.jumps);
            assert!(up.elements <= MAX_ELEMENTS, "{} elements", up.elements);
            assert_eq!((up.jumps, up.blanks), (vec![], 0));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_comment_keeps_its_place_in_its_set() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            read_to_the_end(stage, 500).await?;
            // What was seen was seen in reading order.
            let wrong = "
                const order = [...reader.seen];
                const rows = [...root.querySelectorAll('li[data-id]')];
                const place = (row) => `${row.ariaLevel}: ${row.ariaPosInSet} of ${row.ariaSetSize}`;
                return rows.filter((row) => place(row) !== `1: ${order.indexOf(row.dataset.id) + 1} of 500`).map(place)";
            assert_eq!(stage.page.lines(wrong).await?, Vec::<String>::new());
            assert!(stage.page.comments().await?.len() < 300, "nothing was put away");
            let hidden = "return [...root.querySelectorAll('[data-away]')].every((place) => place.ariaHidden === 'true')";
            assert_eq!(stage.page.run(hidden, vec![]).await?, true);
            Ok(())
        })
        .await
}

/// What the first comment with replies shows.
const FIRST_FOLD: &str = "
    const row = root.querySelector('.aw-row:has([aria-expanded])');
    return row && row.innerText";

#[tokio::test]
async fn a_row_that_was_put_away_comes_back_as_it_was() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("real", 600);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.click("[aria-expanded=true]").await?;
            stage.page.wait_until("the branch to fold", "return !!root.querySelector('[aria-expanded=false]')").await?;
            let before = stage.page.run(FIRST_FOLD, vec![]).await?;
            stage.page.scroll_down().await?;
            assert_ne!(stage.page.run(FIRST_FOLD, vec![]).await?, before, "it is still on the page");
            stage.page.scroll_up().await?;
            assert_eq!(stage.page.run(FIRST_FOLD, vec![]).await?, before);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_form_in_use_stays_wherever_the_reader_goes() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.click("li[data-id] [data-act=reply]").await?;
            stage.page.wait_until("the form", "return root.activeElement && root.activeElement.localName === 'textarea'").await?;
            stage.page.browser().driver().action_chain().send_keys("half a thought").perform().await?;
            stage.page.run("witness.field = root.activeElement", vec![]).await?;
            stage.page.scroll_down().await?;
            let field = "return witness.field.isConnected && witness.field.value";
            assert_eq!(stage.page.run(field, vec![]).await?, json!("half a thought"));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_permalink_leads_to_a_row_that_was_put_away() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let wanted = stage.page.comments().await?[20].id;
            stage.page.scroll_down().await?;
            assert!(stage.page.comments().await?.iter().all(|row| row.id != wanted), "it is still on the page");
            stage.page.run("location.hash = arguments[0]", vec![json!(format!("comment-{wanted}"))]).await?;
            let is_there = format!(
                "const row = root.querySelector('#comment-{wanted}');
                 const {{ top, bottom }} = row ? row.getBoundingClientRect() : {{}};
                 return top > 0 && bottom < innerHeight && root.activeElement === row && row.matches('.aw-row--marked')"
            );
            stage.page.wait_until("the comment on screen, marked and with focus", &is_there).await?;
            // What is near comes back too, and it stays where it is.
            stage.page.wait_until("its neighbours", "return root.querySelectorAll('li[data-id]').length > 30").await?;
            stage.page.wait_until("the comment on screen", &is_there).await
        })
        .await
}

/// Presses a letter as often as it is told, faster than any frame, and says which places in the set had focus.
const PRESS: &str = "
    const [key, times] = arguments;
    return (async () => {
      const places = [];
      for (let time = 0; time < times; time++) {
        root.activeElement.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, composed: true, cancelable: true }));
        for (let turn = 0; turn < 20; turn++) await null;
        places.push(+root.activeElement.ariaPosInSet);
      }
      return places;
    })()";

#[tokio::test]
async fn letters_go_on_where_rows_are_put_away() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            read_to_the_end(stage, 500).await?;
            stage.page.run("[...root.querySelectorAll('li[data-id]')].pop().focus()", vec![]).await?;
            let up = stage.page.run(PRESS, vec![json!("k"), json!(400)]).await?;
            let expected: Vec<u32> = (100..500).rev().collect();
            assert_eq!(up, json!(expected));
            let down = stage.page.run(PRESS, vec![json!("j"), json!(200)]).await?;
            let expected: Vec<u32> = (101..=300).collect();
            assert_eq!(down, json!(expected));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_browser_s_search_finds_what_was_put_away() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let wanted = stage.page.comments().await?.swap_remove(20);
            stage.page.scroll_down().await?;
            let words: String = wanted.body.split_whitespace().take(5).collect::<Vec<_>>().join(" ");
            // What the browser does when its search ends there; a driver cannot open that search.
            let found = "
                const places = [...root.querySelectorAll('[data-away][hidden=until-found]')];
                const place = places.find((place) => place.textContent.includes(arguments[0]));
                if (!place) return false;
                place.removeAttribute('hidden');
                place.scrollIntoView();
                return true";
            assert_eq!(stage.page.run(found, vec![json!(words)]).await?, true);
            let is_back = format!("return !!root.querySelector('#comment-{}')", wanted.id);
            stage.page.wait_until("the comment", &is_back).await
        })
        .await
}

#[tokio::test]
async fn on_paper_nothing_is_put_away() -> Result<()> {
    let story = Story::under(HostPage::short()).with_synth("wide", 500);
    story
        .tell(async |stage| {
            read_to_the_end(stage, 500).await?;
            stage.page.run("dispatchEvent(new Event('beforeprint'))", vec![]).await?;
            assert_eq!(stage.page.count("li[data-id]").await?, 500);
            stage.page.run("dispatchEvent(new Event('afterprint'))", vec![]).await?;
            stage.page.wait_until("most to go again", "return root.querySelectorAll('li[data-id]').length < 200").await
        })
        .await
}

#[tokio::test]
async fn comments_go_on_by_themselves_once_asked_for_and_the_page_has_an_end() -> Result<()> {
    let story = Story::under(HostPage::short().footer()).with_synth("wide", 1_000);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            // Nobody has asked yet.
            let to_the_end = "scrollTo(0, document.documentElement.scrollHeight)";
            stage
                .page
                .run("scrollTo(0, root.querySelector('#more-root').getBoundingClientRect().top - innerHeight * 1.5)", vec![])
                .await?;
            stage.page.run(to_the_end, vec![]).await?;
            let last = "return +[...root.querySelectorAll('li[data-id]')].pop().ariaPosInSet";
            let first = stage.page.run(last, vec![]).await?;
            stage.page.click("#more-root button").await?;
            let grown = format!("{last} > {first}");
            stage.page.wait_until("what was asked for", &grown).await?;
            // From here on without a click.
            stage.page.run("witness.asked = 0; root.addEventListener('click', () => witness.asked++, true)", vec![]).await?;
            let walk = "
                return (async () => {
                  const end = () => root.querySelector('#more-root');
                  for (let step = 0; step < 400; step++) {
                    scrollBy({ top: innerHeight / 2, behavior: 'instant' });
                    await new Promise((then) => requestAnimationFrame(() => setTimeout(then, 20)));
                    const more = end();
                    if (more && more.getBoundingClientRect().top < innerHeight && more.innerText !== 'Loading…') break;
                  }
                  return +[...root.querySelectorAll('li[data-id]')].pop().ariaPosInSet;
                })()";
            let reached = stage.page.run(walk, vec![]).await?.as_u64().unwrap_or_default();
            assert_eq!(reached, 550, "the first slice, the one asked for and nine more");
            let footer =
                "const { top } = document.querySelector('footer').getBoundingClientRect(); return top < innerHeight * 1.5";
            assert_eq!(stage.page.run(footer, vec![]).await?, true);
            Ok(())
        })
        .await
}
