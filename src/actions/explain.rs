//! Failures as sentences for people.

use super::Thread;
use crate::api::ApiFailure;
use crate::browser::intl::counted;
use crate::state::FormFault;
use crate::text::{Lang, Strings, fill};
use afterword_wire::{ApiError, ErrorCode, limits};

/// Why a request failed, in the thread's language.
#[must_use]
pub fn explain_failure(thread: Thread, failure: &ApiFailure) -> String {
    match failure {
        ApiFailure::Unreachable => thread.strings().failed_offline.to_owned(),
        ApiFailure::Refused(error) => explain_error(thread.strings(), error),
    }
}

/// Why the server refused a request, in these words.
#[must_use]
pub fn explain_error(strings: &Strings, error: &ApiError) -> String {
    let sentence = match error.code {
        ErrorCode::ParentDeleted => strings.failed_parent_deleted,
        ErrorCode::ParentNotFound => strings.failed_parent_not_found,
        ErrorCode::ThreadClosed => strings.failed_thread_closed,
        ErrorCode::EditWindowOver | ErrorCode::NotAuthor => strings.failed_edit_window,
        ErrorCode::CommentDeleted | ErrorCode::CommentNotFound => strings.failed_comment_deleted,
        ErrorCode::OriginNotAllowed => strings.failed_origin,
        ErrorCode::RateLimited => return fill(strings.failed_rate_limited, &error.retry_after_s.unwrap_or(60).to_string()),
        // No client of this version asks so: the page is older than the server, or younger.
        ErrorCode::NotFound | ErrorCode::MethodNotAllowed | ErrorCode::WrongContentType => strings.failed_version,
        // The server's own sentence names the field, what was expected and what came.
        ErrorCode::InvalidField | ErrorCode::BadRequest | ErrorCode::TooLarge => return error.message.clone(),
        _ => strings.failed_server,
    };
    sentence.to_owned()
}

/// Why a form cannot be sent, in that language.
#[must_use]
pub fn explain_fault(lang: Lang, strings: &Strings, fault: FormFault) -> String {
    match fault {
        FormFault::BodyMissing => strings.fault_body_missing.to_owned(),
        FormFault::BodyTooLong(over) => counted(&strings.characters_over, lang, u32::try_from(over).unwrap_or(u32::MAX)),
        FormFault::NameMissing => strings.fault_name_missing.to_owned(),
        FormFault::NameTooLong => fill(strings.fault_name_too_long, &limits::MAX_NAME_CHARS.to_string()),
        FormFault::EmailInvalid => strings.fault_email.to_owned(),
    }
}
