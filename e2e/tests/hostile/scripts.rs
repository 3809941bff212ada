//! H6: a page whose scripts have changed everything there is to change.

use afterword_e2e::{HostPage, Seed, Stage, Story, ThreadPage};
use anyhow::{Result, ensure};
use serde_json::Value;

/// What old libraries do to what belongs to everybody.
const POLLUTED: &str = "<script>
    Object.prototype.theme = 'dark'; Object.prototype.frame = 'true'; Object.prototype.polluted = function () { return 'polluted' };
    Object.prototype.signal = undefined; Object.prototype.credentials = 'include';
    Array.prototype.last = function () { return this[this.length - 1] }; Array.prototype.remove = function () { this.length = 0 };
    String.prototype.trimAll = function () { return '' }; Function.prototype.defer = function () { setTimeout(this) };
    Element.prototype.hide = function () { this.style.display = 'none' };
  </script>";

/// What tools that watch, measure and polyfill put in the place of the browser's own.
const PATCHED: &str = "<script>{
    witness.sent = [];
    const { fetch } = self;
    self.fetch = async function (input, init) { witness.sent.push(String(input.url || input)); await null; return fetch.call(self, input, init) };
    const { parse, stringify } = JSON;
    JSON.parse = (text, reviver) => parse(text, reviver);
    JSON.stringify = (value, ...more) => stringify(value, ...more);
    const Own = Promise;
    self.Promise = class Zone extends Own { then(...args) { return super.then(...args) } };
    const { addEventListener } = EventTarget.prototype;
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      return addEventListener.call(this, type, listener, options);
    };
    const { setTimeout } = self;
    self.setTimeout = (then, ...more) => setTimeout.call(self, then, ...more);
    for (const level of ['log', 'info', 'warn', 'error', 'debug']) {
      const original = console[level];
      console[level] = (...said) => { (witness.said ||= []).push(said.map(String).join(' ')); original.apply(console, said) };
    }
  }</script>";

/// Elements whose ids and names shadow globals and their forms' own properties.
const CLOBBERED: &str = "
    <form id=\"Afterword\"><input name=\"version\"><input name=\"children\"></form>
    <form id=\"afterword\" name=\"afterword\"><input name=\"id\"><input name=\"querySelector\"><input name=\"shadowRoot\"></form>
    <a id=\"root\"></a><a id=\"host\"></a><a id=\"options\"></a><a id=\"island\"></a><a id=\"script\"></a><a id=\"painted\"></a><a id=\"wasm\"></a>
    <img name=\"origin\" alt=\"\"><img id=\"base\" alt=\"\"><form name=\"messages\"><input name=\"stalled\"></form>";

const SECRET: &str = "
    const key = Object.keys(localStorage).find((key) => key.startsWith('afterword:') && key.endsWith(':viewer'));
    return key && JSON.parse(localStorage.getItem(key)).secret";

/// Wherever a token could be seen by others: markup, names, addresses, history, console.
const VISIBLE: &str = "
    const trees = [document.documentElement.outerHTML, root.innerHTML, ...[...document.querySelectorAll('iframe')].map((frame) => frame.src)];
    const fields = [...root.querySelectorAll('input, textarea')].map((field) => field.value);
    const urls = performance.getEntriesByType('resource').map((entry) => entry.name);
    return [...trees, ...fields, ...urls, ...(witness.sent || []), ...(witness.said || []), self.name, location.href, document.cookie,
      document.title, JSON.stringify(history.state), ...Object.values(host.dataset)].join('\\n')";

fn story(page: HostPage) -> Story {
    Story::under(page).with(Seed::thread("/article").with_roots(2))
}

/// Writes, answers, folds and reads again.
async fn everything_works(stage: &Stage) -> Result<()> {
    let page = &stage.page;
    page.open_live("/article").await?;
    let own = page.post("a comment in spite of all").await?;
    page.reply(own.id, "and a reply").await?;
    page.reload().await?;
    page.wait_live().await?;
    assert_eq!(page.comments().await?.len(), 4);
    assert_eq!(page.run("return aw.dataset.theme", vec![]).await?, "light", "an option that nobody gave");
    no_token_is_seen(page).await
}

async fn no_token_is_seen(page: &ThreadPage) -> Result<()> {
    let secret = page.run(SECRET, vec![]).await?;
    let secret = secret.as_str().filter(|secret| secret.len() >= 40);
    ensure!(secret.is_some(), "the device secret is not where this test looks for it");
    let visible = page.run(VISIBLE, vec![]).await?;
    ensure!(secret.is_some_and(|secret| !visible.as_str().unwrap_or(secret).contains(secret)), "the device secret is seen");
    Ok(())
}

#[tokio::test]
pub async fn polluted_prototypes_change_nothing() -> Result<()> {
    story(HostPage::short().head(POLLUTED)).tell(async |stage| everything_works(stage).await).await
}

#[tokio::test]
pub async fn patched_functions_change_nothing_and_see_no_token_in_what_they_are_shown() -> Result<()> {
    story(HostPage::short().head(PATCHED)).tell(async |stage| everything_works(stage).await).await
}

#[tokio::test]
pub async fn clobbered_names_change_nothing() -> Result<()> {
    story(HostPage::short().before(CLOBBERED)).tell(async |stage| everything_works(stage).await).await
}

#[tokio::test]
pub async fn a_script_tag_named_three_times_is_three_threads_and_no_error() -> Result<()> {
    let again = "<script async src=\"{server}/embed.js\" data-site=\"blog\"></script>".repeat(2);
    story(HostPage::short().after(&again))
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let live = "return [...document.querySelectorAll('.afterword')].filter((one) => one.shadowRoot && one.shadowRoot.querySelectorAll('li[data-id]').length === 2).length";
            stage.page.wait_until("three threads", &format!("{live} === 3")).await?;
            // Which of them is live cannot be seen; who asks late is told.
            stage.page.run("host.addEventListener('afterword:ready', () => (window.isFirstReady = true))", vec![]).await?;
            stage.page.wait_until("the first to be live", "return window.isFirstReady === true").await?;
            stage.page.post("in the first").await?;
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn a_node_removed_and_put_back_while_live_goes_on_with_what_was_typed() -> Result<()> {
    story(HostPage::short())
        .tell(async |stage| {
            let page = &stage.page;
            page.open_live("/article").await?;
            page.type_into(afterword_e2e::forms::ROOT_FORM, "body", "typed before").await?;
            page.run("const aside = host; aside.remove(); document.body.append(aside)", vec![]).await?;
            assert_eq!(page.value_of(afterword_e2e::forms::ROOT_FORM, "body").await?, "typed before");
            page.press(afterword_e2e::forms::ROOT_FORM, "submit").await.ok();
            page.type_into(afterword_e2e::forms::ROOT_FORM, "name", "Ada").await?;
            page.press(afterword_e2e::forms::ROOT_FORM, "submit").await?;
            page.wait_until_posted("typed before").await?;
            assert_eq!(page.run("return document.querySelectorAll('.afterword').length", vec![]).await?, Value::from(1));
            Ok(())
        })
        .await
}
