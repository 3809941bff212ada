//! Reshapes a parsed body into the few elements a comment may hold.

use super::link::{self, Target};
use comrak::nodes::{Ast, AstNode, LineColumn, NodeLink, NodeValue};
use comrak::{Arena, Node, arena_tree::NodeEdge};
use std::cell::RefCell;

/// Deepest nesting of elements that is kept; what lies deeper joins the deepest one kept.
pub const MAX_NESTING: usize = 32;

/// Turns tags into text, headings into bold paragraphs, images into links; checks links; ends nesting at [`MAX_NESTING`].
pub fn reshape<'a>(arena: &'a Arena<'a>, root: Node<'a>) {
    for (node, change) in plan(root) {
        match change {
            Change::Dissolve => dissolve(node),
            Change::BecomeText => become_text(node),
            Change::BecomeParagraph => become_paragraph(arena, node),
            Change::BecomeBold => become_bold(arena, node),
            Change::CheckLink => check_link(arena, node),
        }
    }
}

/// What is to be done with one node.
enum Change {
    /// Its children take its place.
    Dissolve,
    /// An inline tag: shown as typed.
    BecomeText,
    /// A block of tags: shown as typed, in a paragraph.
    BecomeParagraph,
    /// A heading.
    BecomeBold,
    /// A link or image.
    CheckLink,
}

/// Changes in the order of the document, parents before children. Nothing here recurses: a body may nest as deep as it is long.
fn plan<'a>(root: Node<'a>) -> Vec<(Node<'a>, Change)> {
    let mut changes = Vec::new();
    let mut open: Vec<Open> = Vec::new();
    for edge in root.traverse() {
        match edge {
            NodeEdge::Start(node) => {
                let outer = open.last().copied().unwrap_or_default();
                let (inner, change) = enter(&node.data().value, outer);
                open.push(inner);
                changes.extend(change.map(|change| (node, change)));
            }
            NodeEdge::End(_) => {
                open.pop();
            }
        }
    }
    changes
}

/// What encloses a node.
#[derive(Clone, Copy, Default)]
struct Open {
    /// Nested elements that are kept.
    nesting: usize,
    /// Whether a link is among them.
    is_in_link: bool,
    /// Whether the list just above is dissolved, so that its items must be too.
    is_list_dissolved: bool,
}

fn enter(value: &NodeValue, outer: Open) -> (Open, Option<Change>) {
    let deeper = Open { nesting: outer.nesting + 1, is_list_dissolved: false, ..outer };
    match value {
        NodeValue::Link(_) | NodeValue::Image(_) if outer.is_in_link => (outer, Some(Change::Dissolve)),
        NodeValue::Link(_) | NodeValue::Image(_) => (Open { is_in_link: true, ..deeper }, Some(Change::CheckLink)),
        NodeValue::Heading(_) => (deeper, Some(Change::BecomeBold)),
        NodeValue::HtmlInline(_) => (outer, Some(Change::BecomeText)),
        NodeValue::HtmlBlock(_) => (outer, Some(Change::BecomeParagraph)),
        NodeValue::List(_) if outer.nesting + 2 > MAX_NESTING => {
            (Open { is_list_dissolved: true, ..outer }, Some(Change::Dissolve))
        }
        NodeValue::Item(_) if outer.is_list_dissolved => (outer, Some(Change::Dissolve)),
        NodeValue::BlockQuote | NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough
            if outer.nesting + 1 > MAX_NESTING =>
        {
            (outer, Some(Change::Dissolve))
        }
        NodeValue::List(_) | NodeValue::Item(_) => (deeper, None),
        NodeValue::BlockQuote | NodeValue::Emph | NodeValue::Strong | NodeValue::Strikethrough => (deeper, None),
        _ => (outer, None),
    }
}

fn dissolve(node: Node<'_>) {
    while let Some(child) = node.first_child() {
        node.insert_before(child);
    }
    node.detach();
}

fn become_text(node: Node<'_>) {
    let mut ast = node.data_mut();
    if let NodeValue::HtmlInline(tag) = &mut ast.value {
        let tag = core::mem::take(tag);
        ast.value = NodeValue::Text(tag.into());
    }
}

fn become_paragraph<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let literal = match &mut node.data_mut().value {
        NodeValue::HtmlBlock(block) => core::mem::take(&mut block.literal),
        _ => return,
    };
    node.data_mut().value = NodeValue::Paragraph;
    for (at, line) in literal.trim_end_matches('\n').split('\n').enumerate() {
        if at > 0 {
            node.append(new_node(arena, NodeValue::LineBreak));
        }
        node.append(text_node(arena, line.to_owned()));
    }
}

fn become_bold<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    if node.first_child().is_none() {
        return node.detach();
    }
    let strong = new_node(arena, NodeValue::Strong);
    while let Some(child) = node.first_child() {
        strong.append(child);
    }
    node.append(strong);
    node.data_mut().value = NodeValue::Paragraph;
}

/// Writes the target anew and shows its host where the text would hide it; a link that leads nowhere allowed becomes its text.
fn check_link<'a>(arena: &'a Arena<'a>, node: Node<'a>) {
    let url = match &node.data().value {
        NodeValue::Link(link) | NodeValue::Image(link) => link.url.clone(),
        _ => return,
    };
    let Some(target) = Target::parse(&url) else {
        return dissolve(node);
    };
    let text = visible_text(node);
    if text.trim().is_empty() {
        node.append(text_node(arena, target.place.clone()));
    } else if link::names_another_place(&text, &target.place) {
        node.insert_after(text_node(arena, format!(" ({})", target.place)));
    }
    node.data_mut().value = NodeValue::Link(Box::new(NodeLink { url: target.url, title: String::new() }));
}

fn visible_text(node: Node<'_>) -> String {
    let mut text = String::new();
    for part in node.descendants() {
        match &part.data().value {
            NodeValue::Text(literal) => text.push_str(literal),
            NodeValue::Code(code) => text.push_str(&code.literal),
            NodeValue::HtmlInline(tag) => text.push_str(tag),
            NodeValue::SoftBreak | NodeValue::LineBreak => text.push(' '),
            _ => {}
        }
    }
    text
}

fn text_node<'a>(arena: &'a Arena<'a>, text: String) -> Node<'a> {
    new_node(arena, NodeValue::Text(text.into()))
}

fn new_node<'a>(arena: &'a Arena<'a>, value: NodeValue) -> Node<'a> {
    let nowhere = LineColumn { line: 0, column: 0 };
    arena.alloc(AstNode::new(RefCell::new(Ast::new(value, nowhere))))
}
