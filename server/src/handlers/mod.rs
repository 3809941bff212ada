//! One file for each thing that can be asked of the server. A handler extracts, asks the store, answers.

pub mod answer_icon;
pub mod answer_preflight;
pub mod check_health;
pub mod check_readiness;
pub mod count_comments;
pub mod create_comment;
pub mod create_comment_form;
pub mod delete_comment;
pub mod delete_comment_form;
pub mod describe_api;
pub mod edit_comment;
pub mod edit_comment_form;
pub mod paint_search;
pub mod paint_thread;
pub mod preview_body;
pub mod read_branch;
pub mod read_permalink;
pub mod read_source;
pub mod read_thread;
pub mod search_comments;
pub mod serve_asset;
pub mod serve_count_script;
pub mod serve_painted_script;
pub mod serve_script;
pub mod show_document;
pub mod show_frame;
