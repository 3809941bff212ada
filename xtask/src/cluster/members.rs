//! What Patroni says of its members.

use super::configuration::machine_name;
use super::layout::Layout;
use serde::Deserialize;
use std::time::Duration;

const ANSWERS_WITHIN: Duration = Duration::from_secs(2);

/// All members, as one of them sees them.
#[derive(Debug, Deserialize)]
pub struct Members {
    members: Vec<Member>,
}

#[derive(Debug, Deserialize)]
struct Member {
    name: String,
    role: String,
    state: String,
    #[serde(default)]
    timeline: Option<u64>,
}

impl Members {
    /// Asks the machines, one after the other, until one answers.
    pub fn ask(layout: &Layout) -> Option<Self> {
        layout.machines.iter().find_map(|ports| serde_json::from_str(&get(ports.patroni, "/cluster")?).ok())
    }

    /// Whether PostgreSQL runs on every machine, of which Patroni tells others only when it looks the next time.
    pub fn all_run(layout: &Layout) -> bool {
        layout.machines.iter().all(|ports| get(ports.patroni, "/health").is_some())
    }

    /// The place of the primary among the machines.
    pub fn primary(&self) -> Option<usize> {
        self.place_of(|member| member.role == "leader" && member.is_up())
    }

    /// The place of the replica that must have a write before it is acknowledged.
    pub fn synchronous(&self) -> Option<usize> {
        self.place_of(|member| member.role == "sync_standby" && member.is_up())
    }

    /// Whether there is a primary, all others follow it, and one of them has every write before it is acknowledged.
    pub fn are_whole(&self, machines: usize) -> bool {
        let timeline = self.members.first().and_then(|member| member.timeline);
        self.members.len() == machines
            && self.members.iter().all(|member| member.is_up() && member.timeline == timeline)
            && self.primary().is_some()
            && self.synchronous().is_some()
    }

    fn place_of(&self, is_it: impl Fn(&Member) -> bool) -> Option<usize> {
        let found = self.members.iter().find(|member| is_it(member))?;
        (0..self.members.len()).find(|number| machine_name(*number) == found.name)
    }
}

impl Member {
    fn is_up(&self) -> bool {
        matches!(self.state.as_str(), "running" | "streaming")
    }
}

/// What a machine's Patroni answers, where it answers with success.
fn get(port: u16, path: &str) -> Option<String> {
    let agent: ureq::Agent = ureq::Agent::config_builder().timeout_global(Some(ANSWERS_WITHIN)).build().into();
    agent.get(format!("http://127.0.0.1:{port}{path}")).call().ok()?.body_mut().read_to_string().ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use serde_json::{Value, json};

    fn members(of: &[(&str, &str, u64)]) -> Members {
        let member = |(number, (role, state, timeline)): (usize, &(&str, &str, u64))| json!({ "name": machine_name(number), "role": role, "state": state, "timeline": timeline, "lag": 0 });
        let members: Vec<Value> = of.iter().enumerate().map(member).collect();
        serde_json::from_value(json!({ "members": members })).unwrap()
    }

    #[test]
    fn a_cluster_is_whole_once_all_follow_and_one_is_synchronous() {
        let whole = members(&[("replica", "running", 2), ("leader", "running", 2), ("sync_standby", "streaming", 2)]);
        assert!(whole.are_whole(3));
        assert_eq!((whole.primary(), whole.synchronous()), (Some(1), Some(2)));
    }

    #[test]
    fn a_cluster_is_not_whole_while_something_is_missing() {
        let leader = ("leader", "running", 2);
        let synchronous = ("sync_standby", "running", 2);
        for of in [
            vec![leader, synchronous],
            vec![leader, ("replica", "running", 2), ("replica", "running", 2)],
            vec![leader, synchronous, ("replica", "starting", 2)],
            vec![leader, synchronous, ("replica", "running", 1)],
            vec![("leader", "stopped", 2), synchronous, ("replica", "running", 2)],
        ] {
            assert!(!members(&of).are_whole(3), "{of:?}");
        }
    }
}
