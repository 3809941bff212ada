//! Why a value does not pass: nobody reads it, so it says nothing more.

use serde::de::{Expected, Unexpected};
use std::fmt;

/// The value is not what was expected, or of a kind that never travels.
#[derive(Debug)]
pub struct Unfit;

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("unfit")
    }
}

impl std::error::Error for Unfit {}

// Every constructor is written out: the provided ones format what they are given.
impl serde::de::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unfit
    }
    fn invalid_type(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Unfit
    }
    fn invalid_value(_: Unexpected<'_>, _: &dyn Expected) -> Self {
        Unfit
    }
    fn invalid_length(_: usize, _: &dyn Expected) -> Self {
        Unfit
    }
    fn unknown_variant(_: &str, _: &'static [&'static str]) -> Self {
        Unfit
    }
    fn unknown_field(_: &str, _: &'static [&'static str]) -> Self {
        Unfit
    }
    fn missing_field(_: &'static str) -> Self {
        Unfit
    }
    fn duplicate_field(_: &'static str) -> Self {
        Unfit
    }
}

impl serde::ser::Error for Unfit {
    fn custom<T: fmt::Display>(_: T) -> Self {
        Unfit
    }
}
