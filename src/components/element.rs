//! One kind of element for everything that is drawn once.
//!
//! Each `view!` is a type of its own, and every type brings its own building, rebuilding and dropping into the reader's
//! download. Rows are never rebuilt (a changed row is another row), so they share this one; see docs/decisions/0006.

use super::sanitized_html::SanitizedHtml;
use leptos::prelude::*;
use leptos::tachys::html::attribute::{Attribute, AttributeValue, NamedAttributeKey, NextAttribute};
use leptos::tachys::html::element::custom;
use leptos::tachys::renderer::types::Element;
use leptos::tachys::renderer::{RemoveEventHandler, Rndr};
use std::borrow::Cow;
use std::sync::Arc;
use wasm_bindgen::JsCast;
use web_sys::Event;

/// What is set on an element once, by name.
#[derive(Clone, Default)]
pub struct Attributes(Vec<(&'static str, Setting)>);

#[derive(Clone)]
enum Setting {
    /// Leptos writes and escapes it, in the browser and on the server.
    Attribute(Cow<'static, str>),
    /// In the browser only.
    Property(String),
    /// In the browser only.
    Listener(Arc<dyn Fn(Event) + Send + Sync>),
    /// In the browser only.
    Filling(Arc<dyn Fn(&Element) + Send + Sync>),
    /// All that is inside the element.
    Html(SanitizedHtml),
}

/// An element being put together.
pub struct Drawn {
    tag: &'static str,
    attributes: Attributes,
    children: Vec<AnyView>,
}

/// An element of a kind and a class.
pub fn element(tag: &'static str, class: &'static str) -> Drawn {
    let drawn = Drawn { tag, attributes: Attributes::default(), children: Vec::new() };
    if class.is_empty() { drawn } else { drawn.with("class", class) }
}

/// A button that says what it does by `data-act`; the thread's one listener hears it.
pub fn button(act: &'static str, class: &'static str) -> Drawn {
    element("button", class).with("type", "button").with("data-act", act)
}

/// What `view` says, drawn anew whenever something changes that it has read.
pub fn live(view: impl Fn() -> AnyView + Send + 'static) -> AnyView {
    // Whatever it draws, it is of one type, and in the reader's download once.
    let view: Box<dyn Fn() -> AnyView + Send> = Box::new(view);
    view.into_any()
}

/// Nothing; not even in debug builds a mark with words in it, as `()` is, since servers that put the HTML into pages read those.
pub fn nothing() -> AnyView {
    Vec::<AnyView>::new().into_any()
}

impl Drawn {
    /// With an attribute.
    pub fn with(self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.set(name, Setting::Attribute(value.into()))
    }

    /// With an attribute, where there is a value.
    pub fn with_some<V: Into<Cow<'static, str>>>(self, name: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
    }

    /// With a property, where there is a value; the server's HTML has none.
    pub fn with_property(self, name: &'static str, value: Option<String>) -> Self {
        match value {
            Some(value) => self.set(name, Setting::Property(value)),
            None => self,
        }
    }

    /// Hearing an event.
    pub fn on(self, event: &'static str, hear: impl Fn(Event) + Send + Sync + 'static) -> Self {
        self.set(event, Setting::Listener(Arc::new(hear)))
    }

    /// Filled by something that goes on doing so while the element is there.
    pub fn filled(self, fill: impl Fn(&Element) + Send + Sync + 'static) -> Self {
        self.set("", Setting::Filling(Arc::new(fill)))
    }

    /// Containing this and nothing else.
    pub fn html(self, html: SanitizedHtml) -> Self {
        self.set("", Setting::Html(html))
    }

    fn set(mut self, name: &'static str, setting: Setting) -> Self {
        self.attributes.0.push((name, setting));
        self
    }

    /// Containing one thing more.
    pub fn child(mut self, child: AnyView) -> Self {
        self.children.push(child);
        self
    }

    /// Containing one thing more, where there is one.
    pub fn child_some(self, child: Option<AnyView>) -> Self {
        match child {
            Some(child) => self.child(child),
            None => self,
        }
    }

    /// Containing text.
    pub fn text(self, text: impl Into<String>) -> Self {
        let text: String = text.into();
        self.child(text.into_any())
    }

    /// The element around a text and nothing else, not even the marks that views leave between children: in a `<textarea>`
    /// those would be text.
    #[cfg(feature = "ssr")]
    pub fn draw_around(self, text: String) -> AnyView {
        custom(self.tag).child(text).add_any_attr(self.attributes).into_any()
    }

    /// The element as a view. One that contains nothing has no marks of Leptos in it either.
    pub fn draw(self) -> AnyView {
        let element = custom(self.tag).add_any_attr(self.attributes);
        if self.children.is_empty() { element.into_any() } else { element.child(self.children).into_any() }
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;
    type AsyncOutput = Self;
    /// The listeners, until the element goes.
    type State = Vec<RemoveEventHandler<Element>>;
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        let len = |setting: &Setting| match setting {
            Setting::Attribute(value) => value.len(),
            Setting::Html(html) => html.as_str().len(),
            Setting::Property(_) | Setting::Listener(_) | Setting::Filling(_) => 0,
        };
        self.0.iter().map(|(name, setting)| name.len() + len(setting) + 4).sum()
    }

    fn to_html(self, buf: &mut String, _class: &mut String, _style: &mut String, inner_html: &mut String) {
        for (name, setting) in self.0 {
            match setting {
                Setting::Attribute(value) => AttributeValue::to_html(value.into_owned(), name, buf),
                Setting::Html(html) => inner_html.push_str(html.as_str()),
                Setting::Property(_) | Setting::Listener(_) | Setting::Filling(_) => {}
            }
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, el: &Element) -> Self::State {
        self.build(el)
    }

    fn build(self, el: &Element) -> Self::State {
        let mut listeners = Vec::new();
        for (name, setting) in self.0 {
            match setting {
                Setting::Attribute(value) => Rndr::set_attribute(el, name, &value),
                Setting::Property(value) => Rndr::set_property(el, name, &value.into()),
                Setting::Html(html) => Rndr::set_inner_html(el, html.as_str()),
                Setting::Filling(fill) => fill(el),
                Setting::Listener(hear) => {
                    listeners.push(Rndr::add_event_listener(el, name, Box::new(move |event| hear(event.unchecked_into()))));
                }
            }
        }
        listeners
    }

    // An element made so is never built again: another takes its place.
    fn rebuild(self, _: &mut Self::State) {}

    fn into_cloneable(self) -> Self {
        self
    }

    fn into_cloneable_owned(self) -> Self {
        self
    }

    fn dry_resolve(&mut self) {}

    async fn resolve(self) -> Self {
        self
    }

    fn keys(&self) -> Vec<NamedAttributeKey> {
        let attributes = self.0.iter().filter(|(_, setting)| matches!(setting, Setting::Attribute(_)));
        attributes.map(|(name, _)| NamedAttributeKey::Attribute((*name).into())).collect()
    }
}

impl NextAttribute for Attributes {
    type Output<NewAttr: Attribute> = (Self, NewAttr);

    fn add_any_attr<NewAttr: Attribute>(self, new_attr: NewAttr) -> (Self, NewAttr) {
        (self, new_attr)
    }
}
