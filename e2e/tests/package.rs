//! The npm package, loaded into a page as it is.

use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

const PACKAGE: &str = include_str!("../../npm/index.js");

/// A page whose own module uses the package, with one element for a thread.
fn page(module: &str) -> HostPage {
    let script = format!("<section id=\"here\"></section><script type=\"module\">{PACKAGE}\n{module}</script>");
    HostPage::short().bare().after(&script)
}

fn thread() -> Seed {
    Seed::thread("given").with_roots(3)
}

const HERE: &str = "const here = document.querySelector('#here'); const given = { site: 'blog', pageKey: 'given' };";

#[tokio::test]
async fn a_thread_is_mounted_from_a_module_and_taken_away_again() -> Result<()> {
    let module = format!("{HERE} witness.thread = await mount(here, {{ server: '{{server}}/', ...given }});");
    Story::under(page(&module))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_live().await?;
            assert_eq!(stage.page.comments().await?.len(), 3);
            assert_eq!(stage.page.run("return here.contains(host) && witness.thread.element === host", vec![]).await?, true);
            stage.page.run("witness.thread.destroy()", vec![]).await?;
            assert_eq!(stage.page.run("return here.childElementCount", vec![]).await?, 0);
            Ok(())
        })
        .await
}

#[tokio::test]
async fn two_threads_share_one_script() -> Result<()> {
    let module = format!(
        "{HERE} const one = () => mount(here, {{ server: '{{server}}', ...given }});
         const [first, second] = await Promise.all([one(), one()]);
         witness.both = first !== second;"
    );
    Story::under(page(&module))
        .with(thread())
        .tell(async |stage| {
            stage.page.open("/article").await?;
            let two = "return witness.both === true && here.childElementCount === 2 && document.scripts.length === 2";
            stage.page.wait_until("both threads", two).await
        })
        .await
}

#[tokio::test]
async fn a_script_that_does_not_load_is_an_error_and_is_tried_again() -> Result<()> {
    let module = format!(
        "{HERE} witness.error = await load('{{server}}/nothing').catch((error) => error.message);
         await mount(here, {{ server: '{{server}}', ...given }});"
    );
    Story::under(page(&module))
        .with(thread())
        .with_trouble()
        .tell(async |stage| {
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let error = stage.page.run("return witness.error", vec![]).await?;
            assert!(error.as_str().is_some_and(|error| error.ends_with("/nothing/embed.js cannot be loaded")), "{error}");
            Ok(())
        })
        .await
}
