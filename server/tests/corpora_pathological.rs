//! Bodies made to take long or to nest deep: each as long as a body may be, each within its time, on a small stack.

use afterword::render::markdown::render;
use afterword_wire::limits::MAX_BODY_CHARS;
use std::time::{Duration, Instant};

/// How long one body may take. The tests' own build is not optimised throughout, and other tests run beside it.
const ALLOWED: Duration = Duration::from_millis(if cfg!(debug_assertions) { 500 } else { 50 });
/// Far less than any thread of the server has.
const SMALL_STACK_BYTES: usize = 256 * 1024;

fn filled(part: &str) -> String {
    part.repeat(MAX_BODY_CHARS / part.chars().count())
}

fn half_and_half(first: &str, second: &str) -> String {
    let count = MAX_BODY_CHARS / (first.chars().count() + second.chars().count());
    format!("{}{}", first.repeat(count), second.repeat(count))
}

fn pathological() -> Vec<(&'static str, String)> {
    vec![
        ("open emphasis", filled("*a _a ")),
        ("open strong", filled("**a ")),
        ("emphasis of many lengths", filled("*a **a ***a ")),
        ("closing emphasis", filled("a** a* ")),
        ("strikethrough", filled("~~a ~a ")),
        ("nested emphasis", half_and_half("*a ", " a*")),
        ("nested strong emphasis", half_and_half("*a **a ", "a** a*")),
        ("open brackets", filled("[")),
        ("open images", filled("![")),
        ("nested brackets", half_and_half("[", "]")),
        ("nested links", half_and_half("[", "](https://a.example)")),
        ("nested images", half_and_half("![", "](https://a.example)")),
        ("open links", filled("[a](<b")),
        ("open link targets", filled("[a](b")),
        ("link titles", filled("[a](b \"c")),
        ("reference definitions", filled("[a]: b\n")),
        ("many references", format!("[a]: https://a.example\n\n{}", "[a] ".repeat(2_400))),
        ("long label", format!("[{}]", "a".repeat(9_900))),
        ("backticks of many lengths", (1..140).map(|length| "`".repeat(length) + " ").collect()),
        ("open code", filled("` ")),
        ("fences", filled("```\n")),
        ("quotes", filled("> ")),
        ("quotes without space", filled(">")),
        ("quotes and lists", filled("> - ")),
        ("quotes, then lines", format!("{}\n{}", ">".repeat(5_000), "a\n".repeat(2_400))),
        ("quotes growing", (0..130).map(|depth| ">".repeat(depth) + "a\n").collect()),
        ("lists growing", (0..130).map(|depth| " ".repeat(depth) + "- a\n").collect()),
        ("lists in a line", filled("- ")),
        ("numbered lists in a line", filled("1. ")),
        ("empty items", filled("-\n")),
        ("open tags", filled("<a ")),
        ("open comments", filled("<!-- ")),
        ("open processing", filled("<?")),
        ("open declarations", filled("<!A ")),
        ("open data", filled("<![CDATA[")),
        ("angle brackets", filled("<")),
        ("tags", filled("<b>")),
        ("block tags", filled("<div>\n\n")),
        ("entities", filled("&amp;")),
        ("half entities", filled("&a")),
        ("backslashes", filled("\\")),
        ("bare links", filled("www.a.b ")),
        ("bare link openers", filled("www.")),
        ("schemes", filled("http://")),
        ("colons", filled("a:")),
        ("mail addresses", filled("a@b.c ")),
        ("at signs", filled("a@")),
        ("dots and at signs", filled("a.b-c_d@")),
        ("parentheses behind a link", format!("https://a.example/{}", "(".repeat(9_000))),
        ("closing parentheses behind a link", format!("https://a.example/{}", ")".repeat(9_000))),
        ("link text of hosts", format!("[{}](https://a.example)", "b.example ".repeat(990))),
        ("tables", filled("| a ")),
        ("table rules", format!("{}\n{}", "|a".repeat(2_400), "|-".repeat(2_400))),
        ("setext underlines", filled("a\n=\n")),
        ("rules", filled("* * *\n")),
        ("tabs", filled("\t")),
        ("tabs in lists", filled("-\t")),
        ("newlines", filled("\n")),
        ("NUL", filled("\0")),
        ("carriage returns", filled("\r")),
        ("combining marks", filled("\u{330}")),
        ("ligatures in a link", format!("[{}](https://a.example)", "\u{fdfa}".repeat(9_900))),
        ("astral", filled("𝕏*")),
    ]
}

#[test]
fn no_body_takes_longer_than_allowed() {
    // Once for the sanitiser's tables, which are made when first used.
    time_of("");
    let mut slow = Vec::new();
    for (name, body) in pathological() {
        assert!(body.chars().count() <= MAX_BODY_CHARS + 100, "{name}: {}", body.chars().count());
        // The best of three: the machine may be busy with something else.
        let took = (0..3).map(|_| time_of(&body)).min().expect("three times");
        println!("{name}: {took:?}");
        if took > ALLOWED {
            slow.push(format!("{name}: {took:?}"));
        }
    }
    assert!(slow.is_empty(), "{slow:?}");
}

fn time_of(body: &str) -> Duration {
    let begun = Instant::now();
    std::hint::black_box(render(body));
    begun.elapsed()
}

#[test]
fn nesting_of_ten_thousand_is_safe_on_a_small_stack() {
    let deep = vec![
        "> ".repeat(10_000),
        ">".repeat(10_000) + "a",
        "- ".repeat(10_000),
        "1. ".repeat(10_000) + "a",
        "> - ".repeat(10_000) + "a",
        "[".repeat(10_000) + "a" + &"](https://a.example)".repeat(10_000),
        "![".repeat(10_000) + "a" + &"](https://a.example)".repeat(10_000),
        "*a **a ".repeat(10_000) + &"a** a*".repeat(10_000),
        "~~a *a ".repeat(10_000) + &"a* a~~".repeat(10_000),
        "<b>".repeat(10_000),
        "<div>".repeat(10_000),
    ];
    let pathological = pathological().into_iter().map(|(_, body)| body);
    for body in deep.into_iter().chain(pathological) {
        let thread = std::thread::Builder::new().stack_size(SMALL_STACK_BYTES);
        let html = thread.spawn(move || render(&body)).expect("a thread starts").join().expect("nothing overflows");
        drop(html);
    }
}
