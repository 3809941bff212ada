//! Threads of the shapes that break listings.

use super::scene::{JONAS, MARA, Scene};
use afterword_wire::CommentId;

/// A chain: every comment answers the one before.
pub async fn deep(scene: &Scene<'_>, length: usize) -> Vec<CommentId> {
    let mut chain: Vec<CommentId> = Vec::new();
    for _ in 0..length {
        chain.push(scene.say(MARA, chain.last().copied()).await);
    }
    chain
}

/// Many roots, nobody answers.
pub async fn long(scene: &Scene<'_>, length: usize) -> Vec<CommentId> {
    let mut roots = Vec::new();
    for _ in 0..length {
        roots.push(scene.say(MARA, None).await);
    }
    roots
}

/// One root that everybody answers, and whose last reply is answered often again. Returns the root and that reply.
pub async fn hot(scene: &Scene<'_>, replies: usize) -> (CommentId, CommentId) {
    let root = scene.say(MARA, None).await;
    let mut last = root;
    for _ in 0..replies {
        last = scene.say(JONAS, Some(root)).await;
    }
    for _ in 0..replies {
        scene.say(MARA, Some(last)).await;
    }
    (root, last)
}

/// Roots with few and many replies, some answered, some withdrawn: 5 roots, 17 listed rows, one of them a placeholder.
pub async fn heated(scene: &Scene<'_>) -> Vec<CommentId> {
    let roots = long(scene, 5).await;
    for (root, replies) in roots.iter().zip([1, 0, 5, 2, 0]) {
        for _ in 0..replies {
            let reply = scene.say(JONAS, Some(*root)).await;
            if replies == 5 {
                continue;
            }
            scene.say(MARA, Some(reply)).await;
        }
    }
    let quarrel = deep_below(scene, roots[2], 1).await;
    scene.withdraw(MARA, roots[2]).await;
    scene.withdraw(MARA, quarrel).await;
    scene.say(JONAS, Some(roots[4])).await;
    roots
}

async fn deep_below(scene: &Scene<'_>, parent: CommentId, length: usize) -> CommentId {
    let mut last = parent;
    for _ in 0..length {
        last = scene.say(MARA, Some(last)).await;
    }
    last
}
