//! Pages that do all they can to break a guest; `H1` to `H9` of the faults to reach.

pub mod names;
pub mod styles;
