//! The page cannot tell that anybody was there.

use super::mounting;
use afterword_e2e::{Seed, Story};
use anyhow::Result;
use serde_json::Value;

/// Knows from the first moment who listens outside the thread, and for how long.
const COUNT_LISTENERS: &str = "<script nonce=\"page\">{
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const watched = new Map();
    const isThePages = (target) => target === self || target === document || target instanceof Element || target instanceof MediaQueryList;
    const listeners = (target, type) => {
      const types = watched.get(target) || watched.set(target, {}).get(target);
      return (types[type] ||= new Set());
    };
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this || self;
      if (isThePages(target)) {
        const known = listeners(target, type);
        const { signal, once } = Object(options);
        known.add(listener);
        if (signal) add.call(signal, 'abort', () => known.delete(listener));
        if (once) add.call(target, type, () => known.delete(listener), { once });
      }
      return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this || self;
      if (isThePages(target)) listeners(target, type).delete(listener);
      return remove.call(target, type, listener, options);
    };
    witness.listeners = () => [...watched].filter(([target]) => !(target instanceof Element) || target.isConnected)
      .flatMap(([target, types]) => Object.entries(types).filter(([, { size }]) => size)
        .map(([type, { size }]) => `${target.constructor.name} ${type} ${size}`)).sort();
  }</script>";

/// All that a page could notice, but for what begins with our own name.
const STATE: &str = "
    const all = [...document.querySelectorAll('*')];
    const style = (element) => { const computed = getComputedStyle(element); return [...computed].map((name) => name + computed[name]).join() };
    const keys = (storage) => Object.keys(storage).filter((key) => !key.startsWith('afterword:')).sort();
    return {
      elements: all.map((element) => element.outerHTML.split('>')[0]),
      styles: all.map(style),
      // Without the driver's own.
      globals: Object.getOwnPropertyNames(self).filter((name) => !/^(se_|cdc_)/.test(name)).sort(),
      prototypes: [Object, Array, Promise, Element, Node, EventTarget].map((one) => Object.getOwnPropertyNames(one.prototype).join()),
      history: [history.length, history.state, location.href, history.scrollRestoration],
      storage: [keys(localStorage), keys(sessionStorage), document.cookie, self.name],
      page: [document.title, document.adoptedStyleSheets.length, document.styleSheets.length, document.activeElement.tagName, scrollY],
      listeners: witness.listeners(),
    };";

#[tokio::test]
pub async fn after_destroy_the_page_is_as_it_was_before_mount() -> Result<()> {
    Story::under(mounting::page().head(COUNT_LISTENERS))
        .with(Seed::thread("/article").with_roots(3))
        .tell(async |stage| {
            let page = &stage.page;
            mounting::open(page).await?;
            let before = page.run(STATE, vec![]).await?;
            let mount = "self.thread = Afterword.mount(document.querySelector('#here'), { site: 'blog', loading: 'eager' })";
            page.run(mount, vec![]).await?;
            page.wait_live().await?;
            page.post("I was here").await?;
            page.run("self.thread.destroy(); delete self.thread; scrollTo(0, 0)", vec![]).await?;
            let after = page.run(STATE, vec![]).await?;
            assert_eq!(changes(&before, &after), Vec::<String>::new());
            Ok(())
        })
        .await
}

/// What is in one state and not in the other, `-` before and `+` after.
fn changes(before: &Value, after: &Value) -> Vec<String> {
    let items = |state: &Value, name: &str| state[name].as_array().cloned().unwrap_or_default();
    let names = before.as_object().into_iter().flat_map(|state| state.keys());
    names
        .flat_map(|name| {
            let (before, after) = (items(before, name), items(after, name));
            let gone = before.iter().filter(|item| !after.contains(item)).map(|item| format!("{name} -{item}"));
            let new = after.iter().filter(|item| !before.contains(item)).map(|item| format!("{name} +{item}"));
            gone.chain(new).chain((before.len() != after.len()).then(|| format!("{name}: their number"))).collect::<Vec<_>>()
        })
        .collect()
}
