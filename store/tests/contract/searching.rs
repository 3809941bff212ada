//! Comments found by what stands in them.

use super::importing::{comments, import, record};
use super::scene::{JONAS, MARA, PAGE, Scene, add_site};
use afterword_store::search::SearchQuery;
use afterword_store::{CommentStore, FoundComments, ModerationStatus, SearchListing, SiteId, StoreError};
use afterword_wire::CommentId;
use afterword_wire::limits::MAX_SEARCH_HITS;

/// Says something under a name.
async fn say(scene: &Scene<'_>, name: &str, body_html: &str, parent: Option<CommentId>) -> CommentId {
    let mut write = scene.comment(MARA, parent);
    write.author_name = name.to_owned();
    write.body_html = body_html.to_owned();
    scene.insert(write).await.written.comment.id
}

async fn search(store: &dyn CommentStore, site_id: SiteId, typed: &str, listing: SearchListing) -> FoundComments {
    let query = SearchQuery::parse(typed).expect("within the limits");
    store.search_comments(site_id, PAGE, &query, listing).await.expect("can be searched")
}

/// The ids found, newest first.
async fn found(scene: &Scene<'_>, typed: &str) -> Vec<CommentId> {
    let listing = SearchListing { limit: MAX_SEARCH_HITS, cursor: None };
    let found = search(scene.store, scene.site.id, typed, listing).await;
    assert_eq!(found.cursor, None, "{typed}");
    found.comments.iter().map(|comment| comment.id).collect()
}

pub async fn what_is_looked_for_is_found_in_names_and_bodies_newest_first(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let pears = say(&scene, "Mara", "<p>Ripe <em>pears</em> &amp; apples</p>", None).await;
    let reply = say(&scene, "Pear Lover", "<p>Apples only!</p>", Some(pears)).await;
    say(&scene, "Noor", "<p>Neither em nor amp</p>", None).await;
    assert_eq!(found(&scene, "apples ").await, [reply, pears]);
    assert_eq!(found(&scene, "PEARS ").await, [pears]);
    assert_eq!(found(&scene, "pear lover").await, [reply]);
    assert_eq!(found(&scene, "mara apples ").await, [pears], "one word in the name, the other in the body");
    assert_eq!(found(&scene, "apples noor ").await, []);
    assert_eq!(found(&scene, "amp ").await.len(), 1, "markup is not text");
    for nothing in ["", " ", "\"", "*", "…"] {
        assert_eq!(found(&scene, nothing).await, [], "{nothing:?}");
    }
}

pub async fn the_last_word_is_a_beginning_while_it_is_typed(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = say(&scene, "Mara", "<p>Conference pears</p>", None).await;
    for typed in ["c", "conf", "conference p", "conference pears", "pears con", "mara pea"] {
        assert_eq!(found(&scene, typed).await, [comment], "{typed:?}");
    }
    for typed in ["conf ", "conf pears", "onference", "pearse"] {
        assert_eq!(found(&scene, typed).await, [], "{typed:?}");
    }
}

pub async fn words_are_found_in_any_script_whatever_their_marks_and_case(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    for (said, typed) in [
        ("Große ÄPFEL", "apfel"),
        ("ΣΊΣΥΦΟΣ", "σισυφος "),
        ("Ёлка", "елка "),
        ("東京都に行った", "京都"),
        ("アップルパイ", "ップル"),
        ("한국어를", "국어"),
        ("ฉันกินข้าว", "กิน"),
        ("हिन्दी में", "हिन्"),
        ("شُكْرًا", "شكرا "),
        ("ripe 🍐!", "🍐"),
    ] {
        let comment = say(&scene, "Mara", &format!("<p>{said}</p>"), None).await;
        assert_eq!(found(&scene, typed).await, [comment], "{typed} in {said}");
    }
    assert_eq!(found(&scene, "都京").await, [], "characters in another order");
}

pub async fn a_changed_or_deleted_comment_is_found_as_it_is_now(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let root = say(&scene, "Mara", "<p>worse pears</p>", None).await;
    let other = say(&scene, "Mara", "<p>more pears</p>", Some(root)).await;
    scene.store.edit_comment(scene.edit(MARA, root)).await.expect("in time");
    assert_eq!(found(&scene, "pears ").await, [other]);
    assert_eq!(found(&scene, "better mara").await, [root]);
    scene.withdraw(MARA, root).await;
    assert_eq!(found(&scene, "mara").await, [other], "a placeholder is not found");
    scene.withdraw(MARA, other).await;
    assert_eq!(found(&scene, "mara").await, []);
}

pub async fn a_refused_write_is_not_found(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = say(&scene, "Mara", "<p>pears</p>", None).await;
    scene.store.edit_comment(scene.edit(JONAS, comment)).await.expect_err("somebody else's");
    assert_eq!(found(&scene, "pears").await, [comment]);
    assert_eq!(found(&scene, "better").await, []);
}

pub async fn what_a_moderator_holds_back_is_not_found(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut held = record(2, Some(1));
    held.moderation_status = ModerationStatus::Spam;
    let mut deleted = record(4, Some(1));
    deleted.deleted_at = Some(super::scene::NOW);
    import(store, scene.site.id, &comments([record(1, None), held, record(3, Some(2)), deleted, record(5, Some(4))])).await;
    assert_eq!(found(&scene, "old").await, [CommentId(5), CommentId(1)]);
    assert_eq!(found(&scene, "guest 1 ").await, [CommentId(1)]);
}

pub async fn threads_and_sites_are_searched_apart_even_where_ids_are_the_same(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let other = add_site(store, "other").await;
    for site in [scene.site.id, other.id] {
        let mut elsewhere = record(3, None);
        elsewhere.page_key = "/elsewhere".to_owned();
        import(store, site, &comments([record(1, None), record(2, None), elsewhere])).await;
    }
    let mine = scene.insert(scene.comment(MARA, Some(CommentId(2)))).await.written.comment.id;
    assert_eq!(found(&scene, "old").await, [CommentId(2), CommentId(1)]);
    scene.withdraw(MARA, mine).await;
    let there = search(store, other.id, "old", SearchListing { limit: 10, cursor: None }).await;
    assert_eq!(there.comments.iter().map(|comment| comment.id.0).collect::<Vec<_>>(), [2, 1]);
    let query = SearchQuery::parse("old").expect("short");
    let nowhere = store.search_comments(other.id, "/nobody", &query, SearchListing { limit: 10, cursor: None }).await;
    assert_eq!(nowhere.expect("can be searched"), FoundComments::default());
}

pub async fn results_go_on_where_they_stopped(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut expected = Vec::new();
    for number in 0..30 {
        let comment = say(&scene, "Mara", if number % 3 == 0 { "<p>plums</p>" } else { "<p>many pears</p>" }, None).await;
        if number % 3 != 0 {
            expected.insert(0, comment);
        }
    }
    for limit in [1, 7, 20, 21] {
        let (mut all, mut cursor) = (Vec::new(), None);
        loop {
            let found = search(store, scene.site.id, "many pea", SearchListing { limit, cursor }).await;
            assert!(found.comments.len() <= limit as usize);
            all.extend(found.comments.into_iter().map(|comment| comment.id));
            cursor = found.cursor;
            if cursor.is_none() {
                break;
            }
        }
        assert_eq!(all, expected, "limit {limit}");
    }
}

pub async fn a_cursor_that_no_search_here_gave_is_refused(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    say(&scene, "Mara", "<p>pears</p>", None).await;
    say(&scene, "Mara", "<p>pears</p>", None).await;
    let first = search(store, scene.site.id, "pears", SearchListing { limit: 1, cursor: None }).await;
    let slice = scene.slice(afterword_wire::Sort::Oldest, 1).await;
    let query = SearchQuery::parse("pears").expect("short");
    for (page, cursor) in [("/other", first.cursor.expect("there is another")), (PAGE, slice.more.expect("another").cursor)] {
        let refused = store.search_comments(scene.site.id, page, &query, SearchListing { limit: 1, cursor: Some(cursor) }).await;
        assert!(matches!(refused, Err(StoreError::InvalidCursor)), "{page}");
    }
}

/// What means something to one database or another is only text.
pub async fn operators_are_words(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = say(&scene, "Mara", "<p>near and or not body author_name</p>", None).await;
    for typed in [
        "NEAR ",
        "AND",
        "OR",
        "NOT ",
        "near AND or",
        "\"near\"",
        "NEAR(or not, 2)",
        "body:near",
        "author_name:near",
        "{body}:near",
        "^near",
        "near*",
        "ne\"ar",
        "near + and",
        "-near",
        "(near",
        "near)",
        "near & or",
        "near | or",
        "!near",
        "near:*",
        "near <-> and",
        "'near'",
        "near;--",
        "1:near",
        "\\near",
        "%near%",
        "near\0and",
        "near' OR 1=1 --",
        "\u{201c}near\u{201d}",
    ] {
        let query = SearchQuery::parse(typed).expect("within the limits");
        let found = store.search_comments(scene.site.id, PAGE, &query, SearchListing { limit: 10, cursor: None }).await;
        let found = found.unwrap_or_else(|error| panic!("{typed:?}: {error}"));
        assert!(found.comments.iter().all(|found| found.id == comment), "{typed:?}");
    }
    assert_eq!(found(&scene, "near AND").await, [comment], "a word as any other");
    assert_eq!(found(&scene, "plums OR near").await, []);
}
