//! `GET /v1/live`

use crate::app::App;
use crate::failure::Answer;
use crate::guard::client;
use crate::live::HandedOver;
use crate::openapi::{AfterParam, PageParam, SiteParam};
use crate::query::Query;
use crate::reading::refuse_reader;
use afterword_wire::{ChangeId, ErrorBody, address};
use axum::extract::{Request, State};
use axum::http::request::Parts;
use axum::http::{HeaderName, HeaderValue, Method, header};
use axum::response::{IntoResponse, Response};

/// Where a stream that broke off is to go on, as browsers say it by themselves.
const LAST_EVENT_ID: HeaderName = HeaderName::from_static("last-event-id");
/// Tells nginx and its like to hand each event on as it comes.
const X_ACCEL_BUFFERING: HeaderName = HeaderName::from_static("x-accel-buffering");

/// `GET /v1/live`: what changes in a thread, as it happens: server-sent events `comment-created`, `comment-edited` and
/// `comment-deleted` with a `Written` each, and `reset` when the thread has to be read anew. `id` is the place in the thread's log;
/// after a break the stream goes on from `Last-Event-ID`, or else from `after`.
#[utoipa::path(
    get,
    path = address::LIVE,
    tag = "reading",
    params(SiteParam, PageParam, AfterParam),
    responses(
        (status = 200, description = "Events, without end.", content_type = "text/event-stream", body = String),
        (status = "4XX", description = "The request cannot be answered; 429 past 20 streams from one address.", body = ErrorBody),
        (status = 503, description = "As many follow threads here as may.", body = ErrorBody),
    )
)]
pub async fn follow_thread(State(app): State<App>, request: Request) -> Response {
    let (parts, _) = request.into_parts();
    follow(&app, &parts).await.unwrap_or_else(refuse_reader)
}

async fn follow(app: &App, request: &Parts) -> Answer<Response> {
    let query = Query::read(request.uri.query())?;
    let site = app.sites.find(query.site()?).await?;
    let (page, after) = (query.page()?, query.after()?);
    let mut response = event_stream();
    // Only asked what would come: nobody is there to listen.
    if request.method != Method::HEAD {
        let place = app.live_places.take(client(app, request))?;
        let listener = app.live.follow(site.id, page, last_event_id(request).or(after), place).await?;
        response.extensions_mut().insert(HandedOver::new(listener));
    }
    Ok(response)
}

/// The place a browser remembers; one that is none of ours is like none.
fn last_event_id(request: &Parts) -> Option<ChangeId> {
    request.headers.get(LAST_EVENT_ID)?.to_str().ok()?.parse().ok()
}

fn event_stream() -> Response {
    let headers = [
        (header::CONTENT_TYPE, "text/event-stream"),
        (header::CACHE_CONTROL, "no-store"),
        (X_ACCEL_BUFFERING, "no"),
        (header::ACCESS_CONTROL_ALLOW_ORIGIN, "*"),
        (header::X_CONTENT_TYPE_OPTIONS, "nosniff"),
    ];
    headers.map(|(name, value)| (name, HeaderValue::from_static(value))).into_response()
}
