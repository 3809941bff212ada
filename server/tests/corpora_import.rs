//! The corpora through the import: every field of both formats, the stored HTML walked.

mod walk;
mod wxr;

use afterword::import::Format;
use afterword_store::Record;
use walk::{corpora, problems};
use wxr::{Comment, comment, export, item, read};

/// XML has no way to write most control characters: an export cannot hold them.
fn in_xml(payload: &str) -> String {
    payload.chars().filter(|c| !c.is_control() || *c == '\n' || *c == '\t').collect()
}

fn check(record: &Record) {
    match record {
        Record::Thread(thread) => {
            assert!(
                thread.page_url.as_ref().is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")),
                "{thread:?}"
            );
            assert!(thread.page_key.starts_with('/') && !thread.page_key.contains(char::is_control), "{thread:?}");
            assert!(thread.page_title.as_ref().is_none_or(|title| !title.contains(char::is_control)), "{thread:?}");
        }
        Record::Author(_) => {}
        Record::Comment(comment) => {
            assert_eq!(problems(&comment.body_html), Vec::<String>::new(), "{comment:?}");
            assert_eq!(walk::cleaned_again(&comment.body_html), comment.body_html);
            assert!(!comment.author_name.contains(char::is_control), "{comment:?}");
            assert!(
                comment.author_website.as_ref().is_none_or(|url| url.starts_with("https://") || url.starts_with("http://")),
                "{comment:?}"
            );
        }
    }
}

#[test]
fn no_payload_survives_in_any_field_of_a_wordpress_export() {
    for payload in corpora() {
        let payload = in_xml(&payload);
        let hostile = Comment { author: payload.clone(), url: payload.clone(), email: payload.clone(), ..comment(1, &payload) };
        let linked = comment(2, &format!("<a href=\"{payload}\">x</a><blockquote>{payload}</blockquote><code>{payload}</code>"));
        let in_text = payload.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;");
        let escaped = comment(3, &in_text);
        let short: String = payload.chars().take(60).collect();
        let link = format!("<![CDATA[https://blog.example/{}]]>", short.replace("]]>", ""));
        let file = export("1.2", &item(&link, &[hostile, linked, escaped])).replace("A page", &in_text);
        let (records, _) = read(Format::Wordpress, file.as_bytes()).unwrap_or_else(|error| panic!("{error}: {payload:?}"));
        assert_eq!(records.len(), 1 + 3 + 3);
        records.iter().for_each(check);
    }
}

#[test]
fn no_payload_survives_in_any_field_of_our_own_format() {
    let (sound, _) =
        read(Format::Wordpress, export("1.2", &item("https://blog.example/a", &[comment(1, "x")])).as_bytes()).expect("sound");
    for payload in corpora() {
        for field in ["body", "name", "website", "answers", "title", "url"] {
            let lines: Vec<String> =
                sound.iter().map(|record| serde_json::to_string(&with(record, field, &payload)).expect("JSON")).collect();
            // Refusing the file is as good as cleaning the field.
            if let Ok((records, _)) = read(Format::Jsonl, lines.join("\n").as_bytes()) {
                records.iter().for_each(check);
            }
        }
    }
}

#[test]
fn what_the_binary_stores_of_the_corpora_is_harmless() {
    let payloads: Vec<String> = corpora().iter().step_by(15).map(|payload| in_xml(payload)).collect();
    if payloads.is_empty() {
        return;
    }
    let hostile =
        |(payload, id): (&String, u32)| Comment { author: payload.clone(), url: payload.clone(), ..comment(id, payload) };
    let comments: Vec<Comment> = payloads.iter().zip(1..).map(hostile).collect();
    let folder = tempfile::TempDir::new().expect("a folder");
    std::fs::write(folder.path().join("wp.xml"), export("1.2", &item("https://blog.example/a", &comments))).expect("written");
    let run = |arguments: &[&str]| {
        let mut command = std::process::Command::new(env!("CARGO_BIN_EXE_afterword"));
        let output =
            command.args(arguments).args(["--database", "a.db"]).current_dir(folder.path()).output().expect("the binary runs");
        assert!(output.status.success(), "{}", String::from_utf8_lossy(&output.stderr));
        String::from_utf8(output.stdout).expect("text")
    };
    run(&["site", "add", "blog", "--origin", "https://blog.example"]);
    run(&["import", "wordpress", "wp.xml", "--site", "blog"]);
    let stored: Vec<Record> =
        run(&["export", "--site", "blog"]).lines().map(|line| serde_json::from_str(line).expect("a record")).collect();
    assert_eq!(stored.iter().filter(|record| matches!(record, Record::Comment(_))).count(), payloads.len());
    stored.iter().for_each(check);
}

/// The record with a payload in one field, and in the HTML that came along.
fn with(record: &Record, field: &str, payload: &str) -> Record {
    let mut record = record.clone();
    let text = payload.to_owned();
    match &mut record {
        Record::Comment(comment) => {
            comment.body_html = text.clone();
            match field {
                "body" => comment.body_markdown = text,
                "name" => comment.author_name = text,
                "website" => comment.author_website = Some(text),
                "answers" => comment.answers_name = Some(text),
                _ => {}
            }
        }
        Record::Thread(thread) => match field {
            "title" => thread.page_title = Some(text),
            "url" => thread.page_url = Some(text),
            _ => {}
        },
        Record::Author(_) => {}
    }
    record
}
