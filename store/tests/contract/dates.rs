//! Slices that begin at a point in time.

use super::scene::{JONAS, PAGE, Scene, ids};
use super::shapes;
use afterword_store::{CommentStore, Listing};
use afterword_wire::{CommentId, More, Sort, ThreadSlice};

const LIMIT: u32 = 4;

async fn slice_at(scene: &Scene<'_>, sort: Sort, at: CommentId) -> ThreadSlice {
    let listing = Listing { sort, limit: LIMIT, at: Some(at), cursor: None };
    scene.store.read_slice(&scene.site, PAGE, listing).await.expect("the slice can be read")
}

/// The root comments of a slice, in order.
fn roots(slice: &ThreadSlice) -> Vec<CommentId> {
    slice.comments.iter().filter(|comment| comment.parent_id.is_none()).map(|comment| comment.id).collect()
}

/// Root comments reached by following `way` from a slice on, in the order of reading.
async fn follow(scene: &Scene<'_>, from: &ThreadSlice, way: impl Fn(&ThreadSlice) -> Option<More>) -> Vec<Vec<CommentId>> {
    let mut found = Vec::new();
    let mut next = way(from);
    while let Some(more) = next {
        assert_eq!(more.count, 0, "nobody counted");
        let slice = scene.slice_from(from.sort, LIMIT, Some(more.cursor)).await;
        assert!(!slice.comments.is_empty() && slice.comments.len() <= LIMIT as usize);
        found.push(roots(&slice));
        next = way(&slice);
    }
    found
}

pub async fn a_slice_that_begins_at_a_comment_goes_both_ways_to_every_other(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let written = shapes::long(&scene, 11).await;
    for root in &written[3..6] {
        scene.say(JONAS, Some(*root)).await;
        scene.say(JONAS, Some(*root)).await;
    }
    for sort in [Sort::Oldest, Sort::Newest] {
        let mut order = written.clone();
        if sort == Sort::Newest {
            order.reverse();
        }
        for (place, at) in order.iter().enumerate() {
            let slice = slice_at(&scene, sort, *at).await;
            assert_eq!(ids(&slice)[0], *at);
            let before = follow(&scene, &slice, |slice| slice.before.clone()).await;
            let after = follow(&scene, &slice, |slice| slice.more.clone()).await;
            let before: Vec<CommentId> = before.into_iter().rev().flatten().collect();
            let here_and_after: Vec<CommentId> = roots(&slice).into_iter().chain(after.into_iter().flatten()).collect();
            assert_eq!((before.as_slice(), here_and_after.as_slice()), order.split_at(place));
        }
    }
}

pub async fn a_slice_that_begins_between_or_beyond_comments_leads_to_them(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let written = shapes::long(&scene, 6).await;
    let (first, last) = (written[0], written[5]);
    let between = CommentId(written[2].0 + 1);
    assert_eq!(ids(&slice_at(&scene, Sort::Oldest, between).await)[0], written[3]);
    assert_eq!(ids(&slice_at(&scene, Sort::Newest, between).await)[0], written[2]);
    for (sort, nowhere) in [(Sort::Oldest, CommentId(last.0 + 1)), (Sort::Newest, CommentId(first.0 - 1))] {
        let slice = slice_at(&scene, sort, nowhere).await;
        assert!(slice.comments.is_empty() && slice.more.is_none());
        let found = follow(&scene, &slice, |slice| slice.before.clone()).await.concat();
        assert_eq!(found.len(), written.len(), "{sort:?}");
    }
    for (sort, everything) in [(Sort::Oldest, CommentId(0)), (Sort::Newest, CommentId(u64::MAX))] {
        let slice = slice_at(&scene, sort, everything).await;
        assert_eq!(ids(&slice), ids(&scene.slice(sort, LIMIT).await));
        assert_eq!(slice.before, None);
    }
}

pub async fn a_slice_from_the_beginning_has_nothing_before_it(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    shapes::long(&scene, 9).await;
    for sort in Sort::ALL {
        let slice = scene.slice(sort, LIMIT).await;
        assert_eq!(slice.before, None);
        let next = scene.slice_from(sort, LIMIT, slice.more.map(|more| more.cursor)).await;
        assert_eq!((next.before, next.more.map(|more| more.count)), (None, Some(1)));
    }
    let by_replies = slice_at(&scene, Sort::Replies, CommentId(u64::MAX)).await;
    assert_eq!(ids(&by_replies), ids(&scene.slice(Sort::Replies, LIMIT).await), "no place in time there");
}
