//! Builds WordPress exports and reads them.

#![allow(dead_code, reason = "each test binary uses its part")]

use afterword::import::{Format, ImportError, Report};
use afterword_store::{CommentRecord, Record};

/// An export of one version with these items.
pub fn export(version: &str, items: &str) -> String {
    format!(
        "<?xml version=\"1.0\" encoding=\"UTF-8\" ?>\n<!-- made by a test -->\n<rss version=\"2.0\" xmlns:wp=\"http://wordpress.org/export/{version}/\">\n\
         <channel><title>A blog</title><link>https://blog.example</link>\n<wp:wxr_version>{version}</wp:wxr_version>\n\
         <wp:author><wp:author_login>mara</wp:author_login></wp:author>\n{items}\n</channel></rss>"
    )
}

/// An item with its comments.
pub fn item(link: &str, comments: &[Comment]) -> String {
    let comments: String = comments.iter().map(Comment::xml).collect();
    format!(
        "<item><title>A page</title><link>{link}</link><wp:post_id>7</wp:post_id><wp:post_date_gmt>2014-01-01 00:00:00</wp:post_date_gmt>{comments}</item>\n"
    )
}

/// A comment to write into an item; every field as in the file.
#[derive(Clone)]
pub struct Comment {
    pub id: u32,
    pub parent: u32,
    pub author: String,
    pub email: String,
    pub url: String,
    pub date_gmt: String,
    pub content: String,
    pub approved: &'static str,
    pub kind: &'static str,
}

/// An approved root comment, written `id` minutes after the page.
pub fn comment(id: u32, content: &str) -> Comment {
    Comment {
        id,
        parent: 0,
        author: format!("Author {id}"),
        email: format!("author{id}@example.org"),
        url: String::new(),
        date_gmt: format!("2014-01-01 {:02}:{:02}:00", id / 60 % 24, id % 60),
        content: content.to_owned(),
        approved: "1",
        kind: "",
    }
}

impl Comment {
    pub fn answering(mut self, parent: u32) -> Self {
        self.parent = parent;
        self
    }

    pub fn approved(mut self, approved: &'static str) -> Self {
        self.approved = approved;
        self
    }

    pub fn kind(mut self, kind: &'static str) -> Self {
        self.kind = kind;
        self
    }

    pub fn at(mut self, date_gmt: &str) -> Self {
        self.date_gmt = date_gmt.to_owned();
        self
    }

    fn xml(&self) -> String {
        let cdata = |text: &str| format!("<![CDATA[{}]]>", text.replace("]]>", "]]]]><![CDATA[>"));
        format!(
            "<wp:comment><wp:comment_id>{}</wp:comment_id><wp:comment_author>{}</wp:comment_author>\
             <wp:comment_author_email>{}</wp:comment_author_email><wp:comment_author_url>{}</wp:comment_author_url>\
             <wp:comment_author_IP>192.0.2.1</wp:comment_author_IP><wp:comment_date>2014-01-01 12:00:00</wp:comment_date>\
             <wp:comment_date_gmt>{}</wp:comment_date_gmt><wp:comment_content>{}</wp:comment_content>\
             <wp:comment_approved>{}</wp:comment_approved><wp:comment_type>{}</wp:comment_type>\
             <wp:comment_parent>{}</wp:comment_parent><wp:comment_user_id>0</wp:comment_user_id>\
             <wp:commentmeta><wp:meta_key>akismet</wp:meta_key><wp:meta_value><![CDATA[<x>]]></wp:meta_value></wp:commentmeta></wp:comment>",
            self.id,
            cdata(&self.author),
            cdata(&self.email),
            cdata(&self.url),
            self.date_gmt,
            cdata(&self.content),
            self.approved,
            self.kind,
            self.parent,
        )
    }
}

/// Everything an import of that file would store, and its report.
pub fn read(format: Format, file: &[u8]) -> Result<(Vec<Record>, Report), ImportError> {
    let mut records = Vec::new();
    let report = format.read(file, &mut |record| {
        records.push(afterword::import::rendered(record));
        Ok(())
    })?;
    Ok((records, report))
}

/// As [`read`], of a sound WordPress export: its comments.
pub fn comments(file: &str) -> (Vec<CommentRecord>, Report) {
    let (records, report) = read(Format::Wordpress, file.as_bytes()).expect("the export is sound");
    let comments =
        records.into_iter().filter_map(|record| if let Record::Comment(comment) = record { Some(comment) } else { None });
    (comments.collect(), report)
}

/// The comment with that body.
pub fn with_body<'c>(comments: &'c [CommentRecord], body: &str) -> &'c CommentRecord {
    comments
        .iter()
        .find(|comment| comment.body_markdown == body)
        .unwrap_or_else(|| panic!("no comment says {body:?}: {comments:#?}"))
}
