//! Sends the pending comments of a page: in the order they were written, one at a time, from one of the tabs that show it.
//!
//! Every tab that knows of an unsent comment waits for the same lock. The one that holds it sends until nothing is left to be
//! sent, and lets go; when it is closed before, the next one goes on. The others say what they want by what they write into
//! storage. Even two that send at once would post nothing twice: the request id is the same in every tab.

use super::share_queue::{keep_queue, sync_queue, tell_posted};
use super::{Thread, explain_failure};
use crate::api::{self, ApiFailure};
use crate::browser::{clock, locks, random, tab};
use crate::state::{PendingStatus, Posted};
use afterword_wire::{ErrorCode, NewComment, RequestId};
use leptos::prelude::*;

/// The first wait after a failure; each is twice as long as the one before.
const FIRST_WAIT_MS: u32 = 1_500;
/// How often the wait is doubled: to 96 seconds.
const MAX_DOUBLINGS: u32 = 6;
/// How long the lock is kept after sending, so that the tab that gets it has heard what was posted: news and locks travel on
/// different ways.
const LINGER_MS: u32 = 300;

/// What this tab has to do with the sending.
#[derive(Default)]
pub struct Sender {
    /// The lock is held, or waited for.
    has_asked: bool,
    /// There while the lock is held.
    release: Option<locks::Release>,
    /// A request is under way.
    is_busy: bool,
    /// Something was sent since the lock was got.
    has_sent: bool,
    /// Failures in a row.
    failure_count: u32,
    /// The number of the last wait: only its end counts.
    wait_number: u32,
}

/// Sends what waits, now, whichever tab it is that sends.
pub fn send_now(thread: Thread) {
    thread.change(|state| state.mark_unsent(PendingStatus::Sending, None));
    keep_queue(thread);
    go_on_sending(thread);
}

/// Sends if this tab is the one that does, and otherwise stands in line.
pub fn go_on_sending(thread: Thread) {
    let has_unsent = thread.state.with_untracked(|state| state.next_unsent().is_some());
    if thread.sender.with_value(|sender| sender.has_asked) {
        send_next(thread);
    } else if has_unsent {
        thread.sender.update_value(|sender| sender.has_asked = true);
        locks::hold(thread.storage(), &lock_name(thread), Box::new(move |release| lead(thread, release)));
    }
}

/// Lets the other tabs go on: the thread leaves its page.
pub fn stop_sending(thread: Thread) {
    let release = thread.sender.try_update_value(|sender| sender.release.take());
    release.flatten().into_iter().for_each(|release| release());
}

fn lock_name(thread: Thread) -> String {
    ["sender:", &thread.config().page_key].concat()
}

fn lead(thread: Thread, release: locks::Release) {
    if !thread.is_mounted() {
        return release();
    }
    thread.sender.update_value(|sender| {
        sender.release = Some(release);
        sender.has_sent = false;
    });
    send_next(thread);
}

/// Sends the next comment, unless one is under way or another tab is the one that sends.
fn send_next(thread: Thread) {
    let is_free = thread.sender.try_with_value(|sender| sender.release.is_some() && !sender.is_busy);
    if is_free != Some(true) {
        return;
    }
    sync_queue(thread);
    let Some(pending) = thread.state.with_untracked(|state| state.next_unsent().cloned()) else { return finish(thread) };
    thread.sender.update_value(|sender| {
        sender.is_busy = true;
        sender.has_sent = true;
    });
    // Shown in every tab, so that nobody takes back what is on its way.
    thread.change(|state| state.update_pending(pending.number, |pending| pending.status = PendingStatus::Sending));
    keep_queue(thread);
    let config = thread.config();
    let request_id = pending.request_id.clone();
    let comment = NewComment {
        request_id: pending.request_id,
        page: config.page(),
        parent_id: pending.parent_id,
        body_markdown: pending.body_markdown,
        author: pending.fields,
    };
    api::create_comment(&config, &thread.identified_viewer().secret, &comment, move |answer| {
        // Sent by a thread that is gone: the next one under this page sends it again, and hears the same answer.
        if thread.is_mounted() {
            thread.sender.update_value(|sender| sender.is_busy = false);
            match answer {
                Ok(written) => {
                    thread.sender.update_value(|sender| sender.failure_count = 0);
                    tell_posted(thread, &Posted { request_id, written });
                    send_next(thread);
                }
                Err(failure) => fail(thread, &request_id, &failure),
            }
        }
    });
}

/// Nothing is left to be sent.
fn finish(thread: Thread) {
    let has_sent = thread.sender.try_update_value(|sender| std::mem::take(&mut sender.has_sent));
    if has_sent == Some(true) {
        // Whatever was written meanwhile is sent first.
        return clock::after_ms(LINGER_MS, move || send_next(thread));
    }
    let release = thread.sender.try_update_value(|sender| {
        sender.has_asked = false;
        sender.release.take()
    });
    release.flatten().into_iter().for_each(|release| release());
}

fn fail(thread: Thread, request_id: &RequestId, failure: &ApiFailure) {
    match failure {
        ApiFailure::Unreachable => wait(thread, None, failure),
        ApiFailure::Refused(error) if is_passing(error.code) => wait(thread, error.retry_after_s, failure),
        ApiFailure::Refused(_) => {
            let sentence = explain_failure(thread, failure);
            thread.announce(&sentence);
            thread.report_failure(failure);
            thread.change(|state| state.refuse_pending(request_id, &sentence));
            keep_queue(thread);
            send_next(thread);
        }
    }
}

/// Whether the same request may be taken a little later.
fn is_passing(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RateLimited | ErrorCode::Unavailable | ErrorCode::Timeout)
}

/// The whole queue waits, so that its order stays. Offline nothing is tried: the browser says when that is over.
fn wait(thread: Thread, retry_after_s: Option<u32>, failure: &ApiFailure) {
    let sentence = explain_failure(thread, failure);
    let reason = (*failure != ApiFailure::Unreachable).then_some(sentence.as_str());
    thread.change(|state| state.mark_unsent(PendingStatus::NotSent, reason));
    keep_queue(thread);
    let numbers = thread.sender.try_update_value(|sender| {
        sender.failure_count += 1;
        sender.wait_number += 1;
        (sender.failure_count, sender.wait_number)
    });
    let Some((failure_count, wait_number)) = numbers else { return };
    if failure_count == 1 {
        thread.announce(reason.unwrap_or(thread.strings().not_sent));
        thread.report_failure(failure);
    }
    let wait_ms = retry_after_s.map_or(FIRST_WAIT_MS << (failure_count - 1).min(MAX_DOUBLINGS), |wait_s| wait_s * 1_000);
    // Up to a quarter more, by chance: not everybody comes back at once.
    let [chance] = random::bytes();
    let wait_ms = wait_ms + (wait_ms >> 10) * u32::from(chance);
    clock::after_ms(wait_ms, move || {
        let is_last = thread.sender.try_with_value(|sender| sender.wait_number == wait_number);
        if is_last == Some(true) && !tab::is_offline() {
            send_next(thread);
        }
    });
}
