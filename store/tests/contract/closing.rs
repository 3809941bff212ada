//! Threads that take no new comments.

use super::scene::{MARA, NOW, PAGE, Scene, refusal};
use afterword_store::{CommentStore, WriteRefusal};
use afterword_wire::Sort;

pub async fn a_closed_thread_refuses_comments_until_it_is_opened(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    store.set_thread_closed(scene.site.id, PAGE, true, scene.change_id(), NOW).await.expect("possible");
    for parent in [None, Some(comment)] {
        assert_eq!(refusal(store.insert_comment(scene.comment(MARA, parent)).await), WriteRefusal::ThreadClosed);
    }
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert!(slice.is_closed);
    assert_eq!(slice.comment_count, 1);
    store.edit_comment(scene.edit(MARA, comment)).await.expect("what stands can still be changed");
    store.set_thread_closed(scene.site.id, PAGE, false, scene.change_id(), NOW).await.expect("possible");
    scene.say(MARA, Some(comment)).await;
}

pub async fn closing_a_page_nobody_wrote_under_begins_its_thread(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    store.set_thread_closed(scene.site.id, PAGE, true, scene.change_id(), NOW).await.expect("possible");
    let thread = store.find_thread(scene.site.id, PAGE).await.expect("readable").expect("begun");
    assert!(thread.is_closed);
    assert_eq!(refusal(store.insert_comment(scene.comment(MARA, None)).await), WriteRefusal::ThreadClosed);
}
