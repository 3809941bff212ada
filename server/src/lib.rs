//! The comment server of Afterword: axum before a store, and the widget inside.
//!
//! [`router::routes`] is the map of it. A request passes [`guard`] where it acts, [`form_post`] where a form does, or [`reading`]
//! where it only reads; what it brings is checked in one small module for each kind of thing; then the store is asked.

pub mod answer_cache;
pub mod app;
pub mod asset;
pub mod author_fields;
pub mod change_stamps;
pub mod cli;
pub mod client_address;
pub mod clock;
pub mod comment_body;
pub mod comment_path;
pub mod comment_writes;
pub mod device_cookie;
pub mod document_forms;
pub mod document_page;
pub mod document_thread;
pub mod document_view;
pub mod embed_script;
pub mod encoding;
pub mod failure;
pub mod fingerprint;
pub mod form_body;
pub mod form_post;
pub mod form_token;
pub mod form_trouble;
pub mod guard;
pub mod guest;
pub mod handlers;
pub mod import;
pub mod json_body;
pub mod kept_answer;
pub mod listen;
pub mod logging;
pub mod moving;
pub mod new_ids;
pub mod openapi;
pub mod page_key;
pub mod page_origin;
pub mod page_url;
pub mod painting;
pub mod painting_in_page;
pub mod query;
pub mod random;
pub mod rate_limit;
pub mod reach;
pub mod reading;
pub mod render;
pub mod router;
pub mod site_cache;
pub mod synth;
pub mod widget_files;
