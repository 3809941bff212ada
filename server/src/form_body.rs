//! What a browser sends of a form.

use crate::failure::{Answer, Failure};
use crate::json_body::read_body;
use afterword_widget::state::FormText;
use afterword_wire::limits::MAX_FORM_BYTES;
use afterword_wire::{AuthorFields, ErrorCode};
use axum::extract::Request;
use axum::http::header;
use url::form_urlencoded;

/// A form as it came: not checked yet.
#[derive(Clone, Debug, Default)]
pub struct FormBody {
    /// Meant to be a request id.
    pub request_id: String,
    /// Meant to be the form's token.
    pub form_token: String,
    /// What was typed.
    pub text: FormText,
}

impl FormBody {
    /// Reads the body of a request.
    ///
    /// # Errors
    /// `wrong_content_type`, `too_large`, `timeout`, `bad_request`.
    pub async fn read(request: Request) -> Answer<Self> {
        let content_type = request.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok()).unwrap_or_default();
        let mime = content_type.split(';').next().unwrap_or_default().trim();
        if !mime.eq_ignore_ascii_case("application/x-www-form-urlencoded") {
            return Err(Failure::new(ErrorCode::WrongContentType, "a form comes as `application/x-www-form-urlencoded`"));
        }
        Ok(Self::decode(&read_body(request, MAX_FORM_BYTES).await?))
    }

    fn decode(bytes: &[u8]) -> Self {
        let mut body = Self::default();
        for (name, value) in form_urlencoded::parse(bytes) {
            let value = value.into_owned();
            let AuthorFields { name: signed, email, website } = &mut body.text.fields;
            match &*name {
                "request_id" => body.request_id = value,
                "form_token" => body.form_token = value,
                // Browsers send line breaks as CR LF, whatever was typed.
                "body" => body.text.body = value.replace("\r\n", "\n"),
                "name" => *signed = value,
                "email" => *email = given(value),
                "website" => *website = given(value),
                _ => {}
            }
        }
        body
    }
}

fn given(value: String) -> Option<String> {
    (!value.trim().is_empty()).then_some(value)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_form_is_read_as_it_was_typed() {
        let body =
            FormBody::decode(b"request_id=r&form_token=t&body=a%0D%0Ab+%26+c&name=Mara&email=&website=https%3A%2F%2Fx.example");
        assert_eq!((body.request_id.as_str(), body.form_token.as_str(), body.text.body.as_str()), ("r", "t", "a\nb & c"));
        let AuthorFields { name, email, website } = body.text.fields;
        assert_eq!((name.as_str(), email, website.as_deref()), ("Mara", None, Some("https://x.example")));
    }

    #[test]
    fn bytes_that_are_no_text_are_read_as_far_as_they_are() {
        assert_eq!(FormBody::decode(b"body=%ff%00x&&=&body").text.body, "");
        assert_eq!(FormBody::decode(b"body=%ffx").text.body, "\u{fffd}x");
    }
}
