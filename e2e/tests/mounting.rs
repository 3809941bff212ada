//! Threads that a page mounts, commands and ends by itself: `<afterword-thread>` and `Afterword.mount`.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{Guest, HostPage, Seed, Stage, Story, ThreadPage};
use anyhow::Result;
use serde_json::json;

/// A page that brings the script and says in its own markup where threads stand.
fn page(markup: &str) -> HostPage {
    HostPage::short().attribute("data-loading", "lazy").after(markup)
}

/// Two threads, the second with an option written as an attribute of its own.
const ELEMENTS: &str = "
    <afterword-thread site=\"blog\" page-key=\"/first\" loading=\"eager\"></afterword-thread>
    <afterword-thread data-site=\"blog\" data-isso-id=\"/second\" lang=\"de\" loading=\"eager\"></afterword-thread>";

/// Mounts a thread under `#here` as `window.handle`.
const MOUNT: &str =
    "window.handle = Afterword.mount(document.querySelector('#here'), { site: 'blog', pageKey: '/first', loading: 'eager' })";

async fn count_live(page: &ThreadPage, count: usize) -> Result<()> {
    let script = format!(
        "return [...document.querySelectorAll('afterword-thread')].filter((one) => one.thread && one.thread.isReady).length == {count}"
    );
    page.wait_until("the elements' threads", &script).await
}

async fn open_and_mount(stage: &Stage) -> Result<()> {
    stage.page.open("/article").await?;
    stage.page.wait_until("the script", "return !!(self.Afterword && Afterword.mount)").await?;
    stage.page.run(MOUNT, vec![]).await?;
    wait_ready(&stage.page).await
}

async fn wait_ready(page: &ThreadPage) -> Result<()> {
    page.wait_until("the mounted thread", "return handle.isReady == 1").await
}

/// What `script` makes of the shadow root of the mounted thread.
async fn see(page: &ThreadPage, script: &str) -> Result<serde_json::Value> {
    page.run(&format!("const shown = handle.element.shadowRoot; return {script}"), vec![]).await
}

fn two_threads() -> Seed {
    Seed::thread("/first").with_roots(3)
}

#[tokio::test]
async fn several_elements_on_a_page_are_several_threads() -> Result<()> {
    let story = Story::under(page(ELEMENTS)).with(two_threads());
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            count_live(&stage.page, 2).await?;
            let script =
                "const roots = [...document.querySelectorAll('afterword-thread .afterword')].map((one) => one.shadowRoot);
                return roots.map((root) => [root.querySelectorAll('.aw-comment').length, root.querySelector('.aw').lang])";
            let seen = stage.page.run(script, vec![]).await?;
            assert_eq!(seen, json!([[3, "en"], [0, "de"]]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn an_element_that_is_moved_keeps_its_thread_and_one_that_is_taken_out_ends_it() -> Result<()> {
    let story = Story::under(page(ELEMENTS)).with(two_threads());
    story
        .tell(async |stage| {
            stage.page.open("/article").await?;
            count_live(&stage.page, 2).await?;
            let moved = "window.one = document.querySelector('afterword-thread');
                window.before = one.thread.element;
                document.body.append(one)";
            stage.page.run(moved, vec![]).await?;
            assert_eq!(stage.page.run("return one.thread.element == before && before.isConnected", vec![]).await?, true);
            stage.page.run("one.remove()", vec![]).await?;
            stage.page.wait_until("the end of the thread", "return !one.thread && !one.firstElementChild").await?;
            stage.page.run("document.body.append(one)", vec![]).await?;
            count_live(&stage.page, 2).await
        })
        .await
}

#[tokio::test]
async fn who_listens_for_ready_late_hears_it_all_the_same() -> Result<()> {
    let story = Story::under(page("<div id=here></div>")).with(two_threads());
    story
        .tell(async |stage| {
            open_and_mount(stage).await?;
            stage.page.run("handle.element.addEventListener('afterword:ready', () => (window.heard = true))", vec![]).await?;
            assert_eq!(stage.page.run("return window.heard", vec![]).await?, true);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_handle_commands_theme_language_options_and_place() -> Result<()> {
    let story = Story::under(page("<div id=here></div>")).with(two_threads());
    story
        .tell(async |stage| {
            open_and_mount(stage).await?;
            stage.page.run("handle.setTheme('dark')", vec![]).await?;
            assert_eq!(see(&stage.page, "shown.querySelector('.aw').dataset.theme").await?, "dark");
            stage.page.run("handle.setLang('fr')", vec![]).await?;
            wait_ready(&stage.page).await?;
            let look = see(&stage.page, "[shown.querySelector('.aw').lang, shown.querySelector('.aw').dataset.theme]").await?;
            assert_eq!(look, json!(["fr", "dark"]), "the theme outlives the change of language");
            stage.page.run("handle.update({ lang: 'en', sort: 'newest' })", vec![]).await?;
            wait_ready(&stage.page).await?;
            assert_eq!(see(&stage.page, "shown.querySelector('[data-act=sort]').value").await?, "newest");
            stage.page.run("handle.goTo(handle.element.shadowRoot.querySelector('li[data-id]').dataset.id)", vec![]).await?;
            let marked = "const shown = handle.element.shadowRoot; return !!shown.querySelector('.aw-row--marked')";
            stage.page.wait_until("the comment to be marked", marked).await
        })
        .await
}

#[tokio::test]
async fn reloading_shows_what_was_posted_meanwhile() -> Result<()> {
    let story = Story::under(page("<div id=here></div>")).with(two_threads());
    story
        .tell(async |stage| {
            open_and_mount(stage).await?;
            let other = Guest::new(&stage.server, &stage.host.origin());
            assert!(other.try_post(json!({"key": "/first"}), "Meanwhile", json!({"name": "Mara"})).await?);
            stage.page.run("handle.reload()", vec![]).await?;
            let seen = "return handle.element.shadowRoot.textContent.includes('Meanwhile')";
            stage.page.wait_until("the new comment", seen).await
        })
        .await
}

#[tokio::test]
pub async fn a_page_fills_in_how_its_reader_signs_and_has_them_forgotten() -> Result<()> {
    // The tag brings no thread of its own, so that all verbs are about the one that is mounted.
    let story = Story::under(HostPage::short().script("/embed.js").after("<div id=here></div>"));
    story
        .tell(async |stage| {
            let page = &stage.page;
            open_and_mount(stage).await?;
            page.run("handle.login({ name: 'Mara', email: 'mara@example.org', website: 7 })", vec![]).await?;
            assert_eq!(page.value_of(ROOT_FORM, "name").await?, "Mara");
            page.type_into(ROOT_FORM, "body", "Signed by the page").await?;
            page.press(ROOT_FORM, "submit").await?;
            let own = page.wait_until_posted("Signed by the page").await?;
            assert_eq!(own.author, "Mara");
            page.run("handle.setLang('fr')", vec![]).await?;
            wait_ready(page).await?;
            assert_eq!(page.value_of(ROOT_FORM, "email").await?, "mara@example.org", "a thread shown anew knows them still");
            assert_eq!(page.count("[data-act=edit]").await?, 1);
            page.run("handle.logout()", vec![]).await?;
            page.wait_until("nobody's form", "return root.querySelector('[name=email]').value === ''").await?;
            page.wait_until("nobody's comment", "return !root.querySelector('[data-act=edit]')").await?;
            let kept = "return Object.keys(localStorage).filter((key) => key.endsWith('viewer')).length";
            assert_eq!(page.run(kept, vec![]).await?, 0);
            Ok(())
        })
        .await
}
