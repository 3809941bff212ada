//! The description of the API says what the router does.

use crate::server::TestServer;
use afterword::router::routes;

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
