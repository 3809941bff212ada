//! Sends the pending comments of a page: in the order they were written, one at a time, from one of the tabs that show it.
//!
//! Every tab that knows of an unsent comment waits for the same lock. The one that holds it sends until nothing is left to be
//! sent, and lets go; when it is closed before, the next one goes on. It alone writes down how they stand: what one tab writes
//! the others see a moment later, and two that wrote would bring back what the other had just taken away. Even two that send at
//! once would post nothing twice: the request id is the same in every tab.

use super::share_queue::{WAKE, change_queue, sync_queue, tell, tell_posted};
use super::{Thread, explain_failure};
use crate::api::{self, ApiFailure};
use crate::browser::{clock, locks, random, tab};
use crate::state::{PendingStatus, Sending};
use afterword_wire::{ErrorCode, NewComment, RequestId, Written};
use leptos::prelude::*;

/// The first wait after a failure; each is twice as long as the one before.
const FIRST_WAIT_MS: u32 = 1_500;
/// How often the wait is doubled: to 96 seconds.
const MAX_DOUBLINGS: u32 = 6;
/// How long the lock is kept after sending, so that the tab that gets it has heard what was posted: news and locks travel on
/// different ways.
const LINGER_MS: u32 = 300;

/// Sends what waits, now; or asks the tab that does.
pub fn send_now(thread: Thread) {
    sync_queue(thread);
    if !send_in_turn(thread) {
        tell(thread, WAKE, "", "now");
        go_on_sending(thread);
    }
}

/// Sends what waits, now, if it is this tab's turn. Every tab shows it as under way, so that nobody takes it back.
pub fn send_in_turn(thread: Thread) -> bool {
    let is_its_turn = sending(thread).is_some_and(|sending| sending.is_its_turn);
    if is_its_turn {
        change_queue(thread, &mut |state| state.mark_unsent(PendingStatus::Sending, None));
        send_next(thread);
    }
    is_its_turn
}

/// Sends if this tab is the one that does, and otherwise stands in line.
pub fn go_on_sending(thread: Thread) {
    let Some(sending) = sending(thread) else { return };
    if sending.has_asked {
        send_next(thread);
    } else if thread.state.with_untracked(|state| state.next_unsent().is_some()) {
        set_sending(thread, Sending { has_asked: true, ..sending });
        let (storage, name) = (thread.storage(), lock_name(thread));
        let lead = {
            let (storage, name) = (storage.clone(), name.clone());
            move || match self::sending(thread) {
                Some(sending) => {
                    set_sending(thread, Sending { is_its_turn: true, ..sending });
                    send_in_turn(thread);
                }
                None => locks::let_go(&storage, &name),
            }
        };
        locks::hold(storage, &name, Box::new(lead));
    }
}

/// Lets the other tabs go on: the thread leaves its page.
pub fn stop_sending(thread: Thread) {
    locks::let_go(&thread.storage(), &lock_name(thread));
}

fn lock_name(thread: Thread) -> String {
    ["sender:", &thread.config().page_key].concat()
}

/// `None` once the thread is gone from its page.
fn sending(thread: Thread) -> Option<Sending> {
    thread.state.try_with_untracked(|state| state.sending)
}

fn set_sending(thread: Thread, sending: Sending) {
    thread.state.update_untracked(|state| state.sending = sending);
}

/// Sends the next comment, unless it is another tab's turn or not yet time.
fn send_next(thread: Thread) {
    let Some(sending) = sending(thread).filter(|sending| sending.is_its_turn && !sending.is_busy) else { return };
    sync_queue(thread);
    let Some(pending) = thread.state.with_untracked(|state| state.next_unsent().cloned()) else { return finish(thread, sending) };
    if pending.status == PendingStatus::NotSent {
        return;
    }
    set_sending(thread, Sending { is_busy: true, has_sent: true, ..sending });
    let config = thread.config();
    let request_id = pending.request_id.clone();
    let comment = NewComment {
        request_id: pending.request_id,
        page: config.page(),
        parent_id: pending.parent_id,
        body_markdown: pending.body_markdown,
        author: pending.fields,
    };
    let secret = thread.identified_viewer().secret;
    api::create_comment(&config, &secret, &comment, move |answer| hear_answer(thread, &request_id, answer));
}

/// Nothing is left to be sent.
fn finish(thread: Thread, sending: Sending) {
    set_sending(thread, Sending { has_sent: false, has_asked: sending.has_sent, is_its_turn: sending.has_sent, ..sending });
    if sending.has_sent {
        // Whatever was written meanwhile is sent first.
        clock::after_ms(LINGER_MS, move || send_next(thread));
    } else {
        stop_sending(thread);
    }
}

fn hear_answer(thread: Thread, request_id: &RequestId, answer: Result<Written, ApiFailure>) {
    // Sent by a thread that is gone: the next one under this page sends it again, and hears the same answer.
    let Some(sending) = sending(thread) else { return };
    let failure_count = if answer.is_ok() { 0 } else { sending.failure_count };
    set_sending(thread, Sending { is_busy: false, failure_count, ..sending });
    match answer {
        Ok(written) => {
            tell_posted(thread, request_id, written);
            send_next(thread);
        }
        Err(failure) => fail(thread, request_id, &failure),
    }
}

fn fail(thread: Thread, request_id: &RequestId, failure: &ApiFailure) {
    let sentence = explain_failure(thread, failure);
    match failure {
        ApiFailure::Unreachable => wait(thread, None, 0, failure),
        ApiFailure::Refused(error) if is_passing(error.code) => {
            wait(thread, Some(&sentence), error.retry_after_s.unwrap_or_default(), failure);
        }
        ApiFailure::Refused(_) => {
            thread.announce(&sentence);
            thread.report_failure(failure);
            change_queue(thread, &mut |state| state.refuse_pending(request_id, &sentence));
            send_next(thread);
        }
    }
}

/// Whether the same request may be taken a little later.
fn is_passing(code: ErrorCode) -> bool {
    matches!(code, ErrorCode::RateLimited | ErrorCode::Unavailable | ErrorCode::Timeout)
}

/// The whole queue waits, so that its order stays. Offline nothing is tried: the browser says when that is over.
fn wait(thread: Thread, reason: Option<&str>, at_least_s: u32, failure: &ApiFailure) {
    change_queue(thread, &mut |state| state.mark_unsent(PendingStatus::NotSent, reason));
    let Some(sending) = sending(thread) else { return };
    let wait_number = sending.wait_number + 1;
    set_sending(thread, Sending { failure_count: sending.failure_count + 1, wait_number, ..sending });
    if sending.failure_count == 0 {
        thread.announce(reason.unwrap_or(thread.strings().not_sent));
        thread.report_failure(failure);
    }
    let wait_ms = (FIRST_WAIT_MS << sending.failure_count.min(MAX_DOUBLINGS)).max(at_least_s * 1_000);
    // Up to a quarter more, by chance: not everybody comes back at once.
    let [chance] = random::bytes();
    clock::after_ms(wait_ms + (wait_ms >> 10) * u32::from(chance), move || {
        let is_last = self::sending(thread).is_some_and(|sending| sending.wait_number == wait_number);
        if is_last && !tab::is_offline() {
            send_in_turn(thread);
        }
    });
}
