//! What is pressed is large enough: 24 pixels everywhere, 44 where fingers press (WCAG 2.5.8, and the look of DESIGN).

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport};
use anyhow::Result;

/// Every target that is narrower or lower than wanted. Links within a sentence are free of this: their line decides.
const TOO_SMALL: &str = "
    const wanted = arguments[0];
    return [...root.querySelectorAll('a, button, input, select, textarea')]
      .filter((target) => target.checkVisibility() && !target.closest('.aw-comment__body, .aw-notice') && getComputedStyle(target).clipPath === 'none')
      .map((target) => [target.dataset.act || target.name || target.className, target.getBoundingClientRect()])
      .filter(([, box]) => box.width < wanted || box.height < wanted)
      .map(([name, box]) => `${name} ${box.width}x${box.height}`)";

fn thread() -> Seed {
    let mut thread = Seed::thread("/article");
    thread.chain(5);
    thread.comment(None, &"a long text ".repeat(400));
    thread.with_roots(60)
}

/// Shows every kind of target there is and measures them.
async fn every_target_measures(stage: &mut Stage, wanted: u32) -> Result<()> {
    stage.page.open_live("/article").await?;
    let own = stage.page.post("my own").await?;
    stage.page.press_on(own.id, "delete").await?;
    stage.page.click("[data-act=reply]").await?;
    stage.page.type_into(ROOT_FORM, "body", "begun").await?;
    stage.page.press(ROOT_FORM, "preview").await?;
    stage.page.wait_until("the preview", "return !!root.querySelector('.aw-form__preview')").await?;
    let counted = "return ['reply', 'collapse', 'more', 'keep', 'cancel', 'write', 'submit', 'sort', 'unfold'].filter((act) => !root.querySelector(`[data-act=${act}]`))";
    assert_eq!(stage.page.lines(counted).await?, Vec::<String>::new(), "kinds of targets that are not there");
    let small: Vec<String> = serde_json::from_value(stage.page.run(TOO_SMALL, vec![wanted.into()]).await?)?;
    assert_eq!(small, Vec::<String>::new());
    Ok(())
}

#[tokio::test]
async fn every_target_is_24_pixels_wide_and_high_even_on_a_page_of_small_print() -> Result<()> {
    let story = Story::under(HostPage::short().css("body{font-size:12px}")).with(thread());
    story.tell(async |stage| every_target_measures(stage, 24).await).await
}

#[tokio::test]
async fn every_target_is_44_pixels_wide_and_high_for_fingers() -> Result<()> {
    let story = Story::under(HostPage::short()).with(thread()).on(Viewport::PHONE);
    story
        .tell(async |stage| {
            stage.page.browser().use_fingers(375, 812).await?;
            stage.page.open("/article").await?;
            assert_eq!(stage.page.run("return matchMedia('(pointer: coarse)').matches", vec![]).await?, true);
            every_target_measures(stage, 44).await?;
            stage.page.run("root.querySelectorAll('li')[2].scrollIntoView()", vec![]).await?;
            stage.page.browser().keep_picture("fingers").await.map(drop)
        })
        .await
}
