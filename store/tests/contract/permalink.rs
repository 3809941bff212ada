//! One comment in its surroundings.

use super::scene::{JONAS, MARA, PAGE, Scene, ids};
use super::shapes;
use afterword_store::{CommentStore, Listing};
use afterword_wire::{CommentId, Sort, ThreadSlice};

async fn permalink(scene: &Scene<'_>, id: CommentId, sort: Sort, limit: u32) -> Option<ThreadSlice> {
    let listing = Listing { sort, limit, ..Listing::default() };
    scene.store.read_permalink(&scene.site, PAGE, id, listing).await.expect("the permalink can be read")
}

pub async fn a_permalink_brings_ancestors_neighbours_and_first_replies(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    shapes::long(&scene, 3).await;
    let root = scene.say(MARA, None).await;
    let mut level = Vec::new();
    for _ in 0..7 {
        level.push(scene.say(JONAS, Some(root)).await);
    }
    let reply = scene.say(MARA, Some(level[3])).await;
    let elsewhere = scene.say(MARA, Some(level[2])).await;
    let slice = permalink(&scene, level[3], Sort::Oldest, 50).await.expect("listed");
    assert_eq!(ids(&slice), [root, level[1], level[2], level[3], reply, level[4], level[5]]);
    assert_eq!((slice.comment_count, slice.more), (13, None));
    let more = slice.comments[0].more.clone().expect("two replies of the root are left out");
    assert_eq!(more.count, 2);
    let branch = scene.branch_from(root, 50, Some(more.cursor)).await;
    assert_eq!(ids(&branch)[0], level[0], "the ancestor's listing starts at its first reply");
    let more = slice.comments[2].more.clone().expect("a neighbour's replies are left out");
    assert_eq!(ids(&scene.branch_from(level[2], 50, Some(more.cursor)).await), [elsewhere]);
}

pub async fn a_permalink_of_the_deepest_reply_holds_its_whole_line(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let chain = shapes::deep(&scene, 101).await;
    let slice = permalink(&scene, chain[100], Sort::Oldest, 10).await.expect("listed");
    assert_eq!(ids(&slice), chain);
    let slice = permalink(&scene, chain[0], Sort::Oldest, 10).await.expect("listed");
    assert_eq!(ids(&slice), chain[..10]);
}

pub async fn neighbours_of_a_root_follow_the_sort(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let roots = shapes::long(&scene, 5).await;
    scene.say(JONAS, Some(roots[4])).await;
    scene.say(JONAS, Some(roots[4])).await;
    let reply = scene.say(JONAS, Some(roots[2])).await;
    let by = async |sort| ids(&permalink(&scene, roots[2], sort, 50).await.expect("listed"));
    assert_eq!(by(Sort::Oldest).await, [roots[0], roots[1], roots[2], reply, roots[3], roots[4]]);
    assert_eq!(by(Sort::Newest).await, [roots[4], roots[3], roots[2], reply, roots[1], roots[0]]);
    assert_eq!(by(Sort::Replies).await, [roots[4], roots[2], reply, roots[0], roots[1]]);
}

pub async fn a_permalink_to_what_is_not_listed_here_is_none(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let reply = scene.say(MARA, Some(root)).await;
    let mut elsewhere = scene.comment(MARA, None);
    elsewhere.page_key = "/other".to_owned();
    let elsewhere = scene.insert(elsewhere).await.written.comment.id;
    scene.withdraw(MARA, reply).await;
    for id in [reply, elsewhere, CommentId(7), CommentId(0), CommentId(u64::MAX)] {
        assert_eq!(permalink(&scene, id, Sort::Oldest, 50).await, None, "{id}");
    }
}
