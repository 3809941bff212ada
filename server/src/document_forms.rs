//! The forms of a document, made for the one reader who gets them.

use crate::app::App;
use crate::device_cookie::DeviceCookie;
use crate::document_view::DocumentView;
use crate::failure::Failure;
use crate::form_token::form_token;
use afterword_store::Site;
use afterword_widget::paint::{DocumentForm, Purpose, Trouble};
use afterword_widget::state::{FormText, RowKey, ThreadState};
use afterword_wire::{AuthorFields, CommentId, RequestId};
use axum::http::{HeaderMap, HeaderValue, StatusCode};

/// A form that was sent and not taken.
#[derive(Debug)]
pub struct FailedForm {
    /// What was typed.
    pub text: FormText,
    /// Why it was not taken.
    pub trouble: Trouble,
    /// Its request id, unless another is needed to try again.
    pub request_id: Option<RequestId>,
    /// The status of the answer.
    pub status: StatusCode,
}

/// Who reads.
#[derive(Debug)]
pub struct Reader {
    cookie: DeviceCookie,
    is_new: bool,
}

impl Reader {
    /// Finds out who reads, and puts it into the thread's state. Who cannot be looked up reads as a stranger.
    pub async fn identify(app: &App, site: &Site, headers: &HeaderMap, state: &mut ThreadState) -> Self {
        let Some(cookie) = DeviceCookie::read(headers) else {
            return Self { cookie: DeviceCookie::make(&*app.random), is_new: true };
        };
        let author_id = app.store.find_author(site.id, cookie.token_hash(&site.slug)).await;
        state.viewer.author_id = author_id.unwrap_or_else(|error| {
            Failure::from(error).log();
            None
        });
        state.viewer.fields = last_signature(state);
        Self { cookie, is_new: false }
    }

    /// The cookie to set, for a reader who brought none.
    pub fn new_cookie(&self) -> Option<HeaderValue> {
        self.is_new.then(|| self.cookie.to_header()).flatten()
    }

    /// The forms to show: for a new comment always, and last the one that was asked for, if this reader may have it.
    pub async fn forms(
        &self,
        app: &App,
        site: &Site,
        view: &DocumentView,
        state: &ThreadState,
        failed: Option<FailedForm>,
    ) -> Vec<DocumentForm> {
        let signature = || FormText { body: String::new(), fields: state.viewer.fields.clone() };
        // Where the comment it was about is gone, what was typed stands in the form for a new one.
        let is_here = view.purpose.comment_id().is_none_or(|id| state.comment(id).is_some());
        let purpose = if is_here { view.purpose } else { Purpose::Post };
        let mut forms = Vec::with_capacity(2);
        if !state.is_closed && purpose != Purpose::Post {
            forms.push(self.form(app, site, Purpose::Post, None, signature()));
        }
        if let Some(FailedForm { text, trouble, request_id, .. }) = failed {
            let form = self.form(app, site, purpose, request_id, text);
            forms.push(DocumentForm { trouble: Some(trouble), ..form });
            return forms;
        }
        let text = match purpose {
            Purpose::Post | Purpose::Reply(_) => (!state.is_closed).then(signature),
            Purpose::Edit(id) => self.own_source(app, site, state, id).await,
            Purpose::Delete(id) => is_changeable(app, state, id).then(FormText::default),
        };
        forms.extend(text.map(|text| self.form(app, site, purpose, None, text)));
        forms
    }

    fn form(&self, app: &App, site: &Site, purpose: Purpose, request_id: Option<RequestId>, text: FormText) -> DocumentForm {
        let request_id = request_id.unwrap_or_else(|| new_request_id(app));
        let token = form_token(&self.cookie, &site.slug, &request_id);
        DocumentForm { purpose, request_id: request_id.as_str().to_owned(), token, text, trouble: None }
    }

    /// What the reader typed once, if it is theirs and can still be changed.
    async fn own_source(&self, app: &App, site: &Site, state: &ThreadState, id: CommentId) -> Option<FormText> {
        if !is_changeable(app, state, id) {
            return None;
        }
        let source = app.store.read_source(site.id, id).await.ok().flatten()?;
        let is_own = source.token_hash == Some(self.cookie.token_hash(&site.slug));
        is_own.then_some(FormText { body: source.body_markdown, ..FormText::default() })
    }
}

/// How the reader signed last, as far as that stands on the same sheet.
fn last_signature(state: &ThreadState) -> AuthorFields {
    let shown = state.rows().into_iter().filter_map(|row| match row.key {
        RowKey::Comment(id) => state.comment(id),
        _ => None,
    });
    let last = shown.filter(|comment| state.is_own(comment)).max_by_key(|comment| comment.id);
    let author = last.and_then(|comment| comment.author.clone());
    author.map_or_else(AuthorFields::default, |author| AuthorFields { name: author.name, email: None, website: author.website })
}

fn is_changeable(app: &App, state: &ThreadState, id: CommentId) -> bool {
    state.comment(id).is_some_and(|comment| state.edit_time_left_ms(comment, app.clock.now().0).is_some())
}

fn new_request_id(app: &App) -> RequestId {
    let mut random = [0; 16];
    for half in random.chunks_exact_mut(8) {
        half.copy_from_slice(&app.random.bits().to_be_bytes());
    }
    RequestId::from_parts(u64::try_from(app.clock.now().0).unwrap_or_default(), random)
}
