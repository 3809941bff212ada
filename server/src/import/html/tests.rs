use super::to_markdown;
use crate::render::markdown::render;

#[test]
fn what_html_showed_the_markdown_shows() {
    for (html, shown) in [
        ("plain", "<p>plain</p>\n"),
        ("a\nb", "<p>a<br>\nb</p>\n"),
        ("a<br />\nb<br>c<br>\n\nd<br><br>e", "<p>a<br>\nb<br>\nc</p>\n<p>d</p>\n<p>e</p>\n"),
        ("a<br/>b", "<p>a<br>\nb</p>\n"),
        ("a\n\nb", "<p>a</p>\n<p>b</p>\n"),
        ("<p>a</p>\n<p>b</p>", "<p>a</p>\n<p>b</p>\n"),
        ("a <strong>b</strong> <em> c </em>d", "<p>a <strong>b</strong> <em>c</em> d</p>\n"),
        ("<b>a\n\nb</b>", "<p><strong>a</strong></p>\n<p><strong>b</strong></p>\n"),
        ("<b>a<i>b</b>c</i>", "<p><strong>a<em>b</em></strong>c</p>\n"),
        ("<b></b><b> </b>x", "<p>x</p>\n"),
        ("<b>a</b><b>b</b>", "<p><strong>ab</strong></p>\n"),
        ("<del>a</del>", "<p><del>a</del></p>\n"),
        ("a &lt;b&gt; &amp;amp; &quot;c&quot;", "<p>a &lt;b&gt; &amp;amp; \"c\"</p>\n"),
        ("1 < 2 *not* _em_ `x` [y](z) ~~a~~", "<p>1 &lt; 2 *not* _em_ `x` [y](z) ~~a~~</p>\n"),
        ("# no\n- list\n1. here\n> or quote\n===\n", "<p># no<br>\n- list<br>\n1. here<br>\n&gt; or quote<br>\n===</p>\n"),
        ("    not code", "<p>not code</p>\n"),
        ("<code>a*b`c</code>", "<p><code>a*b`c</code></p>\n"),
        ("<pre>a\n  b &lt;c&gt;\n</pre>after", "<pre><code>a\n  b &lt;c&gt;\n</code></pre>\n<p>after</p>\n"),
        ("<pre><code>x</code></pre>", "<pre><code>x\n</code></pre>\n"),
        ("a<blockquote>b\nc</blockquote>d", "<p>a</p>\n<blockquote>\n<p>b<br>\nc</p>\n</blockquote>\n<p>d</p>\n"),
        ("<blockquote><p>a</p><p>b</p></blockquote>", "<blockquote>\n<p>a</p>\n<p>b</p>\n</blockquote>\n"),
        ("<ul>\n<li>a</li>\n<li>b</li>\n</ul>\nc", "<ul>\n<li>a</li>\n<li>b</li>\n</ul>\n<p>c</p>\n"),
        ("x<ol start=3><li>a<li>b</ol>", "<p>x</p>\n<ol start=\"3\">\n<li>a</li>\n<li>b</li>\n</ol>\n"),
        ("<ul><li>a<ul><li>b</li></ul></li><li>c</li></ul>", "<ul>\n<li>a\n<ul>\n<li>b</li>\n</ul>\n</li>\n<li>c</li>\n</ul>\n"),
        ("a<hr>b", "<p>a</p>\n<hr>\n<p>b</p>\n"),
        ("<script>alert(1)</script><style>x{}</style>y<!-- z -->", "<p>y</p>\n"),
        ("<font color=red>a</font><span onclick=x>b</span>", "<p>ab</p>\n"),
        ("", ""),
        ("<p></p><br><ul></ul>", ""),
    ] {
        assert_eq!(render(&to_markdown(html)), shown, "{html:?}\n{}", to_markdown(html));
    }
}

#[test]
fn links_and_images_become_links() {
    let rel = "rel=\"nofollow ugc noopener noreferrer\"";
    for (html, shown) in [
        (
            "<a href=\"https://a.example/b_c?d=e&amp;f\">g_h</a>",
            format!("<p><a href=\"https://a.example/b_c?d=e&amp;f\" {rel}>g_h</a></p>\n"),
        ),
        (
            "see https://a.example/b_c_d?x=*y now",
            format!("<p>see <a href=\"https://a.example/b_c_d\" {rel}>https://a.example/b_c_d</a> now</p>\n")
                .replace("b_c_d", "b_c_d?x=*y"),
        ),
        (
            "<a href='https://a.example/b_c'>https://a.example/b_c</a>",
            format!("<p><a href=\"https://a.example/b_c\" {rel}>https://a.example/b_c</a></p>\n"),
        ),
        ("<a href=javascript:alert(1)>a</a>", "<p>a</p>\n".to_owned()),
        ("<img src=https://a.example/b.png alt='c d'>", format!("<p><a href=\"https://a.example/b.png\" {rel}>c d</a></p>\n")),
        ("<img src=x onerror=alert(1)>a", "<p>a</p>\n".to_owned()),
    ] {
        let markdown = to_markdown(html);
        assert_eq!(render(&markdown), shown, "{html:?}\n{markdown}");
    }
}

#[test]
fn nesting_of_ten_thousand_is_safe() {
    for element in ["blockquote", "ul", "b", "div", "a href=https://a.example", "li"] {
        let html = format!("{}deep", format!("<{element}>").repeat(10_000));
        assert!(to_markdown(&html).contains("deep"), "{element}");
    }
}

#[test]
fn a_little_html_makes_no_flood_of_markdown() {
    let long = format!("<a href=\"https://a.example/{}\">", "b".repeat(2_000));
    for html in [
        format!("{long}{}", "a\n\n".repeat(80_000)),
        format!("{}{}", "<b>".repeat(60_000), "a ".repeat(40_000)),
        format!("{}{}", "<blockquote>".repeat(10_000), "a\n\n".repeat(50_000)),
        format!("{}<pre>{}", "<ol><li>".repeat(10_000), "a\n".repeat(80_000)),
    ] {
        let begun = std::time::Instant::now();
        let markdown = to_markdown(&html);
        assert!(markdown.len() < 4_000_000, "{}", markdown.len());
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
