//! How many connections the system lets this process hold open.

use rustix::process::{Resource, Rlimit, getrlimit, setrlimit};

/// Asks for as many as the operator allows: most systems begin with 1,024, of which every reader who follows a thread takes one.
pub fn raise_limit() {
    let limit = getrlimit(Resource::Nofile);
    // Where it is refused the old limit holds, and the accept loop waits when it is reached.
    if let Err(error) = setrlimit(Resource::Nofile, Rlimit { current: limit.maximum, ..limit }) {
        tracing::warn!(cause = %error, "the limit of open files could not be raised");
    }
}
