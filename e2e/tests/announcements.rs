//! What screen readers are told: everything that matters, politely, and never a flood.

use afterword_e2e::forms::ROOT_FORM;
use afterword_e2e::{HostPage, Seed, Story};
use anyhow::Result;

/// Notes from now on whatever the live region says.
const LISTEN: &str = "
    const region = root.querySelector('[aria-live=polite]');
    witness.said = [];
    new MutationObserver(() => region.textContent && witness.said.push(region.textContent))
      .observe(region, { childList: true, characterData: true, subtree: true });";

#[tokio::test]
async fn many_events_at_once_are_told_in_one_go() -> Result<()> {
    let story = Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(5));
    story
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run(LISTEN, vec![]).await?;
            let hurry = "
                const select = root.querySelector('select');
                for (const sort of ['newest', 'replies', 'oldest', 'newest']) {
                  select.value = sort;
                  select.dispatchEvent(new Event('change', { bubbles: true }));
                }";
            stage.page.run(hurry, vec![]).await?;
            stage
                .page
                .wait_until("the end of it to be told", "return witness.said.some((said) => said.includes('loaded'))")
                .await?;
            let said = stage.page.lines("return witness.said").await?;
            assert!(said.len() <= 2, "{said:?}");
            Ok(())
        })
        .await
}

#[tokio::test]
async fn the_same_news_twice_is_told_twice() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.run(LISTEN, vec![]).await?;
            stage.page.post("hear").await?;
            stage
                .page
                .wait_until("the first news", "return witness.said.filter((said) => said.includes('posted')).length === 1")
                .await?;
            stage.page.post("hear again").await?;
            stage
                .page
                .wait_until("the second news", "return witness.said.filter((said) => said.includes('posted')).length === 2")
                .await
        })
        .await
}

#[tokio::test]
async fn a_fault_is_said_at_once_and_belongs_to_its_field() -> Result<()> {
    Story::under(HostPage::short())
        .tell(async |stage| {
            stage.page.open_live("/article").await?;
            stage.page.type_into(ROOT_FORM, "body", "without a name").await?;
            stage.page.press(ROOT_FORM, "submit").await?;
            stage.page.wait_until("the fault", "return !!root.querySelector('[role=alert]')").await?;
            let described = "
                const field = root.activeElement;
                const sentence = root.getElementById(field.getAttribute('aria-describedby'));
                return [field.name, field.ariaInvalid, sentence.innerText.length > 5].join()";
            assert_eq!(stage.page.run(described, vec![]).await?, "name,true,true");
            stage.page.type_into(ROOT_FORM, "name", "A").await?;
            let faults = "return root.querySelectorAll('[aria-invalid], [aria-describedby]').length";
            assert_eq!(stage.page.run(faults, vec![]).await?, 0, "what is mended is not called wrong");
            Ok(())
        })
        .await
}
