//! `cargo xtask cluster prove`: people comment, things break, and what was acknowledged is there once.

mod acknowledged;
mod clients;
mod faults;
mod verdict;

use super::stack::Stack;
use crate::step::say;
use acknowledged::{longest_gap, longest_wait};
use anyhow::ensure;
use clients::Clients;
use faults::{FAULTS, Fault};
use std::time::{Duration, Instant};

/// How long people comment before, between and after.
const UNDISTURBED: Duration = Duration::from_secs(5);
/// How long a machine stays off although people can comment: long enough for the others to notice and to settle without it.
const OFF_FOR: Duration = Duration::from_secs(10);
/// Longest that nobody may get a comment acknowledged; then it is not by itself that it goes on.
const RESUMES_WITHIN: Duration = Duration::from_secs(180);
/// Acknowledgements that tell that it does go on.
const ENOUGH: usize = 50;
const POLL: Duration = Duration::from_millis(100);

/// What a fault cost.
struct Cost {
    name: &'static str,
    gap: Duration,
    wait: Duration,
    acknowledged: usize,
}

/// Plays all faults on a cluster that is up, and compares.
///
/// # Errors
/// Writes do not resume, or something was lost, doubled or miscounted.
pub fn run(stack: &Stack) -> anyhow::Result<()> {
    let clients = Clients::start(stack.layout.comments_port);
    let mut costs = vec![watch(stack, &clients, &Fault { name: "nothing", happens: |_| Ok(None) })?];
    for fault in &FAULTS {
        costs.push(watch(stack, &clients, fault)?);
    }
    say("comparing");
    let (acknowledged, attempts) = clients.stop();
    print(&costs);
    println!("{attempts} times something was sent");
    verdict::hold(stack, &acknowledged)
}

/// Has a fault happen, waits until people can comment, undoes it, waits until all is as before.
fn watch(stack: &Stack, clients: &Clients, fault: &Fault) -> anyhow::Result<Cost> {
    say(fault.name);
    let acknowledgements = clients.acknowledgements();
    let (begun, before) = (Instant::now(), acknowledgements.count());
    let is_off = (fault.happens)(stack)?;
    wait_for_writes(clients)?;
    if let Some(number) = is_off {
        std::thread::sleep(OFF_FOR);
        stack.machines[number].start()?;
    }
    stack.wait_until_whole()?;
    stack.wait_until_served()?;
    wait_for_writes(clients)?;
    std::thread::sleep(UNDISTURBED);
    let (all, ended) = (acknowledgements.so_far(), Instant::now());
    let gap = longest_gap(&all, begun, ended);
    Ok(Cost { name: fault.name, gap, wait: longest_wait(&all, begun, ended), acknowledged: all.len() - before })
}

fn wait_for_writes(clients: &Clients) -> anyhow::Result<()> {
    let (begun, before) = (Instant::now(), clients.acknowledgements().count());
    while clients.acknowledgements().count() < before + ENOUGH {
        ensure!(begun.elapsed() < RESUMES_WITHIN, "writes have not resumed within {} s", RESUMES_WITHIN.as_secs());
        std::thread::sleep(POLL);
    }
    Ok(())
}

fn print(costs: &[Cost]) {
    println!("| what happened | s without writes | longest wait of a comment, s | acknowledged |");
    println!("| --- | --- | --- | --- |");
    for Cost { name, gap, wait, acknowledged } in costs {
        println!("| {name} | {:.1} | {:.1} | {acknowledged} |", gap.as_secs_f64(), wait.as_secs_f64());
    }
}
