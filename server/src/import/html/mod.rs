//! HTML of other systems as the CommonMark we keep: what a body may hold becomes markdown, of everything else the text stays.
//!
//! Works on the flat stream of tokens, never on a tree, so no nesting can exhaust the stack; and nothing here need be trusted,
//! as the markdown is rendered and sanitised like any other.

mod container;
mod escape;
mod plain_text;
mod writer;

pub(super) use plain_text::to_text;

use afterword_wire::limits::MAX_URL_CHARS;
use html5ever::tendril::StrTendril;
use html5ever::tokenizer::states::RawKind;
use html5ever::tokenizer::{BufferQueue, Tag, TagKind, Token, TokenSink, TokenSinkResult, Tokenizer, TokenizerOpts};
use std::cell::RefCell;
use writer::Writer;

/// Markdown that renders to what the HTML showed. A newline in text is a line break, two are a new paragraph, as WordPress has it.
pub(super) fn to_markdown(html: &str) -> String {
    let converter = Converter::default();
    let input = BufferQueue::default();
    input.push_back(StrTendril::from_slice(html));
    let tokenizer = Tokenizer::new(converter, TokenizerOpts::default());
    let _ = tokenizer.feed(&input);
    tokenizer.end();
    tokenizer.sink.state.into_inner().finish()
}

#[derive(Default)]
struct Converter {
    state: RefCell<State>,
}

/// What the stream has come to.
#[derive(Default)]
struct State {
    writer: Writer,
    /// Text not yet given to the writer: entities come in pieces of their own and must not tear a word apart.
    text: String,
    /// The element whose text is taken as it is: code, or nothing to show at all.
    verbatim: Option<Verbatim>,
}

struct Verbatim {
    element: String,
    text: String,
}

impl TokenSink for Converter {
    type Handle = ();

    fn process_token(&self, token: Token, _line: u64) -> TokenSinkResult<()> {
        let mut state = self.state.borrow_mut();
        match token {
            Token::CharacterTokens(text) => state.push_text(&text),
            Token::TagToken(tag) => return state.tag(&tag),
            _ => {}
        }
        TokenSinkResult::Continue
    }
}

impl State {
    fn finish(mut self) -> String {
        if let Some(open) = self.verbatim.take() {
            self.end_verbatim(open);
        }
        self.flush();
        self.writer.finish()
    }

    fn push_text(&mut self, text: &str) {
        match &mut self.verbatim {
            Some(open) => open.text.push_str(text),
            None => self.text.push_str(text),
        }
    }

    fn flush(&mut self) {
        let text = core::mem::take(&mut self.text);
        if !text.is_empty() {
            self.writer.text(&text);
        }
    }

    fn tag(&mut self, tag: &Tag) -> TokenSinkResult<()> {
        let name = &*tag.name;
        if let Some(open) = self.verbatim.take() {
            if tag.kind == TagKind::EndTag && open.element == name {
                self.end_verbatim(open);
            } else {
                self.verbatim = Some(open);
            }
            return TokenSinkResult::Continue;
        }
        self.flush();
        match tag.kind {
            TagKind::StartTag => self.start(name, tag),
            TagKind::EndTag => {
                self.end(name);
                TokenSinkResult::Continue
            }
        }
    }

    fn start(&mut self, name: &str, tag: &Tag) -> TokenSinkResult<()> {
        match name {
            "script" => return self.start_raw(name, RawKind::ScriptData),
            "style" | "xmp" | "iframe" | "noembed" | "noframes" => return self.start_raw(name, RawKind::Rawtext),
            "textarea" | "title" => return self.start_raw(name, RawKind::Rcdata),
            "pre" | "code" | "tt" | "kbd" | "samp" if !tag.self_closing => self.begin_verbatim(name),
            "br" => self.writer.line_break(),
            "hr" => self.writer.rule(),
            "img" => self.image(tag),
            "a" => self.writer.open_link(name, attribute(tag, "href").and_then(web_target)),
            "blockquote" => self.writer.open_quote(),
            "ul" => self.writer.open_list(None),
            "ol" => self.writer.open_list(Some(attribute(tag, "start").and_then(|start| start.parse().ok()).unwrap_or(1))),
            "li" => self.writer.open_item(),
            _ if is_block(name) => self.writer.paragraph(),
            _ => {
                if let Some(marker) = marker_of(name) {
                    self.writer.open_inline(name, marker);
                }
            }
        }
        TokenSinkResult::Continue
    }

    fn end(&mut self, name: &str) {
        match name {
            "blockquote" => self.writer.close_quote(),
            "ul" | "ol" => self.writer.close_list(),
            "li" => self.writer.close_item(),
            _ if is_block(name) => self.writer.paragraph(),
            _ => self.writer.close_inline(name),
        }
    }

    fn start_raw(&mut self, name: &str, kind: RawKind) -> TokenSinkResult<()> {
        self.begin_verbatim(name);
        TokenSinkResult::RawData(kind)
    }

    fn begin_verbatim(&mut self, name: &str) {
        self.verbatim = Some(Verbatim { element: name.to_owned(), text: String::new() });
    }

    fn end_verbatim(&mut self, open: Verbatim) {
        match &*open.element {
            "pre" => self.writer.code_block(&open.text),
            "code" | "tt" | "kbd" | "samp" => self.writer.code(&open.text),
            _ => {}
        }
    }

    fn image(&mut self, tag: &Tag) {
        let target = attribute(tag, "src").and_then(web_target);
        self.writer.open_link("img", target);
        self.writer.text(attribute(tag, "alt").unwrap_or_default());
        self.writer.close_inline("img");
    }
}

fn attribute<'t>(tag: &'t Tag, name: &str) -> Option<&'t str> {
    tag.attrs.iter().find(|attribute| &*attribute.name.local == name).map(|attribute| &*attribute.value)
}

/// The URL written so that it can stand between `<` and `>`; the renderer decides later whether it may be followed.
fn web_target(href: &str) -> Option<String> {
    let url = url::Url::parse(href.trim()).ok().filter(|url| matches!(url.scheme(), "http" | "https" | "mailto"))?;
    let written = String::from(url);
    if written.len() > MAX_URL_CHARS {
        return None;
    }
    (!written.contains(['<', '>', '\n', ' '])).then(|| written.replace('\\', "%5C"))
}

fn marker_of(name: &str) -> Option<&'static str> {
    match name {
        "b" | "strong" => Some("**"),
        "i" | "em" | "cite" | "dfn" | "var" => Some("*"),
        "s" | "del" | "strike" => Some("~~"),
        _ => None,
    }
}

fn is_block(name: &str) -> bool {
    matches!(
        name,
        "p" | "div"
            | "h1"
            | "h2"
            | "h3"
            | "h4"
            | "h5"
            | "h6"
            | "table"
            | "tr"
            | "section"
            | "article"
            | "aside"
            | "header"
            | "footer"
            | "dl"
            | "dt"
            | "dd"
            | "figure"
            | "figcaption"
            | "details"
            | "summary"
            | "address"
            | "form"
            | "fieldset"
    )
}

#[cfg(test)]
mod tests;
