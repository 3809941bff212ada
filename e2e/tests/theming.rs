//! The theming contract in a browser, and the examples of the guide as pictures.

use afterword_e2e::forms::{ROOT_FORM, reply_form};
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport, axe};
use afterword_wire::CommentId;
use anyhow::Result;
use serde_json::json;

/// What the elements of the thread look like: every property a token or a part may change.
const LOOKS: &str = "
    const looks = () => [...root.querySelectorAll('.aw *')].flatMap((element) => ['', '::before', '::after'].map((pseudo) => {
      const style = getComputedStyle(element, pseudo || null);
      return [...style].filter((name) => !name.startsWith('--')).map((name) => style.getPropertyValue(name)).join('|');
    }));";

/// A thread in which every colour is on screen.
fn thread() -> (Seed, CommentId) {
    let mut thread = Seed::thread("/article");
    let chain = thread.chain(2);
    thread.comment(None, "> a quote\n\nand `code`, and a [link](https://example.org/)");
    (thread, chain[1])
}

async fn open_all(stage: &Stage, marked: CommentId) -> Result<()> {
    stage.page.open_live(&format!("/article#comment-{marked}")).await?;
    let own = stage.page.post("my own").await?;
    stage.page.press_on(own.id, "delete").await?;
    stage.page.press_on(marked, "reply").await?;
    stage.page.press(&reply_form(marked), "submit").await?;
    stage.page.wait_until("a fault", "return !!root.querySelector('.aw-form__error')").await?;
    Ok(())
}

/// What the embedding guide's table under a heading names in its first column.
fn documented(heading: &str) -> Vec<&'static str> {
    let (_, section) = include_str!("../../docs/EMBEDDING.md").split_once(&format!("\n### {heading}\n")).unwrap_or_default();
    let rows = section.split("\n#").next().unwrap_or_default().lines().filter(|line| line.starts_with("| `"));
    let cells = rows.filter_map(|row| row.split('|').nth(1));
    let names: Vec<_> = cells.flat_map(|cell| cell.split('`').skip(1).step_by(2)).collect();
    assert!(names.len() > 10, "{heading}: {names:?}");
    names
}

#[tokio::test]
async fn every_token_that_the_page_sets_changes_the_thread() -> Result<()> {
    let (thread, marked) = thread();
    let story = Story::under(HostPage::short()).with(thread);
    story
        .tell(async |stage| {
            open_all(stage, marked).await?;
            let without_effect = format!(
                "{LOOKS}
                const before = looks().join();
                return arguments[0].filter((token) => {{
                  const value = token.includes('color') ? 'rgb(1, 2, 3)' : token === '--aw-font' ? 'fantasy' : '37px';
                  host.style.setProperty(token, value);
                  const after = looks().join();
                  host.style.removeProperty(token);
                  return after === before;
                }})"
            );
            assert_eq!(stage.page.run(&without_effect, vec![json!(documented("Tokens"))]).await?, json!([]));
            Ok(())
        })
        .await
}

#[tokio::test]
async fn every_part_can_be_styled_by_the_page() -> Result<()> {
    let parts = documented("Parts");
    let rules: String = parts.iter().map(|part| format!(".afterword::part({part}){{outline:7px solid rgb(1,2,3)}}")).collect();
    let (thread, marked) = thread();
    let story = Story::under(HostPage::short().css(&rules)).with(thread);
    story
        .tell(async |stage| {
            open_all(stage, marked).await?;
            let unstyled = "
                const parts = (name) => [...root.querySelectorAll(`[part=${name}]`)];
                return arguments[0].filter((name) => !parts(name).length || !parts(name).every((part) => getComputedStyle(part).outlineWidth === '7px'))";
            assert_eq!(stage.page.run(unstyled, vec![json!(parts)]).await?, json!([]));
            Ok(())
        })
        .await
}

/// A little talk below a story, so that the pictures show what readers would see.
fn talk() -> Seed {
    let mut thread = Seed::thread("/article");
    let first = thread.comment(None, "I walked past it every day for eleven years and never once saw it empty. The tree is an improvement, whatever the shop on the corner says.");
    let answer = thread.comment(
        Some(first),
        "The shop on the corner lost a third of its customers. I would not call that *an improvement* from behind the counter.",
    );
    thread.comment(Some(answer), "They said the same about the tram in 1998. The shop was `closed` by then, if I remember, and it came back with the tram.");
    thread.comment(None, "> The last parking lane\n\nIt is not the last one: there are four spaces behind the library, and [the plan](https://example.org/plan) keeps them.");
    thread.comment(None, "Thank you for going through the council's minutes so that we do not have to.");
    thread
}

/// Shows the talk under the page of an example, holds what its style sheet promises, and keeps a picture of it.
async fn example(name: &str, css: &str, scheme: &str, promises: &[(&str, &str, &str)]) -> Result<()> {
    let story = Story::under(HostPage::short().css(css).css("html{overflow:hidden}"))
        .with(talk())
        .on(Viewport { width: 960, height: 1220 });
    story
        .tell(async |stage| {
            stage.page.browser().prefer_color_scheme(scheme).await?;
            stage.page.open_live("/article").await?;
            let article = "
                document.querySelector('h1').textContent = 'The last parking lane';
                document.querySelector('main p').textContent = 'On Thursday the council planted the last of its forty trees, in the one space on Harbour Street where a car had been allowed to stand. What becomes of a street when nothing waits in it any more?'";
            stage.page.run(article, vec![]).await?;
            for (selector, property, expected) in promises {
                let script = "return getComputedStyle(root.querySelector(arguments[0]))[arguments[1]]";
                let found = stage.page.run(script, vec![json!(selector), json!(property)]).await?;
                assert_eq!(found, *expected, "{name}: {property} of {selector}");
            }
            assert_eq!(axe::violations(stage.page.browser()).await?, Vec::<String>::new(), "{name}");
            stage.page.type_into(ROOT_FORM, "body", "Four spaces are not nothing.").await?;
            stage.page.run("scrollTo(0, 0)", vec![]).await?;
            stage.page.browser().keep_picture(name).await.map(drop)
        })
        .await
}

#[tokio::test]
async fn a_newspaper_has_small_capitals_rules_and_no_avatars() -> Result<()> {
    let promises = [
        ("[part=author]", "fontVariantCaps", "small-caps"),
        ("[part=avatar]", "display", "none"),
        ("[part=header]", "borderTopWidth", "1px"),
        ("[part=button]", "backgroundColor", "rgb(138, 28, 28)"),
        ("textarea", "borderTopLeftRadius", "0px"),
    ];
    example("theme-newspaper", include_str!("../../docs/themes/newspaper.css"), "light", &promises).await
}

#[tokio::test]
async fn a_developer_blog_follows_the_reader_into_the_dark() -> Result<()> {
    let css = include_str!("../../docs/themes/developer-blog.css");
    let (light, dark) = ("rgb(10, 110, 79)", "rgb(76, 199, 154)");
    for (name, scheme, accent) in [("theme-developer-blog", "light", light), ("theme-developer-blog-dark", "dark", dark)] {
        let promises = [("[part=avatar]", "borderTopLeftRadius", "6px"), ("[part=button]", "backgroundColor", accent)];
        example(name, css, scheme, &promises).await?;
    }
    Ok(())
}

#[tokio::test]
async fn a_dark_magazine_is_dark_for_everybody() -> Result<()> {
    let promises = [
        ("[part=comment]", "color", "rgb(236, 228, 224)"),
        ("[part=heading]", "fontWeight", "700"),
        ("[part=button]", "color", "rgb(43, 15, 5)"),
    ];
    example("theme-dark-magazine", include_str!("../../docs/themes/dark-magazine.css"), "light", &promises).await
}
