//! What leaves comes back the same.

use super::importing::import;
use super::model::export;
use super::scene::{JONAS, MARA, NOW, PAGE, Scene, add_site};
use super::shapes;
use afterword_store::{CommentStore, Record};
use afterword_wire::ThreadSlice;

/// A site with everything an export can hold.
async fn furnish(scene: &Scene<'_>) {
    shapes::heated(scene).await;
    let mut titled = scene.comment(MARA, None);
    titled.page_key = "/another page, \"quoted\"".to_owned();
    (titled.page_url, titled.page_title) = (Some("https://blog.example/another".to_owned()), Some("Anöther".to_owned()));
    let comment = scene.insert(titled).await.written.comment.id;
    scene.store.edit_comment(scene.edit(MARA, comment)).await.expect("in time");
    scene.store.set_thread_closed(scene.site.id, "/closed", true, scene.change_id(), NOW).await.expect("possible");
    let chain = shapes::deep(scene, 101).await;
    scene.say(JONAS, chain.last().copied()).await;
}

/// Every record as the line it is in a file.
fn lines(records: &[Record]) -> Vec<String> {
    records.iter().map(|record| serde_json::to_string(record).expect("records are JSON")).collect()
}

pub async fn export_import_export_is_the_same(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    furnish(&scene).await;
    let records = export(store, scene.site.id, 7).await;
    assert_eq!(store.count_records(scene.site.id).await.expect("readable"), records.len() as u64);
    let copy = add_site(store, "copy").await;
    let read_back: Vec<Record> = lines(&records).iter().map(|line| serde_json::from_str(line).expect("a record")).collect();
    for batch in read_back.chunks(10) {
        import(store, copy.id, batch).await;
    }
    let again = export(store, copy.id, 11).await;
    assert_eq!(lines(&again), lines(&records));
    let slice = |site| store.read_slice(site, PAGE, afterword_store::Listing { limit: 200, ..Default::default() });
    let (original, copied) = (slice(&scene.site).await.expect("readable"), slice(&copy).await.expect("readable"));
    // A copy begins a log of its own.
    assert_eq!(copied, ThreadSlice { as_of: None, ..original });
}

pub async fn an_export_in_small_steps_is_the_same_as_in_one(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    furnish(&scene).await;
    let whole = export(store, scene.site.id, 10_000).await;
    for step in [1, 2, 3, 50] {
        assert_eq!(export(store, scene.site.id, step).await, whole);
    }
    let kind = |record: &Record| match record {
        Record::Thread(_) => 0,
        Record::Author(_) => 1,
        Record::Comment(_) => 2,
    };
    assert!(whole.iter().is_sorted_by_key(kind), "threads, then authors, then comments");
}

pub async fn a_device_goes_on_owning_its_comments_after_a_move(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let comment = scene.say(MARA, None).await;
    let records = export(store, scene.site.id, 100).await;
    let copy = add_site(store, "copy").await;
    import(store, copy.id, &records).await;
    let mut edit = scene.edit(MARA, comment);
    edit.site = copy;
    store.edit_comment(edit).await.expect("the device is known there too");
}
