//! What of a thread its document shows, as the document's address says.

use crate::failure::{Answer, Failure};
use crate::new_ids::time_of;
use crate::query::Query;
use afterword_store::Listing;
use afterword_widget::paint::{Addresses, Purpose};
use afterword_widget::text::Lang;
use afterword_wire::limits::DEFAULT_SLICE_ROWS;
use afterword_wire::{CommentId, Sort, address};
use url::form_urlencoded::Serializer;

/// What is shown.
#[derive(Clone, Debug)]
pub struct DocumentView {
    /// The site's slug.
    pub site_slug: String,
    /// The page.
    pub page_key: String,
    /// Which part of the thread, or of the branch.
    pub listing: Listing,
    /// The language of everything around the comments.
    pub lang: Lang,
    /// The comment whose branch alone is shown.
    pub comment: Option<CommentId>,
    /// What is looked for, as it was typed; `None` where the thread itself is shown.
    pub search: Option<String>,
    /// A comment that must be among those shown.
    pub near: Option<CommentId>,
    /// What is to be written.
    pub purpose: Purpose,
}

impl DocumentView {
    /// Reads a query.
    ///
    /// # Errors
    /// `bad_request` and `invalid_field`, as for every listing.
    pub fn read(query: &Query<'_>) -> Answer<Self> {
        Ok(Self {
            site_slug: query.site()?.to_owned(),
            page_key: query.page()?.to_owned(),
            listing: query.listing()?,
            lang: query.lang()?,
            comment: query.comment_named("comment")?,
            search: query.search_named()?.filter(|query| !query.is_empty()).and(query.typed_search()?),
            near: query.comment_named("near")?,
            purpose: purpose(query)?,
        })
    }

    /// The comment that must be among those shown, if any.
    pub fn target(&self) -> Option<CommentId> {
        self.purpose.comment_id().or(self.near)
    }

    /// Whether the beginning of the thread, or a slice further on, is all that is asked for: what every reader sees alike.
    pub fn is_plain(&self) -> bool {
        self.comment.is_none() && self.search.is_none() && self.target().is_none()
    }

    /// The addresses that lead on from here.
    pub fn addresses(&self) -> Addresses {
        let sorted = Sort::ALL.map(|sort| (sort, self.start_query(sort))).to_vec();
        let here_from_start = Self { listing: Listing { cursor: None, ..self.listing.clone() }, ..self.clone() }.query();
        Addresses {
            here: self.query(),
            here_from_start,
            start: self.start_query(self.listing.sort),
            fields: self.fields(self.listing.sort),
            sorted,
            dated: self.dated_fields(),
            date: self.listing.at.map(|at| time_of(at).to_string()),
        }
    }

    /// Where a comment just written can be seen; with `None` the thread's head.
    pub fn address_of(&self, comment_id: Option<CommentId>) -> String {
        let place = comment_id.map_or_else(|| "aw-heading".to_owned(), |id| format!("comment-{id}"));
        // A branch whose head was just withdrawn may be gone.
        let comment = self.comment.filter(|head| comment_id.is_some() || self.purpose.comment_id() != Some(*head));
        let view = Self { comment, near: comment_id, search: None, purpose: Purpose::Post, ..self.clone() };
        format!("{}?{}#{place}", address::THREAD_DOCUMENT, view.query())
    }

    fn start_query(&self, sort: Sort) -> String {
        self.begin(sort).finish()
    }

    fn query(&self) -> String {
        let mut query = self.begin(self.listing.sort);
        for (name, id) in [("comment", self.comment), ("near", self.near)] {
            query.extend_pairs(id.map(|id| (name, id.to_string())));
        }
        query.extend_pairs(self.search.as_ref().map(|typed| ("q", typed)));
        query.extend_pairs(self.listing.at.map(|at| ("at", time_of(at).to_string())));
        query.extend_pairs(self.listing.cursor.as_ref().map(|cursor| ("cursor", cursor)));
        query.finish()
    }

    fn begin(&self, sort: Sort) -> Serializer<'static, String> {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(self.fields(sort));
        query
    }

    /// The fields with which every address of this thread begins.
    fn fields(&self, sort: Sort) -> Vec<(&'static str, String)> {
        let limit = self.listing.limit;
        let mut fields = vec![
            ("site", self.site_slug.clone()),
            ("page", self.page_key.clone()),
            ("sort", sort.as_str().to_owned()),
            ("lang", self.lang.tag().to_owned()),
        ];
        fields.extend((limit != DEFAULT_SLICE_ROWS).then(|| ("limit", limit.to_string())));
        fields
    }

    /// The fields of an address that begins at a date, which only an order of time can.
    fn dated_fields(&self) -> Vec<(&'static str, String)> {
        self.fields(if self.listing.sort == Sort::Newest { Sort::Newest } else { Sort::Oldest })
    }
}

fn purpose(query: &Query<'_>) -> Answer<Purpose> {
    let asked = [
        query.comment_named("reply")?.map(Purpose::Reply),
        query.comment_named("edit")?.map(Purpose::Edit),
        query.comment_named("delete")?.map(Purpose::Delete),
    ];
    let mut asked = asked.into_iter().flatten();
    match (asked.next(), asked.next()) {
        (_, Some(_)) => Err(Failure::bad_request("only one of `reply`, `edit` and `delete` can stand in the query")),
        (first, None) => Ok(first.unwrap_or(Purpose::Post)),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn view(query: &str) -> DocumentView {
        let query = Query::read(Some(query)).expect("readable");
        DocumentView::read(&query).expect("a view")
    }

    #[test]
    fn an_address_leads_back_to_what_it_was_made_from() {
        let query = "site=blog&page=%2Fa%3Fb%26c&sort=newest&lang=ar&limit=7&comment=0000000000001&cursor=r1";
        let view = view(query);
        assert_eq!(view.addresses().here, query);
        assert_eq!(view.addresses().start, "site=blog&page=%2Fa%3Fb%26c&sort=newest&lang=ar&limit=7");
        assert!(!view.is_plain());
    }

    #[test]
    fn what_was_just_written_is_shown_and_no_form_is_open() {
        let view = view("site=blog&page=/a&reply=0000000000001");
        assert_eq!(view.target(), Some(CommentId(1)));
        let address = view.address_of(Some(CommentId(2)));
        assert!(address.ends_with("&near=0000000000002#comment-0000000000002") && !address.contains("reply"), "{address}");
        assert!(view.address_of(None).ends_with("lang=en#aw-heading"));
    }

    #[test]
    fn who_withdraws_the_head_of_a_branch_is_led_to_the_thread() {
        let query = "site=blog&page=/a&comment=0000000000001&delete=";
        let address = |id: &str| view(&[query, id].concat()).address_of(None);
        assert!(!address("0000000000001").contains("comment="));
        assert!(address("0000000000002").contains("comment=0000000000001"));
    }

    #[test]
    fn a_date_stays_in_the_address() {
        let query = "site=blog&page=%2Fa&sort=newest&lang=en&at=2026-11-22T08%3A48%3A36.000Z";
        let addresses = view(query).addresses();
        assert_eq!((addresses.here.as_str(), addresses.date.as_deref()), (query, Some("2026-11-22T08:48:36.000Z")));
        assert!(view("site=blog&page=/a&sort=replies").addresses().dated.contains(&("sort", "oldest".to_owned())));
    }

    #[test]
    fn two_forms_at_once_are_refused() {
        let query = Query::read(Some("site=a&page=b&reply=0000000000001&edit=0000000000001")).expect("readable");
        assert!(DocumentView::read(&query).is_err());
    }
}
