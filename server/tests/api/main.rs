//! The API through the router, before a real database in a temporary folder.

mod access_table;
mod address_limits;
mod caching;
mod database;
mod dates;
mod declarative;
mod description;
mod document_failures;
mod errors;
mod exactly_once;
mod files;
mod focus;
mod forms;
mod forms_hostile;
mod hostile_input;
mod live;
mod one_request;
mod origins;
mod plain_browser;
mod reading;
mod searching;
mod server;
#[path = "../walk/mod.rs"]
mod walk;
mod writing;
