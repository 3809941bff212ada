//! One request and its answer.

use crate::config::Config;
use afterword_wire::{ApiError, ErrorBody, address};
use gloo_net::http::{Method, RequestBuilder};
use serde::Serialize;
use serde::de::DeserializeOwned;
use wasm_bindgen::JsValue;
use web_sys::{AbortSignal, RequestCredentials, UrlSearchParams};

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

/// Says which request it is; [`Ask::send`] sends it.
pub struct Ask<'a> {
    config: &'a Config,
    method: Method,
    path: String,
    query: UrlSearchParams,
    secret: Option<&'a str>,
}

impl<'a> Ask<'a> {
    /// A request for this thread's site.
    pub fn new(config: &'a Config, method: Method, path: &str) -> Option<Self> {
        let query = UrlSearchParams::new().ok()?;
        query.append("site", &config.site);
        Some(Self { config, method, path: path.to_owned(), query, secret: None })
    }

    /// With one more parameter in the address, where there is a value.
    pub fn with(self, name: &str, value: Option<&str>) -> Self {
        if let Some(value) = value {
            self.query.append(name, value);
        }
        self
    }

    /// As the holder of a device secret.
    pub fn by(mut self, secret: &'a str) -> Self {
        self.secret = Some(secret);
        self
    }

    /// Sends it without a body and reads the answer.
    pub async fn send<T: DeserializeOwned>(self) -> Result<T, ApiFailure> {
        self.send_body(None).await
    }

    /// Sends it with a body as JSON and reads the answer.
    pub async fn send_json<B: Serialize, T: DeserializeOwned>(self, body: &B) -> Result<T, ApiFailure> {
        let text = to_json(body).ok_or(ApiFailure::Unreachable)?;
        self.send_body(Some(text)).await
    }

    async fn send_body<T: DeserializeOwned>(self, body: Option<JsValue>) -> Result<T, ApiFailure> {
        let url = format!("{}{}?{}", self.config.base, self.path, String::from(self.query.to_string()));
        let mut request = RequestBuilder::new(&url)
            .method(self.method)
            .credentials(RequestCredentials::Omit)
            .abort_signal(Some(&AbortSignal::timeout_with_u32(TIMEOUT_MS)));
        if let Some(secret) = self.secret {
            request = request.header("Authorization", &format!("{}{secret}", address::BEARER));
        }
        let request = match body {
            Some(body) => request.header("Content-Type", "application/json").body(body),
            None => request.build(),
        };
        let answer = request.map_err(|_| ApiFailure::Unreachable)?.send().await.map_err(|_| ApiFailure::Unreachable)?;
        let is_success = answer.ok();
        let text = answer.text().await.map_err(|_| ApiFailure::Unreachable)?;
        if is_success {
            from_json(&text).ok_or(ApiFailure::Unreachable)
        } else {
            Err(from_json::<ErrorBody>(&text).map_or(ApiFailure::Unreachable, |body| ApiFailure::Refused(body.error)))
        }
    }
}

fn to_json<T: Serialize>(value: &T) -> Option<JsValue> {
    let value = value.serialize(&serde_wasm_bindgen::Serializer::json_compatible()).ok()?;
    js_sys::JSON::stringify(&value).ok().map(JsValue::from)
}

fn from_json<T: DeserializeOwned>(text: &str) -> Option<T> {
    serde_wasm_bindgen::from_value(js_sys::JSON::parse(text).ok()?).ok()
}
