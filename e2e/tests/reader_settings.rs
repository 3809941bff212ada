//! What a reader has asked of the system is followed: contrast themes, less motion.

use afterword_e2e::forms::reply_form;
use afterword_e2e::{HostPage, Seed, Story, axe};
use anyhow::Result;

#[tokio::test]
async fn under_a_contrast_theme_rails_badges_avatars_buttons_and_focus_can_be_seen() -> Result<()> {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(3);
    // A page whose own colours would vanish under the theme.
    let page = HostPage::short().css(".afterword{--aw-color-line:#000;--aw-color-text:#111}");
    let story = Story::under(page).with(thread);
    story
        .tell(async |stage| {
            stage.page.browser().prefer(&[("forced-colors", "active"), ("prefers-color-scheme", "dark")]).await?;
            stage.page.open_live(&format!("/article#comment-{}", chain[1])).await?;
            assert_eq!(stage.page.run("return matchMedia('(forced-colors: active)').matches", vec![]).await?, true);
            let own = stage.page.post("my own").await?;
            stage.page.press_on(chain[2], "reply").await?;
            stage.page.press(&reply_form(chain[2]), "submit").await?;
            stage.page.wait_until("a fault", "return !!root.querySelector('.aw-form__error')").await?;
            // Drawn by a line each: grounds are the reader's own.
            let unseen = "
                const bordered = (selector) => [...root.querySelectorAll(selector)].every((one) => parseFloat(getComputedStyle(one).borderTopWidth) >= 1);
                const outlined = (selector) => [...root.querySelectorAll(selector)].every((one) => getComputedStyle(one).outlineStyle !== 'none');
                return [
                  ['.aw-avatar', bordered], ['.aw-badge', bordered], ['.aw-button--primary', bordered], ['textarea', bordered],
                  ['.aw-row--marked > .aw-comment', outlined], ['textarea:focus', outlined],
                ].filter(([selector, seen]) => !root.querySelector(selector) || !seen(selector)).map(([selector]) => selector)";
            assert_eq!(stage.page.lines(unseen).await?, Vec::<String>::new());
            // The rail is a picture, and the one thing whose colour a browser does not see to.
            let rail = "
                const probe = document.body.appendChild(document.createElement('i'));
                probe.style.color = 'GrayText';
                const wanted = getComputedStyle(probe).color;
                probe.remove();
                const drawn = getComputedStyle(root.querySelectorAll('li')[2], '::before').backgroundImage;
                return drawn.includes(wanted) ? '' : `${drawn} instead of ${wanted}`";
            assert_eq!(stage.page.run(rail, vec![]).await?, "");
            assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new());
            stage.page.run(&format!("root.querySelector('li[data-id=\"{}\"]').scrollIntoView()", own.id), vec![]).await?;
            stage.page.browser().keep_picture("forced_colors").await.map(drop)
        })
        .await
}

#[tokio::test]
async fn nothing_moves_for_readers_who_asked_for_less_motion() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(30);
    let wanted = thread.comment(None, "the one");
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            let moving = "return root.querySelector('.aw-row--marked').getAnimations({ subtree: true }).length";
            let path = format!("/article#comment-{wanted}");
            stage.page.open_live(&path).await?;
            stage.page.wait_until("the tint to fade", &format!("{moving} > 0")).await?;
            stage.page.browser().prefer(&[("prefers-reduced-motion", "reduce")]).await?;
            stage.page.reload().await?;
            stage.page.wait_live().await?;
            stage.page.wait_until("the mark", "return !!root.querySelector('.aw-row--marked')").await?;
            assert_eq!(stage.page.run("return root.querySelector('.aw').getAnimations({ subtree: true }).length", vec![]).await?, 0);
            let transitions = "return [...root.querySelectorAll('*')].filter((one) => getComputedStyle(one).transitionDuration !== '0s').length";
            assert_eq!(stage.page.run(transitions, vec![]).await?, 0);
            Ok(())
        })
        .await
}
