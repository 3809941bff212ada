//! Every language of the thread, and English in disguise.

use afterword_e2e::forms::{ROOT_FORM, edit_form, reply_form};
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport};
use afterword_wire::CommentId;
use anyhow::{Context, Result};
use serde_json::{Value, json};
use std::collections::BTreeMap;
use std::fs;
use std::path::{Path, PathBuf};

/// Texts by key, as in `locales/`.
type Messages = BTreeMap<String, String>;

/// A page that says in its address which language it is written in.
fn page() -> HostPage {
    HostPage::short().head("<script>document.documentElement.lang = location.search.slice(1)</script>")
}

/// A thread with something of everything: deep replies, one that was deleted, long bodies, more than is shown at first.
fn thread() -> Seed {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(9);
    thread.deleted_comment(Some(chain[0]));
    thread.comment(None, &"A long body. ".repeat(300));
    thread.with_roots(60)
}

fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("..")
}

fn messages(tag: &str) -> Result<Messages> {
    let file = root().join("locales").join(format!("{tag}.json"));
    let json = fs::read_to_string(&file).with_context(|| format!("{}", file.display()))?;
    Ok(serde_json::from_str(&json)?)
}

/// Every language: whatever has a file.
fn tags() -> Result<Vec<String>> {
    let files = fs::read_dir(root().join("locales"))?;
    let names = files.filter_map(|file| Some(file.ok()?.path().file_stem()?.to_string_lossy().into_owned()));
    let mut tags: Vec<String> = names.filter(|name| name != "notes").collect();
    tags.sort();
    Ok(tags)
}

/// The sentences of English that are none in the other language, as patterns: anything may stand in a hole.
fn english_only(translated: &Messages) -> Result<Vec<String>> {
    let english = messages("en")?;
    let foreign = english.values().filter(|text| translated.values().all(|other| other != *text));
    Ok(foreign.map(|text| pattern(text)).collect())
}

fn pattern(text: &str) -> String {
    let escaped: String =
        text.chars().flat_map(|letter| if ".?()".contains(letter) { vec!['\\', letter] } else { vec![letter] }).collect();
    let mut parts = escaped.split("{{");
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |pattern, part| pattern + ".+" + part.split_once("}}").map_or("", |(_, rest)| rest))
}

/// Texts and labels of the thread that are one of these patterns, but for what people wrote.
const SAID: &str = "
    const patterns = arguments[0].map((source) => new RegExp(`^${source}$`));
    const said = [];
    const walker = document.createTreeWalker(aw, NodeFilter.SHOW_TEXT | NodeFilter.SHOW_ELEMENT);
    for (let node; (node = walker.nextNode()); ) {
      if ((node.parentElement || node).closest('.aw-comment__body, .aw-comment__author, .aw-avatar')) continue;
      if (node.nodeType == 3) said.push(node.data);
      else said.push(node.ariaLabel || '', node.placeholder || '', node.title || '');
    }
    return said.map((text) => text.trim()).filter((text) => text && patterns.some((pattern) => pattern.test(text)))";

async fn open_in(stage: &mut Stage, tag: &str) -> Result<()> {
    stage.page.open_live(&format!("/article?{tag}")).await
}

async fn hold_language(stage: &mut Stage, tag: &str) -> Result<()> {
    open_in(stage, tag).await?;
    let translated = messages(tag)?;
    let dir = if ["ar", "he"].contains(&tag) { "rtl" } else { "ltr" };
    let about = "return [aw.lang, aw.dir, root.querySelector('select').ariaLabel]";
    assert_eq!(stage.page.run(about, vec![]).await?, json!([tag, dir, translated["sort_label"]]));
    let heading = "return root.querySelector('h2').textContent === witness.painted.querySelector('h2').textContent";
    assert_eq!(stage.page.run(heading, vec![]).await?, true, "{tag}: the heading changed when the widget took over");

    stage.page.press_on(CommentId(1), "reply").await?;
    stage.page.press(&reply_form(CommentId(1)), "submit").await?;
    stage.page.wait_until("what is missing to be said", "return !!root.querySelector('[role=alert]')").await?;
    let alert = stage.page.run("return root.querySelector('[role=alert]').textContent", vec![]).await?;
    assert_eq!(alert, Value::from(translated["fault_body_missing"].clone()));
    if tag != "en" {
        let english = stage.page.run(SAID, vec![json!(english_only(&translated)?)]).await?;
        assert_eq!(english, json!([]), "{tag}: English is left");
    }
    stage.page.hold_nothing_is_cut().await.with_context(|| tag.to_owned())
}

#[tokio::test]
async fn every_language_has_its_words_its_direction_and_room_on_a_phone() -> Result<()> {
    Story::under(page())
        .with(thread())
        .on(Viewport::PHONE)
        .tell(async |stage| {
            let tags = tags()?;
            assert!(tags.len() >= 12, "{tags:?}");
            for tag in tags {
                hold_language(stage, &tag).await?;
                keep_picture(stage, &format!("language-{tag}")).await?;
            }
            Ok(())
        })
        .await
}

/// Looks at the thread in every state that a reader alone can bring about.
async fn hold_disguised(stage: &mut Stage, width: u32) -> Result<()> {
    open_in(stage, "en-XA").await?;
    let said = stage.page.run(SAID, vec![json!(english_only(&Messages::new())?)]).await?;
    assert_eq!(said, json!([]), "what shows without disguise cannot be translated");
    look(stage, width, "painted").await?;

    stage.page.press_on(CommentId(9), "reply").await?;
    stage.page.press(&reply_form(CommentId(9)), "submit").await?;
    stage.page.wait_until("what is missing to be said", "return !!root.querySelector('[role=alert]')").await?;
    look(stage, width, "reply").await?;
    stage.page.press(&reply_form(CommentId(9)), "cancel").await?;
    stage.page.press_on(CommentId(1), "collapse").await?;
    look(stage, width, "folded").await?;

    let own = stage.page.post("something of mine").await?.id;
    look(stage, width, "posted").await?;
    stage.page.press_on(own, "delete").await?;
    look(stage, width, "asked").await?;
    stage.page.press_on(own, "keep").await?;
    stage.page.press_on(own, "edit").await?;
    stage.page.retype(&edit_form(own), "body", "something else").await?;
    look(stage, width, "edit").await?;
    stage.page.press(&edit_form(own), "submit").await?;
    stage.page.wait_for_comment("something else").await?;
    stage.page.type_into(ROOT_FORM, "body", "to be looked at").await?;
    stage.page.press(ROOT_FORM, "preview").await?;
    stage.page.wait_until("the preview", "return !!root.querySelector('.aw-form__preview')").await?;
    look(stage, width, "preview").await
}

async fn look(stage: &mut Stage, width: u32, state: &str) -> Result<()> {
    keep_picture(stage, &format!("pseudo-{width}-{state}")).await?;
    stage.page.hold_nothing_is_cut().await.with_context(|| state.to_owned())
}

/// Keeps what is on screen, scrolled to where the reader last did something.
async fn keep_picture(stage: &mut Stage, name: &str) -> Result<()> {
    stage.page.run("(root.activeElement || host).scrollIntoView({ block: 'center' })", vec![]).await?;
    let folder = root().join("target/e2e");
    fs::create_dir_all(&folder)?;
    Ok(stage.page.browser().driver().screenshot(&folder.join(format!("{name}.png"))).await?)
}

#[tokio::test]
async fn nothing_is_cut_in_the_pseudo_locale_on_a_phone() -> Result<()> {
    let story = Story::under(page()).with(thread()).on(Viewport::PHONE);
    story.tell(async |stage| hold_disguised(stage, Viewport::PHONE.width).await).await
}

#[tokio::test]
async fn nothing_is_cut_in_the_pseudo_locale_on_a_desk() -> Result<()> {
    let story = Story::under(page()).with(thread()).on(Viewport::DESK);
    story.tell(async |stage| hold_disguised(stage, Viewport::DESK.width).await).await
}
