//! Quotes, lists and their items: what begins each line within them.

/// Deepest nesting that is written; deeper ones only break the paragraph.
const MAX_CONTAINERS: usize = 16;

/// The containers that are open, the outermost first.
#[derive(Default)]
pub(super) struct Containers {
    open: Vec<Container>,
    /// Those that were too deep to be written and wait for their end.
    unwritten: usize,
}

struct Container {
    kind: Kind,
    /// Whether its first line has been begun.
    is_begun: bool,
}

/// A quote, list or item.
pub(super) enum Kind {
    Quote,
    List { next_number: Option<u32> },
    Item { marker: String },
}

impl Containers {
    pub(super) fn open(&mut self, kind: Kind) {
        if self.open.len() >= MAX_CONTAINERS {
            self.unwritten += 1;
        } else {
            self.open.push(Container { kind, is_begun: false });
        }
    }

    /// Ends the innermost one of that kind and all within it.
    pub(super) fn close(&mut self, is_it: impl Fn(&Kind) -> bool) {
        if self.unwritten > 0 {
            self.unwritten -= 1;
        } else if let Some(at) = self.open.iter().rposition(|container| is_it(&container.kind)) {
            self.open.truncate(at);
        }
    }

    /// Begins an item of the list that is innermost; `false` when none is.
    pub(super) fn open_item(&mut self) -> bool {
        let Some(Container { kind: Kind::List { next_number }, .. }) = self.open.last_mut() else {
            return false;
        };
        let marker = match next_number {
            Some(number) => {
                *number += 1;
                format!("{}. ", *number - 1)
            }
            None => "- ".to_owned(),
        };
        self.open.push(Container { kind: Kind::Item { marker }, is_begun: false });
        true
    }

    /// Ends the item that is innermost, if one is.
    pub(super) fn close_item(&mut self) {
        if self.is_in_item() {
            self.open.pop();
        }
    }

    pub(super) fn is_in_item(&self) -> bool {
        matches!(self.open.last(), Some(Container { kind: Kind::Item { .. }, .. }))
    }

    /// Whether the innermost is an item that has no text yet.
    pub(super) fn begins_item(&self) -> bool {
        self.is_in_item() && self.open.last().is_some_and(|item| !item.is_begun)
    }

    /// Whether the innermost is a list: only items belong here.
    pub(super) fn is_between_items(&self) -> bool {
        matches!(self.open.last(), Some(Container { kind: Kind::List { .. }, .. }))
    }

    pub(super) fn count_lists(&self) -> usize {
        self.open.iter().filter(|container| matches!(container.kind, Kind::List { .. })).count()
    }

    /// Whether one waits for its first line.
    pub(super) fn begins_one(&self) -> bool {
        self.open.iter().any(|container| !container.is_begun && !matches!(container.kind, Kind::List { .. }))
    }

    /// Writes what begins a line of text.
    pub(super) fn push_prefixes(&mut self, out: &mut String) {
        for container in &mut self.open {
            match &container.kind {
                Kind::Item { marker } if !container.is_begun => out.push_str(marker),
                kind => push_later_prefix(kind, out),
            }
            container.is_begun = true;
        }
    }

    /// Writes what stands in an empty line.
    pub(super) fn push_blank_prefixes(&self, out: &mut String) {
        self.open.iter().filter(|container| container.is_begun).for_each(|container| push_later_prefix(&container.kind, out));
        out.truncate(out.trim_end_matches(' ').len());
    }
}

fn push_later_prefix(kind: &Kind, out: &mut String) {
    match kind {
        Kind::Quote => out.push_str("> "),
        Kind::List { .. } => {}
        Kind::Item { marker } => out.extend(marker.chars().map(|_| ' ')),
    }
}
