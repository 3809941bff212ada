//! A browser without scripts: it keeps cookies, reads forms out of HTML, sends them, and follows redirects.

use crate::server::{Ask, Reply, TestServer};
use axum::http::{Method, StatusCode};
use html5ever::parse_document;
use html5ever::serialize::{SerializeOpts, TraversalScope, serialize};
use html5ever::tendril::TendrilSink;
use markup5ever_rcdom::{Handle, NodeData, RcDom, SerializableHandle};
use std::cell::RefCell;

pub struct PlainBrowser<'a> {
    server: &'a TestServer,
    cookie: RefCell<Option<String>>,
}

/// A document as parsed.
pub struct Page {
    pub status: StatusCode,
    pub reply: Reply,
    dom: RcDom,
}

/// A form as a reader would fill it in.
#[derive(Clone, Debug, PartialEq)]
pub struct Form {
    pub action: String,
    pub fields: Vec<(String, String)>,
}

impl<'a> PlainBrowser<'a> {
    pub fn new(server: &'a TestServer) -> Self {
        Self { server, cookie: RefCell::new(None) }
    }

    pub fn cookie(&self) -> Option<String> {
        self.cookie.borrow().clone()
    }

    pub fn forget_cookie(&self) {
        self.cookie.replace(None);
    }

    pub async fn open(&self, address: &str) -> Page {
        let ask = Ask::get(address).header("sec-fetch-site", "none").header("sec-fetch-dest", "document");
        self.load(ask).await
    }

    /// Sends a form from our own page, and follows where it leads.
    pub async fn send(&self, form: &Form) -> Page {
        let page = self.load(self.ask(form)).await;
        if page.status != StatusCode::SEE_OTHER {
            return page;
        }
        let address = page.reply.header("location").to_owned();
        self.open(address.split('#').next().expect("an address")).await
    }

    /// Sends a form and stops at the answer.
    pub async fn send_only(&self, form: &Form) -> Page {
        self.load(self.ask(form)).await
    }

    pub fn ask(&self, form: &Form) -> Ask {
        let body: String = url::form_urlencoded::Serializer::new(String::new()).extend_pairs(&form.fields).finish();
        Ask::new(Method::POST, &form.action)
            .header("content-type", "application/x-www-form-urlencoded")
            .header("sec-fetch-site", "same-origin")
            .body(body)
    }

    pub async fn load(&self, ask: Ask) -> Page {
        let ask = match self.cookie() {
            Some(cookie) => ask.header("cookie", &cookie),
            None => ask,
        };
        let reply = self.server.send(ask.build()).await;
        if let Some((pair, _)) = reply.header("set-cookie").split_once(';') {
            self.cookie.replace(Some(pair.to_owned()));
        }
        let dom = parse_document(RcDom::default(), Default::default()).one(reply.text());
        Page { status: reply.status, reply, dom }
    }
}

impl Form {
    /// Types into a field.
    pub fn with(mut self, name: &str, value: &str) -> Self {
        let field = self.fields.iter_mut().find(|(known, _)| known == name).unwrap_or_else(|| panic!("no field {name}"));
        field.1 = value.to_owned();
        self
    }

    pub fn has(&self, name: &str) -> bool {
        self.fields.iter().any(|(known, _)| known == name)
    }

    pub fn value(&self, name: &str) -> &str {
        self.fields.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_str()).unwrap_or_default()
    }
}

impl Page {
    /// The form whose address contains a text.
    pub fn form(&self, part: &str) -> Form {
        let forms = self.forms();
        let found = forms.iter().find(|form| form.action.contains(part));
        found.unwrap_or_else(|| panic!("no form to {part} among {forms:#?} in {}", self.reply.text())).clone()
    }

    pub fn forms(&self) -> Vec<Form> {
        let read = |node: &Handle| {
            let fields = elements(node).into_iter().filter_map(|field| {
                let value = if is(&field, "textarea") { text_of(&field) } else { attribute(&field, "value").unwrap_or_default() };
                attribute(&field, "name").map(|name| (name, value))
            });
            Form { action: attribute(node, "action").unwrap_or_default(), fields: fields.collect() }
        };
        self.all("form").iter().map(read).collect()
    }

    /// The addresses of links with this text.
    pub fn links(&self, text: &str) -> Vec<String> {
        let links = self.all("a");
        links.iter().filter(|link| text_of(link) == text).filter_map(|link| attribute(link, "href")).collect()
    }

    pub fn link(&self, text: &str) -> String {
        let links = self.links(text);
        let found = links.first().unwrap_or_else(|| panic!("no link `{text}` in {}", self.reply.text()));
        found.split('#').next().expect("an address").to_owned()
    }

    /// What stands beside the field that is marked as the one at fault: `(field, sentence)`.
    pub fn trouble(&self) -> Option<(String, String)> {
        let all = elements(&self.dom.document);
        let field = all.iter().find(|node| attribute(node, "aria-invalid").as_deref() == Some("true"))?;
        let id = attribute(field, "aria-describedby")?;
        let sentence = all.iter().find(|node| attribute(node, "id").as_deref() == Some(&id))?;
        Some((attribute(field, "name")?, text_of(sentence)))
    }

    /// The text of every comment's body.
    pub fn bodies(&self) -> Vec<String> {
        let all = elements(&self.dom.document);
        all.iter().filter(|node| attribute(node, "part").as_deref() == Some("body")).map(text_of).collect()
    }

    /// What the page says of itself to search engines.
    pub fn description(&self) -> serde_json::Value {
        let scripts = self.all("script");
        assert_eq!(scripts.len(), 1, "one description");
        serde_json::from_str(&text_of(&scripts[0])).expect("JSON")
    }

    pub fn elements(&self) -> Vec<Handle> {
        elements(&self.dom.document)
    }

    /// The HTML inside an element, written anew from what was parsed.
    pub fn inner_html(&self, node: &Handle) -> String {
        let mut bytes = Vec::new();
        let options = SerializeOpts { traversal_scope: TraversalScope::ChildrenOnly(None), ..SerializeOpts::default() };
        serialize(&mut bytes, &SerializableHandle::from(node.clone()), options).expect("serialises");
        String::from_utf8(bytes).expect("UTF-8")
    }

    /// A page as if a server had sent this.
    pub fn of(html: &str) -> Self {
        let dom = parse_document(RcDom::default(), Default::default()).one(html);
        let reply = Reply { status: StatusCode::OK, headers: Default::default(), bytes: html.as_bytes().to_vec() };
        Self { status: StatusCode::OK, reply, dom }
    }

    pub fn all(&self, name: &str) -> Vec<Handle> {
        elements(&self.dom.document).into_iter().filter(|node| is(node, name)).collect()
    }

    pub fn text(&self) -> String {
        text_of(&self.dom.document)
    }
}

/// Every element below a node, in the order of the document.
pub fn elements(node: &Handle) -> Vec<Handle> {
    let mut found = Vec::new();
    let mut waiting: Vec<Handle> = node.children.borrow().iter().rev().cloned().collect();
    while let Some(node) = waiting.pop() {
        waiting.extend(node.children.borrow().iter().rev().cloned());
        if matches!(node.data, NodeData::Element { .. }) {
            found.push(node);
        }
    }
    found
}

pub fn is(node: &Handle, element: &str) -> bool {
    matches!(&node.data, NodeData::Element { name, .. } if &*name.local == element)
}

pub fn attribute(node: &Handle, name: &str) -> Option<String> {
    let NodeData::Element { attrs, .. } = &node.data else { return None };
    attrs.borrow().iter().find(|attribute| &*attribute.name.local == name).map(|attribute| attribute.value.to_string())
}

pub fn text_of(node: &Handle) -> String {
    if let NodeData::Text { contents } = &node.data {
        return contents.borrow().to_string();
    }
    node.children.borrow().iter().map(text_of).collect()
}
