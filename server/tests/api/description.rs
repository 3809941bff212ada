//! The description of the API says what the router does.

use crate::server::TestServer;
use afterword::router::routes;
use afterword_wire::ErrorCode;

#[tokio::test]
async fn every_route_is_described_and_nothing_else() {
    let server = TestServer::start().await;
    let description = server.get("/openapi.json").await.json();
    let mut described: Vec<String> = Vec::new();
    for (address, methods) in description["paths"].as_object().expect("paths") {
        described
            .extend(methods.as_object().expect("methods").keys().map(|method| format!("{} {address}", method.to_uppercase())));
    }
    let mut routed: Vec<String> = Vec::new();
    for route in routes(&server.app) {
        routed.extend(route.methods.iter().map(|method| format!("{method} {}", route.address)));
    }
    described.sort();
    routed.sort();
    assert_eq!(described, routed);
}

#[tokio::test]
async fn every_schema_that_is_named_is_there() {
    let server = TestServer::start().await;
    let description = server.get("/openapi.json").await.json();
    let text = description.to_string();
    let schemas = description["components"]["schemas"].as_object().expect("schemas");
    for name in text.split("#/components/schemas/").skip(1).filter_map(|rest| rest.split('"').next()) {
        assert!(schemas.contains_key(name), "{name} is missing");
    }
    assert!(schemas.contains_key("ThreadSlice") && schemas.contains_key("ErrorBody"));
}

#[tokio::test]
async fn error_codes_are_described_as_they_are_sent() {
    let server = TestServer::start().await;
    let description = server.get("/openapi.json").await.json();
    let described = &description["components"]["schemas"]["ErrorCode"]["enum"];
    let sent: Vec<&str> = ErrorCode::ALL.iter().map(|code| code.as_str()).chain(["unknown"]).collect();
    assert_eq!(described, &serde_json::json!(sent));
}

#[tokio::test]
async fn every_schema_has_its_type_in_the_npm_package() {
    let server = TestServer::start().await;
    let description = server.get("/openapi.json").await.json();
    let types = include_str!("../../../npm/wire.d.ts");
    for name in description["components"]["schemas"].as_object().expect("schemas").keys() {
        let is_there = types.contains(&format!("export interface {name} {{")) || types.contains(&format!("export type {name} ="));
        assert!(is_there, "{name}: name it in xtask/src/types.rs and run `cargo xtask types`");
    }
}
