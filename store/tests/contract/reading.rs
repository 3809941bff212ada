//! What readers get.

use super::scene::{JONAS, MARA, NOW, PAGE, Scene, add_site, ids};
use super::shapes;
use afterword_store::{CommentStore, Listing};
use afterword_wire::{CommentId, Sort};

pub async fn a_page_nobody_wrote_under_is_an_empty_slice(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let slice = scene.slice(Sort::Newest, 50).await;
    assert_eq!((slice.comment_count, slice.is_closed, slice.edit_window_s, slice.sort), (0, false, 900, Sort::Newest));
    assert!(slice.comments.is_empty() && slice.more.is_none());
    assert!(store.find_thread(scene.site.id, PAGE).await.expect("readable").is_none());
}

pub async fn replies_stand_below_their_parents_oldest_first(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let (first, second) = (scene.say(MARA, None).await, scene.say(JONAS, None).await);
    let late = scene.say(MARA, Some(second)).await;
    let early = scene.say(JONAS, Some(first)).await;
    let later = scene.say(JONAS, Some(second)).await;
    let below = scene.say(MARA, Some(early)).await;
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(ids(&slice), [first, early, below, second, late, later]);
    assert_eq!(slice.comments.iter().map(|comment| comment.depth).collect::<Vec<_>>(), [0, 1, 2, 0, 1, 1]);
    assert_eq!(slice.comments[3].reply_count, 2);
    assert_eq!(slice.comment_count, 6);
}

pub async fn roots_follow_the_sort(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let roots = shapes::long(&scene, 3).await;
    let replies = [scene.say(JONAS, Some(roots[1])).await, scene.say(JONAS, Some(roots[1])).await];
    let answered = [roots[1], replies[0], replies[1]];
    let by = async |sort| ids(&scene.slice(sort, 50).await);
    assert_eq!(by(Sort::Oldest).await, [&roots[..1], &answered, &roots[2..]].concat());
    assert_eq!(by(Sort::Newest).await, [&roots[2..], &answered, &roots[..1]].concat());
    assert_eq!(by(Sort::Replies).await, [&answered, &roots[..1], &roots[2..]].concat());
}

pub async fn counts_come_in_the_order_asked(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    shapes::long(&scene, 3).await;
    let asked = ["/nothing".to_owned(), PAGE.to_owned(), "/nothing".to_owned(), "/\"quoted\" ü".to_owned()];
    let counts = store.count_comments(scene.site.id, &asked).await.expect("counts can be read");
    assert_eq!(counts.iter().map(|count| &count.page_key).collect::<Vec<_>>(), asked.iter().collect::<Vec<_>>());
    assert_eq!(counts.iter().map(|count| count.comment_count).collect::<Vec<_>>(), [0, 3, 0, 0]);
}

pub async fn a_branch_is_what_stands_below_one_comment(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = scene.say(MARA, None).await;
    let reply = scene.say(JONAS, Some(root)).await;
    let below = scene.say(MARA, Some(reply)).await;
    let beside = scene.say(MARA, Some(root)).await;
    scene.say(JONAS, None).await;
    let branch = scene.branch_from(root, 50, None).await;
    assert_eq!(ids(&branch), [reply, below, beside]);
    assert_eq!((branch.comment_count, branch.more), (5, None));
    let absent = store.read_branch(&scene.site, CommentId(5), Listing { limit: 50, ..Listing::default() }).await;
    assert_eq!(absent.expect("readable"), None);
}

pub async fn sites_are_kept_apart(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let other = add_site(store, "other").await;
    let comment = scene.say(MARA, None).await;
    let listing = || Listing { limit: 50, ..Listing::default() };
    assert!(store.read_slice(&other, PAGE, listing()).await.expect("readable").comments.is_empty());
    assert_eq!(store.read_branch(&other, comment, listing()).await.expect("readable"), None);
    assert_eq!(store.read_permalink(&other, PAGE, comment, listing()).await.expect("readable"), None);
    assert_eq!(store.read_source(other.id, comment).await.expect("readable"), None);
    assert_eq!(store.count_records(other.id).await.expect("readable"), 0);
}

pub async fn sites_are_found_and_listed(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    add_site(store, "another").await;
    scene.say(MARA, None).await;
    assert_eq!(store.find_site("blog").await.expect("readable").as_ref(), Some(&scene.site));
    assert_eq!(store.find_site("nobody").await.expect("readable"), None);
    let sites = store.list_sites().await.expect("readable");
    let seen: Vec<_> = sites.iter().map(|one| (one.site.slug.as_str(), one.thread_count, one.comment_count)).collect();
    assert_eq!(seen, [("another", 0, 0), ("blog", 1, 1)]);
    let again = afterword_store::NewSite { slug: "blog".to_owned(), origins: vec![], edit_window_s: 1, created_at: NOW };
    assert_eq!(super::scene::refusal(store.add_site(again).await), afterword_store::WriteRefusal::SiteExists);
}
