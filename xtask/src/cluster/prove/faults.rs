//! What is done to the cluster while people comment.

use crate::cluster::members::Members;
use crate::cluster::psql;
use crate::cluster::stack::Stack;
use anyhow::{Context, bail};
use std::time::Duration;

/// What happens, and how it is undone once people can comment again.
pub struct Fault {
    /// As the table has it.
    pub name: &'static str,
    /// Does it. The returned machine, if any, is off and is to be started again.
    pub happens: fn(&Stack) -> anyhow::Result<Option<usize>>,
}

/// One after the other.
pub const FAULTS: [Fault; 8] = [
    Fault { name: "the primary's machine, kill -9 of all on it", happens: kill_primary_machine },
    Fault { name: "PostgreSQL of the primary, kill -9", happens: kill_primary_postgres },
    Fault { name: "the synchronous replica's machine, kill -9", happens: kill_synchronous_machine },
    Fault { name: "the other replica's machine, kill -9", happens: kill_other_machine },
    Fault { name: "one Afterword process, kill -9", happens: kill_server },
    Fault { name: "connections that hear notifications, cut 5 times", happens: cut_listeners },
    Fault { name: "everything ended in order, and started", happens: restart_all },
    Fault { name: "everything, kill -9, and started", happens: kill_all },
];

/// Between two cuts: the connection is back by then, and cut again.
const CUT_EVERY: Duration = Duration::from_millis(1500);
const CUTS: usize = 5;

fn kill_primary_machine(stack: &Stack) -> anyhow::Result<Option<usize>> {
    kill_machine(stack, members(stack)?.primary())
}

fn kill_synchronous_machine(stack: &Stack) -> anyhow::Result<Option<usize>> {
    kill_machine(stack, members(stack)?.synchronous())
}

fn kill_other_machine(stack: &Stack) -> anyhow::Result<Option<usize>> {
    let members = members(stack)?;
    let others = stack.machines.iter().map(|machine| Some(machine.number));
    kill_machine(stack, others.into_iter().find(|it| *it != members.primary() && *it != members.synchronous()).flatten())
}

fn kill_machine(stack: &Stack, number: Option<usize>) -> anyhow::Result<Option<usize>> {
    let number = number.context("no machine has that part just now")?;
    stack.machines[number].kill()?;
    Ok(Some(number))
}

fn kill_primary_postgres(stack: &Stack) -> anyhow::Result<Option<usize>> {
    let number = members(stack)?.primary().context("there is no primary just now")?;
    stack.machines[number].kill_postgres();
    Ok(None)
}

fn kill_server(stack: &Stack) -> anyhow::Result<Option<usize>> {
    stack.servers[0].kill()?;
    stack.servers[0].start()?;
    Ok(None)
}

fn cut_listeners(stack: &Stack) -> anyhow::Result<Option<usize>> {
    let sql = "SELECT count(pg_terminate_backend(pid)) FROM pg_stat_activity \
               WHERE application_name = 'afterword' AND query ILIKE 'listen %'";
    let mut cut = 0;
    for _ in 0..CUTS {
        cut += psql::query(&stack.layout, stack.layout.database_port, sql)?.parse::<usize>()?;
        std::thread::sleep(CUT_EVERY);
    }
    if cut < CUTS * stack.servers.len() {
        bail!("only {cut} connections heard notifications and were cut: they do not come back");
    }
    Ok(None)
}

fn restart_all(stack: &Stack) -> anyhow::Result<Option<usize>> {
    stack.end()?;
    start_all(stack)
}

fn kill_all(stack: &Stack) -> anyhow::Result<Option<usize>> {
    stack.machines.iter().try_for_each(|machine| machine.kill())?;
    stack.servers.iter().try_for_each(|server| server.kill())?;
    stack.proxy.kill()?;
    start_all(stack)
}

/// All at once, as after a power cut: who needs another waits for it, or ends and is started anew.
fn start_all(stack: &Stack) -> anyhow::Result<Option<usize>> {
    stack.proxy.start()?;
    stack.servers.iter().try_for_each(|server| server.start())?;
    stack.machines.iter().try_for_each(|machine| machine.start())?;
    stack.wait_until_served()?;
    Ok(None)
}

fn members(stack: &Stack) -> anyhow::Result<Members> {
    Members::ask(&stack.layout).context("no machine answers")
}
