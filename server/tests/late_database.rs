//! The program starts before its database does, as where a whole machine or cluster is started.

use afterword_cluster::Cluster;
use std::io::{BufRead, BufReader};
use std::os::unix::fs::symlink;
use std::path::Path;
use std::process::{Child, ChildStderr, Command, Stdio};

/// The program, looking for the server's socket in a folder.
fn serve(socket_folder: &Path, url: &str) -> (Child, BufReader<ChildStderr>) {
    let (base, _) = url.split_once("?host=").expect("a URL that names a socket");
    let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
    command.args(["serve", "--listen", "127.0.0.1:0"]).stderr(Stdio::piped());
    command.env("AFTERWORD_DATABASE", format!("{base}?host={}", socket_folder.display()));
    let mut server = command.spawn().expect("the program starts");
    let log = BufReader::new(server.stderr.take().expect("a log"));
    (server, log)
}

/// Reads on until a line says so.
fn wait_for(log: &mut BufReader<ChildStderr>, words: &str) {
    let mut line = String::new();
    while !line.contains(words) {
        line.clear();
        assert!(log.read_line(&mut line).expect("text") > 0, "it ended without `{words}`");
    }
}

fn stop(mut server: Child) {
    Command::new("kill").arg(server.id().to_string()).status().expect("kill is there");
    assert!(server.wait().expect("it ends").success());
}

#[test]
fn a_server_that_starts_before_its_database_waits_and_then_serves() {
    let cluster = Cluster::shared().expect("a PostgreSQL server for the tests");
    let database = cluster.database().expect("a database");
    let folder = tempfile::tempdir().expect("a folder");
    let later = folder.path().join("later");
    let (server, mut log) = serve(&later, &database.url);
    wait_for(&mut log, "waiting for the database");
    symlink(cluster.directory(), &later).expect("a link");
    wait_for(&mut log, "serving");
    stop(server);
}

#[test]
fn a_server_that_waits_for_its_database_stops_when_it_is_told_to() {
    let folder = tempfile::tempdir().expect("a folder");
    let (server, mut log) = serve(folder.path(), "postgres://afterword@localhost/nothing?host=nowhere");
    wait_for(&mut log, "waiting for the database");
    stop(server);
}
