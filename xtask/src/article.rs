//! What the demo must know of `index.html`.

use anyhow::Context;

/// The article's page as its own site would serve it.
pub struct Article {
    /// The document without Trunk's lines.
    pub document: String,
    /// The path of its canonical address: the page key.
    pub page_key: String,
    /// Its title.
    pub title: String,
}

impl Article {
    /// Reads a document.
    ///
    /// # Errors
    /// It has no `<link rel="canonical">` or no `<title>`.
    pub fn read(document: &str) -> anyhow::Result<Self> {
        let own_lines = document.lines().filter(|line| !line.contains("data-trunk"));
        Ok(Self {
            document: own_lines.map(|line| format!("{line}\n")).collect(),
            page_key: between(document, "<link rel=\"canonical\" href=\"", "\"").context("index.html has no canonical link")?,
            title: between(document, "<title>", "</title>").context("index.html has no title")?,
        })
    }
}

fn between(document: &str, before: &str, after: &str) -> Option<String> {
    let (_, rest) = document.split_once(before)?;
    Some(rest.split_once(after)?.0.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn trunks_lines_are_left_out_and_the_canonical_path_is_the_page_key() {
        let document = "<title>T</title>\n<link data-trunk rel=\"rust\">\n<link rel=\"canonical\" href=\"/a\">\n<p>x";
        let article = Article::read(document).unwrap();
        assert_eq!(article.page_key, "/a");
        assert_eq!(article.title, "T");
        assert_eq!(article.document, "<title>T</title>\n<link rel=\"canonical\" href=\"/a\">\n<p>x\n");
    }
}
