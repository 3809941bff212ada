//! How many comments other pages have, on a page that lists them.

use afterword_e2e::{HostPage, Seed, Story, eventually};
use anyhow::Result;
use serde_json::json;

const COUNT: &str = "<script async src=\"{server}/count.js\" data-site=\"blog\"></script>";

fn thread() -> Seed {
    Seed::thread("/2026/pears").with_roots(3)
}

fn index(markup: &str) -> HostPage {
    HostPage::short().after(&format!("<nav>{markup}</nav>{COUNT}"))
}

/// The texts of all elements of the list.
const TEXTS: &str = "return [...document.querySelectorAll('nav > *')].map((spot) => spot.textContent)";

#[tokio::test]
async fn numbers_and_phrases_stand_where_the_page_asks_for_them_after_one_request() -> Result<()> {
    let markup = "<i data-afterword-count='/2026/pears'></i><a href='/2026/plums#comments'>…</a><a href='/2026/pears#comments'>…</a>\
                  <a href='/2026/pears#comments' data-afterword-count>…</a><i data-afterword-count></i>";
    Story::under(index(markup))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/index").await?;
            let wanted = json!(["3", "Comments", "3 comments", "3", "0"]);
            eventually("the counts", async || Ok((stage.page.run(TEXTS, vec![]).await? == wanted).then_some(()))).await?;
            let urls = stage.page.browser().requested_urls().await?;
            let asked: Vec<&String> = urls.iter().filter(|url| url.contains("/v1/counts")).collect();
            assert_eq!(asked.len(), 1, "{asked:?}");
            assert!(
                asked[0].ends_with("?site=blog&lang=en&page=%2F2026%2Fpears&page=%2F2026%2Fplums&page=%2Findex"),
                "{asked:?}"
            );
            Ok(())
        })
        .await
}

#[tokio::test]
async fn what_is_not_ours_to_change_stays() -> Result<()> {
    let markup = "<a href='https://elsewhere.example/2026/pears#comments'>theirs</a><a href='/2026/pears#comments'><b>with an icon</b></a>\
                  <a href='/2026/pears#summary'>summary</a><svg><a href='#comments'><text>drawn</text></a></svg>\
                  <i data-afterword-count='/2026/pears'></i>";
    Story::under(index(markup))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/index").await?;
            let wanted = json!(["theirs", "with an icon", "summary", "drawn", "3"]);
            eventually("the counts", async || Ok((stage.page.run(TEXTS, vec![]).await? == wanted).then_some(()))).await
        })
        .await
}

#[tokio::test]
async fn a_link_that_comes_later_is_counted_when_the_page_says_so() -> Result<()> {
    Story::under(index("<i data-afterword-count='/2026/pears'></i>"))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/index").await?;
            stage.page.wait_until("the first count", "return document.querySelector('nav i').textContent == '3'").await?;
            let add = "document.querySelector('nav').innerHTML = '<a href=\"/2026/pears#comments\"></a>'; Afterword.count()";
            stage.page.run(add, vec![]).await?;
            stage.page.wait_until("the later count", "return document.querySelector('nav a').textContent == '3 comments'").await
        })
        .await
}

#[tokio::test]
async fn the_command_to_count_stays_whichever_script_comes_first() -> Result<()> {
    let head = "<script src=\"{server}/count.js\" data-site=\"blog\"></script>";
    Story::under(HostPage::short().head(head).after("<nav><i data-afterword-count='/2026/pears'></i></nav>"))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/index").await?;
            stage.page.wait_painted().await?;
            stage.page.wait_until("both scripts", "return document.readyState == 'complete'").await?;
            stage.page.wait_until("the command", "return typeof Afterword.count == 'function' && !!Afterword.mount").await
        })
        .await
}

#[tokio::test]
async fn a_page_that_lists_more_than_one_request_takes_asks_several_times() -> Result<()> {
    let markup: String = (0..120).map(|number| format!("<i data-afterword-count='/page/{number}'></i>")).collect();
    Story::under(index(&(markup + "<i data-afterword-count='/2026/pears'></i>")))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/index").await?;
            let all_filled = "return [...document.querySelectorAll('nav i')].every((spot) => spot.textContent)";
            stage.page.wait_until("all counts", all_filled).await?;
            let texts = stage.page.run(TEXTS, vec![]).await?;
            assert_eq!((texts[0].as_str(), texts[120].as_str()), (Some("0"), Some("3")));
            let urls = stage.page.browser().requested_urls().await?;
            assert_eq!(urls.iter().filter(|url| url.contains("/v1/counts")).count(), 3);
            Ok(())
        })
        .await
}
