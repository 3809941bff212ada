//! How a request fails: one envelope for all.

use core::fmt;
use serde::{Deserialize, Serialize};

/// The body of every answer that is not a success.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ErrorBody {
    /// What went wrong.
    pub error: ApiError,
}

/// What went wrong, for programs and for people.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
pub struct ApiError {
    /// What a program matches on.
    pub code: ErrorCode,
    /// A sentence that says what was expected and what came.
    pub message: String,
    /// The field at fault, as a path in the request (`author.name`); `None` when it is no single field.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub field: Option<String>,
    /// Seconds after which trying again makes sense.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub retry_after_s: Option<u32>,
}

macro_rules! codes {
    ($($(#[$doc:meta])* $variant:ident = $text:tt / $status:literal,)*) => {
        /// Every way in which a request can fail. Codes are stable; a client treats one it does not know as `internal`.
        #[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
        #[cfg_attr(feature = "openapi", derive(utoipa::ToSchema))]
        pub enum ErrorCode {
            $($(#[$doc])* #[serde(rename = $text)] $variant,)*
            /// A code this client does not know yet: the server is newer.
            #[serde(other, rename = "unknown")]
            Unknown,
        }

        impl ErrorCode {
            /// Every code the server sends.
            pub const ALL: &'static [ErrorCode] = &[$(ErrorCode::$variant),*];

            /// The word on the wire.
            #[must_use]
            pub fn as_str(self) -> &'static str {
                match self { $(ErrorCode::$variant => $text,)* ErrorCode::Unknown => "unknown" }
            }

            /// The HTTP status it is sent with.
            #[must_use]
            pub fn http_status(self) -> u16 {
                match self { $(ErrorCode::$variant => $status,)* ErrorCode::Unknown => 500 }
            }
        }
    };
}

codes! {
    /// The request cannot be read: broken JSON, unknown field, wrong type, malformed query.
    BadRequest = "bad_request" / 400,
    /// A field was read and is not acceptable.
    InvalidField = "invalid_field" / 422,
    /// A write came without `Content-Type: application/json`.
    WrongContentType = "wrong_content_type" / 415,
    /// The body is larger than the server reads.
    TooLarge = "too_large" / 413,
    /// The request took longer than the server waits.
    Timeout = "timeout" / 408,
    /// No device secret came with a request that needs one, or it is malformed.
    TokenRequired = "token_required" / 401,
    /// The page that asks is not of this site.
    OriginNotAllowed = "origin_not_allowed" / 403,
    /// The comment is somebody else's.
    NotAuthor = "not_author" / 403,
    /// The time to edit or delete has passed.
    EditWindowOver = "edit_window_over" / 403,
    /// No such site.
    SiteNotFound = "site_not_found" / 404,
    /// No such comment on this site.
    CommentNotFound = "comment_not_found" / 404,
    /// No such address.
    NotFound = "not_found" / 404,
    /// The address does not take this method.
    MethodNotAllowed = "method_not_allowed" / 405,
    /// The comment answered does not exist on this page.
    ParentNotFound = "parent_not_found" / 409,
    /// The comment answered was deleted meanwhile.
    ParentDeleted = "parent_deleted" / 409,
    /// The comment to change was deleted meanwhile.
    CommentDeleted = "comment_deleted" / 409,
    /// The thread takes no new comments.
    ThreadClosed = "thread_closed" / 409,
    /// The request id was used before for another write.
    RequestIdReused = "request_id_reused" / 409,
    /// Too many writes; `retry_after_s` says when to go on.
    RateLimited = "rate_limited" / 429,
    /// The disk is full: nothing was written.
    StorageFull = "storage_full" / 507,
    /// The database does not answer; nothing was written.
    Unavailable = "unavailable" / 503,
    /// A fault of the server; the log knows more.
    Internal = "internal" / 500,
}

impl fmt::Display for ApiError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.message)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_code_of_a_newer_server_reads_as_unknown() {
        let code: ErrorCode = serde_json::from_str("\"shiny_new_failure\"").expect("any string is a code");
        assert_eq!(code, ErrorCode::Unknown);
    }

    #[test]
    fn every_code_is_written_as_its_word() {
        for code in ErrorCode::ALL {
            assert_eq!(serde_json::to_string(code).expect("codes serialise"), format!("{:?}", code.as_str()));
        }
    }
}
