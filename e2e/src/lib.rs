//! The built widget and the running server in real browsers.
//!
//! A [`Story`] sets the stage: a server with a database of its own, a page of another origin that embeds the thread as a stranger
//! would, and a browser. The tests speak to it in verbs; selectors live in [`page`], [`view`] and [`forms`].

pub mod axe;
pub mod browser;
pub mod corpora;
pub mod cut_line;
pub mod cut_text;
pub mod emulation;
pub mod engine;
pub mod fault;
pub mod film;
pub mod forms;
pub mod gate;
pub mod guest;
pub mod heap;
pub mod host_page;
pub mod live_reader;
pub mod open_files;
pub mod page;
mod pattern;
pub mod picture;
pub mod port;
pub mod proxy;
pub mod scroll;
pub mod seed;
pub mod server;
pub mod slow_line;
pub mod stored;
pub mod story;
pub mod strace;
pub mod view;
pub mod wait;
pub mod wire_post;

pub use browser::{Browser, Viewport};
pub use cut_line::{CutLine, LineState};
pub use engine::Engine;
pub use fault::Fault;
pub use gate::Gate;
pub use guest::Guest;
pub use host_page::HostPage;
pub use live_reader::LiveReader;
pub use page::ThreadPage;
pub use picture::Picture;
pub use proxy::Proxy;
pub use seed::Seed;
pub use server::Server;
pub use stored::Stored;
pub use story::{Stage, Story};
pub use wait::eventually;
