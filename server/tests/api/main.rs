//! The API through the router, before a real database in a temporary folder.

mod access_table;
mod address_limits;
mod caching;
mod declarative;
mod description;
mod errors;
mod exactly_once;
mod files;
mod hostile_input;
mod one_request;
mod origins;
mod reading;
mod server;
mod writing;
