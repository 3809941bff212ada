//! The widget takes over, and nobody sees it.

use afterword_e2e::film::{CLOCK, Film, Frame};
use afterword_e2e::{HostPage, Seed, Stage, Story, Viewport, eventually};
use anyhow::{Context, Result};

/// Small, so that the browser can hand over every frame it shows.
const SCREEN: Viewport = Viewport { width: 480, height: 400 };
/// A smoothed edge here and there; a thread that is away, or a pixel off, differs in many times as many.
const MAX_DIFFERENCE: f64 = 0.001;
const ROUNDS: usize = 5;
const FRAMES_AFTER: usize = 12;

/// Notes in which frame the painted thread was replaced.
const WATCH: &str = "new MutationObserver(() => (window.swappedIn ||= frameNumber)).observe(root, { childList: true })";

async fn film_of_the_swap(stage: &mut Stage) -> Result<(u64, Vec<Frame>)> {
    let (page, browser) = (&stage.page, stage.page.browser());
    stage.gate()?.close();
    page.open("/article").await?;
    page.wait_painted().await?;
    page.run(WATCH, vec![]).await?;
    let film = Film::start(browser).await?;
    eventually("the film to run", async || Ok((film.length() > 2).then_some(()))).await?;
    stage.let_through()?;
    page.wait_live().await?;
    let until = film.length() + FRAMES_AFTER;
    eventually("frames after the swap", async || Ok((film.length() >= until).then_some(()))).await?;
    let swapped_in = page.run("return swappedIn", vec![]).await?.as_u64().context("no swap was seen")?;
    Ok((swapped_in, film.develop(browser).await?))
}

/// Blank, half drawn or moved by a line: any of it would be a frame that differs.
#[tokio::test]
async fn no_frame_shows_the_thread_blank_or_moved_while_the_widget_takes_over() -> Result<()> {
    let page = HostPage::short().before(CLOCK).attribute("data-theme", "light");
    let story = Story::under(page).with(Seed::thread("/article").with_roots(50)).on(SCREEN).with_late_wasm();
    story
        .tell(async |stage| {
            let mut nearest = u64::MAX;
            // What the browser has kept comes through no gate.
            stage.page.browser().keep_no_cache().await?;
            for _ in 0..ROUNDS {
                let (swapped_in, frames) = film_of_the_swap(stage).await?;
                let worst = frames.iter().map(|frame| frame.difference).fold(0.0, f64::max);
                assert!(worst <= MAX_DIFFERENCE, "swapped in {swapped_in}: {frames:?}");
                let after = frames.iter().find(|frame| frame.number >= swapped_in).context("the film ends before the swap")?;
                nearest = nearest.min(after.number - swapped_in);
            }
            // A film that misses just the frames in question proves nothing.
            assert!(nearest <= 1, "no film has the first frame after the swap: the nearest was {nearest} later");
            Ok(())
        })
        .await
}
