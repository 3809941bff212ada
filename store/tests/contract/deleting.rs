//! Comments withdrawn by their authors.

use super::model::{assert_agrees, export};
use super::scene::{JONAS, MARA, PAGE, Scene, ids, refusal};
use afterword_store::{CommentStore, Record, WriteRefusal};
use afterword_wire::Sort;

pub async fn a_deleted_comment_without_replies_is_gone(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let reply = scene.say(JONAS, Some(root)).await;
    let outcome = scene.withdraw(JONAS, reply).await;
    assert!(!outcome.written.is_listed);
    assert_eq!(outcome.written.comment_count, 1);
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(ids(&slice), [root]);
    assert_eq!(slice.comments[0].reply_count, 0);
    assert_agrees(&scene, 10).await;
}

pub async fn a_deleted_comment_with_replies_stays_as_a_placeholder(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let reply = scene.say(JONAS, Some(root)).await;
    let outcome = scene.withdraw(MARA, root).await;
    assert!(outcome.written.is_listed);
    assert_eq!(outcome.written.comment_count, 1);
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(ids(&slice), [root, reply]);
    assert_eq!(slice.comments[0], outcome.written.comment);
    assert!(slice.comments[0].is_deleted() && slice.comments[0].body_html.is_empty());
    assert_eq!(slice.comment_count, 1);
    assert_agrees(&scene, 10).await;
}

pub async fn placeholders_go_with_their_last_reply(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let middle = scene.say(MARA, Some(root)).await;
    let (left, right) = (scene.say(JONAS, Some(middle)).await, scene.say(JONAS, Some(middle)).await);
    scene.withdraw(MARA, root).await;
    scene.withdraw(MARA, middle).await;
    scene.withdraw(JONAS, left).await;
    assert_eq!(ids(&scene.slice(Sort::Oldest, 50).await), [root, middle, right]);
    assert_agrees(&scene, 10).await;
    scene.withdraw(JONAS, right).await;
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert!(slice.comments.is_empty() && slice.more.is_none());
    assert_eq!(slice.comment_count, 0);
    assert_agrees(&scene, 10).await;
}

pub async fn deleting_erases_what_was_written_and_who_wrote_it(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    scene.say(JONAS, Some(root)).await;
    scene.withdraw(MARA, root).await;
    assert_eq!(store.read_source(scene.site.id, root).await.expect("readable"), None);
    let records = export(store, scene.site.id, 100).await;
    let withdrawn = records.iter().find_map(|record| match record {
        Record::Comment(comment) if comment.comment_id == root => Some(comment),
        _ => None,
    });
    let withdrawn = withdrawn.expect("its place stays");
    assert!(withdrawn.body_markdown.is_empty() && withdrawn.body_html.is_empty() && withdrawn.author_name.is_empty());
    assert!(withdrawn.author_email.is_none() && withdrawn.author_website.is_none() && withdrawn.deleted_at.is_some());
}

pub async fn a_repeated_post_of_a_deleted_comment_does_not_hand_its_text_out_again(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let comment = scene.insert(write.clone()).await.written.comment.id;
    scene.withdraw(MARA, comment).await;
    let again = scene.insert(write).await;
    assert!(again.is_repeated && again.written.comment.is_deleted() && again.written.comment.body_html.is_empty());
    assert_eq!(again.written.comment.id, comment);
}

pub async fn a_deleted_comment_cannot_be_changed(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let reply = scene.say(JONAS, Some(root)).await;
    scene.withdraw(MARA, root).await;
    scene.withdraw(JONAS, reply).await;
    for (person, comment) in [(MARA, root), (JONAS, root), (JONAS, reply)] {
        assert_eq!(refusal(store.edit_comment(scene.edit(person, comment)).await), WriteRefusal::CommentDeleted);
        assert_eq!(refusal(store.delete_comment(scene.withdrawal(person, comment)).await), WriteRefusal::CommentDeleted);
        assert_eq!(refusal(store.insert_comment(scene.comment(MARA, Some(comment))).await), WriteRefusal::ParentDeleted);
    }
    assert_eq!(store.find_thread(scene.site.id, PAGE).await.expect("readable").expect("begun").comment_count, 0);
}
