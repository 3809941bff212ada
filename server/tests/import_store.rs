//! Import, export and backup through the real binary, into a real database.

mod walk;
mod wxr;

use std::io::Write;
use std::path::{Path, PathBuf};
use std::process::{Command, Output, Stdio};
use tempfile::TempDir;
use wxr::{comment, export, item};

/// A folder with a database that has one site.
struct Desk {
    folder: TempDir,
}

impl Desk {
    fn new() -> Self {
        let desk = Self { folder: TempDir::new().expect("a folder") };
        desk.add_site("blog");
        desk
    }

    fn add_site(&self, slug: &str) {
        assert!(self.run(&["site", "add", slug, "--origin", "https://blog.example"]).status.success());
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn file(&self, name: &str, content: impl AsRef<[u8]>) -> String {
        std::fs::write(self.path(name), content).expect("written");
        self.path(name).display().to_string()
    }

    fn run(&self, arguments: &[&str]) -> Output {
        self.command("a.db", arguments).output().expect("the binary runs")
    }

    fn command(&self, database: &str, arguments: &[&str]) -> Command {
        let mut command = Command::new(env!("CARGO_BIN_EXE_afterword"));
        command.args(arguments).arg("--database").arg(self.path(database)).stdin(Stdio::null());
        command
    }

    /// What a command that succeeds prints.
    fn done(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        assert!(output.status.success(), "{arguments:?}: {}", String::from_utf8_lossy(&output.stderr));
        assert!(
            output.stderr.is_empty(),
            "nothing is drawn where there is no terminal: {}",
            String::from_utf8_lossy(&output.stderr)
        );
        String::from_utf8(output.stdout).expect("text")
    }

    /// The one sentence of a command that fails.
    fn refused(&self, arguments: &[&str]) -> String {
        let output = self.run(arguments);
        let sentence = String::from_utf8(output.stderr).expect("text");
        assert!(!output.status.success(), "{arguments:?}");
        assert_eq!((sentence.lines().count(), output.stdout.len()), (1, 0), "{sentence}");
        sentence
    }

    fn export(&self, site: &str) -> String {
        self.done(&["export", "--site", site])
    }
}

fn sample() -> String {
    let first = item(
        "https://blog.example/a/",
        &[
            comment(1, "a"),
            comment(2, "b <b>c</b>").answering(1),
            comment(3, "held").approved("0"),
            comment(4, "x").approved("trash"),
            comment(5, "y").answering(4),
        ],
    );
    let second =
        item("https://blog.example/b/", &[comment(6, "d"), comment(7, "ping").kind("pingback"), comment(8, "e").answering(7)]);
    export("1.2", &(first + &second))
}

fn count(report: &str, words: &str) -> u64 {
    let line = report.lines().find(|line| line.contains(words)).unwrap_or_else(|| panic!("no line says {words:?}: {report}"));
    line.split_whitespace().next().and_then(|number| number.parse().ok()).expect("a number")
}

#[test]
fn an_import_reports_what_became_of_everything() {
    let desk = Desk::new();
    let file = desk.file("wp.xml", sample());
    let report = desk.done(&["import", "wordpress", &file, "--site", "blog"]);
    for (words, expected) in [
        ("threads imported", 2),
        ("comments imported", 7),
        ("already there", 0),
        ("pending", 1),
        ("deleted: kept", 1),
        ("pingbacks", 1),
        ("parent is missing", 1),
    ] {
        assert_eq!(count(&report, words), expected, "{words}: {report}");
    }
    assert!(desk.done(&["site", "list"]).contains("2 threads\t5 comments"), "pending and deleted ones are not counted");
}

#[test]
fn a_second_import_brings_nothing_twice() {
    let desk = Desk::new();
    let file = desk.file("wp.xml", sample());
    desk.done(&["import", "wordpress", &file, "--site", "blog"]);
    let before = desk.export("blog");
    let report = desk.done(&["import", "wordpress", &file, "--site", "blog"]);
    assert_eq!((count(&report, "comments imported"), count(&report, "already there")), (0, 7));
    assert_eq!(desk.export("blog"), before);
}

#[test]
fn a_dry_run_reports_the_same_and_writes_nothing() {
    let desk = Desk::new();
    let file = desk.file("wp.xml", sample());
    let dry = desk.done(&["import", "wordpress", &file, "--site", "blog", "--dry-run"]);
    assert_eq!(desk.export("blog"), "");
    let wet = desk.done(&["import", "wordpress", &file, "--site", "blog"]);
    assert_eq!(dry.replace("would be imported", "imported"), wet);
    let again = desk.done(&["import", "wordpress", &file, "--site", "blog", "--dry-run"]);
    assert_eq!((count(&again, "comments would be imported"), count(&again, "already there")), (0, 7));
}

#[test]
fn export_import_export_is_byte_equal() {
    let desk = Desk::new();
    let wordpress = desk.file("wp.xml", sample());
    desk.done(&["import", "wordpress", &wordpress, "--site", "blog"]);
    let first = desk.export("blog");
    assert_eq!(first.lines().count(), 2 + 7 + 7, "{first}");
    desk.add_site("copy");
    let file = desk.file("export.jsonl", &first);
    desk.done(&["import", "jsonl", &file, "--site", "copy"]);
    assert_eq!(desk.export("copy"), first);
    let mut child = desk.command("b.db", &["site", "add", "blog", "--origin", "https://blog.example"]);
    assert!(child.output().expect("it runs").status.success());
    let mut child = desk
        .command("b.db", &["import", "jsonl", "-", "--site", "blog"])
        .stdin(Stdio::piped())
        .stdout(Stdio::null())
        .spawn()
        .expect("it runs");
    child.stdin.take().expect("piped").write_all(first.as_bytes()).expect("written");
    assert!(child.wait().expect("it ends").success());
    let second = desk.command("b.db", &["export", "--site", "blog"]).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&second.stdout), first);
}

#[test]
fn a_damaged_export_is_one_sentence_and_nothing_is_half_done() {
    let desk = Desk::new();
    let whole = sample();
    desk.done(&["import", "wordpress", &desk.file("wp.xml", &whole), "--site", "blog"]);
    let records = desk.export("blog");
    desk.add_site("other");
    let cut = desk.file("cut.xml", &whole[..whole.find("</channel>").expect("there is one")]);
    let bad_line = desk.file("bad.jsonl", format!("{records}{{\"record\":\"comment\"}}\n"));
    let lines: Vec<&str> = records.lines().collect();
    let orphaned: Vec<&str> = lines.iter().copied().filter(|line| !line.contains("\"body_markdown\":\"a\"")).collect();
    let orphaned = desk.file("orphaned.jsonl", orphaned.join("\n"));
    for (format, file, says) in [
        ("wordpress", &*cut, "cut off"),
        ("wordpress", &*desk.file("empty.xml", ""), "no XML"),
        ("wordpress", &*desk.path("missing.xml").display().to_string(), "cannot be read"),
        ("wordpress", &*desk.folder.path().display().to_string(), "is a directory"),
        ("jsonl", &*bad_line, "line 17: not a record of an Afterword export: missing field"),
        ("jsonl", &*orphaned, "is not in the file"),
        ("jsonl", &*desk.file("wp2.xml", &whole), "line 1: not a record of an Afterword export"),
    ] {
        let sentence = desk.refused(&["import", format, file, "--site", "other"]);
        assert!(sentence.contains(says), "{sentence}");
        assert_eq!(desk.export("other"), "", "{file}");
    }
}

#[test]
fn a_missing_site_or_database_is_named() {
    let desk = Desk::new();
    let file = desk.file("wp.xml", sample());
    assert!(desk.refused(&["import", "wordpress", &file, "--site", "nobody"]).contains("there is no site `nobody`"));
    assert!(desk.refused(&["export", "--site", "nobody"]).contains("there is no site `nobody`"));
    let output = desk.command("absent.db", &["export", "--site", "blog"]).output().expect("it runs");
    assert!(String::from_utf8_lossy(&output.stderr).contains("there is no database"));
    assert!(!desk.path("absent.db").exists(), "a mistyped name makes no database");
}

#[test]
fn html_of_a_foreign_file_is_never_believed() {
    let desk = Desk::new();
    desk.done(&["import", "wordpress", &desk.file("wp.xml", sample()), "--site", "blog"]);
    let forged = desk.export("blog").replace("\"body_html\":\"", "\"body_html\":\"<script>alert(1)</script>");
    desk.add_site("copy");
    desk.done(&["import", "jsonl", &desk.file("forged.jsonl", forged), "--site", "copy"]);
    assert_eq!(desk.export("copy"), desk.export("blog"));
}

#[test]
fn hostile_fields_of_our_own_format_are_refused_by_line() {
    let desk = Desk::new();
    desk.done(&["import", "wordpress", &desk.file("wp.xml", sample()), "--site", "blog"]);
    let good = desk.export("blog");
    desk.add_site("copy");
    for (from, to) in [
        ("\"page_url\":\"https://", "\"page_url\":\"javascript://"),
        ("\"author_name\":\"Author 1\"", "\"author_name\":\"\u{202e}\""),
        ("\"author_name\":\"Author 1\"", "\"author_name\":\"Author 1\",\"author_website\":\"javascript:alert(1)\""),
        ("author1@example.org", "a@b\\r\\nBcc: c@d"),
        ("\"page_key\":\"/a/\"", "\"page_key\":\"\\u0000\""),
        ("\"record\":\"author\"", "\"record\":\"author\",\"token_hash\":\"x\""),
        ("\"record\":\"author\"", "\"record\":\"author\",\"is_moderator\":true"),
    ] {
        assert!(good.contains(from), "{from}");
        let sentence = desk.refused(&["import", "jsonl", &desk.file("bad.jsonl", good.replace(from, to)), "--site", "copy"]);
        assert!(sentence.contains(": line "), "{sentence}");
        assert_eq!(desk.export("copy"), "");
    }
}

#[test]
fn an_export_to_a_file_replaces_the_older_one() {
    let desk = Desk::new();
    desk.done(&["import", "wordpress", &desk.file("wp.xml", sample()), "--site", "blog"]);
    let target = desk.file("out.jsonl", "older");
    desk.done(&["export", "--site", "blog", "--output", &target]);
    assert_eq!(std::fs::read_to_string(&target).expect("readable"), desk.export("blog"));
    let sentence = desk.refused(&["export", "--site", "blog", "--output", "/nowhere/at/all.jsonl"]);
    assert!(sentence.contains("cannot be written"), "{sentence}");
}

#[test]
fn a_backup_is_a_database_and_never_overwrites() {
    let desk = Desk::new();
    desk.done(&["import", "wordpress", &desk.file("wp.xml", sample()), "--site", "blog"]);
    let copy = desk.path("copy.db").display().to_string();
    desk.done(&["backup", &copy]);
    let copied = desk.command("copy.db", &["export", "--site", "blog"]).output().expect("it runs");
    assert_eq!(String::from_utf8_lossy(&copied.stdout), desk.export("blog"));
    assert!(desk.refused(&["backup", &copy]).contains("is there already"));
    assert!(Path::new(&copy).exists());
}
