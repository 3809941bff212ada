//! Where a page can be read, as far as it can be believed.

use crate::render::url::clean_url;
use afterword_store::Site;
use afterword_wire::PageRef;
use url::Url;

/// The page's address: the one that was sent if it is of one of the site's origins, else the one its key makes on the origin
/// it wrote from; `None` when neither is an address of this site.
pub fn trusted_page_url(site: &Site, page_origin: &str, page: &PageRef) -> Option<String> {
    let sent = page.url.as_deref().and_then(|url| of_site(site, url));
    sent.or_else(|| page.key.starts_with('/').then(|| of_site(site, &format!("{page_origin}{}", page.key))).flatten())
}

fn of_site(site: &Site, url: &str) -> Option<String> {
    let clean = clean_url(url)?;
    let origin = Url::parse(&clean).ok()?.origin().ascii_serialization();
    site.origins.contains(&origin).then_some(clean)
}

#[cfg(test)]
mod tests {
    use super::*;
    use afterword_store::SiteId;

    fn trusted(key: &str, url: Option<&str>) -> Option<String> {
        let origins = vec!["https://blog.example".to_owned()];
        let site = Site { id: SiteId(1), slug: "blog".to_owned(), origins, edit_window_s: 900 };
        let page = PageRef { key: key.to_owned(), url: url.map(str::to_owned), title: None };
        trusted_page_url(&site, "https://blog.example", &page)
    }

    #[test]
    fn an_address_of_the_site_is_kept() {
        assert_eq!(trusted("a", Some("https://blog.example/a")).as_deref(), Some("https://blog.example/a"));
    }

    #[test]
    fn an_address_of_someone_else_gives_way_to_what_the_key_says() {
        for url in [
            "https://evil.example/a",
            "javascript:alert(1)",
            "https://blog.example.evil.example/",
            "https://blog.example@evil.example/",
        ] {
            assert_eq!(trusted("/a", Some(url)).as_deref(), Some("https://blog.example/a"), "{url}");
            assert_eq!(trusted("a", Some(url)), None, "{url}");
        }
    }

    #[test]
    fn a_key_cannot_lead_away_from_the_site() {
        for key in ["//evil.example/", "/\\evil.example/", "/@evil.example/"] {
            let url = trusted(key, None).expect("a path of the site");
            assert!(url.starts_with("https://blog.example/"), "{url}");
        }
    }
}
