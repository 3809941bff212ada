//! Hostile input in every field, shown in a real browser: nothing runs, nothing loads (SECURITY.md, I6).

use afterword_e2e::{Guest, HostPage, Stage, Story, corpora};
use anyhow::Result;
use serde_json::json;

const PAYLOADS: usize = 500;
const PER_PAGE: usize = 50;

/// Wakes what waits for a hand: every event a payload may listen to, on every element there is.
const PROVOKE: &str = "
    const events = ['mouseover', 'mouseenter', 'mousemove', 'focus', 'blur', 'pointerover', 'toggle', 'animationend', 'transitionend', 'error', 'load'];
    const found = [];
    for (const element of (root || document).querySelectorAll('*')) {
      for (const { name, value } of element.attributes) {
        if (/^on/i.test(name)) found.push(name);
        if (/^(href|src|action|formaction|xlink:href|data|srcdoc|poster)$/i.test(name) && !/^(https?:|mailto:|#|\\/)/i.test(value)) found.push(name + '=' + value);
      }
      if (/^(script|iframe|object|embed|img|image|video|audio|svg|math|style|link|meta|base)$/i.test(element.localName) && element.closest('.aw-comment')) found.push(element.localName);
      for (const type of events) element.dispatchEvent(new Event(type, { bubbles: true }));
    }
    return found";

async fn post_all(stage: &Stage, payloads: &[String]) -> Result<usize> {
    let guest = Guest::new(&stage.server, &stage.host.origin());
    let mut taken = 0;
    for (number, payload) in payloads.iter().enumerate() {
        let page = format!("/corpus-{}", number / PER_PAGE);
        let hostile = json!({"key": page, "url": payload, "title": payload});
        // In every field at once, and where a field refuses it, in those that take anything.
        let everywhere = json!({"name": payload, "email": payload, "website": payload});
        let is_taken = guest.try_post(hostile.clone(), payload, everywhere).await?
            || guest.try_post(hostile.clone(), payload, json!({"name": payload})).await?
            || guest.try_post(json!({"key": page}), payload, json!({"name": "Mallory"})).await?;
        taken += usize::from(is_taken);
    }
    Ok(taken)
}

#[tokio::test]
async fn five_hundred_hostile_comments_run_nothing_and_load_nothing() -> Result<()> {
    let Some(payloads) = corpora::payloads(PAYLOADS) else { return Ok(()) };
    Story::under(HostPage::short())
        .tell(async |stage| {
            let taken = post_all(stage, &payloads).await?;
            println!("posted {taken} of {PAYLOADS}");
            assert!(taken > PAYLOADS * 9 / 10, "only {taken} were taken");
            for number in 0..PAYLOADS / PER_PAGE {
                stage.page.open_live(&format!("/corpus-{number}")).await?;
                assert_eq!(stage.page.run(PROVOKE, vec![]).await?, json!([]), "embedded, page {number}");
                assert_eq!(stage.page.injected_calls().await?, Vec::<String>::new());
                stage.page.open_standalone(&stage.server, &format!("/corpus-{number}")).await?;
                assert_eq!(stage.page.run(PROVOKE, vec![]).await?, json!([]), "standalone, page {number}");
                assert_eq!(stage.page.injected_calls().await?, Vec::<String>::new());
            }
            Ok(())
        })
        .await
}
