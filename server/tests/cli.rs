//! The program itself: what it says and how it ends.

use std::io::{BufRead, BufReader};
use std::net::TcpListener;
use std::path::PathBuf;
use std::process::{Child, Command, Output, Stdio};
use std::time::{Duration, Instant};
use tempfile::TempDir;

struct Folder(TempDir);

impl Folder {
    fn new() -> Self {
        Self(tempfile::tempdir().expect("a temporary folder"))
    }

    fn database(&self) -> PathBuf {
        self.0.path().join("afterword.db")
    }

    /// The program with this folder's database, and without the variables of whoever runs the tests.
    fn command(&self, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        for (name, _) in std::env::vars().filter(|(name, _)| name.starts_with("AFTERWORD_")) {
            command.env_remove(name);
        }
        command.args(arguments).env("AFTERWORD_DATABASE", self.database()).env("XDG_DATA_HOME", self.0.path());
        command
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command(arguments).output().expect("the program starts")
    }
}

/// What a failing command says: one line, and an exit code that is not 0.
fn refusal(output: &Output) -> String {
    let text = String::from_utf8_lossy(&output.stderr).into_owned();
    assert!(!output.status.success(), "{text}");
    assert!(output.stdout.is_empty());
    assert_eq!(text.lines().count(), 1, "one sentence is expected: {text}");
    assert!(!text.contains("panicked"), "{text}");
    text
}

fn said(output: &Output) -> String {
    assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
    String::from_utf8_lossy(&output.stdout).into_owned()
}

/// A server on a port of its own, and the lines it logs.
fn serve(folder: &Folder) -> (Child, BufReader<std::process::ChildStderr>, String) {
    let mut command = folder.command(&["serve", "--listen", "127.0.0.1:0"]);
    let mut server = command.stderr(Stdio::piped()).spawn().expect("the program starts");
    let mut log = BufReader::new(server.stderr.take().expect("a log"));
    let mut line = String::new();
    log.read_line(&mut line).expect("a line");
    let address = line.split("listen=").nth(1).and_then(|rest| rest.split_whitespace().next());
    let address = address.unwrap_or_else(|| panic!("an address is expected: {line}")).to_owned();
    (server, log, address)
}

#[test]
fn a_site_that_was_added_is_listed() {
    let folder = Folder::new();
    said(&folder.run(&["site", "add", "blog", "--origin", "https://Blog.example/", "http://localhost:8787"]));
    said(&folder.run(&["site", "add", "news", "--origin", "https://news.example", "--edit-window", "60"]));
    let list = said(&folder.run(&["site", "list"]));
    assert_eq!(list.lines().count(), 2, "{list}");
    assert!(list.contains("blog\t0 threads\t0 comments\thttp://localhost:8787 https://blog.example"), "{list}");
}

#[test]
fn a_wrong_command_line_is_answered_in_one_sentence_and_leaves_nothing_behind() {
    let folder = Folder::new();
    let cases: &[(&[&str], &str)] = &[
        (&["serve", "--wrong"], "--wrong"),
        (&["serve", "--listen", "nowhere"], "--listen"),
        (&["serve", "--posts-per-minute", "0"], "--posts-per-minute"),
        (&["serve", "--trusted-proxy", "10.0.0.0/99"], "--trusted-proxy"),
        (&["serve", "--public-url", "comments.example"], "--public-url"),
        (&["serve", "--widget-dir", "/nonexistent"], "--widget-dir"),
        (&["serve", "--log", "=loud="], "log filter"),
        (&["site", "add", "Bad Slug", "--origin", "https://a.example"], "slug"),
        (&["site", "add", "blog", "--origin", "https://a.example/path"], "origin"),
        (&["site", "add", "blog", "--origin", "*"], "origin"),
        (&["site", "add", "blog"], "--origin"),
        (&["site", "remove", "blog"], "remove"),
    ];
    for (arguments, named) in cases {
        let sentence = refusal(&folder.run(arguments));
        assert!(sentence.to_lowercase().contains(named), "{arguments:?}: {sentence}");
    }
    assert!(!folder.database().exists());
}

#[test]
fn a_database_that_cannot_be_one_is_refused() {
    let folder = Folder::new();
    for url in ["postgres://localhost/x", "mysql://x", "/dev/null/x.db"] {
        refusal(&folder.run(&["site", "list", "--database", url]));
    }
    let text = folder.0.path().join("letter.txt");
    std::fs::write(&text, "Dear reader, this is no database. ".repeat(100)).expect("written");
    refusal(&folder.run(&["site", "list", "--database", text.to_str().expect("UTF-8")]));
    assert!(std::fs::read_to_string(&text).expect("still there").starts_with("Dear reader"));
}

#[test]
fn a_slug_is_taken_once() {
    let folder = Folder::new();
    said(&folder.run(&["site", "add", "blog", "--origin", "https://a.example"]));
    let sentence = refusal(&folder.run(&["site", "add", "blog", "--origin", "https://b.example"]));
    assert!(sentence.contains("already"), "{sentence}");
    assert!(!said(&folder.run(&["site", "list"])).contains("b.example"));
}

#[test]
fn a_port_in_use_is_named_before_the_database_is_touched() {
    let folder = Folder::new();
    let taken = TcpListener::bind("127.0.0.1:0").expect("a port");
    let address = taken.local_addr().expect("an address").to_string();
    let sentence = refusal(&folder.run(&["serve", "--listen", &address]));
    assert!(sentence.contains(&address) && sentence.contains("in use"), "{sentence}");
    assert!(!folder.database().exists());
}

#[test]
fn without_an_option_the_database_lies_in_the_users_data_directory() {
    let folder = Folder::new();
    let mut command = folder.command(&["site", "add", "blog", "--origin", "https://a.example"]);
    said(&command.env_remove("AFTERWORD_DATABASE").output().expect("the program starts"));
    assert!(folder.0.path().join("afterword").join("afterword.db").exists());
}

#[test]
fn a_server_told_to_stop_ends_well_and_soon() {
    let folder = Folder::new();
    said(&folder.run(&["site", "add", "blog", "--origin", "https://a.example"]));
    for signal in ["TERM", "INT"] {
        let (mut server, _log, address) = serve(&folder);
        let _idle = std::net::TcpStream::connect(&address).expect("it listens");
        let began = Instant::now();
        let kill = Command::new("kill").args([format!("-{signal}"), server.id().to_string()]).status();
        assert!(kill.expect("kill runs").success());
        assert!(server.wait().expect("an end").success());
        assert!(began.elapsed() < Duration::from_secs(10));
    }
}

#[test]
fn help_and_version_are_no_failures() {
    let folder = Folder::new();
    assert!(said(&folder.run(&["--help"])).contains("serve"));
    assert!(said(&folder.run(&["--version"])).starts_with("afterword "));
}

#[test]
fn made_up_threads_come_in_whole_and_the_same_command_again_changes_nothing() {
    let folder = Folder::new();
    said(&folder.run(&["site", "add", "blog", "--origin", "https://a.example"]));
    for (shape, page) in [("wide", "/wide"), ("deep", "/deep"), ("hot", "/hot"), ("real", "/real")] {
        let command = ["synth", "--site", "blog", "--page", page, "--comments", "300", "--shape", shape, "--threads", "2"];
        assert!(said(&folder.run(&command)).starts_with("600 comments in 2 new threads made in "), "{shape}");
        let before = said(&folder.run(&["export", "--site", "blog"]));
        assert!(said(&folder.run(&command)).starts_with("0 comments in 0 new threads made in "), "{shape}");
        assert!(said(&folder.run(&["export", "--site", "blog"])) == before, "{shape}");
    }
    let list = said(&folder.run(&["site", "list"]));
    assert!(list.contains("\t8 threads\t"), "{list}");
}

#[test]
fn a_page_with_comments_of_others_gets_none_that_are_made_up() {
    let folder = Folder::new();
    said(&folder.run(&["site", "add", "blog", "--origin", "https://a.example"]));
    let synth = |seed| folder.run(&["synth", "--site", "blog", "--page", "/a", "--comments", "10", "--seed", seed]);
    said(&synth("1"));
    assert!(refusal(&synth("2")).contains("the page `/a` has comments already"));
    let nowhere = folder.run(&["synth", "--site", "none", "--page", "/a", "--comments", "10"]);
    assert!(refusal(&nowhere).contains("there is no site `none`"));
}
