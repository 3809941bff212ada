//! A failure for somebody who opens an address in a tab: a document with a sentence, where programs get JSON.

use crate::app::App;
use crate::query::Query;
use afterword_widget::paint;
use afterword_widget::text::Lang;
use afterword_wire::ApiError;
use axum::body::Body;
use axum::extract::Request;
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::Response;

/// Where a failure is to be read by a person, and in which language.
#[derive(Clone, Copy, Debug)]
pub struct Reading {
    lang: Lang,
    is_person: bool,
}

impl Reading {
    /// How the answer to this request will be read.
    pub fn of(request: &Request) -> Self {
        let lang = Query::read(request.uri().query()).and_then(|query| query.lang()).unwrap_or_default();
        let accepted = request.headers().get(header::ACCEPT).and_then(|accepted| accepted.to_str().ok());
        Self { lang, is_person: accepted.is_some_and(|accepted| accepted.contains("text/html")) }
    }

    /// The same answer, and a failure as a document if a person reads it.
    pub fn shown(self, app: &App, response: Response) -> Response {
        match response.extensions().get::<ApiError>().filter(|_| self.is_person) {
            Some(error) => {
                let sentence = self.sentence(response.status(), error);
                self.document(app, response, sentence)
            }
            None => response,
        }
    }

    fn sentence(self, status: StatusCode, error: &ApiError) -> String {
        if status.is_server_error() { self.lang.strings().failed_server.to_owned() } else { error.message.clone() }
    }

    fn document(self, app: &App, response: Response, sentence: String) -> Response {
        let html = paint::failed_document(self.lang, sentence, app.widget.stylesheet_path());
        let (mut head, _) = response.into_parts();
        let fixed = [
            (header::CONTENT_TYPE, "text/html; charset=utf-8"),
            (header::CONTENT_SECURITY_POLICY, "default-src 'none'; style-src 'self'; base-uri 'none'; form-action 'none'"),
        ];
        for (name, value) in fixed {
            head.headers.insert(name, HeaderValue::from_static(value));
        }
        head.headers.remove(header::CONTENT_LENGTH);
        Response::from_parts(head, Body::from(html))
    }
}
