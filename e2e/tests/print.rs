//! The thread on paper.

use afterword_e2e::forms::reply_form;
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

#[tokio::test]
async fn paper_holds_what_people_wrote_whole_and_nothing_to_press() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(3);
    thread.comment(None, &"a long text ".repeat(400));
    thread.comment(None, "with a [link](https://example.org/read) in it");
    let dark = HostPage::short().css("html{background:#16181c;color:#e6e6e6}.afterword{--aw-color-text:#eee}");
    let story = Story::under(dark).with(thread.with_roots(60));
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.press_on(chain[1], "reply").await?;
            stage.page.type_into(&reply_form(chain[1]), "body", "begun").await?;
            stage.page.browser().show_as_print(true).await?;
            let shown = "return [...root.querySelectorAll('button, select, form, .aw-keys')].filter((one) => one.checkVisibility() && !one.closest('.aw-hidden')).map((one) => one.className)";
            assert_eq!(stage.page.lines(shown).await?, Vec::<String>::new());
            let cut = "return [...root.querySelectorAll('.aw-comment__body')].filter((one) => one.scrollHeight > one.clientHeight + 1).length";
            assert_eq!(stage.page.run(cut, vec![]).await?, 0);
            let ink = "return getComputedStyle(root.querySelector('.aw-comment__body')).color";
            assert_eq!(stage.page.run(ink, vec![]).await?, "rgb(0, 0, 0)", "dark pages print in black too");
            let rows = "return [...root.querySelectorAll('.aw-row')].filter((row) => getComputedStyle(row).breakInside !== 'avoid').length";
            assert_eq!(stage.page.run(rows, vec![]).await?, 1, "all but the one that is longer than a page");
            let address = "return getComputedStyle(root.querySelector('.aw-comment__body a'), '::after').content";
            assert_eq!(stage.page.run(address, vec![]).await?, "\" (https://example.org/read)\"");
            stage.page.browser().keep_picture("print").await?;
            stage.page.browser().show_as_print(false).await?;
            stage.page.browser().print_to_pdf("print").await
        })
        .await
}
