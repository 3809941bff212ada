//! H4: WebAssembly that is missing, wrong, cut or stalled. The thread can be read all the while, and after 3 s at most the reader
//! has a way to write, or knows where one is.

use super::ways::{Way, way_taken};
use afterword_e2e::{Fault, HostPage, Seed, Story};
use anyhow::Result;
use std::time::{Duration, Instant};

/// What a reader may be left without a word.
const WITHIN: Duration = Duration::from_secs(3);
/// What a busy machine and the looking add.
const ALLOWANCE: Duration = Duration::from_millis(1500);

/// The frame meets the same fault, so what it shows in the end is the thread and a link; that is asked for there.
async fn a_reader_is_not_left_alone_with(fault: Fault, ways: &[Way]) -> Result<()> {
    Story::under(HostPage::short().attribute("data-loading", "eager"))
        .with(Seed::thread("/article").with_roots(3))
        .with_gate()
        .with_trouble()
        .tell(async |stage| {
            stage.gate()?.spoil(".wasm", Some(fault));
            stage.page.open("/article").await?;
            stage.page.wait_painted().await?;
            let painted_at = Instant::now();
            let way = way_taken(&stage.page).await?;
            let waited = painted_at.elapsed();
            println!("{fault:?}: {way:?} after {waited:?}");
            assert!(ways.contains(&way), "{way:?}");
            assert!(waited < WITHIN + ALLOWANCE, "{waited:?}");
            assert_eq!(stage.page.problems().await?, Vec::<String>::new(), "uncaught");
            if way == Way::Frame {
                stage.page.enter_frame().await?;
                assert_eq!(stage.page.comments().await?.len(), 3);
                let link = "return !!root.querySelector('[role=status] a[href*=\"/thread?\"]')";
                stage.page.wait_until("the link in the frame", link).await?;
                stage.page.leave_frame().await?;
            }
            Ok(())
        })
        .await
}

#[tokio::test]
pub async fn wasm_that_is_not_found_leaves_a_thread_to_read_and_a_way_on() -> Result<()> {
    a_reader_is_not_left_alone_with(Fault::NotFound, &[Way::Frame, Way::Link]).await
}

#[tokio::test]
pub async fn wasm_of_a_wrong_type_leaves_a_thread_to_read_and_a_way_on() -> Result<()> {
    a_reader_is_not_left_alone_with(Fault::WrongType, &[Way::Widget, Way::Frame, Way::Link]).await
}

#[tokio::test]
pub async fn wasm_that_is_cut_off_leaves_a_thread_to_read_and_a_way_on() -> Result<()> {
    a_reader_is_not_left_alone_with(Fault::CutOff, &[Way::Frame, Way::Link]).await
}

#[tokio::test]
pub async fn wasm_that_stalls_leaves_a_thread_to_read_and_a_way_on() -> Result<()> {
    a_reader_is_not_left_alone_with(Fault::Stalled, &[Way::Frame, Way::Link]).await
}
