//! What axe-core finds in every state a thread can be in: nothing.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{Engine, Guest, HostPage, Seed, Stage, Story, Viewport, axe, eventually};
use afterword_wire::CommentId;
use anyhow::Result;

/// Leaves a picture of the state besides, for people to look at.
async fn nothing_is_found(stage: &Stage, state: &str) -> Result<()> {
    let thread = std::thread::current();
    let story = thread.name().and_then(|name| name.rsplit("_in_").next()).unwrap_or_default();
    stage.page.browser().keep_picture(&format!("{:?} {story}: {state}", Engine::current()).replace([' ', ':', ','], "-")).await?;
    assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new(), "{state}");
    Ok(())
}

fn branch() -> (Seed, Vec<CommentId>) {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(5);
    let deleted = thread.deleted_comment(Some(chain[0]));
    thread.comment(Some(deleted), "still here, with a [link](https://example.org/) and `code`\n\n> and a quote");
    (thread, chain)
}

#[tokio::test]
pub async fn axe_finds_nothing_in_an_empty_thread() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_found(stage, "empty").await
        })
        .await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_a_long_thread_with_more_to_come() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(60));
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_found(stage, "fifty comments, and a way to more").await
        })
        .await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_a_closed_thread() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(3).closed());
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            nothing_is_found(stage, "closed").await
        })
        .await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_a_collapsed_branch_nor_in_a_marked_comment() -> Result<()> {
    let (thread, chain) = branch();
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            stage.page.open_live(&format!("/article#comment-{}", chain[1])).await?;
            nothing_is_found(stage, "marked").await?;
            stage.page.press_on(chain[1], "collapse").await?;
            stage.page.wait_until("the branch to fold", "return !!root.querySelector('[aria-expanded=false]')").await?;
            nothing_is_found(stage, "collapsed").await
        })
        .await
}

/// Goes through the states of a form, one after the other.
async fn every_form_state_is_clean(stage: &mut Stage, parent: CommentId) -> Result<()> {
    stage.page.open_live("/article").await?;
    stage.page.press_on(parent, "reply").await?;
    nothing_is_found(stage, "a form open").await?;
    stage.page.press(&reply_form(parent), "submit").await?;
    stage.page.wait_until("a fault", "return !!root.querySelector('.aw-form__error')").await?;
    nothing_is_found(stage, "a fault shown").await?;
    stage.page.type_into(ROOT_FORM, "body", "a *comment*").await?;
    stage.page.press(ROOT_FORM, "preview").await?;
    stage.page.wait_until("the preview", "return !!root.querySelector('.aw-form__preview')").await?;
    nothing_is_found(stage, "a preview").await?;
    stage.page.press(ROOT_FORM, "write").await?;
    stage.page.write(ROOT_FORM, " and more").await?;
    let id = stage.page.wait_until_posted("a comment and more").await?.id;
    stage.page.press_on(id, "delete").await?;
    nothing_is_found(stage, "asked whether to delete").await?;
    stage.page.press_on(id, "keep").await?;
    stage.page.press_on(id, "edit").await?;
    stage.page.wait_until("the edit form", "return !!root.querySelector('form[data-form^=edit]')").await?;
    nothing_is_found(stage, "an edit").await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_any_state_of_a_form() -> Result<()> {
    let (thread, chain) = branch();
    let story = Story::under(HostPage::short()).with(thread);
    story.tell(async |stage| every_form_state_is_clean(stage, chain[2]).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_any_state_of_a_form_in_the_dark() -> Result<()> {
    let (thread, chain) = branch();
    let story = Story::under(HostPage::short().css("html{background:#16181c;color:#e6e6e6}")).with(thread);
    story.tell(async |stage| every_form_state_is_clean(stage, chain[2]).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_any_state_of_a_form_on_an_arabic_phone() -> Result<()> {
    let (thread, chain) = branch();
    let story = Story::under(HostPage::short().attribute("data-lang", "ar")).with(thread).on(Viewport::PHONE);
    story.tell(async |stage| every_form_state_is_clean(stage, chain[2]).await).await
}

async fn search_and_news_are_clean(stage: &Stage) -> Result<()> {
    stage.page.open_live("/article").await?;
    let jonas = Guest::new(&stage.server, &stage.host.origin());
    eventually("a stream", async || Ok((stage.gate()?.streams() == 1).then_some(()))).await?;
    let root = stage.page.comments().await?[1].id;
    jonas.say("/article", Some(root), "A reply").await?;
    jonas.say("/article", None, "A new beginning").await?;
    stage.page.wait_until("two pills", "return root.querySelectorAll('.aw-new').length === 2").await?;
    nothing_is_found(stage, "what others wrote meanwhile").await?;
    stage.page.click("[data-act=search]").await?;
    stage.page.find(".aw-search__field").await?.send_keys("harb").await?;
    stage.page.wait_until("results", "return !!root.querySelector('.aw-hit mark')").await?;
    nothing_is_found(stage, "a search").await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_what_was_found_nor_in_news() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(40)).with_gate();
    story.tell(async |stage| search_and_news_are_clean(stage).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_what_was_found_nor_in_news_on_a_dark_arabic_phone() -> Result<()> {
    let page = HostPage::short().css("html{background:#16181c;color:#e6e6e6}").attribute("data-lang", "ar");
    let story = Story::under(page).with(Seed::thread("/article").with_roots(40)).with_gate().on(Viewport::PHONE);
    story.tell(async |stage| search_and_news_are_clean(stage).await).await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_comments_that_are_not_sent() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(2)).with_trouble();
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.browser().block(&["*/v1/comments*"]).await?;
            stage.page.write(ROOT_FORM, "into the void").await?;
            stage.page.wait_until("the failure", "return !!root.querySelector('.aw-comment--failed')").await?;
            nothing_is_found(stage, "not sent").await
        })
        .await
}

#[tokio::test]
pub async fn axe_finds_nothing_where_the_comments_could_not_be_loaded() -> Result<()> {
    Story::under(HostPage::short())
        .with_trouble()
        .tell(async |stage| {
            stage.page.browser().block(&["*/v1/thread.html*"]).await?;
            stage.page.open("/article").await?;
            stage.page.wait_until("the notice", "return !!(root && root.querySelector('button'))").await?;
            nothing_is_found(stage, "not loaded").await
        })
        .await
}

async fn the_document_is_clean(viewport: Viewport, scheme: Option<&str>) -> Result<()> {
    let (thread, _) = branch();
    let story = Story::under(HostPage::short()).with(thread).on(viewport);
    story
        .tell(async |stage| {
            if let Some(scheme) = scheme {
                stage.page.browser().prefer_color_scheme(scheme).await?;
            }
            stage.page.open_standalone(&stage.server, "/article").await?;
            nothing_is_found(stage, scheme.unwrap_or("light")).await
        })
        .await
}

#[tokio::test]
pub async fn axe_finds_nothing_in_the_thread_as_a_document_of_its_own() -> Result<()> {
    the_document_is_clean(Viewport::DESK, None).await
}

#[tokio::test]
async fn axe_finds_nothing_in_the_thread_as_a_document_on_a_dark_phone() -> Result<()> {
    the_document_is_clean(Viewport::PHONE, Some("dark")).await
}
