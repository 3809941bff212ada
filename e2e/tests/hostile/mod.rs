//! Pages that do all they can to break a guest; `H1` to `H9` of the faults to reach.

pub mod fault;
pub mod guest;
pub mod memory;
mod mounting;
pub mod names;
pub mod policies;
pub mod sandbox;
pub mod scripts;
pub mod styles;
pub mod wasm;
mod ways;
