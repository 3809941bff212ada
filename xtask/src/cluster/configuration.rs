//! What Patroni and HAProxy are told.

use super::layout::Layout;
use serde_json::{Value, json};
use std::path::Path;

/// Seconds after which a primary that says nothing is one no more; the least that Patroni's documentation allows.
const LEADER_FOR_S: u32 = 20;
/// Seconds between two looks of Patroni. With twice the next it must fit into the former.
const LOOK_EVERY_S: u32 = 5;
const RETRY_FOR_S: u32 = 5;

/// A machine's name among the others.
pub fn machine_name(number: usize) -> String {
    format!("machine{}", number + 1)
}

/// Patroni's settings for one machine, in the part of YAML that is JSON.
pub fn patroni(layout: &Layout, number: usize, programs: &Path) -> Value {
    let ports = &layout.machines[number];
    let address = |port: u16| format!("127.0.0.1:{port}");
    let name = machine_name(number);
    let role = |username: &str| json!({ "username": username, "password": layout.password });
    json!({
        "scope": "afterword",
        "name": name,
        "restapi": { "listen": address(ports.patroni), "connect_address": address(ports.patroni) },
        "etcd3": { "hosts": layout.machines.map(|machine| address(machine.etcd_clients)) },
        "watchdog": { "mode": "off" },
        "bootstrap": {
            "dcs": {
                "ttl": LEADER_FOR_S,
                "loop_wait": LOOK_EVERY_S,
                "retry_timeout": RETRY_FOR_S,
                // An acknowledged write is on two disks, and only a machine that has it becomes the primary.
                "synchronous_mode": true,
                "postgresql": { "use_pg_rewind": true },
            },
            "initdb": [{ "encoding": "UTF8" }, { "locale": "C" }, "data-checksums"],
        },
        "postgresql": {
            "listen": address(ports.postgres),
            "connect_address": address(ports.postgres),
            "data_dir": layout.folder.join(&name).join("data"),
            "bin_dir": programs,
            "pgpass": layout.folder.join(&name).join("pgpass"),
            "authentication": { "superuser": role("postgres"), "replication": role("replicator"), "rewind": role("rewinder") },
            "pg_hba": ["host replication replicator 127.0.0.1/32 scram-sha-256", "host all all 127.0.0.1/32 scram-sha-256"],
            // No socket: its path would have to be short.
            "parameters": { "max_connections": 100, "shared_buffers": "64MB", "unix_socket_directories": "" },
        },
    })
}

/// HAProxy's settings: one way to whichever machine says that it is the primary, one to whichever Afterword process is ready.
pub fn haproxy(layout: &Layout) -> String {
    let Layout { database_port, comments_port, machines, server_ports, .. } = layout;
    let machines = machines.iter().enumerate().map(|(number, ports)| {
        let name = machine_name(number);
        format!("  server {name} 127.0.0.1:{} check port {}\n", ports.postgres, ports.patroni)
    });
    let servers = server_ports.iter().enumerate();
    let servers = servers.map(|(number, port)| format!("  server afterword{} 127.0.0.1:{port} check\n", number + 1));
    format!(
        "global
  maxconn 1000

defaults
  timeout connect 2s
  timeout check 2s
  default-server inter 1s fall 2 rise 1

listen database
  mode tcp
  bind 127.0.0.1:{database_port}
  timeout client 1h
  timeout server 1h
  option httpchk
  http-check send meth OPTIONS uri /primary
  default-server on-marked-down shutdown-sessions
{}
listen comments
  mode http
  bind 127.0.0.1:{comments_port}
  timeout client 1m
  timeout server 1m
  option httpchk GET /readyz
  option forwardfor
  option redispatch
{}",
        machines.collect::<String>(),
        servers.collect::<String>()
    )
}

#[cfg(test)]
mod tests {
    use super::*;

    fn layout() -> Layout {
        Layout::choose(tempfile::tempdir().unwrap().path()).unwrap()
    }

    #[test]
    fn patroni_leaves_itself_the_time_it_needs_to_keep_its_place() {
        let settings = patroni(&layout(), 0, Path::new("/bin"));
        let [ttl, look, retry] =
            ["ttl", "loop_wait", "retry_timeout"].map(|name| settings["bootstrap"]["dcs"][name].as_u64().unwrap());
        assert!(look + 2 * retry <= ttl, "{look} + 2 * {retry} > {ttl}");
    }

    #[test]
    fn haproxy_asks_patroni_which_machine_is_the_primary() {
        let layout = layout();
        let text = haproxy(&layout);
        for ports in layout.machines {
            assert!(text.contains(&format!("127.0.0.1:{} check port {}\n", ports.postgres, ports.patroni)), "{text}");
        }
    }
}
