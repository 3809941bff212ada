//! Arabic, right to left.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Story, Viewport};
use anyhow::Result;

fn story() -> Story {
    let mut thread = Seed::thread("/article");
    thread.chain(4);
    Story::under(HostPage::short().attribute("data-lang", "ar")).with(thread)
}

#[tokio::test]
pub async fn an_arabic_thread_runs_from_right_to_left_before_and_after_the_wasm() -> Result<()> {
    story()
        .with_late_wasm()
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let looks = "return [aw.lang, aw.dir, root.querySelector('h2').innerText, root.querySelector('time').innerText]";
            let painted = stage.page.run(looks, vec![]).await?;
            assert_eq!((&painted[0], &painted[1]), (&"ar".into(), &"rtl".into()));
            assert!(painted[3].as_str().is_some_and(|time| time.contains("قبل") || time.contains("منذ")), "{painted}");
            stage.let_through()?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.run(looks, vec![]).await?, painted);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn replies_move_in_from_the_right() -> Result<()> {
    story()
        .on(Viewport::PHONE)
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let ends = "return [...root.querySelectorAll('.aw-comment__body')].map((body) => Math.round(body.getBoundingClientRect().right))";
            let ends: Vec<i64> = serde_json::from_value(stage.page.run(ends, vec![]).await?)?;
            assert!(ends[1] < ends[0], "{ends:?}");
            let scrolls = "return document.documentElement.scrollWidth > document.documentElement.clientWidth";
            assert_eq!(stage.page.run(scrolls, vec![]).await?, false);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_empty_form_begins_where_the_language_does_and_a_filled_one_where_its_text_does() -> Result<()> {
    story()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let direction = "return getComputedStyle(root.querySelector('textarea')).direction";
            assert_eq!(stage.page.run(direction, vec![]).await?, "rtl");
            stage.page.type_into(ROOT_FORM, "body", "English").await?;
            assert_eq!(stage.page.run(direction, vec![]).await?, "ltr");
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn names_and_bodies_keep_their_own_direction() -> Result<()> {
    story()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let directions = "return [...root.querySelectorAll('.aw-comment__author, .aw-comment__body')]
                .filter((part) => part.dir !== 'auto' && !part.querySelector('[dir=auto]')).length";
            assert_eq!(stage.page.run(directions, vec![]).await?, 0);
            let body = "return getComputedStyle(root.querySelector('.aw-comment__body')).direction";
            assert_eq!(stage.page.run(body, vec![]).await?, "ltr", "an English body in an Arabic thread");
            let gap = "const body = root.querySelector('.aw-comment__body');
                const text = document.createRange();
                text.selectNodeContents(body.querySelector('p'));
                return text.getBoundingClientRect().left - body.getBoundingClientRect().left";
            let gap = stage.page.run(gap, vec![]).await?.as_f64();
            assert!(gap.is_some_and(|gap| gap < 2.0), "its text begins {gap:?} px from where it should");
            Ok(())
        })
        .await
}
