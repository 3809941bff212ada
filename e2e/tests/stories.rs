//! Every story, one file each; see `afterword_e2e` for the stage they play on.

mod accessibility;
mod announcements;
mod axe_states;
mod before_the_wasm;
mod corpora;
mod drafts;
mod durability;
mod editing;
mod embedding;
mod keyboard;
mod layout_shift;
mod load_more;
mod permalink;
mod posting;
mod print;
mod reader_settings;
mod reading;
mod reflow;
mod right_to_left;
mod small_screen;
mod standalone;
mod structure;
mod targets;
mod theme;
mod theming;
mod trouble;
