//! A reader whose browser runs no script: the thread's own document, by links and plain forms.

use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport, axe, eventually};
use anyhow::{Result, ensure};
use serde_json::Value;
use thirtyfour::prelude::*;

const BODY: &str = "textarea[name=body]";
/// The form that writes; searches and dates have others.
const FORM: &str = "form[method=post]";

/// A story in which no page runs a script.
async fn tell(story: Story, plot: impl AsyncFnOnce(&mut Stage) -> Result<()>) -> Result<()> {
    story
        .tell(async |stage| {
            stage.page.browser().run_scripts(false).await?;
            plot(stage).await?;
            // What holds at the end of every story is asked of a page that runs scripts.
            stage.page.browser().run_scripts(true).await?;
            stage.page.open("/").await
        })
        .await
}

/// The document as its reader meets it.
struct Paper<'a>(&'a Stage);

impl Paper<'_> {
    async fn open(&self, query: &str) -> Result<()> {
        let url = self.0.server.url(&format!("/thread?site=blog&page=/article{query}"));
        Ok(self.driver().goto(url).await?)
    }

    fn driver(&self) -> &WebDriver {
        self.0.page.browser().driver()
    }

    async fn find(&self, selector: &str) -> Result<WebElement> {
        Ok(self.driver().find(By::Css(selector)).await?)
    }

    /// Follows the first link with that text.
    async fn follow(&self, text: &str) -> Result<()> {
        let link = self.driver().find(By::LinkText(text)).await?;
        self.leave_by(link).await
    }

    /// Clicks what leads to another page, and waits for it.
    async fn leave_by(&self, element: WebElement) -> Result<()> {
        let before = self.driver().find(By::Tag("html")).await?;
        element.scroll_into_view().await?;
        element.click().await?;
        eventually("another page", async || {
            let is_gone = before.tag_name().await.is_err();
            let is_whole = self.evaluate("document.readyState").await.is_ok_and(|state| state == "complete");
            Ok((is_gone && is_whole).then_some(()))
        })
        .await
    }

    async fn fill_in(&self, form: &str, fields: &[(&str, &str)]) -> Result<()> {
        for (name, text) in fields {
            let field = self.find(&format!("{form} [name={name}]")).await?;
            field.click().await?;
            field.clear().await?;
            field.send_keys(*text).await?;
        }
        Ok(())
    }

    async fn send(&self, form: &str) -> Result<()> {
        let button = self.find(&format!("{form} button[type=submit]")).await?;
        self.leave_by(button).await
    }

    async fn texts(&self, selector: &str) -> Result<Vec<String>> {
        let mut texts = Vec::new();
        for element in self.driver().find_all(By::Css(selector)).await? {
            texts.push(element.text().await?);
        }
        Ok(texts)
    }

    async fn bodies(&self) -> Result<Vec<String>> {
        self.texts(".aw-comment__body").await
    }

    async fn value(&self, selector: &str) -> Result<String> {
        Ok(self.find(selector).await?.prop("value").await?.unwrap_or_default())
    }

    async fn evaluate(&self, expression: &str) -> Result<Value> {
        Ok(self.driver().execute(format!("return {expression}"), Vec::<Value>::new()).await?.json().clone())
    }
}

#[tokio::test]
async fn a_comment_is_posted_answered_edited_and_deleted() -> Result<()> {
    tell(Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(1)), async |stage| {
        let paper = Paper(stage);
        paper.open("").await?;
        paper.fill_in(FORM, &[("body", "Typed without **scripts**"), ("name", "Noor")]).await?;
        paper.send(FORM).await?;
        assert_eq!(paper.bodies().await?.last().map(String::as_str), Some("Typed without scripts"));

        paper.follow("Reply").await?;
        let form = "form[action*='reply=']";
        paper.fill_in(form, &[("body", "A reply"), ("name", "Noor")]).await?;
        paper.send(form).await?;
        assert_eq!(paper.bodies().await?[1], "A reply");

        paper.follow("Edit").await?;
        assert_eq!(paper.value(&format!("form[action*='/edit'] {BODY}")).await?, "A reply");
        paper.fill_in("form[action*='/edit']", &[("body", "A better reply")]).await?;
        paper.send("form[action*='/edit']").await?;
        assert_eq!(paper.bodies().await?[1], "A better reply");

        paper.follow("Delete").await?;
        paper.send("form[action*='/delete']").await?;
        let bodies = paper.bodies().await?;
        assert!(bodies.len() == 2 && bodies[1] == "Typed without scripts", "{bodies:?}");
        Ok(())
    })
    .await
}

#[tokio::test]
async fn what_was_just_posted_is_marked_and_posted_once_however_often_the_page_is_loaded() -> Result<()> {
    tell(Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(60)), async |stage| {
        let paper = Paper(stage);
        paper.open("").await?;
        paper.fill_in(FORM, &[("body", "Once"), ("name", "Noor")]).await?;
        paper.send(FORM).await?;
        assert_eq!(paper.texts(":target .aw-comment__body").await?, ["Once"]);
        stage.page.reload().await?;
        paper.driver().back().await?;
        paper.driver().forward().await?;
        paper.open("&sort=newest").await?;
        let bodies = paper.bodies().await?;
        assert_eq!(bodies.iter().filter(|body| *body == "Once").count(), 1);
        Ok(())
    })
    .await
}

#[tokio::test]
async fn going_back_finds_what_was_typed() -> Result<()> {
    tell(Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(3)), async |stage| {
        let paper = Paper(stage);
        paper.open("").await?;
        paper.fill_in(FORM, &[("body", "Half a thought"), ("name", "Noor")]).await?;
        paper.follow("Newest first").await?;
        paper.driver().back().await?;
        eventually("the text", async || Ok((paper.value(BODY).await? == "Half a thought").then_some(()))).await
    })
    .await
}

#[tokio::test]
async fn a_fault_keeps_the_text_and_says_where_it_is() -> Result<()> {
    tell(Story::under(HostPage::short()).with(Seed::thread("/article").with_roots(1)).with_trouble(), async |stage| {
        let paper = Paper(stage);
        paper.open("").await?;
        let typed = [("body", "Long thought\n</textarea><b>"), ("name", "Noor"), ("email", "not an address")];
        paper.fill_in(FORM, &typed).await?;
        paper.send(FORM).await?;
        assert_eq!(paper.texts("#write-email-error").await?.len(), 1);
        for (name, text) in typed {
            assert_eq!(paper.value(&format!("[name={name}]")).await?, text);
        }
        assert_eq!(paper.evaluate("document.activeElement.name").await?, "email", "the reader stands at the fault");
        paper.fill_in(FORM, &[("email", "")]).await?;
        paper.send(FORM).await?;
        assert_eq!(paper.bodies().await?.last().map(String::as_str), Some("Long thought\n</textarea><b>"));
        Ok(())
    })
    .await
}

#[tokio::test]
async fn a_thread_is_read_to_its_end_by_links() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(60);
    let root = thread.comment(None, "the sixty-first");
    for number in 0..70 {
        thread.comment(Some(root), &format!("answer {number}"));
    }
    tell(Story::under(HostPage::short()).with(thread), async |stage| {
        let paper = Paper(stage);
        paper.open("").await?;
        let next = paper.find("a[rel=next]").await?;
        paper.leave_by(next).await?;
        let mut seen = paper.bodies().await?;
        while let Ok(more) = paper.find(".aw-row--more a").await {
            paper.leave_by(more).await?;
            seen.extend(paper.bodies().await?);
            ensure!(seen.len() < 1000, "the links lead in circles");
        }
        for number in 0..70 {
            assert!(seen.contains(&format!("answer {number}")), "answer {number} was never shown");
        }
        paper.follow("All comments").await
    })
    .await
}

#[tokio::test]
async fn a_page_without_scripts_shows_the_thread_in_a_frame_that_leads_to_the_form() -> Result<()> {
    let noscript = "<noscript><iframe src=\"{server}/thread?site=blog&amp;page=/article\" title=\"Comments\" \
        width=\"100%\" height=\"600\" style=\"border:0\"></iframe></noscript>";
    let story = Story::under(HostPage::short().after(noscript)).with(Seed::thread("/article").with_roots(2));
    tell(story, async |stage| {
        let paper = Paper(stage);
        stage.page.open("/article").await?;
        let frame = paper.find("iframe").await?;
        frame.enter_frame().await?;
        eventually("the thread in the frame", async || Ok((paper.bodies().await?.len() == 2).then_some(()))).await?;
        assert!(paper.find(FORM).await.is_err(), "no form where the cookie is a third party's");
        let cookies = paper.driver().get_all_cookies().await?;
        assert!(cookies.is_empty(), "{cookies:?}");
        let write = paper.driver().find(By::LinkText("Write a comment in a new tab")).await?;
        write.click().await?;
        let tabs = eventually("a new tab", async || {
            let tabs = paper.driver().windows().await?;
            Ok((tabs.len() == 2).then_some(tabs))
        });
        let [first, second] = <[_; 2]>::try_from(tabs.await?).expect("two tabs");
        paper.driver().switch_to_window(second).await?;
        eventually("the form", async || Ok(paper.find(&format!("{FORM} textarea")).await.ok())).await?;
        paper.driver().close_window().await?;
        Ok(paper.driver().switch_to_window(first).await?)
    })
    .await
}

#[tokio::test]
async fn axe_finds_nothing_in_any_state_of_the_document() -> Result<()> {
    let mut thread = Seed::thread("/article").with_roots(2);
    thread.chain(8);
    for lang in ["en", "ar"] {
        let story = Story::under(HostPage::short()).with(thread.clone()).on(Viewport::PHONE).with_trouble();
        story
            .tell(async |stage| {
                let paper = Paper(stage);
                let browser = stage.page.browser();
                let query = format!("&lang={lang}");
                for query in [query.clone(), format!("{query}&reply=0000000000001")] {
                    paper.open(&query).await?;
                    assert_eq!(axe::violations(browser).await?, Vec::<String>::new(), "{query}");
                }
                paper.open(&query).await?;
                paper.fill_in(FORM, &[("body", "Mine"), ("name", "Noor")]).await?;
                paper.send(FORM).await?;
                let own = paper.find(":target").await?.attr("data-id").await?.unwrap_or_default();
                for form in ["edit", "delete"] {
                    paper.open(&format!("{query}&{form}={own}")).await?;
                    assert_eq!(axe::violations(browser).await?, Vec::<String>::new(), "{form}");
                    paper.find(&format!("form[action*='/{form}']")).await?;
                }
                paper.open(&query).await?;
                paper.fill_in(FORM, &[("body", "Mine"), ("email", "x")]).await?;
                paper.send(FORM).await?;
                assert_eq!(axe::violations(browser).await?, Vec::<String>::new(), "a fault");
                let fits = "document.documentElement.scrollWidth <= document.documentElement.clientWidth";
                assert_eq!(paper.evaluate(fits).await?, true, "something reaches past the screen");
                Ok(())
            })
            .await?;
    }
    Ok(())
}
