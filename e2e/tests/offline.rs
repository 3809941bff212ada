//! What is written without a server is kept, and posted once, in order, when there is one (SECURITY E2).

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Stage, Story, eventually};
use anyhow::{Result, ensure};
use serde_json::Value;
use std::collections::BTreeMap;

/// How often reload, restart and return are tried; with `AFTERWORD_LONG` as often as SECURITY says.
fn run_count() -> u32 {
    if std::env::var_os("AFTERWORD_LONG").is_some() { 100 } else { 5 }
}

/// What stands under a page, in the order in which the server took it.
async fn stored_under(stage: &Stage, page_key: &str) -> Result<Vec<String>> {
    let export = stage.server.export().await?;
    let records: Vec<Value> = export.lines().map(serde_json::from_str).collect::<Result<_, _>>()?;
    let mut comments: Vec<_> =
        records.iter().filter(|record| record["record"] == "comment" && record["page_key"] == page_key).collect();
    comments.sort_by_key(|record| record["comment_id"].as_str().map(str::to_owned));
    Ok(comments.into_iter().filter_map(|record| Some(record["body_markdown"].as_str()?.to_owned())).collect())
}

/// How often each write was sent, whatever became of it.
fn attempts(stage: &Stage) -> Result<BTreeMap<String, u32>> {
    let mut counts = BTreeMap::new();
    for post in stage.gate()?.posts() {
        let post: Value = serde_json::from_str(&post)?;
        *counts.entry(post["body_markdown"].as_str().unwrap_or_default().to_owned()).or_default() += 1;
    }
    Ok(counts)
}

async fn wait_until_nothing_is_pending(stage: &Stage) -> Result<()> {
    stage.page.wait_until("nothing to be pending", "return !!aw && !root.querySelector('[data-pending]')").await
}

/// One hour in a tunnel, in short: three comments and a reply are written, the page is loaded again, the browser quits.
async fn write_reload_restart(stage: &mut Stage, path: &str, loses_answers: bool) -> Result<()> {
    stage.page.open_live(path).await?;
    let parent = stage.page.post("before").await?.id;
    if loses_answers {
        stage.gate()?.lose_answers(true);
    } else {
        stage.server.kill().await?;
    }
    for text in ["first", "second"] {
        stage.page.write(ROOT_FORM, text).await?;
    }
    stage.page.press_on(parent, "reply").await?;
    stage.page.write(&reply_form(parent), "third, a reply").await?;
    stage.page.write(ROOT_FORM, "fourth").await?;
    stage.page.type_into(ROOT_FORM, "body", "not finished yet").await?;
    stage.page.wait_until("four to wait", "return root.querySelectorAll('.aw-comment--failed').length === 4").await?;
    stage.page.reload().await?;
    stage.page.browser_mut().restart().await?;
    if loses_answers {
        stage.gate()?.lose_answers(false);
    } else {
        stage.server.start().await?;
    }
    stage.page.open_live(path).await?;
    wait_until_nothing_is_pending(stage).await
}

#[tokio::test]
async fn what_is_written_without_a_server_outlives_reload_and_restart_and_is_posted_once_in_order() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            for run in 0..run_count() {
                let path = format!("/tunnel-{run}");
                // Every other time the server hears it all, and only its answers are lost.
                write_reload_restart(stage, &path, run % 2 == 1).await?;
                assert_eq!(
                    stored_under(stage, &path).await?,
                    ["before", "first", "second", "third, a reply", "fourth"],
                    "run {run}"
                );
                let shown: Vec<_> = stage.page.comments().await?.into_iter().map(|row| (row.depth, row.body)).collect();
                let expected = [(0, "fourth"), (0, "second"), (0, "first"), (0, "before"), (1, "third, a reply")];
                assert_eq!(shown.len(), expected.len(), "run {run}: {shown:?}");
                assert!(expected.iter().all(|(depth, body)| shown.contains(&(*depth, (*body).to_owned()))), "{shown:?}");
                assert_eq!(stage.page.value_of(ROOT_FORM, "body").await?, "not finished yet", "run {run}");
                stage.page.retype(ROOT_FORM, "body", " ").await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
async fn offline_a_comment_says_when_it_will_be_sent_and_goes_out_when_the_network_is_back() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.browser().be_offline(true).await?;
            for text in ["one", "two"] {
                stage.page.write(ROOT_FORM, text).await?;
            }
            let says = "const rows = [...root.querySelectorAll('.aw-comment--failed')];
                        return rows.length === 2 && rows.every((row) => row.innerText.includes('when you are online again'))";
            stage.page.wait_until("both to say what they wait for", says).await?;
            assert_eq!(stage.gate()?.posts().len(), 0);
            stage.page.browser().be_offline(false).await?;
            // Nobody presses anything.
            wait_until_nothing_is_pending(stage).await?;
            assert_eq!(stored_under(stage, "/article").await?, ["one", "two"]);
            assert_eq!(attempts(stage)?.into_values().collect::<Vec<_>>(), [1, 1], "each was sent once");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_refused_comment_stays_with_its_reason_and_holds_nobody_up() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let (gone, there) = (stage.page.post("soon gone").await?.id, stage.page.post("stays").await?.id);
            let here = stage.page.browser().tab().await?;
            stage.page.browser().open_tab().await?;
            stage.page.open_live("/article").await?;
            stage.page.delete(gone).await?;
            stage.page.wait_until("it to be gone", "return !root.innerHTML.includes('soon gone')").await?;
            stage.page.browser().go_to_tab(&here).await?;
            stage.page.press_on(gone, "reply").await?;
            stage.page.write(&reply_form(gone), "to nobody").await?;
            stage.page.press_on(there, "reply").await?;
            stage.page.write(&reply_form(there), "to somebody").await?;
            stage.page.wait_for_comment("to somebody").await?;
            let refused = "const row = root.querySelector('.aw-comment--failed');
                           return !!row && row.innerText.includes('to nobody') && row.innerText.includes('was deleted meanwhile')";
            stage.page.wait_until("the refusal with its text", refused).await?;
            // After a reload it still says so, and is not sent again by itself.
            stage.page.reload().await?;
            stage.page.wait_painted().await?;
            stage.page.wait_live().await?;
            stage.page.wait_until("the refusal again", refused).await?;
            assert_eq!(attempts(stage)?["to nobody"], 1);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn a_waiting_comment_can_be_changed_and_can_be_deleted() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.server.kill().await?;
            for text in ["wrong", "away with it", "fine"] {
                stage.page.write(ROOT_FORM, text).await?;
            }
            stage.page.wait_until("three to wait", "return root.querySelectorAll('.aw-comment--failed').length === 3").await?;
            // The newest stands on top.
            press_on_pending(stage, "away with it", "delete").await?;
            press_on_pending(stage, "away with it", "confirm-delete").await?;
            press_on_pending(stage, "wrong", "take-back").await?;
            eventually("the text in its form", async || {
                Ok((stage.page.value_of(ROOT_FORM, "body").await? == "wrong").then_some(()))
            })
            .await?;
            stage.page.retype(ROOT_FORM, "body", "right").await?;
            stage.page.press(ROOT_FORM, "submit").await?;
            stage.server.start().await?;
            stage.page.retry_until_posted("right").await?;
            assert_eq!(stored_under(stage, "/article").await?, ["fine", "right"]);
            Ok(())
        })
        .await
}

/// Presses a button of a pending comment. It may be on its way for a moment, and then has none.
async fn press_on_pending(stage: &Stage, body: &str, act: &str) -> Result<()> {
    eventually(&format!("{act} on {body:?}"), async || {
        let script = "const rows = [...root.querySelectorAll('[data-pending]')];
                      const row = rows.find((row) => row.querySelector('.aw-comment__body').innerText === arguments[0]);
                      const control = row && row.querySelector(`[data-act=${arguments[1]}]`);
                      if (control) control.click();
                      return !!control";
        let pressed = stage.page.run(script, vec![body.into(), act.into()]).await?;
        ensure!(pressed == true, "no such button yet");
        Ok(Some(()))
    })
    .await
}

#[tokio::test]
async fn an_edit_that_nobody_takes_keeps_its_text_in_the_open_form() -> Result<()> {
    Story::under(HostPage::short())
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            let id = stage.page.post("before").await?.id;
            stage.page.press_on(id, "edit").await?;
            let form = afterword_e2e::forms::edit_form(id);
            stage.page.retype(&form, "body", "after").await?;
            stage.server.kill().await?;
            stage.page.press(&form, "submit").await?;
            stage.page.wait_until("the failure in the form", "return !!root.querySelector('.aw-form__error')").await?;
            assert_eq!(stage.page.value_of(&form, "body").await?, "after");
            stage.server.start().await?;
            stage.page.press(&form, "submit").await?;
            stage.page.wait_for_comment("after").await?;
            Ok(())
        })
        .await
}
