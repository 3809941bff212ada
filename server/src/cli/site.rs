//! `afterword site`: whose pages may carry threads.

use crate::cli::Sentence;
use crate::cli::database::{DatabaseArgs, runtime};
use crate::clock::{Clock, SystemClock};
use afterword_store::{NewSite, StoreError, WriteRefusal};
use afterword_wire::limits::{DEFAULT_EDIT_WINDOW_S, MAX_SLUG_CHARS};
use clap::{Args, Subcommand};
use url::{Origin, Url};

/// What to do about sites.
#[derive(Debug, Subcommand)]
pub enum SiteCommand {
    /// Adds a site.
    Add(AddSite),
    /// Lists all sites with their counts.
    List(ListSites),
}

/// Adds a site.
#[derive(Debug, Args)]
pub struct AddSite {
    /// The site's handle, as in `data-site`: 1 to 40 of a-z, 0-9 and hyphens.
    #[arg(value_parser = check_slug)]
    slug: String,
    /// An origin whose pages may write, like https://blog.example; as often as there are origins.
    #[arg(long = "origin", env = "AFTERWORD_ORIGIN", value_name = "URL", required = true, num_args = 1.., value_delimiter = ',', value_parser = check_origin)]
    origins: Vec<String>,
    /// Seconds within which authors may edit and delete.
    #[arg(long, env = "AFTERWORD_EDIT_WINDOW", value_name = "SECONDS", default_value_t = DEFAULT_EDIT_WINDOW_S)]
    edit_window: u32,
    #[command(flatten)]
    database: DatabaseArgs,
}

/// Lists all sites.
#[derive(Debug, Args)]
pub struct ListSites {
    #[command(flatten)]
    database: DatabaseArgs,
}

impl SiteCommand {
    /// Does it.
    ///
    /// # Errors
    /// The slug is taken, or the database cannot be used.
    pub fn run(self) -> Result<(), Sentence> {
        let runtime = runtime(1)?;
        match self {
            Self::Add(add) => runtime.block_on(add.run()),
            Self::List(list) => runtime.block_on(list.run()),
        }
    }
}

impl AddSite {
    async fn run(self) -> Result<(), Sentence> {
        let store = self.database.open().await?;
        let mut origins = self.origins;
        origins.sort();
        origins.dedup();
        let new = NewSite { slug: self.slug.clone(), origins, edit_window_s: self.edit_window, created_at: SystemClock.now() };
        let site = store.add_site(new).await.map_err(|error| match error {
            StoreError::Refused(WriteRefusal::SiteExists) => format!("there is a site `{}` already", self.slug),
            error => error.to_string(),
        });
        store.close().await;
        let site = site?;
        println!("site `{}` added; its pages may be on {}", site.slug, site.origins.join(", "));
        Ok(())
    }
}

impl ListSites {
    async fn run(self) -> Result<(), Sentence> {
        let store = self.database.open().await?;
        let sites = store.list_sites().await.map_err(|error| error.to_string());
        store.close().await;
        for summary in sites? {
            let (site, threads, comments) = (summary.site, summary.thread_count, summary.comment_count);
            println!("{}\t{threads} threads\t{comments} comments\t{}", site.slug, site.origins.join(" "));
        }
        Ok(())
    }
}

fn check_slug(text: &str) -> Result<String, String> {
    let is_slug = |byte: u8| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'-';
    if text.is_empty() || text.len() > MAX_SLUG_CHARS || !text.bytes().all(is_slug) {
        return Err(format!("1 to {MAX_SLUG_CHARS} of a-z, 0-9 and hyphens are expected"));
    }
    Ok(text.to_owned())
}

/// The origin as browsers send it; anything but an origin is refused, so that nobody believes a path counts.
fn check_origin(text: &str) -> Result<String, String> {
    let expected = || "an origin like https://blog.example is expected".to_owned();
    let url = Url::parse(text).map_err(|_| expected())?;
    let has_more = url.path() != "/"
        || url.query().is_some()
        || url.fragment().is_some()
        || !url.username().is_empty()
        || url.password().is_some();
    if has_more || !matches!(url.scheme(), "http" | "https") {
        return Err(expected());
    }
    match url.origin() {
        origin @ Origin::Tuple(..) => Ok(origin.ascii_serialization()),
        Origin::Opaque(_) => Err(expected()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_origin_is_taken_as_browsers_send_it() {
        assert_eq!(check_origin("https://Blog.Example:443/").as_deref(), Ok("https://blog.example"));
        assert_eq!(check_origin("http://localhost:8787").as_deref(), Ok("http://localhost:8787"));
        assert_eq!(check_origin("https://bücher.example").as_deref(), Ok("https://xn--bcher-kva.example"));
    }

    #[test]
    fn what_is_more_or_less_than_an_origin_is_refused() {
        for text in [
            "blog.example",
            "null",
            "*",
            "https://blog.example/path",
            "https://a@b.example",
            "ftp://blog.example",
            "https://b.example?x",
        ] {
            assert!(check_origin(text).is_err(), "{text}");
        }
    }

    #[test]
    fn a_slug_is_lower_case_and_short() {
        assert!(check_slug("my-blog-2").is_ok());
        for slug in ["", "Blog", "my blog", "ä", "a/b", &"a".repeat(41)] {
            assert!(check_slug(slug).is_err(), "{slug:?}");
        }
    }
}
