//! What is seen. A component reads state and calls an action; it never awaits and never names the network.

mod author_name;
mod avatar;
mod away_row;
mod comment_actions;
mod comment_form;
mod comment_list;
mod comment_row;
mod comment_time;
mod element;
mod gestures;
mod more_row;
mod pending_row;
mod row_list;
mod sanitized_html;
mod search_box;
mod thread_header;
mod thread_view;

#[cfg(feature = "ssr")]
pub(crate) use self::{
    comment_list::row,
    comment_row::{comment_article, comment_place},
    element::{Drawn, element},
    search_box::WORTH_SEARCHING_FROM,
    thread_header::thread_header,
};
pub use gestures::perform;
pub use thread_view::thread_view;
