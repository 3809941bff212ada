//! The one handle on a mounted thread that components and actions share.

use crate::api::ApiFailure;
use crate::browser::storage::{self, SiteStorage};
use crate::browser::{clock, focus, host_event, json, set_place};
use crate::config::Config;
use crate::state::{Announcements, Away, FormKey, ThreadState, Viewer};
use crate::text::{Lang, Strings};
use leptos::prelude::*;
use serde::Serialize;
use web_sys::HtmlElement;

/// How long screen readers are told nothing, so that what happens together is said together.
const ANNOUNCE_AFTER_MS: u32 = 400;

/// A thread on a page: its options, its state, and where it stands. Copies are the same thread.
#[derive(Clone, Copy)]
pub struct Thread {
    config: StoredValue<Config>,
    strings: &'static Strings,
    /// What is loaded, opened and under way.
    pub state: RwSignal<ThreadState>,
    /// Which of its rows are too far from the screen to be drawn.
    pub away: RwSignal<Away>,
    /// What screen readers are told.
    pub announcement: RwSignal<Option<String>>,
    announcements: StoredValue<Announcements>,
    /// A sentence for everybody at the top of the thread.
    pub notice: RwSignal<Option<String>>,
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
            away: RwSignal::new(Away::default()),
            announcement: RwSignal::new(None),
            announcements: StoredValue::new(Announcements::default()),
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

    /// A key as `aria-keyshortcuts` takes it, unless the page wants none.
    #[must_use]
    pub fn shortcut(self, key: &'static str) -> Option<&'static str> {
        self.config.with_value(Config::has_keys).then_some(key)
    }

    /// Storage for the thread's site.
    #[must_use]
    pub fn storage(self) -> SiteStorage {
        self.config.with_value(|config| {
            let storage = SiteStorage::new(&config.base, &config.site);
            if config.is_framed { storage.in_memory() } else { storage }
        })
    }

    /// Whether it still stands on its page: what comes later than that finds nothing to change.
    #[must_use]
    pub fn is_mounted(self) -> bool {
        self.state.try_with_untracked(|_| ()).is_some()
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
        let moved = self.state.try_update(|state| {
            change(state);
            state.note_places()
        });
        let Some(moved) = moved else { return };
        self.after_drawing(Box::new(move |element| {
            set_place::write_all(element, &moved);
            if let Some(place) = place.filter(|_| focus::focused(element).is_none()) {
                let row = place.split(' ').next().unwrap_or_default();
                focus::move_to(element, &[&place, row]);
            }
            super::follow_scrolling::look_soon(self);
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

    /// Tells screen readers something, politely: together with what else there is to say within a moment.
    pub fn announce(self, sentence: &str) {
        if self.announcements.try_update_value(|waiting| waiting.add(sentence)) == Some(true) {
            // Emptied first: the same sentence twice would be no change, and not be heard.
            self.announcement.set(None);
            clock::after_ms(ANNOUNCE_AFTER_MS, move || {
                if let Some(sentences) = self.announcements.try_update_value(Announcements::take) {
                    self.announcement.try_set(Some(sentences));
                }
            });
        }
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
            let strings = self.strings();
            let sentence = if storage::is_there() { strings.storage_full } else { strings.storage_off };
            self.notice.set(Some(sentence.to_owned()));
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
            // Another tab may have made one since.
            viewer = self.kept("viewer").unwrap_or(viewer);
        }
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
