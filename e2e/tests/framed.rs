//! A thread in a frame is commanded, and tells what happens, as any other.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Stage, Story};
use anyhow::Result;
use serde_json::json;

fn framed() -> Story {
    let page = HostPage::short().script("/embed.js").after("<div id=here></div>");
    Story::under(page).with(Seed::thread("/first").with_roots(20))
}

/// Mounts a framed thread as `window.handle`, and notes what the page hears.
async fn mount(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open("/article").await?;
    page.wait_until("the script", "return !!(self.Afterword && Afterword.mount)").await?;
    let script = "
        window.heard = [];
        const here = document.querySelector('#here');
        for (const event of ['comment-created', 'request-failed'])
          here.addEventListener('afterword:' + event, ({ detail }) => heard.push([event, detail]));
        window.handle = Afterword.mount(here, { site: 'blog', pageKey: '/first', frame: true, theme: 'light' })";
    page.run(script, vec![]).await?;
    page.wait_until("the framed thread", "return handle.isReady == 1").await
}

#[tokio::test]
pub async fn what_is_posted_in_a_frame_is_told_to_the_page() -> Result<()> {
    framed()
        .tell(async |stage| {
            mount(stage).await?;
            let page = &stage.page;
            page.enter_frame().await?;
            page.write(ROOT_FORM, "From a frame").await?;
            page.wait_until_posted("From a frame").await?;
            page.leave_frame().await?;
            page.wait_until("the event", "return heard.length > 0").await?;
            let told = page.run("return heard.map(([event, detail]) => [event, detail.body_html])", vec![]).await?;
            assert_eq!(told, json!([["comment-created", "<p>From a frame</p>\n"]]));
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_handle_commands_theme_reader_and_place_in_a_frame() -> Result<()> {
    framed()
        .tell(async |stage| {
            mount(stage).await?;
            let page = &stage.page;
            page.enter_frame().await?;
            page.wait_until("the widget in the frame", "return !!(root && root.querySelector('[data-form=root]'))").await?;
            let last = page.comments().await?.pop().map(|row| row.id.to_string());
            page.leave_frame().await?;
            page.run("handle.setTheme('dark'); handle.login({ name: 'Mara' }); handle.goTo(arguments[0])", vec![json!(last)])
                .await?;
            let is_in_view =
                "const { bottom } = handle.element.getBoundingClientRect(); return scrollY > 200 && bottom < innerHeight * 1.5";
            page.wait_until("the page to scroll to the last comment", is_in_view).await?;
            page.enter_frame().await?;
            page.wait_until("the dark theme", "return aw.dataset.theme === 'dark'").await?;
            page.wait_until("the mark", "return !!root.querySelector('li:last-of-type.aw-row--marked')").await?;
            assert_eq!(page.value_of(ROOT_FORM, "name").await?, "Mara");
            page.leave_frame().await
        })
        .await
}

/// A page of the server's own origin could be made to speak for the frame; without the nonce nobody listens.
#[tokio::test]
pub async fn messages_without_the_nonce_of_the_frame_change_nothing() -> Result<()> {
    framed()
        .tell(async |stage| {
            mount(stage).await?;
            let page = &stage.page;
            let forged = "
                const frame = root.querySelector('iframe');
                const height = frame.style.height;
                for (const nonce of [undefined, '', '0'])
                  for (const sender of [frame.contentWindow, window])
                    dispatchEvent(new MessageEvent('message', {
                      source: sender, origin: new URL(frame.src).origin,
                      data: { nonce, height: 9, top: 9, event: 'comment-created', detail: {} },
                    }));
                return heard.length === 0 && frame.style.height === height";
            assert_eq!(page.run(forged, vec![]).await?, true);
            Ok(())
        })
        .await
}
