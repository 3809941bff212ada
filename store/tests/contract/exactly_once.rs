//! Every write happens once, however often it is sent.

use super::model::{assert_agrees, export};
use super::scene::{JONAS, MARA, NOW, PAGE, Scene, refusal};
use afterword_store::{CommentStore, Record, WriteRefusal};
use afterword_wire::{AuthorId, CommentId, Sort, Timestamp};
use std::collections::HashSet;
use std::future::Future;
use std::pin::Pin;
use std::task::Poll;

/// Polls all futures until all are done: as much at once as the store allows.
async fn all_at_once<T>(futures: impl Iterator<Item = impl Future<Output = T>>) -> Vec<T> {
    let mut waiting: Vec<Pin<Box<_>>> = futures.map(Box::pin).collect();
    let mut done = Vec::new();
    std::future::poll_fn(move |context| {
        waiting.retain_mut(|future| match future.as_mut().poll(context) {
            Poll::Ready(output) => {
                done.push(output);
                false
            }
            Poll::Pending => true,
        });
        if waiting.is_empty() { Poll::Ready(std::mem::take(&mut done)) } else { Poll::Pending }
    })
    .await
}

pub async fn the_same_request_again_answers_with_the_first_result(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let first = scene.insert(write.clone()).await;
    scene.say(JONAS, Some(first.written.comment.id)).await;
    let mut again = write;
    again.new_comment_id = CommentId(77);
    again.new_author_id = AuthorId(77);
    again.now = Timestamp(NOW.0 + 5000);
    let repeated = scene.insert(again).await;
    assert!(repeated.is_repeated);
    assert_eq!(repeated.written, first.written);
    let edit = scene.edit(MARA, first.written.comment.id);
    let edited = store.edit_comment(edit.clone()).await.expect("in time");
    let again = store.edit_comment(edit).await.expect("the same again");
    assert_eq!((again.is_repeated, again.written), (true, edited.written));
    let withdrawal = scene.withdrawal(MARA, first.written.comment.id);
    let withdrawn = store.delete_comment(withdrawal.clone()).await.expect("in time");
    let again = store.delete_comment(withdrawal).await.expect("the same again");
    assert_eq!((again.is_repeated, again.written), (true, withdrawn.written));
}

pub async fn the_same_request_id_for_another_write_is_refused(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let comment = scene.insert(write.clone()).await.written.comment.id;
    let mut other = scene.comment(MARA, None);
    other.request = write.request.clone();
    other.request.fingerprint = [4; 32];
    assert_eq!(refusal(store.insert_comment(other).await), WriteRefusal::RequestIdReused);
    let mut edit = scene.edit(MARA, comment);
    edit.request = write.request;
    edit.request.fingerprint = [5; 32];
    assert_eq!(refusal(store.edit_comment(edit).await), WriteRefusal::RequestIdReused);
    assert_eq!(scene.slice(Sort::Oldest, 50).await.comment_count, 1);
}

pub async fn one_request_sent_many_times_at_once_happens_once(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let copies = (0..32).map(|copy| {
        let mut write = write.clone();
        write.new_comment_id = CommentId(500 + copy);
        write.new_author_id = AuthorId(500 + copy);
        scene.insert(write)
    });
    let outcomes = all_at_once(copies).await;
    assert_eq!(outcomes.iter().filter(|outcome| !outcome.is_repeated).count(), 1);
    assert!(outcomes.iter().all(|outcome| outcome.written == outcomes[0].written));
    assert_eq!(scene.slice(Sort::Oldest, 50).await.comments.len(), 1);
    assert_eq!(export(store, scene.site.id, 100).await.len(), 3, "one thread, one author, one comment");
}

pub async fn a_forgotten_request_id_is_free_again(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    scene.insert(write.clone()).await;
    assert_eq!(store.forget_requests(NOW).await.expect("possible"), 0, "what is not older stays");
    assert_eq!(store.forget_requests(Timestamp(NOW.0 + 1)).await.expect("possible"), 1);
    let mut again = write;
    again.new_comment_id = CommentId(99);
    assert!(!scene.insert(again).await.is_repeated);
}

pub async fn thirty_two_writers_at_once_lose_nothing(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let writers = (0..32u8).map(|writer| {
        let scene = &scene;
        async move {
            let mut written = Vec::new();
            for _ in 0..8 {
                written.push(scene.say(writer, Some(root)).await);
            }
            written
        }
    });
    let written: HashSet<CommentId> = all_at_once(writers).await.into_iter().flatten().collect();
    assert_eq!(written.len(), 256);
    assert_eq!(scene.slice(Sort::Oldest, 1).await.comments[0].reply_count, 256);
    let records = export(store, scene.site.id, 1000).await;
    let kept = |record: &&Record| matches!(record, Record::Comment(comment) if written.contains(&comment.comment_id));
    assert_eq!(records.iter().filter(kept).count(), 256);
    assert_agrees(&scene, 50).await;
}

pub async fn a_refused_write_leaves_no_trace(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    scene.say(MARA, None).await;
    let before = export(store, scene.site.id, 100).await;
    let mut refused = scene.comment(JONAS, Some(CommentId(5)));
    refused.page_title = Some("A title".to_owned());
    let writes = (0..20).map(|at| {
        let (store, refused, good) = (store, refused.clone(), scene.comment(MARA, None));
        async move { if at % 2 == 0 { store.insert_comment(refused).await } else { store.insert_comment(good).await } }
    });
    let outcomes = all_at_once(writes).await;
    assert_eq!(outcomes.iter().filter(|outcome| outcome.is_ok()).count(), 10);
    let after = export(store, scene.site.id, 100).await;
    assert_eq!(after.len(), before.len() + 10, "no author, no thread, no comment of those refused");
    assert_eq!(store.find_thread(scene.site.id, PAGE).await.expect("readable").expect("begun").page_title, None);
    assert!(!scene.insert(scene.comment(JONAS, None)).await.is_repeated);
}
