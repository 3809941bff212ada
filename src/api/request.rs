//! One request and its answer.

use crate::browser::json;
use crate::config::Config;
use afterword_wire::{ApiError, ErrorBody, address};
use gloo_net::http::{Method, RequestBuilder};
use js_sys::encode_uri_component;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, RequestCredentials, Response};

/// How long the widget waits for an answer.
const TIMEOUT_MS: u32 = 20_000;

/// Why a request brought nothing.
#[derive(Clone, Debug, PartialEq)]
pub enum ApiFailure {
    /// No answer that could be understood: the network, a proxy, a server going down. Trying again may help.
    Unreachable,
    /// The server answered with an error.
    Refused(ApiError),
}

/// What comes of a request.
pub type Answer<T> = Result<T, ApiFailure>;

/// Says which request it is; [`Ask::send`] sends it.
pub struct Ask {
    method: Method,
    url: String,
    secret: Option<String>,
    body: Option<String>,
    is_for_text: bool,
}

impl Ask {
    /// A request for this thread's site.
    pub fn new(config: &Config, method: Method, path: &str) -> Self {
        let url = [&config.base, path, "?site="].concat() + &encoded(&config.site);
        Self { method, url, secret: None, body: None, is_for_text: false }
    }

    /// With one more parameter in the address, where there is a value.
    pub fn with(mut self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            for part in ["&", name, "=", &encoded(value)] {
                self.url.push_str(part);
            }
        }
        self
    }

    /// As the holder of a device secret.
    pub fn by(mut self, secret: &str) -> Self {
        self.secret = Some([address::BEARER, secret].concat());
        self
    }

    /// With a body as JSON.
    pub fn saying<T: Serialize>(mut self, body: &T) -> Self {
        self.body = json::to_text(body);
        self
    }

    /// For an answer that is text and no JSON.
    pub fn for_text(mut self) -> Self {
        self.is_for_text = true;
        self
    }

    /// Sends it and hands over the answer. One future serves every kind of request: each of its own would be paid for in size.
    pub fn send<T: DeserializeOwned + 'static>(self, then: impl FnOnce(Answer<T>) + 'static) {
        let then: Box<dyn FnOnce(Answer<JsValue>)> = Box::new(move |answer| {
            then(answer.and_then(|value| json::from_js(value).ok_or(ApiFailure::Unreachable)));
        });
        spawn_local(async move { then(self.exchange().await) });
    }

    async fn exchange(self) -> Answer<JsValue> {
        let mut request = RequestBuilder::new(&self.url)
            .method(self.method)
            .credentials(RequestCredentials::Omit)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        if let Some(secret) = &self.secret {
            request = request.header("Authorization", secret);
        }
        let request = match self.body {
            Some(body) => request.header("Content-Type", "application/json").body(body),
            None => request.build(),
        };
        // As the browser reads it: no JSON goes through the module's memory as text.
        let answer: Response = request.map_err(unreachable)?.send().await.map_err(unreachable)?.into();
        let content = if self.is_for_text { answer.text() } else { answer.json() };
        let reading = content.map_err(|_| ApiFailure::Unreachable)?;
        let value = JsFuture::from(reading).await.map_err(|_| ApiFailure::Unreachable)?;
        if answer.ok() {
            return Ok(value);
        }
        Err(json::from_js::<ErrorBody>(value).map_or(ApiFailure::Unreachable, |body| ApiFailure::Refused(body.error)))
    }
}

fn unreachable(_: gloo_net::Error) -> ApiFailure {
    ApiFailure::Unreachable
}

fn encoded(text: &str) -> String {
    encode_uri_component(text).into()
}
