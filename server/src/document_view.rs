//! What of a thread its document shows, as the document's address says.

use crate::failure::{Answer, Failure};
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
    /// The comment whose replies alone are shown.
    pub branch: Option<CommentId>,
    /// A comment that must be among those shown.
    pub comment: Option<CommentId>,
    /// What is looked for, as it was typed; `None` where the thread itself is shown.
    pub search: Option<String>,
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
            branch: query.comment_named("branch")?,
            comment: query.comment_named("comment")?,
            search: query.search_named()?.filter(|query| !query.is_empty()).and(query.typed_search()?),
            purpose: purpose(query)?,
        })
    }

    /// The comment that must be among those shown, if any.
    pub fn target(&self) -> Option<CommentId> {
        self.purpose.comment_id().or(self.comment)
    }

    /// Whether the beginning of the thread, or a slice further on, is all that is asked for: what every reader sees alike.
    pub fn is_plain(&self) -> bool {
        self.branch.is_none() && self.search.is_none() && self.target().is_none()
    }

    /// The addresses that lead on from here.
    pub fn addresses(&self) -> Addresses {
        let sorted = Sort::ALL.map(|sort| (sort, self.start_query(sort))).to_vec();
        let here_from_start = Self { listing: Listing { cursor: None, ..self.listing.clone() }, ..self.clone() }.query();
        let fields = self.fields(self.listing.sort);
        Addresses { here: self.query(), here_from_start, start: self.start_query(self.listing.sort), fields, sorted }
    }

    /// Where a comment just written can be seen; with `None` the thread's head.
    pub fn address_of(&self, comment_id: Option<CommentId>) -> String {
        let place = comment_id.map_or_else(|| "aw-heading".to_owned(), |id| format!("comment-{id}"));
        let view = Self { comment: comment_id, search: None, purpose: Purpose::Post, ..self.clone() };
        format!("{}?{}#{place}", address::THREAD_DOCUMENT, view.query())
    }

    fn start_query(&self, sort: Sort) -> String {
        self.begin(sort).finish()
    }

    fn query(&self) -> String {
        let mut query = self.begin(self.listing.sort);
        for (name, id) in [("branch", self.branch), ("comment", self.comment)] {
            query.extend_pairs(id.map(|id| (name, id.to_string())));
        }
        query.extend_pairs(self.search.as_ref().map(|typed| ("q", typed)));
        query.extend_pairs(self.listing.cursor.as_ref().map(|cursor| ("cursor", cursor)));
        query.finish()
    }

    fn begin(&self, sort: Sort) -> Serializer<'static, String> {
        let mut query = Serializer::new(String::new());
        query.extend_pairs(self.fields(sort));
        query
    }

    fn fields(&self, sort: Sort) -> Vec<(&'static str, String)> {
        let (site, page) = (self.site_slug.clone(), self.page_key.clone());
        let mut fields =
            vec![("site", site), ("page", page), ("sort", sort.as_str().to_owned()), ("lang", self.lang.tag().to_owned())];
        if self.listing.limit != DEFAULT_SLICE_ROWS {
            fields.push(("limit", self.listing.limit.to_string()));
        }
        fields
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
        let query = "site=blog&page=%2Fa%3Fb%26c&sort=newest&lang=ar&limit=7&branch=0000000000001&cursor=r1";
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
        assert!(address.ends_with("&comment=0000000000002#comment-0000000000002") && !address.contains("reply"), "{address}");
        assert!(view.address_of(None).ends_with("lang=en#aw-heading"));
    }

    #[test]
    fn two_forms_at_once_are_refused() {
        let query = Query::read(Some("site=a&page=b&reply=0000000000001&edit=0000000000001")).expect("readable");
        assert!(DocumentView::read(&query).is_err());
    }
}
