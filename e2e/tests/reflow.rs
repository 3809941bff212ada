//! Small screens, great zoom, spaced-out text: nothing is cut, nothing scrolls sideways (WCAG 1.4.4, 1.4.10, 1.4.12).

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport};
use afterword_wire::CommentId;
use anyhow::Result;

/// What WCAG 1.4.10 asks for: 1280 by 1024 at 400% zoom.
const ZOOMED: Viewport = Viewport { width: 320, height: 256 };

/// What reaches beyond the screen, or is wider than its box. Code may scroll in its own box.
const CUT: &str = "
    const width = document.documentElement.clientWidth;
    const name = (element) => `${element.tagName} ${element.className}`;
    const shown = [...root.querySelectorAll('.aw *')].filter((element) => element.checkVisibility() && !element.closest('pre, select, .aw-hidden')
      && getComputedStyle(element).clipPath === 'none' && getComputedStyle(element).visibility !== 'hidden');
    const outside = shown.filter((element) => {
      const { left, right } = element.getBoundingClientRect();
      return left < -1 || right > width + 1;
    });
    const clipped = shown.filter((element) => getComputedStyle(element).overflow !== 'visible' && !element.matches('textarea, input, .aw-comment__body--folded')
      && (element.scrollWidth > element.clientWidth + 1 || element.scrollHeight > element.clientHeight + 1));
    const sideways = document.documentElement.scrollWidth > width ? ['the page scrolls sideways'] : [];
    return [...sideways, ...outside.map((one) => 'outside: ' + name(one)), ...clipped.map((one) => 'cut: ' + name(one))]";

fn thread() -> (Seed, Vec<CommentId>) {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(9);
    thread.comment(Some(chain[3]), &"unbreakable".repeat(40));
    thread.comment(None, &format!("    {}", "let code = on_one_line(); ".repeat(20)));
    thread.comment(None, "https://example.org/a/very/long/address/that/goes/on/and/on/and/on/and/on/and/on/and/on/and/on");
    (thread.with_roots(5), chain)
}

/// Opens forms, faults, a preview, a question; holds that nothing is cut.
async fn nothing_is_cut(stage: &mut Stage, deep: CommentId) -> Result<()> {
    let own = stage.page.post("my own").await?;
    stage.page.press_on(own.id, "delete").await?;
    stage.page.press_on(deep, "reply").await?;
    stage.page.press(&reply_form(deep), "submit").await?;
    stage.page.type_into(ROOT_FORM, "body", "begun").await?;
    stage.page.press(ROOT_FORM, "preview").await?;
    stage.page.wait_until("the preview", "return !!root.querySelector('.aw-form__preview')").await?;
    assert_eq!(stage.page.lines(CUT).await?, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn at_400_percent_zoom_nothing_is_cut_and_nothing_scrolls_sideways() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short()).with(thread).on(ZOOMED);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_cut(stage, chain[9]).await?;
            stage.page.run("root.querySelectorAll('li')[4].scrollIntoView()", vec![]).await?;
            stage.page.browser().keep_picture("zoomed").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn at_400_percent_zoom_nothing_is_cut_in_arabic() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short().attribute("data-lang", "ar")).with(thread).on(ZOOMED);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_cut(stage, chain[9]).await
        })
        .await
}

#[tokio::test]
async fn letters_of_twice_the_size_are_not_cut() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short().css("html{font-size:200%}")).with(thread).on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_cut(stage, chain[9]).await
        })
        .await
}

#[tokio::test]
async fn spaced_out_text_is_not_cut() -> Result<()> {
    let (thread, chain) = thread();
    let story = Story::under(HostPage::short()).with(thread).on(Viewport { width: 320, height: 640 });
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.space_out_text().await?;
            let spacing = "return getComputedStyle(root.querySelector('.aw-comment__author')).letterSpacing !== 'normal'";
            assert_eq!(stage.page.run(spacing, vec![]).await?, true, "the reader's style sheet reaches the thread");
            nothing_is_cut(stage, chain[9]).await?;
            stage.page.run("root.querySelectorAll('li')[4].scrollIntoView()", vec![]).await?;
            stage.page.browser().keep_picture("spaced_out").await.map(drop)
        })
        .await
}
