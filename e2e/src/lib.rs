//! The built widget and the running server in real browsers.
