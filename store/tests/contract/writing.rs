//! What writers can do.

use super::scene::{JONAS, MARA, NOW, PAGE, Scene, ids, refusal};
use super::shapes;
use afterword_store::{Change, CommentStore, WriteRefusal};
use afterword_wire::limits::MAX_DEPTH;
use afterword_wire::{CommentId, Sort, Timestamp};

pub async fn what_was_written_reads_back(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let write = scene.comment(MARA, None);
    let outcome = scene.insert(write.clone()).await;
    assert!(!outcome.is_repeated && outcome.written.is_listed);
    assert_eq!((outcome.written.comment_count, outcome.written.author_id), (1, write.new_author_id));
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(slice.comments, std::slice::from_ref(&outcome.written.comment));
    let comment = &slice.comments[0];
    let author = comment.author.clone().expect("not deleted");
    assert_eq!((comment.id, comment.created_at, &comment.body_html), (write.new_comment_id, NOW, &write.body_html));
    assert_eq!((author.name, author.website), (write.author_name, write.author_website));
    let source = store.read_source(scene.site.id, comment.id).await.expect("readable").expect("there");
    assert_eq!((source.body_markdown, source.token_hash, source.created_at), (write.body_markdown, Some(write.token_hash), NOW));
}

pub async fn the_author_is_the_device_whatever_the_name(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let first = scene.comment(MARA, None);
    let known = || store.find_author(scene.site.id, first.token_hash);
    assert_eq!(known().await.expect("readable"), None);
    let first = scene.insert(first.clone()).await.written.author_id;
    assert_eq!(known().await.expect("readable"), Some(first));
    let mut renamed = scene.comment(MARA, None);
    renamed.author_name = "Somebody Else".to_owned();
    assert_eq!(scene.insert(renamed).await.written.author_id, first);
    let mut pretender = scene.comment(JONAS, None);
    pretender.author_name = "Person 1".to_owned();
    pretender.author_email = Some("1@example.org".to_owned());
    assert_ne!(scene.insert(pretender).await.written.author_id, first);
}

pub async fn an_edit_replaces_the_body(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    scene.say(JONAS, Some(comment)).await;
    let mut edit = scene.edit(MARA, comment);
    edit.now = Timestamp(NOW.0 + 60_000);
    let outcome = store.edit_comment(edit.clone()).await.expect("in time, and by its author");
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(outcome.written.comment, slice.comments[0]);
    assert_eq!((&slice.comments[0].body_html, slice.comments[0].edited_at), (&edit.body_html, Some(edit.now)));
    assert_eq!((slice.comments[0].reply_count, outcome.written.comment_count), (1, 2));
    let source = store.read_source(scene.site.id, comment).await.expect("readable").expect("there");
    assert_eq!(source.body_markdown, edit.body_markdown);
}

pub async fn only_the_author_may_change_a_comment(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    let other = super::scene::add_site(store, "other").await;
    assert_eq!(refusal(store.edit_comment(scene.edit(JONAS, comment)).await), WriteRefusal::NotAuthor);
    scene.say(JONAS, None).await;
    assert_eq!(refusal(store.edit_comment(scene.edit(JONAS, comment)).await), WriteRefusal::NotAuthor);
    assert_eq!(refusal(store.delete_comment(scene.withdrawal(JONAS, comment)).await), WriteRefusal::NotAuthor);
    let mut on_other_site = scene.edit(MARA, comment);
    on_other_site.site = other;
    assert_eq!(refusal(store.edit_comment(on_other_site).await), WriteRefusal::CommentNotFound);
    assert_eq!(refusal(store.edit_comment(scene.edit(MARA, CommentId(3))).await), WriteRefusal::CommentNotFound);
    assert_eq!(refusal(store.delete_comment(scene.withdrawal(MARA, CommentId(3))).await), WriteRefusal::CommentNotFound);
}

pub async fn the_time_to_change_ends(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    let last_moment = Timestamp(NOW.0 + 900_000);
    let mut edit = scene.edit(MARA, comment);
    edit.now = last_moment;
    assert!(store.edit_comment(edit).await.is_ok());
    let mut edit = scene.edit(MARA, comment);
    edit.now = Timestamp(last_moment.0 + 1);
    assert_eq!(refusal(store.edit_comment(edit.clone()).await), WriteRefusal::EditWindowOver);
    edit.token_hash = scene.comment(JONAS, None).token_hash;
    assert_eq!(refusal(store.edit_comment(edit).await), WriteRefusal::NotAuthor, "whose it is comes first");
    let mut withdrawal = scene.withdrawal(MARA, comment);
    withdrawal.now = Timestamp(last_moment.0 + 1);
    assert_eq!(refusal(store.delete_comment(withdrawal).await), WriteRefusal::EditWindowOver);
}

pub async fn a_reply_needs_a_parent_on_the_same_page(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    let mut elsewhere = scene.comment(JONAS, Some(comment));
    elsewhere.page_key = "/other".to_owned();
    assert_eq!(refusal(store.insert_comment(elsewhere.clone()).await), WriteRefusal::ParentNotFound);
    assert!(store.find_thread(scene.site.id, "/other").await.expect("readable").is_none(), "nothing is begun");
    elsewhere.parent_id = None;
    scene.insert(elsewhere.clone()).await;
    let mut elsewhere_again = scene.comment(JONAS, Some(comment));
    elsewhere_again.page_key = elsewhere.page_key;
    assert_eq!(refusal(store.insert_comment(elsewhere_again).await), WriteRefusal::ParentNotFound);
    let to_nobody = scene.comment(JONAS, Some(CommentId(1)));
    assert_eq!(refusal(store.insert_comment(to_nobody).await), WriteRefusal::ParentNotFound);
}

pub async fn a_reply_below_the_deepest_attaches_beside_it(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let chain = shapes::deep(&scene, usize::from(MAX_DEPTH) + 1).await;
    let (above, deepest) = (chain[chain.len() - 2], chain[chain.len() - 1]);
    let reply = scene.insert(scene.comment(JONAS, Some(deepest))).await.written.comment;
    assert_eq!((reply.parent_id, reply.depth, reply.answers_name.as_deref()), (Some(above), MAX_DEPTH, Some("Person 1")));
    let next = scene.insert(scene.comment(MARA, Some(reply.id))).await.written.comment;
    assert_eq!((next.parent_id, next.depth, next.answers_name.as_deref()), (Some(above), MAX_DEPTH, Some("Person 2")));
    let slice = scene.slice(Sort::Oldest, 200).await;
    assert_eq!(slice.comments[usize::from(MAX_DEPTH) - 1].reply_count, 3);
    assert_eq!(slice.comments.last(), Some(&next));
}

pub async fn comments_stay_in_the_order_of_writing_although_the_clock_goes_back(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let first = scene.say(MARA, None).await;
    let mut later = scene.comment(JONAS, Some(first));
    later.new_comment_id = CommentId(first.0 - 5);
    let reply = scene.insert(later).await.written.comment.id;
    let mut last = scene.comment(JONAS, None);
    last.new_comment_id = CommentId(1);
    let last = scene.insert(last).await.written.comment.id;
    assert!(first < reply && reply < last, "{first} {reply} {last}");
    assert_eq!(ids(&scene.slice(Sort::Oldest, 50).await), [first, reply, last]);
}

pub async fn the_page_keeps_its_first_address_and_latest_title(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let says = [
        (None, None),
        (Some("https://blog.example/1"), Some("One")),
        (Some("https://blog.example/2"), Some("Two")),
        (None, None),
    ];
    for (url, title) in says {
        let mut comment = scene.comment(MARA, None);
        (comment.page_url, comment.page_title) = (url.map(str::to_owned), title.map(str::to_owned));
        scene.insert(comment).await;
    }
    let thread = store.find_thread(scene.site.id, PAGE).await.expect("readable").expect("begun");
    assert_eq!((thread.page_url.as_deref(), thread.page_title.as_deref()), (Some("https://blog.example/1"), Some("Two")));
}

pub async fn a_change_is_reported_for_every_write(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut changes = store.changes();
    let change = Change::Thread { site_id: scene.site.id, page_key: PAGE.to_owned() };
    let write = scene.comment(MARA, None);
    let comment = scene.insert(write.clone()).await.written.comment.id;
    assert_eq!(changes.try_recv(), Ok(change.clone()));
    scene.insert(write).await;
    assert!(changes.try_recv().is_err(), "a repetition changes nothing");
    store.edit_comment(scene.edit(MARA, comment)).await.expect("in time");
    assert_eq!(changes.try_recv(), Ok(change.clone()));
    scene.withdraw(MARA, comment).await;
    assert_eq!(changes.try_recv(), Ok(change.clone()));
    store.set_thread_closed(scene.site.id, PAGE, true, scene.change_id(), NOW).await.expect("possible");
    assert_eq!(changes.try_recv(), Ok(change));
}
