//! H9: names and bodies made to spill over their neighbours.

use afterword_e2e::{Guest, HostPage, Stage, Story};
use anyhow::{Result, ensure};
use serde_json::{Value, json};

/// Bidirectional overrides and isolates left open, piles of marks, what takes no room and what takes too much.
const NAUGHTY: [&str; 16] = [
    "\u{202e}drowssap\u{202d}",
    "\u{2067}\u{2067}\u{2067}open isolates",
    "\u{2066}\u{202b}\u{202e}nested",
    "شخص ما \u{202a}left\u{200f}\u{200e}",
    "Z̸̛̼̪͓̪̗̣̲̝̤͍̻͐͌͒̿̀̂̌̕̚͜͝͠a̶̡̢̨̛̺̰̬̫̖̤̐̇̾̎̿̅͑̾̚͝͝l̷̡̯̺̦̠̹͎̇̎̏̈́̐͆͑̾͒̕͜ġ̵̨̧̙̞̰̝͎͕̱̎̅̀̓̇̊̿̾o̸̖̞̹͙̭͇̯̙̠͌̓͒͛͋̈́̐̕͝",
    "ส็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็็",
    "\u{200b}\u{200c}\u{200d}\u{feff}x\u{2060}",
    "﷽﷽﷽﷽﷽﷽﷽﷽",
    "𒐫𒐫𒐫𒐫𒐫𒐫𒐫𒐫",
    "WWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWWW",
    "👨‍👩‍👧‍👦🏴󠁧󠁢󠁥󠁮󠁧󠁿👩🏽‍🚀",
    "a\u{2028}b\u{2029}c\u{85}d",
    "</span></li></ul><h1>out",
    "&lt;script&gt;&amp;nbsp;",
    "\u{e0001}\u{e0041}\u{e007f}tags",
    "null undefined NaN [object Object] {{7*7}} ${7*7}",
];

/// The rows of those who did nothing wrong: what they say, and where everything in them is, measured from the row's own corner.
const NEIGHBOURS: &str = "
    return [...root.querySelectorAll('li[data-id]')].filter((row) => row.querySelector('.aw-comment__author').textContent.includes('Neighbour'))
      .map((row) => {
        const { left, top, width, height } = row.getBoundingClientRect();
        const parts = [...row.querySelectorAll('*')].filter((part) => part.getClientRects().length).map((part) => {
          const box = part.getBoundingClientRect();
          return [part.tagName, box.left - left, box.top - top, box.width, box.height].map((one) => +one ? Math.round(one * 4) / 4 : one);
        });
        return { text: row.innerText.replace(/\\d+ (second|minute)s? ago|now/, ''), left, width, height, parts };
      })";

/// Rows that overlap the one before, and whatever sticks out of the thread at its sides.
const SPILT: &str = "
    const rows = [...root.querySelectorAll('li[data-id]')].map((row) => row.getBoundingClientRect());
    const overlapping = rows.slice(1).filter((row, at) => row.top < rows[at].bottom - 1).length;
    return [overlapping, document.documentElement.scrollWidth - document.documentElement.clientWidth]";

/// A neighbour, then one of those between, then a neighbour again. One that the server refuses stands nowhere.
async fn post_between_neighbours(guest: &Guest, page_key: &str, between: &[&str]) -> Result<u64> {
    let page = json!({ "key": page_key });
    let mut taken = 0;
    for name in between {
        ensure!(
            guest.try_post(page.clone(), "I did nothing wrong", json!({"name": "Neighbour"})).await?,
            "a calm comment is taken"
        );
        taken += u64::from(guest.try_post(page.clone(), &format!("{name} {name}"), json!({ "name": name })).await?);
    }
    Ok(taken)
}

async fn neighbours(stage: &Stage, page_key: &str) -> Result<Value> {
    stage.page.open_live(page_key).await?;
    stage.page.run(NEIGHBOURS, vec![]).await
}

#[tokio::test]
pub async fn a_naughty_name_leaves_its_neighbours_text_and_geometry_as_they_were() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            let guest = Guest::new(&stage.server, &stage.host.origin());
            post_between_neighbours(&guest, "/calm", &["Somebody"; NAUGHTY.len()]).await?;
            let taken = post_between_neighbours(&guest, "/naughty", &NAUGHTY).await?;
            assert!(taken >= 12, "only {taken} naughty names were taken: this holds little");
            let calm = neighbours(stage, "/calm").await?;
            let (calm, naughty) = (calm, neighbours(stage, "/naughty").await?);
            for (calm, naughty) in calm.as_array().into_iter().flatten().zip(naughty.as_array().into_iter().flatten()) {
                assert_eq!(calm, naughty);
            }
            assert_eq!(calm.as_array().map(Vec::len), naughty.as_array().map(Vec::len));
            assert_eq!(stage.page.run(SPILT, vec![]).await?, json!([0, 0]));
            Ok(())
        })
        .await
}
