//! WordPress exports of every version and oddity, as records.

mod walk;
mod wxr;

use afterword::import::Format;
use afterword_store::{ModerationStatus, Record};
use wxr::{comment, comments, export, item, read, with_body};

#[test]
fn every_known_version_is_read() {
    for version in ["1.0", "1.1", "1.2"] {
        let file = export(version, &item("https://blog.example/2014/hello/?utm=x", &[comment(1, "hello <b>you</b>")]));
        let (records, report) = read(Format::Wordpress, file.as_bytes()).expect("sound");
        let [Record::Thread(thread), Record::Author(author), Record::Comment(comment)] = &records[..] else {
            panic!("{records:?}");
        };
        assert_eq!(
            (&*thread.page_key, thread.page_url.as_deref()),
            ("/2014/hello/", Some("https://blog.example/2014/hello/?utm=x"))
        );
        assert_eq!(thread.page_title.as_deref(), Some("A page"));
        assert_eq!((comment.author_id, &*comment.page_key), (author.author_id, "/2014/hello/"));
        assert_eq!((&*comment.author_name, comment.author_email.as_deref()), ("Author 1", Some("author1@example.org")));
        assert_eq!((&*comment.body_markdown, &*comment.body_html), ("hello **you**", "<p>hello <strong>you</strong></p>\n"));
        assert_eq!(comment.created_at.to_string(), "2014-01-01T00:01:00.000Z");
        assert_eq!((report.threads, report.comments), (1, 1));
    }
}

#[test]
fn a_newer_version_is_refused_by_name() {
    let error = read(Format::Wordpress, export("1.3", "").as_bytes()).expect_err("unknown");
    assert_eq!(error.message, "line 5: WXR version 1.3; 1.0, 1.1 and 1.2 are known");
}

#[test]
fn a_reply_keeps_its_parent_although_that_comes_later() {
    let file = export("1.2", &item("/a", &[comment(3, "c").answering(2), comment(2, "b").answering(1), comment(1, "a")]));
    let (comments, report) = comments(&file);
    assert_eq!(comments.iter().map(|comment| &*comment.body_markdown).collect::<Vec<_>>(), ["a", "b", "c"]);
    assert_eq!(comments[1].parent_id, Some(comments[0].comment_id));
    assert_eq!(comments[2].parent_id, Some(comments[1].comment_id));
    assert_eq!(report.orphans, 0);
}

#[test]
fn a_reply_has_the_greater_id_although_its_date_is_earlier() {
    let file = export(
        "1.2",
        &item("/a", &[comment(1, "a"), comment(2, "b").answering(1).at("2003-01-01 00:00:00"), comment(3, "c").answering(2)]),
    );
    let (comments, _) = comments(&file);
    assert!(comments[0].comment_id < comments[1].comment_id && comments[1].comment_id < comments[2].comment_id, "{comments:?}");
    assert_eq!(comments[1].created_at.to_string(), "2003-01-01T00:00:00.000Z", "the date stays as it was");
}

#[test]
fn ids_sort_as_comments_were_written_also_within_a_second() {
    let many: Vec<_> = (1..=500).map(|id| comment(id, &format!("n{id}")).at("2009-05-05 05:05:05")).collect();
    let (comments, _) = comments(&export("1.2", &item("/a", &many)));
    assert!(comments.windows(2).all(|pair| pair[0].comment_id < pair[1].comment_id));
}

#[test]
fn a_reply_to_nobody_or_in_a_circle_is_a_root_comment_and_reported() {
    let file =
        export("1.2", &item("/a", &[comment(1, "a").answering(99), comment(2, "b").answering(3), comment(3, "c").answering(2)]));
    let (comments, report) = comments(&file);
    assert_eq!((comments.len(), report.orphans), (3, 2));
    assert_eq!(with_body(&comments, "a").parent_id, None);
}

#[test]
fn pingbacks_are_counted_and_not_imported() {
    let all = [
        comment(1, "a").kind("pingback"),
        comment(2, "b").kind("trackback"),
        comment(3, "c").kind("order_note"),
        comment(4, "d").kind("comment"),
        comment(5, "e").answering(1),
    ];
    let (comments, report) = comments(&export("1.2", &item("/a", &all)));
    assert_eq!(comments.len(), 2);
    assert_eq!((report.pingbacks_skipped, report.others_skipped, report.orphans), (2, 1, 1));
}

#[test]
fn the_moderation_status_is_kept() {
    let all =
        [comment(1, "a"), comment(2, "b").approved("0"), comment(3, "c").approved("spam"), comment(4, "d").approved("nonsense")];
    let (comments, report) = comments(&export("1.2", &item("/a", &all)));
    let status = |body| with_body(&comments, body).moderation_status;
    assert_eq!(
        [status("a"), status("b"), status("c"), status("d")],
        [ModerationStatus::Approved, ModerationStatus::Pending, ModerationStatus::Spam, ModerationStatus::Pending]
    );
    assert_eq!((report.pending, report.spam), (2, 1));
}

#[test]
fn a_deleted_comment_stays_as_a_placeholder_only_above_living_replies() {
    let all = [
        comment(1, "gone").approved("trash"),
        comment(2, "gone too").approved("trash").answering(1),
        comment(3, "alive").answering(2),
        comment(4, "gone alone").approved("trash"),
        comment(5, "gone below").approved("post-trashed").answering(4),
    ];
    let (comments, report) = comments(&export("1.2", &item("/a", &all)));
    assert_eq!((comments.len(), report.deleted, report.deleted_skipped), (3, 2, 2));
    for placeholder in &comments[..2] {
        assert!(placeholder.deleted_at.is_some());
        assert_eq!((&*placeholder.author_name, &*placeholder.body_markdown, &placeholder.author_email), ("", "", &None));
    }
    assert_eq!(comments[2].parent_id, Some(comments[1].comment_id));
}

#[test]
fn one_person_is_one_author_and_the_id_does_not_follow_from_the_email() {
    let by = |id, email: &str| wxr::Comment { author: "Mara".to_owned(), email: email.to_owned(), ..comment(id, "x") };
    let ids = |first: &str| {
        let file = export("1.2", &item("/a", &[by(1, first), by(2, first), by(3, "other@example.org"), by(4, ""), by(5, "")]));
        comments(&file).0.into_iter().map(|comment| comment.author_id).collect::<Vec<_>>()
    };
    let authors = ids("mara@example.org");
    assert_eq!(authors[0], authors[1]);
    assert_eq!(authors.iter().collect::<std::collections::HashSet<_>>().len(), 4, "without an e-mail nobody is anybody else");
    assert_eq!(authors, ids("someone.else@example.net"));
}

#[test]
fn a_second_reading_gives_the_same_records() {
    let file =
        export("1.2", &item("/a", &[comment(1, "a"), comment(2, "b").answering(1), comment(3, "c").at("0000-00-00 00:00:00")]));
    assert_eq!(
        read(Format::Wordpress, file.as_bytes()).expect("sound"),
        read(Format::Wordpress, file.as_bytes()).expect("sound")
    );
}

#[test]
fn fields_kept_as_html_are_read_as_text() {
    let odd = wxr::Comment {
        author: "Tom &amp; O&#039;Brien <b>x</b>".to_owned(),
        url: "http://example.org/?a=1&#038;b=2".to_owned(),
        ..comment(1, "x")
    };
    let (comments, _) = comments(&export("1.2", &item("/a", &[odd])));
    assert_eq!(comments[0].author_name, "Tom & O'Brien x");
    assert_eq!(comments[0].author_website.as_deref(), Some("http://example.org/?a=1&b=2"));
}

#[test]
fn hostile_fields_are_cleaned_or_left_out() {
    let odd = wxr::Comment {
        author: "\u{202e}  ".to_owned(),
        url: "javascript:alert(1)".to_owned(),
        email: "a@b\r\nBcc: c@d".to_owned(),
        ..comment(1, "<script>alert(1)</script>x")
    };
    let (comments, _) = comments(&export("1.2", &item("javascript:alert(1)", &[odd])));
    assert_eq!((&*comments[0].author_name, &comments[0].author_website, &comments[0].author_email), ("Anonymous", &None, &None));
    assert_eq!(comments[0].body_html, "<p>x</p>\n");
}

#[test]
fn years_0_and_9999_are_taken_for_no_date() {
    let all = [comment(1, "a").at("0000-00-00 00:00:00"), comment(2, "b").at("9999-12-31 23:59:59")];
    let (comments, _) = comments(&export("1.2", &item("/a", &all)));
    assert!(
        comments.iter().all(|comment| comment.created_at.to_string() == "2014-01-01T12:00:00.000Z"),
        "the local date stands in: {comments:?}"
    );
}

#[test]
fn a_body_longer_than_any_is_cut_and_reported() {
    let (comments, report) = comments(&export("1.2", &item("/a", &[comment(1, &"a".repeat(400_000))])));
    assert_eq!(comments[0].body_markdown.chars().count(), afterword_wire::limits::MAX_IMPORTED_BODY_CHARS);
    assert_eq!(report.bodies_cut, 1);
}

#[test]
fn what_peers_exported_is_read() {
    let Some(folder) = walk::fixtures() else { return };
    let file = std::fs::read_to_string(folder.join("import/isso/wordpress.xml")).expect("the fixture is readable");
    let (comments, report) = comments(&file);
    assert_eq!((report.threads, report.comments, report.orphans), (2, 8, 0));
    let first = with_body(&comments, "Erster!1");
    assert_eq!((&*first.page_key, first.author_email.as_deref()), ("/2014/test/", Some("test@example.org")));
    let reply = with_body(&comments, "Yet another reply.");
    let parent = comments.iter().find(|comment| Some(comment.comment_id) == reply.parent_id).expect("it has a parent");
    assert_eq!(parent.body_markdown, "Drölfter!");
    assert!(
        with_body(&comments, "When you have a comment with multiple lines:\nWordPress exports it like this.")
            .body_html
            .contains("<br>")
    );
}

#[test]
fn an_archive_is_told_from_an_export() {
    let Some(folder) = walk::fixtures().map(|folder| folder.join("import/comentario")) else { return };
    let mut count = 0;
    for entry in std::fs::read_dir(folder).expect("the folder is readable") {
        let file = std::fs::read(entry.expect("an entry").path()).expect("the fixture is readable");
        for format in [Format::Wordpress, Format::Jsonl] {
            let error = read(format, &file).expect_err("compressed");
            assert!(error.message.starts_with("the file is compressed ("), "{error}");
        }
        count += 1;
    }
    assert!(count > 10);
}
