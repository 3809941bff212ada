//! One request and its answer.

use crate::browser::json;
use crate::config::Config;
use afterword_wire::{ApiError, ErrorBody, address};
use js_sys::encode_uri_component;
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::{JsCast, JsValue};
use wasm_bindgen_futures::{JsFuture, spawn_local};
use web_sys::{AbortSignal, Headers, RequestCredentials, RequestInit, Response};

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
    method: &'static str,
    url: String,
    secret: Option<String>,
    body: Option<String>,
    is_for_text: bool,
}

impl Ask {
    /// A request for this thread's site.
    pub fn new(config: &Config, method: &'static str, path: &str) -> Self {
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
        let answer = self.fetch().await.map_err(unreachable)?;
        let content = if self.is_for_text { answer.text() } else { answer.json() };
        let value = JsFuture::from(content.map_err(unreachable)?).await.map_err(unreachable)?;
        if answer.ok() {
            return Ok(value);
        }
        Err(json::from_js::<ErrorBody>(value).map_or(ApiFailure::Unreachable, |body| ApiFailure::Refused(body.error)))
    }

    /// The head of the answer; the browser's reason when there is none.
    async fn fetch(&self) -> Result<Response, JsValue> {
        let headers = Headers::new()?;
        if let Some(secret) = &self.secret {
            headers.set("Authorization", secret)?;
        }
        let init = RequestInit::new();
        if let Some(body) = &self.body {
            headers.set("Content-Type", "application/json")?;
            init.set_body(&body.into());
        }
        init.set_method(self.method);
        init.set_headers(&headers);
        init.set_credentials(RequestCredentials::Omit);
        init.set_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        let window = web_sys::window().ok_or(JsValue::UNDEFINED)?;
        Ok(JsFuture::from(window.fetch_with_str_and_init(&self.url, &init)).await?.unchecked_into())
    }
}

fn unreachable(_: JsValue) -> ApiFailure {
    ApiFailure::Unreachable
}

fn encoded(text: &str) -> String {
    encode_uri_component(text).into()
}
