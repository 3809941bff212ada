//! Counters kept by every write are what counting would give.

use super::model::{assert_agrees, expected};
use super::scene::{Scene, refusal};
use afterword_store::{CommentStore, WriteRefusal};
use afterword_wire::Sort;

/// SplitMix64: the same thread for the same seed.
struct Chance(u64);

impl Chance {
    fn below(&mut self, bound: usize) -> usize {
        self.0 = self.0.wrapping_add(0x9e37_79b9_7f4a_7c15);
        let mut mixed = self.0;
        mixed = (mixed ^ mixed >> 30).wrapping_mul(0xbf58_476d_1ce4_e5b9);
        mixed = (mixed ^ mixed >> 27).wrapping_mul(0x94d0_49bb_1331_11eb);
        usize::try_from((mixed ^ mixed >> 31) % bound as u64).expect("below a usize")
    }
}

pub async fn counters_and_listings_agree_with_the_records_after_random_writes(store: &dyn CommentStore) {
    let scene = Scene::new(store).await;
    let mut chance = Chance(20_261_122);
    let mut said = Vec::new();
    for round in 0..6 {
        for _ in 0..60 {
            let person = chance.below(3) as u8;
            match chance.below(10) {
                0 | 1 => said.push((person, scene.say(person, None).await)),
                2..=5 if !said.is_empty() => {
                    let (_, parent) = said[chance.below(said.len())];
                    match store.insert_comment(scene.comment(person, Some(parent))).await {
                        Ok(outcome) => said.push((person, outcome.written.comment.id)),
                        refused => assert_eq!(refusal(refused), WriteRefusal::ParentDeleted),
                    }
                }
                _ if !said.is_empty() => {
                    let (person, comment) = said[chance.below(said.len())];
                    if let Err(error) = store.delete_comment(scene.withdrawal(person, comment)).await {
                        assert_eq!(refusal(Err::<(), _>(error)), WriteRefusal::CommentDeleted);
                    }
                }
                _ => {}
            }
        }
        assert_agrees(&scene, 5 + 10 * round).await;
    }
    let listed = expected(&scene, Sort::Oldest).await;
    assert!(listed.iter().any(|comment| comment.is_deleted), "the seed makes placeholders");
    assert!(listed.iter().any(|comment| comment.parent_id.is_some()), "the seed makes replies");
}
