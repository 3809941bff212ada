//! WebKit, the third browser of the tests, and a screen for it: it has no headless mode.

use crate::process;
use crate::step::say;

const DEBIAN_PACKAGES: [&str; 2] = ["webkit2gtk-driver", "xvfb"];
const PROGRAMS: [&str; 2] = ["WebKitWebDriver", "Xvfb"];

/// Finds WebKit's driver, which brings its browser, and a screen, and installs what is missing where we may.
///
/// # Errors
/// It is missing and we may not install it; the sentence names the packages.
pub fn ready() -> anyhow::Result<()> {
    if PROGRAMS.iter().all(|program| process::find_program(program).is_some()) {
        return Ok(());
    }
    say("setting up: apt-get install webkit2gtk-driver xvfb");
    process::apt_install(&DEBIAN_PACKAGES)
}
