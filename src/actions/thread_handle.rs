//! The one handle on a mounted thread that components and actions share.

use crate::api::ApiFailure;
use crate::browser::{focus, host_event, json, storage::SiteStorage};
use crate::config::Config;
use crate::state::{FormKey, ThreadState, Viewer};
use crate::text::{Lang, Strings};
use leptos::prelude::*;
use serde::Serialize;
use web_sys::HtmlElement;

/// A thread on a page: its options, its state, and where it stands. Copies are the same thread.
#[derive(Clone, Copy)]
pub struct Thread {
    config: StoredValue<Config>,
    strings: &'static Strings,
    /// What is loaded, opened and under way.
    pub state: RwSignal<ThreadState>,
    /// What screen readers are told next.
    pub announcement: RwSignal<String>,
    /// A sentence for everybody at the top of the thread.
    pub notice: RwSignal<Option<&'static str>>,
    element: StoredValue<Option<HtmlElement>, LocalStorage>,
}

impl Thread {
    /// A thread with its first slice. `element` is its `div.aw`; there is none while the server paints.
    #[must_use]
    pub fn new(config: Config, strings: &'static Strings, state: ThreadState, element: Option<HtmlElement>) -> Self {
        Self {
            config: StoredValue::new(config),
            strings,
            state: RwSignal::new(state),
            announcement: RwSignal::new(String::new()),
            notice: RwSignal::new(None),
            element: StoredValue::new_local(element),
        }
    }

    /// The thread's options.
    #[must_use]
    pub fn config(self) -> Config {
        self.config.get_value()
    }

    /// The language of the strings.
    #[must_use]
    pub fn lang(self) -> Lang {
        self.strings.lang
    }

    /// The strings.
    #[must_use]
    pub fn strings(self) -> &'static Strings {
        self.strings
    }

    /// The thread's own element, while it is on its page.
    #[must_use]
    pub fn element(self) -> Option<HtmlElement> {
        self.element.try_get_value().flatten()
    }

    /// Storage for the thread's site.
    #[must_use]
    pub fn storage(self) -> SiteStorage {
        self.config.with_value(|config| {
            let storage = SiteStorage::new(&config.base, &config.site);
            if config.is_framed { storage.in_memory() } else { storage }
        })
    }

    /// Changes the state. Focus stays where it was, even when its row is drawn anew. `None`: the thread is gone from its page.
    pub fn change<T>(self, change: impl FnOnce(&mut ThreadState) -> T) -> Option<T> {
        let (mut change, mut result) = (Some(change), None);
        self.change_keeping_focus(&mut |state| result = change.take().map(|change| change(state)));
        result
    }

    /// The part of [`Thread::change`] that is the same for every change, so that it is in the reader's download once.
    fn change_keeping_focus(self, change: &mut dyn FnMut(&mut ThreadState)) {
        let place = self.element().and_then(|element| focus::place_of_focus(&element));
        let is_mounted = self.state.try_update(change).is_some();
        let Some(place) = place.filter(|_| is_mounted) else { return };
        self.after_drawing(Box::new(move |element| {
            if focus::focused(element).is_none() {
                let row = place.split(' ').next().unwrap_or_default();
                focus::move_to(element, &[&place, row]);
            }
        }));
    }

    /// Moves focus to the first of these that is there, once the rows are drawn.
    pub fn focus(self, selectors: Vec<String>) {
        self.after_drawing(Box::new(move |element| {
            let selectors: Vec<_> = selectors.iter().map(String::as_str).collect();
            focus::move_to(element, &selectors);
        }));
    }

    /// Does something once what changed is drawn.
    pub fn after_drawing(self, then: Box<dyn FnOnce(&HtmlElement)>) {
        wasm_bindgen_futures::spawn_local(async move {
            leptos::task::tick().await;
            if let Some(element) = self.element() {
                then(&element);
            }
        });
    }

    /// Tells screen readers something, politely.
    pub fn announce(self, sentence: &str) {
        self.announcement.set(sentence.to_owned());
    }

    /// Tells the host page that something happened.
    pub fn report<T: Serialize>(self, name: &str, detail: &T) {
        if let Some(element) = self.element() {
            host_event::dispatch(&element, name, detail);
        }
    }

    /// Tells the host page that a request failed. `detail` is the server's [`ApiError`], or `null` when it was not reached.
    pub fn report_failure(self, failure: &ApiFailure) {
        let error = match failure {
            ApiFailure::Unreachable => None,
            ApiFailure::Refused(error) => Some(error),
        };
        self.report("afterword:request-failed", &error);
    }

    /// Keeps a value for this site as JSON; says so, once, where the browser does not let us.
    pub fn keep<T: Serialize>(self, key: &str, value: &T) {
        if let Some(text) = json::to_text(value) {
            self.keep_text(key, &text);
        }
    }

    /// Keeps a text for this site; says so where the browser does not let us.
    pub fn keep_text(self, key: &str, text: &str) {
        if !self.storage().set(key, text) {
            self.notice.set(Some(self.strings().storage_off));
        }
    }

    /// What was kept as JSON under a key; `None` when nothing was, or nothing this version can read.
    #[must_use]
    pub fn kept<T: serde::de::DeserializeOwned>(self, key: &str) -> Option<T> {
        json::from_text(&self.storage().get(key)?)
    }

    /// The viewer with a device secret, made and kept if there was none.
    #[must_use]
    pub fn identified_viewer(self) -> Viewer {
        let mut viewer = self.state.with_untracked(|state| state.viewer.clone());
        if viewer.secret.is_empty() {
            viewer.secret = crate::browser::random::device_secret();
            self.remember_viewer(viewer.clone());
        }
        viewer
    }

    /// Keeps who the viewer is.
    pub fn remember_viewer(self, viewer: Viewer) {
        self.keep("viewer", &viewer);
        self.state.update_untracked(|state| state.viewer = viewer);
    }

    /// A selector for a form's text field.
    #[must_use]
    pub fn body_selector(key: FormKey) -> String {
        format!("form[data-form='{}'] textarea", key.as_text())
    }
}
