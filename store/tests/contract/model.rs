//! What listings and counters must be, worked out from the records alone, and a reader who follows every cursor.

use super::scene::{PAGE, Scene};
use afterword_store::{CommentRecord, CommentStore, ModerationStatus, Record, SiteId};
use afterword_wire::{Comment, CommentId, Sort};
use std::collections::{HashMap, HashSet};

/// A listed comment as the records have it.
#[derive(Debug, PartialEq, Eq)]
pub struct Expected {
    pub id: CommentId,
    pub parent_id: Option<CommentId>,
    pub reply_count: usize,
    pub is_deleted: bool,
}

/// Everything a site's export holds.
pub async fn export(store: &dyn CommentStore, site_id: SiteId, step: u32) -> Vec<Record> {
    let mut records: Vec<Record> = Vec::new();
    loop {
        let next = store.export_records(site_id, records.last(), step).await.expect("records can be read");
        if next.is_empty() {
            return records;
        }
        records.extend(next);
    }
}

/// The listed comments of the scene's page in depth-first order.
pub async fn expected(scene: &Scene<'_>, sort: Sort) -> Vec<Expected> {
    let records = export(scene.store, scene.site.id, 1000).await;
    let comments: Vec<&CommentRecord> = records
        .iter()
        .filter_map(|record| match record {
            Record::Comment(comment) if comment.page_key == PAGE => Some(comment),
            _ => None,
        })
        .collect();
    let listed = listed(&comments);
    let mut replies: HashMap<Option<CommentId>, Vec<&CommentRecord>> = HashMap::new();
    for comment in comments.iter().filter(|comment| listed.contains(&comment.comment_id)) {
        replies.entry(comment.parent_id).or_default().push(comment);
    }
    let reply_count = |id: CommentId| replies.get(&Some(id)).map_or(0, Vec::len);
    let mut roots = replies.get(&None).cloned().unwrap_or_default();
    match sort {
        Sort::Oldest => {}
        Sort::Newest => roots.reverse(),
        Sort::Replies => roots.sort_by_key(|root| std::cmp::Reverse(reply_count(root.comment_id))),
    }
    let mut order = Vec::new();
    let mut ahead: Vec<&CommentRecord> = roots.into_iter().rev().collect();
    while let Some(comment) = ahead.pop() {
        let (id, is_deleted) = (comment.comment_id, comment.deleted_at.is_some());
        order.push(Expected { id, parent_id: comment.parent_id, reply_count: reply_count(id), is_deleted });
        ahead.extend(replies.get(&Some(id)).into_iter().flatten().rev());
    }
    order
}

/// Approved with everything above it, and not deleted or with listed replies.
fn listed(comments: &[&CommentRecord]) -> HashSet<CommentId> {
    let mut reachable = HashSet::new();
    for comment in comments {
        let is_open = comment.parent_id.is_none_or(|parent| reachable.contains(&parent));
        if is_open && comment.moderation_status == ModerationStatus::Approved {
            reachable.insert(comment.comment_id);
        }
    }
    let (mut listed, mut has_listed_replies) = (HashSet::new(), HashSet::new());
    for comment in comments.iter().rev().filter(|comment| reachable.contains(&comment.comment_id)) {
        if comment.deleted_at.is_none() || has_listed_replies.contains(&comment.comment_id) {
            listed.insert(comment.comment_id);
            has_listed_replies.extend(comment.parent_id);
        }
    }
    listed
}

/// Reads the scene's page to the end, following every cursor, and lays it out depth-first.
pub async fn walk(scene: &Scene<'_>, sort: Sort, limit: u32) -> Vec<Expected> {
    let mut replies: HashMap<Option<CommentId>, Vec<Comment>> = HashMap::new();
    let mut left: Vec<(Option<CommentId>, Option<String>)> = vec![(None, None)];
    while let Some((owner, cursor)) = left.pop() {
        let slice = match owner {
            None => scene.slice_from(sort, limit, cursor).await,
            Some(comment_id) => scene.branch_from(comment_id, limit, cursor).await,
        };
        assert!(slice.comments.len() <= limit as usize, "{} rows for a limit of {limit}", slice.comments.len());
        left.extend(slice.more.map(|more| (owner, Some(more.cursor))));
        for comment in slice.comments {
            left.extend(comment.more.clone().map(|more| (Some(comment.id), Some(more.cursor))));
            replies.entry(comment.parent_id).or_default().push(comment);
        }
    }
    let mut order = Vec::new();
    let mut ahead: Vec<Comment> = replies.remove(&None).into_iter().flatten().rev().collect();
    while let Some(comment) = ahead.pop() {
        let is_deleted = comment.is_deleted();
        let (id, parent_id, reply_count) = (comment.id, comment.parent_id, comment.reply_count as usize);
        order.push(Expected { id, parent_id, reply_count, is_deleted });
        ahead.extend(replies.remove(&Some(id)).into_iter().flatten().rev());
    }
    assert!(replies.is_empty(), "rows whose parents never came: {:?}", replies.keys());
    order
}

/// Asserts that counters and listings are what the records say.
pub async fn assert_agrees(scene: &Scene<'_>, limit: u32) {
    for sort in Sort::ALL {
        let expected = expected(scene, sort).await;
        let slice = scene.slice(sort, limit).await;
        assert_eq!(slice.comment_count as usize, expected.iter().filter(|comment| !comment.is_deleted).count());
        let roots_left = slice.more.map_or(0, |more| more.count as usize);
        let roots_here = slice.comments.iter().filter(|comment| comment.parent_id.is_none()).count();
        assert_eq!(roots_here + roots_left, expected.iter().filter(|comment| comment.parent_id.is_none()).count());
        assert_eq!(walk(scene, sort, limit).await, expected, "sort {sort:?}, limit {limit}");
    }
}
