//! How a request fails, and what its client is told.

use afterword_store::{StoreError, WriteRefusal};
use afterword_wire::{ApiError, ErrorBody, ErrorCode};
use axum::Json;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};

/// A request that failed: the error for the client and, apart from it, the cause for the log.
#[derive(Debug)]
pub struct Failure {
    error: ApiError,
    cause: Option<String>,
}

/// What handlers answer.
pub type Answer<T> = Result<T, Failure>;

impl Failure {
    /// A failure with a code and a sentence for people.
    pub fn new(code: ErrorCode, message: impl Into<String>) -> Self {
        let error = ApiError { code, message: message.into(), field: None, retry_after_s: None };
        Self { error, cause: None }
    }

    /// A field that was read and is not acceptable; `field` is its path in the request.
    pub fn invalid_field(field: &str, message: impl Into<String>) -> Self {
        let mut failure = Self::new(ErrorCode::InvalidField, message);
        failure.error.field = Some(field.to_owned());
        failure
    }

    /// A request that cannot be read.
    pub fn bad_request(message: impl Into<String>) -> Self {
        Self::new(ErrorCode::BadRequest, message)
    }

    /// Too many requests of one kind; `retry_after_s` says when to go on.
    pub fn rate_limited(retry_after_s: u32) -> Self {
        let mut failure =
            Self::new(ErrorCode::RateLimited, format!("too many requests from here: try again in {retry_after_s} s"));
        failure.error.retry_after_s = Some(retry_after_s);
        failure
    }

    /// More clients of one kind than the server takes; `retry_after_s` says when to come again.
    pub fn crowded(retry_after_s: u32) -> Self {
        let mut failure = Self::new(ErrorCode::Unavailable, format!("all places are taken: try again in {retry_after_s} s"));
        failure.error.retry_after_s = Some(retry_after_s);
        failure
    }

    /// A fault of this program.
    pub fn internal(cause: impl ToString) -> Self {
        let failure = Self::new(ErrorCode::Internal, "the server failed; its log knows more");
        failure.caused_by(cause)
    }

    /// The error for the client.
    pub fn error(&self) -> &ApiError {
        &self.error
    }

    /// Writes the cause, if there is one, to the log: for an answer that is not made from the failure itself.
    pub fn log(&self) {
        if let Some(cause) = &self.cause {
            tracing::error!(error.code = self.error.code.as_str(), cause, "request failed");
        }
    }

    /// What a program matches on.
    pub fn code(&self) -> ErrorCode {
        self.error.code
    }

    /// Whether the server failed, not its client.
    pub fn is_ours(&self) -> bool {
        self.error.code.http_status() >= 500
    }

    fn caused_by(mut self, cause: impl ToString) -> Self {
        self.cause = Some(cause.to_string());
        self
    }

    fn unavailable(cause: impl ToString) -> Self {
        let mut failure = Self::new(ErrorCode::Unavailable, "the database does not answer; nothing was written");
        failure.error.retry_after_s = Some(2);
        failure.caused_by(cause)
    }
}

impl From<StoreError> for Failure {
    fn from(error: StoreError) -> Self {
        match error {
            StoreError::Refused(refusal) => refused(refusal),
            StoreError::InvalidCursor => Self::invalid_field("cursor", "the cursor is not of this listing: start without one"),
            StoreError::Full(cause) => {
                Self::new(ErrorCode::StorageFull, "the server's disk is full; nothing was written").caused_by(cause)
            }
            error => Self::unavailable(error),
        }
    }
}

fn refused(refusal: WriteRefusal) -> Failure {
    let (code, message) = match refusal {
        WriteRefusal::ParentNotFound => (ErrorCode::ParentNotFound, "the comment you answer is not on this page"),
        WriteRefusal::ParentDeleted => (ErrorCode::ParentDeleted, "the comment you answer was deleted meanwhile"),
        WriteRefusal::ThreadClosed => (ErrorCode::ThreadClosed, "this thread takes no new comments"),
        WriteRefusal::CommentNotFound => (ErrorCode::CommentNotFound, "there is no such comment on this site"),
        WriteRefusal::CommentDeleted => (ErrorCode::CommentDeleted, "the comment was deleted meanwhile"),
        WriteRefusal::NotAuthor => (ErrorCode::NotAuthor, "only its author may change a comment"),
        WriteRefusal::EditWindowOver => (ErrorCode::EditWindowOver, "the time to change this comment has passed"),
        WriteRefusal::RequestIdReused => {
            (ErrorCode::RequestIdReused, "this request id was used for another write: make a new one for each write")
        }
        // Answers to the command line: a request never asks for what they refuse.
        WriteRefusal::SiteExists | WriteRefusal::RecordParentMissing | WriteRefusal::RecordInvalid => {
            return Failure::internal(format!("a request met {refusal:?}"));
        }
    };
    Failure::new(code, message)
}

impl IntoResponse for Failure {
    fn into_response(self) -> Response {
        self.log();
        let Self { error, .. } = self;
        let status = StatusCode::from_u16(error.code.http_status()).unwrap_or(StatusCode::INTERNAL_SERVER_ERROR);
        let retry_after = error.retry_after_s.map(HeaderValue::from);
        let mut response = (status, Json(ErrorBody { error: error.clone() })).into_response();
        // For whoever shows it to a person.
        response.extensions_mut().insert(error);
        let headers = response.headers_mut();
        headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
        headers.insert(header::X_CONTENT_TYPE_OPTIONS, HeaderValue::from_static("nosniff"));
        if let Some(retry_after) = retry_after {
            headers.insert(header::RETRY_AFTER, retry_after);
        }
        response
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use http_body_util::BodyExt;

    async fn sent(failure: Failure) -> (u16, String) {
        let response = failure.into_response();
        let status = response.status().as_u16();
        let bytes = response.into_body().collect().await.expect("a body").to_bytes();
        (status, String::from_utf8_lossy(&bytes).into_owned())
    }

    #[tokio::test]
    async fn a_cause_goes_to_the_log_and_never_to_the_client() {
        let secret = "path /var/lib/secret.db";
        let faults = [
            (Failure::from(StoreError::Full(secret.to_owned())), 507, "storage_full"),
            (Failure::from(StoreError::Unavailable(secret.to_owned())), 503, "unavailable"),
            (Failure::internal(secret), 500, "internal"),
        ];
        for (failure, status, code) in faults {
            let (sent_status, body) = sent(failure).await;
            assert_eq!(sent_status, status);
            assert!(body.contains(&format!("\"code\":\"{code}\"")) && !body.contains("secret"), "{body}");
        }
    }
}
