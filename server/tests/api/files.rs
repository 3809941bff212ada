//! The script, the assets, and the addresses for operators.

use crate::server::{Ask, TestServer};
use axum::http::StatusCode;

#[tokio::test]
async fn the_scripts_may_be_loaded_by_every_page() {
    let server = TestServer::start().await;
    for path in ["/embed.js", "/count.js"] {
        let reply = server.get(path).await;
        assert_eq!(reply.status, StatusCode::OK);
        assert_eq!(reply.header("content-type"), "text/javascript; charset=utf-8");
        assert_eq!(reply.header("access-control-allow-origin"), "*");
        assert_eq!(reply.header("cross-origin-resource-policy"), "cross-origin");
        assert!(reply.header("cache-control").contains("max-age=300"));
        let held = server.send(Ask::get(path).header("if-none-match", reply.header("etag")).build()).await;
        assert_eq!((held.status, held.bytes.len()), (StatusCode::NOT_MODIFIED, 0));
    }
}

#[tokio::test]
async fn the_style_sheet_of_the_document_is_kept_for_ever() {
    let server = TestServer::start().await;
    let document = server.get("/thread?site=blog&page=/a").await.text();
    let path = server.app.widget.stylesheet_path();
    assert!(document.contains(path), "{document}");
    let reply = server.get(path).await;
    assert_eq!((reply.status, reply.header("content-type")), (StatusCode::OK, "text/css; charset=utf-8"));
    assert!(reply.header("cache-control").contains("immutable"));
    assert_eq!(reply.header("x-content-type-options"), "nosniff");
}

#[tokio::test]
async fn the_widget_of_another_version_is_the_one_of_this() {
    let server = TestServer::start().await;
    let current = server.app.widget.script_path();
    let is_built = server.get(current).await.status == StatusCode::OK;
    let reply = server.get("/assets/widget-0000000000000000.js").await;
    if !is_built {
        assert_eq!(reply.code(), "not_found", "there is none to lead to");
        return;
    }
    assert_eq!((reply.status, reply.header("location")), (StatusCode::TEMPORARY_REDIRECT, current));
    assert_eq!((reply.header("cache-control"), reply.header("access-control-allow-origin")), ("no-store", "*"));
    let module = server.get("/assets/widget-0000000000000000.wasm").await;
    assert_eq!(server.get(module.header("location")).await.header("content-type"), "application/wasm");
}

#[tokio::test]
async fn an_asset_that_never_was_is_not_found() {
    let server = TestServer::start().await;
    for path in ["/assets/thread-0000000000000000.css", "/assets/widget-0.js", "/assets/..%2f..%2fCargo.toml", "/assets/.gitkeep"]
    {
        assert_eq!(server.get(path).await.code(), "not_found", "{path}");
    }
}

#[tokio::test]
async fn health_and_readiness_answer_in_plain_words() {
    let server = TestServer::start().await;
    assert_eq!(server.get("/healthz").await.text(), "ok\n");
    assert_eq!(server.get("/readyz").await.text(), "ready\n");
}

#[tokio::test]
async fn a_server_whose_database_is_gone_lives_but_is_not_ready() {
    let server = TestServer::start().await;
    server.store.close().await;
    assert_eq!(server.get("/healthz").await.status, StatusCode::OK);
    let reply = server.get("/readyz").await;
    assert_eq!((reply.status, reply.code().as_str()), (StatusCode::SERVICE_UNAVAILABLE, "unavailable"));
}
