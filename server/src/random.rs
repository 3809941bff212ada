//! The one place that draws random numbers.

/// Draws random numbers. Tests bring their own.
pub trait Random: Send + Sync + 'static {
    /// 64 random bits, good enough for ids nobody can guess.
    fn bits(&self) -> u64;
}

/// The operating system's generator.
#[derive(Clone, Copy, Debug, Default)]
pub struct SystemRandom;

impl Random for SystemRandom {
    fn bits(&self) -> u64 {
        // The call only fails where the system has no generator at all; nothing sensible can be served there.
        getrandom::u64().unwrap_or_else(|error| {
            tracing::error!(cause = %error, "the system's random generator does not answer");
            std::process::abort()
        })
    }
}
