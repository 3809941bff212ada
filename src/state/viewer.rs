//! Who looks at the thread.

use afterword_wire::{AuthorFields, AuthorId};
use serde::{Deserialize, Serialize};

/// What this device remembers of its reader for this site. The secret never leaves the browser but to the Afterword server.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
pub struct Viewer {
    /// 256 random bits, base64url; empty until the first write needs it.
    #[serde(default)]
    pub secret: String,
    /// Who the secret stands for; known after the first write.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub author_id: Option<AuthorId>,
    /// How they signed last.
    #[serde(default)]
    pub fields: AuthorFields,
}
