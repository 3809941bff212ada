//! Every story, one file each; see `afterword_e2e` for the stage they play on.

mod accessibility;
mod before_the_wasm;
mod corpora;
mod drafts;
mod durability;
mod editing;
mod embedding;
mod engines;
mod hostile;
mod languages;
mod layout_shift;
mod load_more;
mod permalink;
mod posting;
mod reading;
mod right_to_left;
mod small_screen;
mod standalone;
mod theme;
mod trouble;
