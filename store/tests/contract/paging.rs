//! Slices, and where they go on.

use super::model::{assert_agrees, walk};
use super::scene::{JONAS, MARA, PAGE, Scene, ids};
use super::shapes;
use afterword_store::{CommentStore, Listing, StoreError};
use afterword_wire::{CommentId, Sort};

pub async fn every_comment_is_reached_once_in_every_sort(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    shapes::heated(&scene).await;
    shapes::hot(&scene, 40).await;
    shapes::deep(&scene, 30).await;
    shapes::long(&scene, 30).await;
    for limit in [1, 2, 3, 7, 20, 50, 200] {
        assert_agrees(&scene, limit).await;
    }
}

pub async fn a_thread_within_the_limit_comes_whole(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    shapes::heated(&scene).await;
    shapes::hot(&scene, 30).await;
    let whole = walk(&scene, Sort::Oldest, 200).await.len() as u32;
    for sort in Sort::ALL {
        let slice = scene.slice(sort, whole).await;
        assert_eq!(slice.comments.len() as u32, whole);
        assert!(slice.more.is_none() && slice.comments.iter().all(|comment| comment.more.is_none()));
    }
    let slice = scene.slice(Sort::Oldest, whole - 1).await;
    assert!(slice.more.is_some() || slice.comments.iter().any(|comment| comment.more.is_some()));
}

pub async fn a_slice_never_holds_more_than_its_limit(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let (root, _) = shapes::hot(&scene, 20).await;
    for limit in 1..=45 {
        assert!(scene.slice(Sort::Oldest, limit).await.comments.len() <= limit as usize);
        assert!(scene.branch_from(root, limit, None).await.comments.len() <= limit as usize);
    }
    assert_eq!(scene.slice(Sort::Oldest, 0).await.comments.len(), 1, "a limit of 0 is taken for 1");
}

pub async fn what_is_left_out_is_counted(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let (root, last) = shapes::hot(&scene, 30).await;
    shapes::long(&scene, 9).await;
    let slice = scene.slice(Sort::Oldest, 20).await;
    assert_eq!(ids(&slice)[0], root);
    let here = slice.comments.iter().filter(|comment| comment.parent_id == Some(root)).count() as u32;
    let more = slice.comments[0].more.clone().expect("not all replies fit");
    assert_eq!(more.count + here, 30);
    let branch = scene.branch_from(root, 20, Some(more.cursor)).await;
    let next = branch.comments.iter().filter(|comment| comment.parent_id == Some(root)).count() as u32;
    assert_eq!(branch.more.as_ref().map_or(0, |more| more.count), 30 - here - next);
    assert!(!ids(&branch).iter().any(|id| ids(&slice).contains(id)));
    assert!(!ids(&slice).contains(&last), "the last reply is far down");
}

pub async fn deep_threads_and_long_threads_share_the_slice(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let roots = shapes::long(&scene, 60).await;
    for root in &roots[..4] {
        for _ in 0..20 {
            scene.say(JONAS, Some(*root)).await;
        }
    }
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(slice.comments.len(), 50);
    assert_eq!(slice.comments.iter().filter(|comment| comment.depth == 0).count(), 25);
    for root in &roots[..4] {
        let replies = slice.comments.iter().filter(|comment| comment.parent_id == Some(*root)).count();
        assert!((6..=7).contains(&replies), "{replies} replies where 25 are shared by four");
    }
}

pub async fn cursors_that_this_listing_did_not_give_are_refused(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let (root, last) = shapes::hot(&scene, 20).await;
    shapes::long(&scene, 20).await;
    let mut other_page = scene.comment(MARA, None);
    other_page.page_key = "/other".to_owned();
    scene.insert(other_page).await;
    let slice = scene.slice(Sort::Oldest, 10).await;
    let of_roots = slice.more.expect("more roots").cursor;
    let of_replies = slice.comments[0].more.clone().expect("more replies").cursor;
    let read = async |page: &str, sort, cursor: &str| {
        store.read_slice(&scene.site, page, Listing { sort, limit: 10, cursor: Some(cursor.to_owned()), at: None }).await
    };
    assert!(read(PAGE, Sort::Oldest, &of_roots).await.is_ok());
    let foreign = [("/other", Sort::Oldest, &of_roots), ("/none", Sort::Oldest, &of_roots), (PAGE, Sort::Newest, &of_roots)];
    for (page, sort, cursor) in foreign.into_iter().chain([(PAGE, Sort::Oldest, &of_replies)]) {
        assert!(matches!(read(page, sort, cursor).await, Err(StoreError::InvalidCursor)), "{page} {sort:?}");
    }
    for garbage in ["", "garbage", "'; DROP TABLE comment; --", "\u{0}", &"o".repeat(40), &"0".repeat(100_000)] {
        assert!(matches!(read(PAGE, Sort::Oldest, garbage).await, Err(StoreError::InvalidCursor)), "{garbage:.20}");
    }
    let branch = async |id: CommentId, cursor: &str| {
        store.read_branch(&scene.site, id, Listing { limit: 10, cursor: Some(cursor.to_owned()), ..Listing::default() }).await
    };
    assert!(branch(root, &of_replies).await.is_ok());
    assert!(matches!(branch(last, &of_replies).await, Err(StoreError::InvalidCursor)));
    assert!(matches!(branch(root, &of_roots).await, Err(StoreError::InvalidCursor)));
}
