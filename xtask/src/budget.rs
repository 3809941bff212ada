//! What may be spent of a reader's time, and what of an operator's machine.

use anyhow::ensure;
use std::fmt;

/// One limit and what we strive for.
#[derive(Clone, Copy, Debug)]
pub struct Budget {
    /// What is measured.
    pub what: &'static str,
    /// Of both numbers.
    pub unit: &'static str,
    /// Worse than this fails; `None` is only reported.
    pub must: Option<f64>,
    /// Good is this or better.
    pub aim: f64,
    /// Which side is better.
    pub better: Better,
}

/// Which side of a limit is the good one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Better {
    /// Sizes, times.
    Less,
    /// Rates.
    More,
}

/// How a measurement stands to its budget.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verdict {
    /// As good as we strive for.
    Aim,
    /// Allowed.
    Must,
    /// Too much, or too slow.
    Over,
}

impl Budget {
    /// How `value` stands to this budget.
    pub fn verdict(&self, value: f64) -> Verdict {
        let holds = |limit: f64| match self.better {
            Better::Less => value <= limit,
            Better::More => value >= limit,
        };
        if holds(self.aim) {
            Verdict::Aim
        } else if self.must.is_none_or(holds) {
            Verdict::Must
        } else {
            Verdict::Over
        }
    }
}

impl Budget {
    /// A measurement against this budget.
    pub const fn at(self, value: f64) -> Measured {
        Measured { budget: self, value }
    }
}

/// A measurement with its budget.
#[derive(Clone, Copy, Debug)]
pub struct Measured {
    /// The budget.
    pub budget: Budget,
    /// In the budget's unit.
    pub value: f64,
}

impl fmt::Display for Measured {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Budget { what, unit, must, aim, .. } = self.budget;
        let must = must.map_or_else(|| "report".to_owned(), number);
        let value = format!("{} {unit}", number(self.value));
        write!(f, "{what:<62}{value:>14}{must:>10}{:>10}  {}", number(aim), self.budget.verdict(self.value))
    }
}

/// As few digits as say something.
fn number(value: f64) -> String {
    if value.fract() == 0.0 || value.abs() >= 100.0 { format!("{value:.0}") } else { format!("{value:.3}") }
}

/// Prints measurements as a table.
///
/// # Errors
/// A budget is exceeded; the sentence names which.
pub fn hold(measured: &[Measured]) -> anyhow::Result<()> {
    println!("{:<62}{:>14}{:>10}{:>10}", "what", "measured", "must", "aim");
    for line in measured {
        println!("{line}");
    }
    let is_over = |measured: &&Measured| measured.budget.verdict(measured.value) == Verdict::Over;
    let over: Vec<&str> = measured.iter().filter(is_over).map(|measured| measured.budget.what).collect();
    ensure!(over.is_empty(), "over budget: {}", over.join("; "));
    Ok(())
}

impl fmt::Display for Verdict {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Aim => "aim reached",
            Self::Must => "within budget",
            Self::Over => "OVER BUDGET",
        })
    }
}

const fn at_most(what: &'static str, unit: &'static str, must: f64, aim: f64) -> Budget {
    Budget { what, unit, must: Some(must), aim, better: Better::Less }
}

const fn at_least(what: &'static str, unit: &'static str, must: f64, aim: f64) -> Budget {
    Budget { what, unit, must: Some(must), aim, better: Better::More }
}

const fn reported(what: &'static str, unit: &'static str, aim: f64, better: Better) -> Budget {
    Budget { what, unit, must: None, aim, better }
}

/// `embed.js`, brotli.
pub const EMBED: Budget = at_most("embed.js, brotli", "B", 3_072.0, 2_048.0);
/// `count.js`, brotli.
pub const COUNT: Budget = at_most("count.js, brotli", "B", 1_024.0, 500.0);
/// WebAssembly, its glue and the style sheet, brotli.
pub const WIDGET: Budget = at_most("wasm + JS glue + CSS, brotli", "B", 120_000.0, 85_000.0);
/// All that is fetched before the first of 50 comments shows, brotli.
pub const FIRST_COMMENT: Budget = at_most("before the first of 50 comments, brotli", "B", 20_000.0, 14_000.0);
/// The same with the thread inside the script, brotli.
pub const FIRST_COMMENT_ONE_REQUEST: Budget =
    at_most("one request before the first of 50 comments, brotli", "B", 20_000.0, 14_000.0);
/// Requests before the first of 50 comments shows.
pub const FIRST_COMMENT_REQUESTS: Budget = at_most("before the first of 50 comments, requests", "", 2.0, 2.0);
/// The same, as the browser counts them.
pub const REQUESTS_SEEN: Budget = at_most("requests the browser made before the first comment showed", "", 2.0, 2.0);
/// Layout shift caused by a thread on the first screen.
pub const LAYOUT_SHIFT: Budget = at_most("layout shift caused, thread on the first screen", "", 0.01, 0.0);
/// DOM elements of 50 comments.
pub const DOM_ELEMENTS: Budget = at_most("DOM elements for 50 comments", "", 1_200.0, 800.0);
/// Longest task of the main thread while loading.
pub const LONGEST_TASK: Budget = at_most("longest main-thread task while loading", "ms", 60.0, 30.0);
/// First comment minus the page's first paint.
pub const FIRST_COMMENT_DELAY: Budget = reported("slow 4G, 4x CPU: first comment minus first paint", "ms", 450.0, Better::Less);
/// The same with the thread inside the script.
pub const FIRST_COMMENT_DELAY_ONE_REQUEST: Budget =
    reported("slow 4G, 4x CPU, one request: first comment minus first paint", "ms", 300.0, Better::Less);
/// WebAssembly live minus the page's first paint.
pub const LIVE_DELAY: Budget = reported("slow 4G, 4x CPU: wasm live minus first paint", "ms", 1_400.0, Better::Less);
/// The first of these in Firefox, on a line as slow.
pub const FIRST_COMMENT_DELAY_FIREFOX: Budget =
    reported("Firefox, slow 4G: first comment minus first paint", "ms", 450.0, Better::Less);
/// The same with the thread inside the script.
pub const FIRST_COMMENT_DELAY_FIREFOX_ONE_REQUEST: Budget =
    reported("Firefox, slow 4G, one request: first comment minus first paint", "ms", 300.0, Better::Less);
/// WebAssembly live in Firefox, on a line as slow.
pub const LIVE_DELAY_FIREFOX: Budget = reported("Firefox, slow 4G: wasm live minus first paint", "ms", 1_400.0, Better::Less);
/// From a key to the frame that shows its letter, above a thousand loaded comments.
pub const KEY_TO_PAINT: Budget = at_most("4x CPU, 1,000 comments loaded: key to paint", "ms", 50.0, 25.0);
/// From a click on reply that comes before the WebAssembly to the focused form.
pub const REPLY_FOCUS: Budget = reported("4x CPU: reply form focused after a click before the wasm", "ms", 60.0, Better::Less);
/// What a page with 10,000 comments takes before the reader scrolls, as a ratio to one with 50.
pub const LONG_RATIOS: [Budget; 4] = [
    at_most("10,000 comments to 50: first comment", "", 1.3, 1.1),
    at_most("10,000 comments to 50: bytes of the thread", "", 1.3, 1.1),
    at_most("10,000 comments to 50: DOM elements after load", "", 1.3, 1.1),
    at_most("10,000 comments to 50: heap after load", "", 1.3, 1.1),
];
/// Most elements of the thread while the reader scrolls through it, down and up again.
pub const SCROLLED_ELEMENTS: Budget = at_most("10,000 comments scrolled through: DOM elements", "", 6_000.0, 4_000.0);
/// What the page holds after that, the module's own memory included.
pub const SCROLLED_HEAP: Budget = at_most("10,000 comments scrolled through: heap", "MB", 60.0, 30.0);
/// Longest task of the main thread on the way.
pub const SCROLLED_TASK: Budget = at_most("10,000 comments scrolled through: longest task", "ms", 50.0, 25.0);
/// Longest task while a folded branch opens whose comments are all loaded.
pub const OPENED_TASK: Budget = at_most("branch of 2,000 comments opened: longest task", "ms", 50.0, 25.0);
/// Slices per second from memory, as a ratio to a bare route.
pub const READ_RATIO: Budget = at_least("slices of 50 from memory, ratio to a bare axum route", "", 0.5, 0.8);
/// Posts per second, 64 at once, as a ratio to one commit a post.
pub const POST_RATIO: Budget = at_least("posts, 64 at once, ratio to one commit a post", "", 5.0, 15.0);
/// What 32 connections that read lose while 64 post elsewhere.
pub const READS_LOST: Budget = reported("reads lost while 64 post, another thread", "%", 10.0, Better::Less);
/// What they lose while 64 post to the thread they read.
pub const READS_LOST_HERE: Budget = reported("reads lost while 64 post, the same thread", "%", 10.0, Better::Less);
/// Resident memory of a server that ten thousand readers follow.
pub const LIVE_MEMORY: Budget = at_most("memory with 10,000 idle live readers", "MB", 200.0, 100.0);
/// From a post to the last of ten thousand readers.
pub const LIVE_NEWS: Budget = at_most("one comment to all 10,000 live readers", "s", 2.0, 0.5);
/// Resident memory of the idle server.
pub const IDLE_MEMORY: Budget = at_most("memory of the idle server", "MB", 30.0, 15.0);

/// What is read of a thread of 1,000,000 comments, as a ratio to the same of one of 50; the worst of several shapes.
pub const LARGE_RATIOS: [Budget; 11] = [
    large("1,000,000 comments to 50: slice, oldest"),
    large("1,000,000 comments to 50: slice, newest"),
    large("1,000,000 comments to 50: slice, most answered"),
    large("1,000,000 comments to 50: permalink, oldest"),
    large("1,000,000 comments to 50: permalink, newest"),
    large("1,000,000 comments to 50: permalink, most answered"),
    large("1,000,000 comments to 50: next slice, oldest"),
    large("1,000,000 comments to 50: next slice, newest"),
    large("1,000,000 comments to 50: next slice, most answered"),
    large("1,000,000 comments to 50: branch"),
    large("1,000,000 comments to 50: more replies"),
];
/// First slice of a thread of 1,000,000 comments.
pub const LARGE_SLICE_P95: Budget = at_most("1,000,000 comments: first slice, p95", "ms", 50.0, 5.0);
/// A permalink into it.
pub const LARGE_PERMALINK_P95: Budget = at_most("1,000,000 comments: permalink, p95", "ms", 100.0, 10.0);
/// A reply to its comment with half a million replies.
pub const LARGE_POST_P95: Budget = at_most("1,000,000 comments: post, p95", "ms", 20.0, 10.0);
/// Slices per second without kept answers, as a ratio to a bare route.
pub const LARGE_RATE: Budget =
    reported("1,000,000 comments: slices, none kept, ratio to a bare axum route", "", 0.2, Better::More);
/// The first results of searches there, as a ratio to a slice; the worst of several.
pub const LARGE_SEARCH: Budget = at_most("1,000,000 comments: search, ratio to a slice", "", 10.0, 4.0);
/// The same of words of which one stands nowhere and the other everywhere: nothing is found.
pub const LARGE_SEARCH_IN_VAIN: Budget = reported("1,000,000 comments: search in vain, ratio to a slice", "", 10.0, Better::Less);
/// Resident memory of the server after all that.
pub const LARGE_MEMORY: Budget = at_most("1,000,000 comments: memory of the server", "MB", 300.0, 100.0);

const fn large(what: &'static str) -> Budget {
    at_most(what, "", 2.0, 1.3)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_size_past_its_limit_is_refused_and_at_its_limit_is_not() {
        assert!(hold(&[EMBED.at(3_072.0)]).is_ok());
        let refusal = hold(&[EMBED.at(3_073.0)]).unwrap_err();
        assert!(refusal.to_string().contains(EMBED.what), "{refusal}");
    }

    #[test]
    fn for_a_rate_more_is_better() {
        let rate = at_least("rate", "", 0.5, 0.8);
        assert_eq!([0.4, 0.5, 0.9].map(|value| rate.verdict(value)), [Verdict::Over, Verdict::Must, Verdict::Aim]);
    }

    #[test]
    fn what_is_only_reported_is_never_over() {
        assert_eq!(reported("rate", "", 5.0, Better::More).verdict(0.0), Verdict::Must);
    }
}
