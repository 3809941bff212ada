//! Files made to exhaust, mislead or reach outside: an error, or done within bounds.

mod wxr;

use afterword::import::Format;
use std::io::{BufReader, Read};
use std::time::{Duration, Instant};
use wxr::{comment, export, item, read};

fn refusal(file: &str) -> String {
    read(Format::Wordpress, file.as_bytes()).expect_err("refused").message
}

#[test]
fn entities_that_multiply_are_refused_unread() {
    let mut file = "<?xml version=\"1.0\"?><!DOCTYPE rss [<!ENTITY a0 \"ha\">".to_owned();
    for level in 1..30 {
        file += &format!("<!ENTITY a{level} \"{}\">", format!("&a{};", level - 1).repeat(10));
    }
    file += "]><rss><channel><item><title>&a29;</title></item></channel></rss>";
    assert!(refusal(&file).contains("a document type is not allowed"), "{}", refusal(&file));
}

#[test]
fn external_entities_are_refused_and_nothing_is_fetched() {
    for entity in ["SYSTEM \"file:///etc/passwd\"", "SYSTEM \"http://127.0.0.1:1/x\"", "PUBLIC \"x\" \"http://127.0.0.1:1/x\""] {
        let file = format!("<?xml version=\"1.0\"?>\n<!DOCTYPE rss [<!ENTITY x {entity}>]>\n<rss><channel>&x;</channel></rss>");
        assert!(refusal(&file).starts_with("line 2: a document type is not allowed"), "{}", refusal(&file));
    }
}

#[test]
fn an_entity_nobody_defined_stays_text() {
    let (records, _) =
        read(Format::Wordpress, export("1.2", "<item><title>&secret; &amp; &#x41;</title><link>/a</link></item>").as_bytes())
            .expect("sound");
    assert!(records.is_empty());
    let file = export("1.2", &item("/a", &[comment(1, "x")])).replace("A page", "&secret; &lt; &#x41;");
    let (records, _) = read(Format::Wordpress, file.as_bytes()).expect("sound");
    assert!(format!("{records:?}").contains("&secret; < A"), "{records:?}");
}

#[test]
fn a_damaged_file_is_one_sentence_with_its_line() {
    let whole = export("1.2", &item("/a", &[comment(1, "x"), comment(2, "y")]));
    for (file, sentence) in [
        (String::new(), "the file holds no XML: a WordPress export (WXR) is expected"),
        ("nonsense".to_owned(), "line 1: not a WordPress export: XML that begins with <rss> is expected"),
        ("{\"record\":\"thread\"}".to_owned(), "line 1: not a WordPress export: XML that begins with <rss> is expected"),
        ("<html><body></body></html>".to_owned(), "line 1: not a WordPress export: <html> came where <rss> is expected"),
        ("<disqus></disqus>".to_owned(), "line 1: not a WordPress export: <disqus> came where <rss> is expected"),
        ("<rss>\n<channel></item></channel></rss>".to_owned(), "line 2: damaged XML: "),
        (whole[..whole.find("</item>").expect("there is one")].to_owned(), "line 7: the file ends in the middle: it was cut off"),
    ] {
        assert!(refusal(&file).starts_with(sentence), "{}", refusal(&file));
    }
    for end in (60..whole.len()).step_by(7) {
        let cut = refusal(&whole[..end]);
        assert!(cut.starts_with("line ") && !cut.contains('\n'), "{end}: {cut}");
    }
}

#[test]
fn bytes_that_are_no_text_are_refused() {
    let mut file = export("1.2", &item("/a", &[comment(1, "x")])).into_bytes();
    let at = file.windows(8).position(|bytes| bytes == b"<![CDATA").expect("there is some") + 9;
    file[at] = 0xff;
    assert!(read(Format::Wordpress, &file).expect_err("refused").message.starts_with("line "));
}

#[test]
fn elements_nested_without_end_are_refused() {
    assert!(refusal(&format!("<rss>{}", "<a>".repeat(100_000))).contains("nest deeper than 64"));
}

#[test]
fn one_element_without_end_is_refused_before_it_is_in_memory() {
    for start in [
        "<rss><channel><title>",
        "<rss><channel><title><![CDATA[",
        "<rss><!--",
        "<rss a=\"",
        "<rss><channel><item><wp:comment><wp:comment_content>",
    ] {
        let endless = BufReader::new(start.as_bytes().chain(std::io::repeat(b'a')));
        let error = Format::Wordpress.read(endless, &mut |_| Ok(())).expect_err("refused");
        assert!(error.message.contains("MiB"), "{start}: {error}");
    }
    let endless = BufReader::new(std::io::repeat(b'1'));
    assert!(Format::Jsonl.read(endless, &mut |_| Ok(())).expect_err("refused").message.contains("MiB"));
}

#[test]
fn many_small_texts_in_one_element_are_refused_before_they_are_in_memory() {
    let endless = BufReader::new("<rss><channel><item><title>".as_bytes().chain(Repeating {
        part: b"aaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaaa<!-- -->",
        at: 0,
    }));
    assert!(Format::Wordpress.read(endless, &mut |_| Ok(())).expect_err("refused").message.contains("MiB"));
}

/// Without optimisation, on a machine that does other things, a tenth of them must do.
const ITEMS: u64 = if cfg!(debug_assertions) { 100_000 } else { 1_000_000 };

#[test]
fn a_million_items_without_comments_are_passed_in_time() {
    let begun = Instant::now();
    let part = b"<item><title>x</title><link>https://blog.example/a</link><wp:comment_status>open</wp:comment_status></item>\n";
    let items = Repeating { part, at: 0 }.take(ITEMS * part.len() as u64);
    let file = "<rss><channel>".as_bytes().chain(items).chain("</channel></rss>".as_bytes());
    let report = Format::Wordpress.read(BufReader::with_capacity(1 << 18, file), &mut |_| Ok(())).expect("sound");
    assert_eq!((report.threads, report.comments), (0, 0));
    println!("{ITEMS} items: {:?}", begun.elapsed());
    assert!(begun.elapsed() < Duration::from_secs(30), "{:?}", begun.elapsed());
}

#[test]
fn a_chain_ten_thousand_deep_is_read_on_a_small_stack() {
    let chain: Vec<_> = (1..=10_000).rev().map(|id| comment(id, "x").answering(id - 1)).collect();
    let file = export("1.2", &item("/a", &chain));
    let thread = std::thread::Builder::new().stack_size(256 * 1024);
    let count = thread.spawn(move || wxr::comments(&file).0.len()).expect("a thread starts").join().expect("nothing overflows");
    assert_eq!(count, 10_000);
}

/// The same bytes again and again.
struct Repeating {
    part: &'static [u8],
    at: usize,
}

impl Read for Repeating {
    fn read(&mut self, into: &mut [u8]) -> std::io::Result<usize> {
        let rest = &self.part[self.at..];
        let count = rest.len().min(into.len());
        into[..count].copy_from_slice(&rest[..count]);
        self.at = (self.at + count) % self.part.len();
        Ok(count)
    }
}
