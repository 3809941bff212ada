//! The page cannot tell that anybody was there.

use super::mounting;
use afterword_e2e::{Seed, Story};
use anyhow::Result;
use serde_json::Value;

/// Counts from the first moment what is listened for outside the thread, and for how long.
const COUNT_LISTENERS: &str = "<script nonce=\"page\">{
    const live = new Map();
    const change = (target, type, by) => live.set(target, { ...live.get(target), [type]: ((live.get(target) || {})[type] || 0) + by });
    const { addEventListener: add, removeEventListener: remove } = EventTarget.prototype;
    const seen = new WeakMap();
    EventTarget.prototype.addEventListener = function (type, listener, options) {
      const target = this || self;
      if (target === self || target === document || target instanceof Element || target instanceof MediaQueryList) {
        const { signal, once } = typeof options === 'object' && options ? options : {};
        change(target, type, 1);
        const end = () => { if (seen.get(listener) !== 'ended') { once && seen.set(listener, 'ended'); change(target, type, -1); } };
        if (signal) add.call(signal, 'abort', end);
        if (once) add.call(target, type, end, { once: true });
      }
      return add.call(target, type, listener, options);
    };
    EventTarget.prototype.removeEventListener = function (type, listener, options) {
      const target = this || self;
      if (live.has(target)) change(target, type, -1);
      return remove.call(target, type, listener, options);
    };
    witness.listeners = () => [...live].filter(([target]) => !(target instanceof Element) || target.isConnected)
      .flatMap(([target, types]) => Object.entries(types).filter(([type, count]) => count && !/^(afterword:|securitypolicy|error|unhandled)/.test(type))
        .map(([type, count]) => `${target.constructor.name} ${type} ${count}`)).sort();
  }</script>";

/// All that a page could notice, but for what begins with our own name.
const STATE: &str = "
    const all = [...document.querySelectorAll('*')];
    const style = (element) => { const computed = getComputedStyle(element); return [...computed].map((name) => name + computed[name]).join() };
    const keys = (storage) => Object.keys(storage).filter((key) => !key.startsWith('afterword:')).sort();
    return {
      elements: all.map((element) => element.outerHTML.split('>')[0]),
      styles: all.map(style),
      globals: Object.getOwnPropertyNames(self).sort(),
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
            let named =
                |state: &Value| state.as_object().map(|state| state.keys().cloned().collect::<Vec<_>>()).unwrap_or_default();
            for name in named(&before) {
                assert_eq!(before[&name], after[&name], "{name}");
            }
            Ok(())
        })
        .await
}
