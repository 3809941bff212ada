//! One kind of element for everything that is drawn once.
//!
//! Each `view!` is a type of its own, and every type brings its own building, rebuilding and dropping into the reader's
//! download. Rows are never rebuilt (a changed row is another row), so they share this one; see docs/decisions/0006.

use leptos::prelude::*;
use leptos::tachys::html::attribute::{Attribute, AttributeValue, NamedAttributeKey, NextAttribute};
use leptos::tachys::html::element::custom;
use leptos::tachys::renderer::types::Element;
use std::borrow::Cow;

/// Attributes that are set once. Leptos writes and escapes each value, in the browser and on the server.
#[derive(Clone, Debug, Default)]
pub struct Attributes(Vec<(&'static str, Cow<'static, str>)>);

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

impl Drawn {
    /// With an attribute.
    pub fn with(mut self, name: &'static str, value: impl Into<Cow<'static, str>>) -> Self {
        self.attributes.0.push((name, value.into()));
        self
    }

    /// With an attribute, where there is a value.
    pub fn with_some<V: Into<Cow<'static, str>>>(self, name: &'static str, value: Option<V>) -> Self {
        match value {
            Some(value) => self.with(name, value),
            None => self,
        }
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

    /// The element as a view.
    pub fn draw(self) -> AnyView {
        custom(self.tag).child(self.children).add_any_attr(self.attributes).into_any()
    }
}

impl Attribute for Attributes {
    const MIN_LENGTH: usize = 0;
    type AsyncOutput = Self;
    type State = ();
    type Cloneable = Self;
    type CloneableOwned = Self;

    fn html_len(&self) -> usize {
        self.0.iter().map(|(name, value)| name.len() + value.len() + 4).sum()
    }

    fn to_html(self, buf: &mut String, _class: &mut String, _style: &mut String, _inner_html: &mut String) {
        for (name, value) in self.0 {
            AttributeValue::to_html(value.into_owned(), name, buf);
        }
    }

    fn hydrate<const FROM_SERVER: bool>(self, el: &Element) -> Self::State {
        self.build(el);
    }

    fn build(self, el: &Element) -> Self::State {
        for (name, value) in self.0 {
            AttributeValue::build(value.into_owned(), el, name);
        }
    }

    fn rebuild(self, (): &mut Self::State) {}

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
        self.0.iter().map(|(name, _)| NamedAttributeKey::Attribute((*name).into())).collect()
    }
}

impl NextAttribute for Attributes {
    type Output<NewAttr: Attribute> = (Self, NewAttr);

    fn add_any_attr<NewAttr: Attribute>(self, new_attr: NewAttr) -> (Self, NewAttr) {
        (self, new_attr)
    }
}
