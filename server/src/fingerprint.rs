//! What tells two writes apart that carry the same request id.

use crate::failure::{Answer, Failure};
use afterword_store::{TokenHash, WriteRequest};
use afterword_wire::RequestId;
use serde::Serialize;
use sha2::{Digest, Sha256};

/// Identifies a write: by its id, and by method, address (with the site's slug), writer and meaning of the body. The body is
/// written anew from what was understood, so spaces and the order of fields make no difference.
///
/// # Errors
/// `internal`, never seen: wire types serialise.
pub fn write_request(id: RequestId, address: &[&str], token_hash: TokenHash, body: &impl Serialize) -> Answer<WriteRequest> {
    let mut hash = Sha256::new();
    for part in address {
        hash.update(part);
        hash.update([0]);
    }
    hash.update(token_hash.0);
    hash.update(serde_json::to_vec(body).map_err(Failure::internal)?);
    Ok(WriteRequest { id, fingerprint: hash.finalize().into() })
}
