//! H5: a page's style sheet at war with everything on it.

use afterword_e2e::{HostPage, Picture, Seed, Story, ThreadPage};
use anyhow::Result;
use serde_json::json;

/// Most pixels of the thread that may differ from the calm page's.
const MAX_DIFFERENCE: f64 = 0.01;
const PICTURES: u32 = 5;

/// What belongs to the page by right: the box and the font of the element in which the thread stands. In the corner, so that no
/// fraction of a pixel moves it, and a layer of its own, so that its letters are smoothed the same way whatever lies below.
const HOLDER: &str = "all: initial !important; direction: ltr !important; display: block !important;
    position: absolute !important; inset: 0 auto auto 0 !important; inline-size: 40em !important; z-index: 1 !important;
    font: 16px sans-serif !important; background: white !important; will-change: transform !important";

const WARS: [&str; 8] = [
    "* { color: red !important; background: lime !important; border: 3px dotted blue !important }",
    "* { all: unset !important }",
    "* { all: initial !important }",
    "* { font: italic 900 80px/3 fantasy !important; letter-spacing: 9px !important; word-spacing: 1em !important;
        text-transform: uppercase !important; text-indent: 3em !important; text-align: right !important; direction: rtl !important }",
    "div { display: none } div, ul, li, form, p, h2, span, time, a, button, textarea { display: none !important; visibility: hidden !important }",
    "*, *::before, *::after { margin: 0; padding: 0; border: 0; box-sizing: content-box; font: inherit; vertical-align: baseline }
     ol, ul { list-style: none } a { color: inherit; text-decoration: none } button, textarea { appearance: none; background: none }",
    "*::before, *::after { content: 'war' !important; display: block !important; position: fixed !important }",
    "main * { animation: spin 1s infinite !important; transition: all 9s !important; cursor: none !important; user-select: none !important;
        quotes: 'x' 'y' !important; hyphens: auto !important }
     @keyframes spin { to { rotate: 360deg; color: red } }",
];

/// Everything beside the thread floats, turns and shines through.
const WAR_OF_LAYERS: &str =
    "main * { position: fixed !important; inset: 0 !important; float: left !important; transform: rotate(45deg) !important;
        opacity: 0.3 !important; filter: invert(1) !important; z-index: 9999 !important; pointer-events: none !important }";

fn thread() -> Seed {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(2);
    thread.deleted_comment(Some(chain[1]));
    thread.comment(None, "- a list\n- of two\n\n> and a quote with `code` and a [link](https://example.org/)");
    thread
}

/// A page with the thread in a holder; the number after `?` says which war is on from the first moment.
fn story(wars: &[&str]) -> Story {
    let join = format!(
        "<script>document.head.append(Object.assign(document.createElement('style'),
           {{ textContent: {}[location.search.slice(1)] || '' }}))</script>",
        json!(wars)
    );
    let page = HostPage::short().head(&join).attribute("data-theme", "light").attribute("data-loading", "eager");
    let holder = format!("<section id=\"holder\" style=\"{HOLDER}\"></section>");
    Story::under(page.attribute("data-target", "#holder").after(&holder)).with(thread())
}

async fn no_pixel_is_lost(wars: &[&str]) -> Result<()> {
    story(wars)
        .tell(async |stage| {
            let page = &stage.page;
            page.open("/article").await?;
            page.wait_live().await?;
            let calm = page.picture().await?;
            let mut lost = Vec::new();
            for (number, war) in wars.iter().enumerate() {
                page.open(&format!("/article?{number}")).await?;
                page.wait_live().await?;
                let difference = difference_at_rest(page, &calm).await?;
                if difference > MAX_DIFFERENCE {
                    lost.push((war, difference));
                }
            }
            assert!(lost.is_empty(), "{lost:#?}");
            Ok(())
        })
        .await
}

/// Of several pictures the nearest: one may show a layer half way. What a style does stays.
async fn difference_at_rest(page: &ThreadPage, calm: &Picture) -> Result<f64> {
    let mut nearest = f64::MAX;
    for _ in 0..PICTURES {
        nearest = nearest.min(page.picture().await?.difference(calm, page.browser()).await?);
        if nearest <= MAX_DIFFERENCE {
            break;
        }
    }
    Ok(nearest)
}

#[tokio::test]
pub async fn no_war_of_styles_changes_a_pixel_of_the_thread() -> Result<()> {
    no_pixel_is_lost(&WARS).await
}

/// Not in WebKit, which smooths letters otherwise above what is turned: up to 2% of the pixels, now and then.
#[tokio::test]
pub async fn no_war_of_layers_changes_a_pixel_of_the_thread() -> Result<()> {
    no_pixel_is_lost(&[WAR_OF_LAYERS]).await
}
