//! The query of an address, read field by field.

use crate::failure::{Answer, Failure};
use crate::new_ids::comment_ids_of;
use crate::page_key::check_page_key;
use afterword_store::Listing;
use afterword_widget::text::Lang;
use afterword_wire::limits::{DEFAULT_SLICE_ROWS, MAX_COUNT_PAGES, MAX_SLICE_ROWS};
use afterword_wire::{CommentId, Sort, Timestamp};
use std::borrow::Cow;
use url::form_urlencoded;

/// Names under which secrets end up in addresses, and so in logs and histories: refused wherever they stand.
const SECRET_FIELDS: [&str; 6] = ["token", "access_token", "secret", "device_secret", "authorization", "password"];
/// From the first millisecond of a day to its last.
const LAST_OF_DAY_MS: i64 = 86_400_000 - 1;
/// Longest cursor worth handing to the store.
const MAX_CURSOR_BYTES: usize = 512;

/// The fields of a query, decoded. Fields no handler asks for are ignored.
#[derive(Debug)]
pub struct Query<'a> {
    fields: Vec<(Cow<'a, str>, Cow<'a, str>)>,
}

impl<'a> Query<'a> {
    /// Reads what stands behind the question mark.
    ///
    /// # Errors
    /// `bad_request` when a field looks like a secret.
    pub fn read(query: Option<&'a str>) -> Answer<Self> {
        let fields: Vec<_> = form_urlencoded::parse(query.unwrap_or_default().as_bytes()).collect();
        if fields.iter().any(|(name, _)| SECRET_FIELDS.iter().any(|secret| name.eq_ignore_ascii_case(secret))) {
            return Err(Failure::bad_request("a secret stands in the address: send it as `Authorization: Bearer SECRET`"));
        }
        Ok(Self { fields })
    }

    /// The slug of the site that is meant.
    pub fn site(&self) -> Answer<&str> {
        self.required("site")
    }

    /// The key of the page that is meant.
    pub fn page(&self) -> Answer<&str> {
        let key = self.required("page")?;
        check_page_key("page", key)?;
        Ok(key)
    }

    /// The keys of all pages that are meant, as often as they are named.
    pub fn pages(&self) -> Answer<Vec<String>> {
        let keys: Vec<String> = self.values("page").map(str::to_owned).collect();
        if keys.is_empty() || keys.len() > MAX_COUNT_PAGES {
            let message = format!("{} pages are named; 1 to {MAX_COUNT_PAGES} are allowed", keys.len());
            return Err(Failure::invalid_field("page", message));
        }
        keys.iter().try_for_each(|key| check_page_key("page", key))?;
        Ok(keys)
    }

    /// The comment that is meant.
    pub fn comment(&self) -> Answer<CommentId> {
        let text = self.required("comment")?;
        text.parse().map_err(|error| Failure::invalid_field("comment", format!("`comment` is {error}")))
    }

    /// The comment named by a field that may be absent.
    pub fn comment_named(&self, name: &str) -> Answer<Option<CommentId>> {
        let id = self.optional(name)?.map(str::parse).transpose();
        id.map_err(|error| Failure::invalid_field(name, format!("`{name}` is {error}")))
    }

    /// Which part of a listing is wanted, with the defaults for what is not said.
    pub fn listing(&self) -> Answer<Listing> {
        let (sort, cursor) = (self.sort()?, self.cursor()?);
        let at = if cursor.is_some() { None } else { self.at(sort)? };
        Ok(Listing { sort, limit: self.limit()?, cursor, at })
    }

    /// The release that is meant, if one is.
    pub fn version(&self) -> Answer<Option<&str>> {
        self.optional("version")
    }

    /// The language of what surrounds the comments.
    pub fn lang(&self) -> Answer<Lang> {
        Ok(self.named_lang()?.unwrap_or_default())
    }

    /// The language that is named.
    pub fn named_lang(&self) -> Answer<Option<Lang>> {
        Ok(self.optional("lang")?.map(Lang::from_tag))
    }

    /// Whether a painted thread is wanted with the element that holds it.
    pub fn is_declarative(&self) -> Answer<bool> {
        match self.optional("as")? {
            None => Ok(false),
            Some("declarative") => Ok(true),
            Some(_) => Err(Failure::invalid_field("as", "no such form; `declarative` is expected, or nothing")),
        }
    }

    fn sort(&self) -> Answer<Sort> {
        let Some(text) = self.optional("sort")? else { return Ok(Sort::default()) };
        text.parse().map_err(|_| {
            let known = Sort::ALL.map(Sort::as_str).join(", ");
            Failure::invalid_field("sort", format!("no such sort; one of {known} is expected"))
        })
    }

    /// The root comment with which a listing that begins at a date begins. An empty field is a form's date that was not filled in.
    fn at(&self, sort: Sort) -> Answer<Option<CommentId>> {
        let Some(text) = self.optional("at")?.filter(|text| !text.is_empty()) else { return Ok(None) };
        let invalid = || Failure::invalid_field("at", "`at` must be a date like 2026-11-22, or a time like 2026-11-22T08:48:36Z");
        // The first and the last moment that are meant.
        let (first, last) = match text.parse::<Timestamp>() {
            Ok(time) => (time, time),
            Err(_) => {
                let day: Timestamp = format!("{text}T00:00:00Z").parse().map_err(|_| invalid())?;
                (day, Timestamp(day.0 + LAST_OF_DAY_MS))
            }
        };
        match sort {
            Sort::Oldest => Ok(Some(comment_ids_of(first).0)),
            Sort::Newest => Ok(Some(comment_ids_of(last).1)),
            Sort::Replies => {
                Err(Failure::invalid_field("at", "only a thread in the order of time (`oldest`, `newest`) can begin at a date"))
            }
        }
    }

    fn limit(&self) -> Answer<u32> {
        let Some(text) = self.optional("limit")? else { return Ok(DEFAULT_SLICE_ROWS) };
        let limit = text.parse().ok().filter(|limit| (1..=MAX_SLICE_ROWS).contains(limit));
        limit.ok_or_else(|| Failure::invalid_field("limit", format!("`limit` must be a number from 1 to {MAX_SLICE_ROWS}")))
    }

    fn cursor(&self) -> Answer<Option<String>> {
        let cursor = self.optional("cursor")?;
        if cursor.is_some_and(|cursor| cursor.len() > MAX_CURSOR_BYTES) {
            return Err(Failure::invalid_field("cursor", "the cursor is longer than any this server gives out"));
        }
        Ok(cursor.map(str::to_owned))
    }

    fn required(&self, name: &str) -> Answer<&str> {
        let value = self.optional(name)?;
        value.ok_or_else(|| Failure::bad_request(format!("the address needs `{name}` in its query")))
    }

    fn optional(&self, name: &str) -> Answer<Option<&str>> {
        let mut values = self.values(name);
        let first = values.next();
        match values.next() {
            None => Ok(first),
            Some(_) => Err(Failure::bad_request(format!("`{name}` stands in the query more than once"))),
        }
    }

    fn values(&self, name: &str) -> impl Iterator<Item = &str> {
        self.fields.iter().filter(move |(found, _)| found == name).map(|(_, value)| &**value)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::new_ids::time_of;
    use afterword_wire::ErrorCode;

    fn code<T: std::fmt::Debug>(answer: Answer<T>) -> ErrorCode {
        answer.expect_err("must be refused").code()
    }

    #[test]
    fn a_token_in_the_query_is_refused() {
        for query in ["token=abc", "site=blog&Access_Token=x", "%74oken=x"] {
            assert_eq!(code(Query::read(Some(query))), ErrorCode::BadRequest, "{query}");
        }
    }

    #[test]
    fn what_is_not_said_has_its_default() {
        let query = Query::read(Some("site=blog&page=/a")).expect("a plain query");
        let listing = query.listing().expect("defaults are fine");
        assert_eq!((listing.sort, listing.limit, listing.cursor), (Sort::Oldest, DEFAULT_SLICE_ROWS, None));
    }

    #[test]
    fn a_field_that_must_be_single_is_refused_when_it_comes_twice() {
        let query = Query::read(Some("site=a&site=b")).expect("readable");
        assert_eq!(code(query.site()), ErrorCode::BadRequest);
    }

    #[test]
    fn a_date_means_its_first_comment_or_its_last_whichever_is_read_first() {
        let at = |query: &str| Query::read(Some(query)).expect("readable").listing().expect("a listing").at.map(time_of);
        let day: Timestamp = "2026-11-22T00:00:00Z".parse().expect("a time");
        assert_eq!(at("at=2026-11-22"), Some(day));
        assert_eq!(at("at=2026-11-22&sort=newest"), Some(Timestamp(day.0 + LAST_OF_DAY_MS)));
        assert_eq!(at("at=2026-11-22T00:00:00.000Z&sort=newest"), Some(day));
        assert_eq!((at("at="), at("at=2026-11-22&cursor=o1")), (None, None));
    }

    #[test]
    fn what_is_no_date_and_a_date_where_time_is_no_order_are_refused() {
        for query in ["at=yesterday", "at=2026-02-30", "at=22.11.2026", "at=2026-11-22&sort=replies", "at=2026-11-22T25:00:00Z"] {
            let query = Query::read(Some(query)).expect("readable");
            assert_eq!(code(query.listing()), ErrorCode::InvalidField);
        }
    }

    #[test]
    fn limits_and_sorts_out_of_range_name_their_field() {
        for query in ["limit=0", "limit=201", "limit=-1", "limit=x", "sort=best"] {
            let query = Query::read(Some(query)).expect("readable");
            assert_eq!(code(query.listing()), ErrorCode::InvalidField);
        }
    }
}
