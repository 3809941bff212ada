//! What a batch of imported comments adds to counters: summed up in memory, so that a parent answered a thousand times in the batch
//! is written once.

use super::dialect::Connection;
use super::listed::count_in;
use super::thread::add_to_counters;
use crate::{StoreError, ThreadId};
use afterword_wire::CommentId;
use std::collections::BTreeMap;

/// Listed comments of a batch, by where they stand.
#[derive(Default)]
pub(crate) struct Tally {
    threads: BTreeMap<ThreadId, Added>,
    replies: BTreeMap<(ThreadId, CommentId), i64>,
}

#[derive(Default)]
struct Added {
    comments: i64,
    roots: i64,
}

impl Tally {
    /// Counts a comment that is listed.
    pub(crate) fn add(&mut self, thread_id: ThreadId, parent_id: Option<CommentId>) {
        let added = self.threads.entry(thread_id).or_default();
        added.comments += 1;
        match parent_id {
            Some(parent_id) => *self.replies.entry((thread_id, parent_id)).or_default() += 1,
            None => added.roots += 1,
        }
    }

    /// Writes the sums, once every comment of the batch is there.
    pub(crate) async fn write(mut self, connection: &mut Connection) -> Result<(), StoreError> {
        for ((thread_id, parent_id), replies) in self.replies {
            let roots = count_in(connection, thread_id, Some(parent_id), replies).await?;
            self.threads.entry(thread_id).or_default().roots += roots;
        }
        for (thread_id, Added { comments, roots }) in self.threads {
            add_to_counters(connection, thread_id, comments, roots).await?;
        }
        Ok(())
    }
}
