//! By which way a thread came to stand on a page.

use afterword_e2e::{ThreadPage, eventually};
use anyhow::Result;

/// From the best to the last.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Way {
    /// The WebAssembly has taken over in the page.
    Widget,
    /// A frame of the server's origin holds the thread and is as high as it.
    Frame,
    /// Nothing can be written here; a visible link leads to where one can.
    Link,
}

/// What can be seen of each. A link is the last resort, so it counts only beside nothing better.
const TAKEN: &str = "
    if (!root) return null;
    const isSeen = (element) => element && element.getBoundingClientRect().height > 10;
    if (isSeen(root.querySelector('iframe'))) return 'frame';
    if (aw && witness.painted && aw !== witness.painted) return 'widget';
    return isSeen(root.querySelector('[role=status] a[href*=\"/thread?\"]')) ? 'link' : null";

/// Waits until one of them is taken. A frame that is late has a link beside it until it comes.
pub async fn way_taken(page: &ThreadPage) -> Result<Way> {
    eventually("the widget, a frame or a link", async || {
        let taken = page.run(TAKEN, vec![]).await?;
        Ok(match taken.as_str() {
            Some("widget") => Some(Way::Widget),
            Some("frame") => Some(Way::Frame),
            Some("link") => Some(Way::Link),
            _ => None,
        })
    })
    .await
}
