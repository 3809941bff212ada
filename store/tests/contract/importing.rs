//! Records of other systems and of other times.

use super::model::{assert_agrees, export};
use super::scene::{MARA, NOW, PAGE, Scene, add_site, ids, refusal};
use afterword_store::{AuthorRecord, CommentRecord, CommentStore, ImportCount, ModerationStatus, Record, SiteId, WriteRefusal};
use afterword_wire::limits::MAX_DEPTH;
use afterword_wire::{AuthorId, CommentId, Sort};

pub async fn import(store: &dyn CommentStore, site_id: SiteId, records: &[Record]) -> ImportCount {
    store.import_records(site_id, records.to_vec()).await.expect("the records are sound")
}

/// A comment of another system: nobody can claim its author.
pub fn record(id: u64, parent: Option<u64>) -> CommentRecord {
    CommentRecord {
        comment_id: CommentId(id),
        page_key: PAGE.to_owned(),
        parent_id: parent.map(CommentId),
        answers_name: None,
        author_id: AuthorId(9),
        author_name: format!("Guest {id}"),
        author_email: None,
        author_website: None,
        moderation_status: ModerationStatus::Approved,
        created_at: NOW,
        edited_at: None,
        deleted_at: None,
        body_markdown: "old".to_owned(),
        body_html: "<p>old</p>".to_owned(),
        renderer_version: 1,
    }
}

pub fn comments(records: impl IntoIterator<Item = CommentRecord>) -> Vec<Record> {
    records.into_iter().map(Record::Comment).collect()
}

pub async fn an_import_repeated_changes_nothing(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let records = comments([record(1, None), record(2, Some(1)), record(3, Some(2))]);
    let count = import(store, scene.site.id, &records).await;
    assert_eq!(count, ImportCount { threads: 1, authors: 1, comments: 3, known: 0 });
    scene.say(MARA, Some(CommentId(3))).await;
    let before = export(store, scene.site.id, 100).await;
    let mut changed = record(2, Some(1));
    changed.body_markdown = "newer".to_owned();
    let again = import(store, scene.site.id, &comments([record(1, None), changed, record(3, Some(2))])).await;
    assert_eq!(again, ImportCount { known: 3, ..ImportCount::default() });
    assert_eq!(import(store, scene.site.id, &before).await, ImportCount { known: before.len() as u64, ..ImportCount::default() });
    assert_eq!(export(store, scene.site.id, 100).await, before);
    assert_agrees(&scene, 10).await;
}

pub async fn replies_deeper_than_the_limit_move_up_and_say_whom_they_answer(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let chain: Vec<Record> = comments((1..=1000).map(|id| record(id, (id > 1).then(|| id - 1))));
    for batch in chain.chunks(300) {
        import(store, scene.site.id, batch).await;
    }
    let slice = scene.slice(Sort::Oldest, 200).await;
    assert_eq!(slice.comment_count, 1000);
    let deepest = &slice.comments[usize::from(MAX_DEPTH) + 1];
    assert_eq!((deepest.depth, deepest.answers_name.as_deref()), (MAX_DEPTH, Some("Guest 101")));
    assert_eq!(deepest.parent_id, Some(CommentId(100)));
    assert_agrees(&scene, 150).await;
}

pub async fn a_reply_without_its_parent_is_refused_with_its_whole_batch(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let records = comments([record(1, None), record(3, Some(2))]);
    assert_eq!(refusal(store.import_records(scene.site.id, records).await), WriteRefusal::RecordParentMissing);
    assert_eq!(store.count_records(scene.site.id).await.expect("readable"), 0);
    import(store, scene.site.id, &comments([record(1, None)])).await;
    let mut elsewhere = record(2, Some(1));
    elsewhere.page_key = "/other".to_owned();
    let refused = store.import_records(scene.site.id, comments([elsewhere])).await;
    assert_eq!(refusal(refused), WriteRefusal::RecordParentMissing);
    let before_its_parent = comments([record(9, None), record(8, Some(9))]);
    let refused = store.import_records(scene.site.id, before_its_parent).await;
    assert_eq!(refusal(refused), WriteRefusal::RecordParentMissing);
}

pub async fn records_that_cannot_be_are_refused(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    for id in [0, 1 << 63, u64::MAX] {
        let refused = store.import_records(scene.site.id, comments([record(id, None)])).await;
        assert_eq!(refusal(refused), WriteRefusal::RecordInvalid, "{id}");
    }
    for hash in ["", "abc", &"g".repeat(64), &"é".repeat(32), &"a".repeat(66)] {
        let author = AuthorRecord { author_id: AuthorId(1), token_hash: Some(hash.to_owned()), created_at: NOW };
        let refused = store.import_records(scene.site.id, vec![Record::Author(author)]).await;
        assert_eq!(refusal(refused), WriteRefusal::RecordInvalid, "{hash:?}");
    }
}

pub async fn what_a_moderator_holds_back_is_not_listed_nor_anything_below_it(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut records = vec![record(1, None)];
    for (at, status) in [ModerationStatus::Pending, ModerationStatus::Rejected, ModerationStatus::Spam].into_iter().enumerate() {
        let id = 10 * (at as u64 + 1);
        records.push(CommentRecord { moderation_status: status, ..record(id, Some(1)) });
        records.push(CommentRecord { deleted_at: Some(NOW), ..record(id + 1, Some(id)) });
        records.push(record(id + 2, Some(id + 1)));
    }
    import(store, scene.site.id, &comments(records)).await;
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(ids(&slice), [CommentId(1)]);
    assert_eq!((slice.comment_count, slice.comments[0].reply_count), (1, 0));
    assert_eq!(refusal(store.insert_comment(scene.comment(MARA, Some(CommentId(10)))).await), WriteRefusal::ParentNotFound);
    assert_eq!(refusal(store.insert_comment(scene.comment(MARA, Some(CommentId(12)))).await), WriteRefusal::ParentNotFound);
    assert_agrees(&scene, 10).await;
}

pub async fn a_deleted_parent_is_listed_with_its_first_listed_reply(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let deleted = |id, parent| CommentRecord { deleted_at: Some(NOW), ..record(id, parent) };
    import(store, scene.site.id, &comments([deleted(1, None), deleted(2, Some(1))])).await;
    assert!(scene.slice(Sort::Oldest, 50).await.comments.is_empty());
    import(store, scene.site.id, &comments([record(3, Some(2)), record(4, Some(2))])).await;
    let slice = scene.slice(Sort::Oldest, 50).await;
    assert_eq!(ids(&slice), [CommentId(1), CommentId(2), CommentId(3), CommentId(4)]);
    assert_eq!(slice.comment_count, 2);
    assert!(slice.comments[0].body_html.is_empty(), "what is deleted is not taken in");
    assert_agrees(&scene, 10).await;
}

pub async fn one_export_fits_into_two_sites(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let other = add_site(store, "other").await;
    let records = comments([record(1, None), record(2, Some(1))]);
    import(store, scene.site.id, &records).await;
    let count = import(store, other.id, &records).await;
    assert_eq!(count.comments, 2);
    assert_agrees(&scene, 10).await;
}
