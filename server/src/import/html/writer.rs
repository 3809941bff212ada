//! Writes markdown piece by piece: markers hug the text, containers begin each line.

use super::container::{Containers, Kind};
use super::escape::push_word;
use afterword_wire::limits::MAX_IMPORTED_BODY_CHARS;

/// Past this no text is taken any more: a link that goes on through many paragraphs writes its target in each.
const MAX_BYTES: usize = 4 * MAX_IMPORTED_BODY_CHARS;
/// Most elements within a line that are open at once; further ones are left out.
const MAX_INLINES: usize = 32;
/// Greatest first number of a list; CommonMark ends at nine digits, and items count on.
const MAX_LIST_NUMBER: u32 = 999_900_000;

/// The markdown so far, and what stands between it and the next piece.
#[derive(Default)]
pub(super) struct Writer {
    out: String,
    gap: Gap,
    inlines: Vec<Inline>,
    containers: Containers,
    /// Whether a break was the last thing written.
    is_behind_break: bool,
    /// The marker closed last, and where the text ended with it.
    just_closed: Option<(usize, &'static str)>,
}

/// Whitespace owed before the next piece; the greater wins.
#[derive(Clone, Copy, Default, PartialEq, Eq, PartialOrd, Ord)]
enum Gap {
    #[default]
    None,
    Space,
    Line,
    Paragraph,
}

/// An element within a line.
struct Inline {
    element: String,
    open: &'static str,
    close: String,
    /// Whether the opening marker stands in the text now.
    is_open: bool,
}

impl Writer {
    pub(super) fn finish(mut self) -> String {
        self.close_markers();
        self.out
    }

    /// Text with its whitespace: a newline is kept, an empty line begins a paragraph.
    pub(super) fn text(&mut self, text: &str) {
        if self.containers.is_between_items() && text.trim().is_empty() {
            return;
        }
        // The newline that editors write behind a break is the same break.
        let is_behind_break = core::mem::take(&mut self.is_behind_break);
        let text = text.strip_prefix('\n').filter(|_| is_behind_break).unwrap_or(text);
        for (at, line) in text.split('\n').enumerate() {
            if at > 0 {
                self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
            }
            self.line_of_text(line);
        }
    }

    fn line_of_text(&mut self, line: &str) {
        for (at, word) in line.split(char::is_whitespace).enumerate() {
            if at > 0 {
                self.gap = self.gap.max(Gap::Space);
            }
            if !word.is_empty() && self.out.len() < MAX_BYTES {
                let starts_line = self.begin_piece(word.chars().next());
                let in_link = self.inlines.iter().any(|inline| inline.is_open && inline.open == "[");
                push_word(&mut self.out, word, starts_line, in_link);
            }
        }
    }

    pub(super) fn line_break(&mut self) {
        self.is_behind_break = true;
        self.gap = if self.gap >= Gap::Line { Gap::Paragraph } else { Gap::Line };
    }

    pub(super) fn paragraph(&mut self) {
        self.gap = self.gap.max(if self.containers.begins_item() { Gap::Line } else { Gap::Paragraph });
    }

    pub(super) fn rule(&mut self) {
        self.block(&["---"]);
    }

    pub(super) fn code_block(&mut self, code: &str) {
        let code = code.trim_matches('\n');
        let fence = "`".repeat((longest_run_of_backticks(code) + 1).max(3));
        let mut lines = vec![&*fence];
        lines.extend(code.split('\n'));
        lines.push(&fence);
        self.block(&lines);
    }

    pub(super) fn code(&mut self, code: &str) {
        let code = code.split_whitespace().collect::<Vec<_>>().join(" ");
        if code.is_empty() {
            return;
        }
        let fence = "`".repeat(longest_run_of_backticks(&code) + 1);
        let space = if code.starts_with('`') || code.ends_with('`') { " " } else { "" };
        self.begin_piece(Some('`'));
        self.out.push_str(&format!("{fence}{space}{code}{space}{fence}"));
    }

    /// Lines that make a block of their own, taken as they are.
    fn block(&mut self, lines: &[&str]) {
        self.close_markers();
        self.paragraph();
        for line in lines {
            self.begin_line();
            self.out.push_str(line);
            self.gap = Gap::Line;
        }
        self.gap = Gap::Paragraph;
    }

    pub(super) fn open_inline(&mut self, element: &str, marker: &'static str) {
        self.push_inline(Inline { element: element.to_owned(), open: marker, close: marker.to_owned(), is_open: false });
    }

    /// A link, or only its text when it leads nowhere.
    pub(super) fn open_link(&mut self, element: &str, target: Option<String>) {
        let (open, close) = target.map_or(("", String::new()), |target| ("[", format!("](<{target}>)")));
        self.push_inline(Inline { element: element.to_owned(), open, close, is_open: false });
    }

    fn push_inline(&mut self, inline: Inline) {
        if self.inlines.len() < MAX_INLINES {
            self.inlines.push(inline);
        }
    }

    /// Ends the innermost element of that name; what was opened within it goes on behind.
    pub(super) fn close_inline(&mut self, element: &str) {
        let Some(at) = self.inlines.iter().rposition(|inline| inline.element == element) else {
            return;
        };
        self.close_markers_from(at);
        self.inlines.remove(at);
    }

    pub(super) fn open_quote(&mut self) {
        self.paragraph();
        self.close_markers();
        self.containers.open(Kind::Quote);
    }

    pub(super) fn close_quote(&mut self) {
        self.close_markers();
        self.containers.close(|kind| matches!(kind, Kind::Quote));
        self.gap = Gap::Paragraph;
    }

    pub(super) fn open_list(&mut self, first_number: Option<u32>) {
        self.close_markers();
        self.gap = self.gap.max(if self.containers.count_lists() > 0 { Gap::Line } else { Gap::Paragraph });
        self.containers.open(Kind::List { next_number: first_number.map(|number| number.min(MAX_LIST_NUMBER)) });
    }

    pub(super) fn close_list(&mut self) {
        self.close_markers();
        let is_nested = self.containers.count_lists() > 1;
        self.containers.close(|kind| matches!(kind, Kind::List { .. }));
        self.gap = if is_nested { Gap::Line } else { Gap::Paragraph };
    }

    /// An item whose end tag was left out ends here; one outside of any list is a paragraph.
    pub(super) fn open_item(&mut self) {
        self.close_markers();
        if self.containers.is_in_item() {
            self.close_item();
        }
        if !self.containers.open_item() {
            return self.paragraph();
        }
        self.gap = self.gap.max(Gap::Line);
    }

    pub(super) fn close_item(&mut self) {
        self.close_markers();
        self.containers.close_item();
        self.gap = Gap::Line;
    }

    /// Ends the markers that stand open, so that a line or block can end; they open again with the next piece.
    fn close_markers(&mut self) {
        self.close_markers_from(0);
    }

    fn close_markers_from(&mut self, first: usize) {
        for inline in self.inlines[first..].iter_mut().rev().filter(|inline| inline.is_open) {
            self.out.push_str(&inline.close);
            inline.is_open = false;
            self.just_closed = Some((self.out.len(), inline.open));
        }
    }

    /// Pays the gap and opens the markers that wait. Returns whether the piece begins a line.
    fn begin_piece(&mut self, first: Option<char>) -> bool {
        let starts_line = self.begin_line();
        for at in 0..self.inlines.len() {
            if !self.inlines[at].is_open {
                self.open_marker(at, first);
            }
        }
        starts_line
    }

    /// Pays the gap. Returns whether a line begins with it.
    fn begin_line(&mut self) -> bool {
        let gap = core::mem::take(&mut self.gap);
        if gap == Gap::Paragraph {
            self.close_markers();
        }
        if self.out.is_empty() {
            self.containers.push_prefixes(&mut self.out);
            return true;
        }
        match gap {
            Gap::None => return self.containers.begins_one() && self.break_line(),
            Gap::Space if !self.containers.begins_one() => {
                self.out.push(' ');
                return false;
            }
            Gap::Space | Gap::Line => {}
            Gap::Paragraph => {
                self.out.push('\n');
                self.containers.push_blank_prefixes(&mut self.out);
            }
        }
        self.break_line()
    }

    fn break_line(&mut self) -> bool {
        self.out.push('\n');
        self.containers.push_prefixes(&mut self.out);
        true
    }

    fn open_marker(&mut self, at: usize, first: Option<char>) {
        let marker = self.inlines[at].open;
        let previous = self.out.chars().next_back();
        // Between a letter and punctuation a marker of emphasis would not be one, and show.
        let is_glued = previous.is_some_and(char::is_alphanumeric) && !first.is_some_and(char::is_alphanumeric);
        if marker.is_empty() || marker != "[" && is_glued {
            return;
        }
        if self.just_closed == Some((self.out.len(), marker)) {
            // Take the closing one back: `****` would be something else.
            self.out.truncate(self.out.len() - marker.len());
        } else if self
            .just_closed
            .is_some_and(|(at, closed)| at == self.out.len() && marker.starts_with('*') && closed.starts_with('*'))
        {
            return;
        } else {
            self.out.push_str(marker);
        }
        self.inlines[at].is_open = true;
    }
}

fn longest_run_of_backticks(code: &str) -> usize {
    code.split(|character| character != '`').map(str::len).max().unwrap_or(0)
}
