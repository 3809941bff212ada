//! What those who follow a thread are told.

use super::scene::{JONAS, MARA, NOW, PAGE, Scene};
use afterword_store::{ChangeKind, ChangeLog, CommentStore, Listing};
use afterword_wire::{ChangeId, CommentId, Sort};

async fn log_after(scene: &Scene<'_>, after: Option<ChangeId>) -> ChangeLog {
    scene.store.read_changes(scene.site.id, PAGE, after, 50).await.expect("the log can be read")
}

/// What the log says: what happened to which comment, and whether that is listed now.
fn told(log: &ChangeLog) -> Vec<(ChangeKind, CommentId, bool)> {
    let told = |entry: &afterword_store::LogEntry| {
        entry.written.as_ref().map(|written| (entry.kind, written.comment.id, written.is_listed))
    };
    log.entries.iter().filter_map(told).collect()
}

pub async fn every_write_is_one_entry_of_the_log(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let first = scene.insert(write.clone()).await.written;
    scene.insert(write).await;
    let reply = scene.say(JONAS, Some(first.comment.id)).await;
    store.edit_comment(scene.edit(MARA, first.comment.id)).await.expect("in time");
    scene.withdraw(JONAS, reply).await;
    store.set_thread_closed(scene.site.id, PAGE, true, scene.change_id(), NOW).await.expect("possible");
    store.insert_comment(scene.comment(MARA, None)).await.expect_err("closed: what is refused is no change");
    let log = log_after(&scene, None).await;
    let kinds: Vec<ChangeKind> = log.entries.iter().map(|entry| entry.kind).collect();
    use ChangeKind::{Created, Deleted, Edited, Thread};
    assert_eq!(kinds, [Created, Created, Edited, Deleted, Thread]);
    let first = first.comment.id;
    assert_eq!(told(&log), [(Created, first, true), (Created, reply, false), (Edited, first, true), (Deleted, reply, false)]);
    assert!(log.is_whole && log.as_of == log.entries.last().map(|entry| entry.id));
    assert!(log.entries.iter().filter_map(|entry| entry.written.as_ref()).all(|written| written.comment_count == 1));
}

pub async fn the_log_shows_a_comment_as_others_see_it_now(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let (kept, gone) = (scene.say(MARA, None).await, scene.say(MARA, None).await);
    let answered = scene.say(MARA, None).await;
    scene.say(JONAS, Some(answered)).await;
    for comment in [gone, answered] {
        scene.withdraw(MARA, comment).await;
    }
    let log = log_after(&scene, None).await;
    let slice = scene.slice(Sort::Oldest, 50).await;
    for written in log.entries.into_iter().filter_map(|entry| entry.written) {
        let id = written.comment.id;
        match slice.comments.iter().find(|comment| comment.id == id) {
            Some(listed) => assert_eq!(&written.comment, listed),
            None => assert!(id == gone && written.comment.is_deleted() && written.comment.body_html.is_empty()),
        }
        assert_eq!(written.author_id.0 == 0, written.comment.is_deleted(), "who withdrew it is not told");
        assert_eq!(written.is_listed, id != gone);
    }
    assert!(slice.comments.iter().any(|comment| comment.id == kept));
}

pub async fn whoever_follows_from_a_slice_misses_nothing(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    assert_eq!(scene.slice(Sort::Oldest, 50).await.as_of, None, "nothing happened yet");
    let first = scene.say(MARA, None).await;
    let slice = scene.slice(Sort::Newest, 1).await;
    let branch = scene.branch_from(first, 50, None).await;
    let permalink = store.read_permalink(&scene.site, PAGE, first, Listing { limit: 50, ..Listing::default() }).await;
    let permalink = permalink.expect("readable").expect("listed");
    assert!(slice.as_of.is_some() && slice.as_of == branch.as_of && slice.as_of == permalink.as_of);
    assert_eq!(told(&log_after(&scene, slice.as_of).await), []);
    let second = scene.say(JONAS, None).await;
    let log = log_after(&scene, slice.as_of).await;
    assert_eq!(told(&log), [(ChangeKind::Created, second, true)]);
    assert_eq!(scene.slice(Sort::Oldest, 50).await.as_of, log.as_of);
}

pub async fn entries_stand_in_the_order_of_writing_although_the_clock_goes_back(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut comments = Vec::new();
    for id in [5_000_000, 10, 4_000_000, 10] {
        let mut write = scene.comment(MARA, None);
        write.new_change_id = ChangeId(id);
        comments.push(scene.insert(write).await.written.comment.id);
    }
    let log = log_after(&scene, None).await;
    assert!(log.entries.is_sorted_by(|a, b| a.id < b.id));
    assert_eq!(told(&log).into_iter().map(|(_, id, _)| id).collect::<Vec<_>>(), comments);
}

pub async fn a_log_is_told_in_parts_and_says_where_it_was_cut(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    for _ in 0..5 {
        scene.say(MARA, None).await;
    }
    let all = log_after(&scene, None).await;
    let part = store.read_changes(scene.site.id, PAGE, Some(all.entries[0].id), 2).await.expect("readable");
    assert_eq!(part.entries, all.entries[1..3]);
    assert_eq!((part.as_of, part.is_whole), (all.as_of, true));
    assert_eq!(store.forget_changes(all.entries[3].id).await.expect("possible"), 3);
    let after = |at: usize| log_after(&scene, Some(all.entries[at].id));
    assert!(!after(1).await.is_whole, "what came after it is forgotten");
    assert_eq!((after(3).await.is_whole, after(3).await.entries), (true, all.entries[4..].to_vec()));
    store.forget_changes(ChangeId(all.entries[4].id.0 + 1)).await.expect("possible");
    let empty = log_after(&scene, None).await;
    assert_eq!((empty.as_of, empty.is_whole, empty.entries), (None, true, Vec::new()));
    assert!(!after(4).await.is_whole, "nobody knows what came after it");
}

pub async fn a_page_nobody_wrote_under_has_an_empty_log(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let log = log_after(&scene, None).await;
    assert_eq!((log.as_of, log.is_whole, log.entries), (None, true, Vec::new()));
    assert!(!log_after(&scene, Some(ChangeId(1))).await.is_whole);
}
