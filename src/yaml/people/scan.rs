//! The own scan of a file: block structure. It reads the YAML that people write and gives up
//! on the rest; it decides nothing about values.

use super::Fault;
use super::outline::{Outline, Pair, Shape};
use crate::finding::catalogue::files;
use crate::record::node::Spot;
use crate::yaml::limits;

/// A position in the text. Columns are counted from 0 in characters; indentation is a column.
#[derive(Debug)]
pub(super) struct Scanner<'t> {
    pub text: &'t str,
    pub at: usize,
    pub line: u32,
    pub column: u32,
    pub depth: usize,
    nodes: usize,
}

/// Scans a whole file.
pub(super) fn scan(text: &str) -> Result<Outline<'_>, Fault> {
    let mut scanner = Scanner { text, at: 0, line: 1, column: 0, depth: 0, nodes: 0 };
    scanner.start_of_document()?;
    let outline = scanner.block(None)?;
    scanner.skip_blank()?;
    if scanner.peek().is_some() {
        return Err(scanner.unusual("this line does not belong to what stands above it"));
    }
    Ok(outline)
}

impl<'t> Scanner<'t> {
    pub fn rest(&self) -> &'t str {
        self.text.get(self.at..).unwrap_or_default()
    }

    pub fn peek(&self) -> Option<char> {
        self.rest().chars().next()
    }

    fn second(&self) -> Option<char> {
        self.rest().chars().nth(1)
    }

    pub fn spot(&self) -> Spot {
        Spot { line: self.line, column: self.column + 1 }
    }

    pub fn bump(&mut self) -> Option<char> {
        let c = self.peek()?;
        self.at += c.len_utf8();
        if c == '\n' {
            self.line += 1;
            self.column = 0;
        } else {
            self.column += 1;
        }
        Some(c)
    }

    pub fn unusual(&self, message: &str) -> Fault {
        let help =
            "Write it as plain `name: value` lines, or put texts with special characters in double quotes.";
        Fault::new(&files::UNUSUAL_FORM, self.spot(), message, help)
    }

    /// Counts a value; too many or too deep ends the scan.
    pub fn count(&mut self) -> Result<(), Fault> {
        self.nodes += 1;
        if self.nodes > limits::NODES || self.depth > limits::DEPTH {
            let message = format!(
                "the file is nested more than {} levels deep or holds more than {} values",
                limits::DEPTH,
                limits::NODES
            );
            let help = "Split the file into several.";
            return Err(Fault::new(&files::TOO_DEEP, self.spot(), message, help));
        }
        Ok(())
    }

    /// One `---` may open the file; a directive may not.
    fn start_of_document(&mut self) -> Result<(), Fault> {
        self.skip_blank_lines();
        if self.column == 0 && is_marker(self.rest(), "---") {
            for _ in 0..3 {
                self.bump();
            }
        }
        Ok(())
    }

    /// Skips blanks, line ends and comments, and refuses what would start another document.
    pub fn skip_blank(&mut self) -> Result<(), Fault> {
        self.skip_blank_lines();
        let rest = self.rest();
        let marker = is_marker(rest, "---") || is_marker(rest, "...") || rest.starts_with('%');
        if self.column == 0 && marker {
            let message = "a directive or the start of another document stands here";
            let help = "Keep one document in each file, without lines that start with `%`, `---` or `...`.";
            return Err(Fault::new(&files::DOCUMENT, self.spot(), message, help));
        }
        Ok(())
    }

    fn skip_blank_lines(&mut self) {
        loop {
            self.skip_inline();
            match self.peek() {
                Some('\n' | '\r') => {
                    self.bump();
                }
                Some('#') if self.comment_may_start() => self.skip_line(),
                _ => return,
            }
        }
    }

    fn comment_may_start(&self) -> bool {
        let before = self.text.get(..self.at).and_then(|t| t.chars().next_back());
        before.is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))
    }

    fn skip_line(&mut self) {
        while self.peek().is_some_and(|c| c != '\n') {
            self.bump();
        }
    }

    pub fn skip_inline(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t')) {
            self.bump();
        }
    }

    /// Whether nothing but a comment follows on this line.
    fn line_ends(&self) -> bool {
        match self.peek() {
            None | Some('\n' | '\r') => true,
            Some('#') => self.comment_may_start(),
            _ => false,
        }
    }

    /// A value in block context; `parent` is the column of what it belongs to.
    fn block(&mut self, parent: Option<u32>) -> Result<Outline<'t>, Fault> {
        self.skip_blank()?;
        let spot = self.spot();
        self.count()?;
        let shape = if self.peek().is_none() || !self.is_inside(parent) {
            Shape::Empty
        } else if self.at_dash() {
            self.nested(|s| s.list(spot.column - 1))?
        } else if self.key_ahead() {
            self.nested(|s| s.map(spot.column - 1))?
        } else {
            self.inline(parent)?
        };
        Ok(Outline { spot, shape })
    }

    fn is_inside(&self, parent: Option<u32>) -> bool {
        parent.is_none_or(|p| self.column > p)
    }

    /// Runs a part one level deeper.
    pub fn nested<T>(&mut self, part: impl FnOnce(&mut Self) -> Result<T, Fault>) -> Result<T, Fault> {
        self.depth += 1;
        self.count()?;
        let out = part(self);
        self.depth -= 1;
        out
    }

    fn at_dash(&self) -> bool {
        self.peek() == Some('-') && self.second().is_none_or(|c| matches!(c, ' ' | '\t' | '\n' | '\r'))
    }

    fn list(&mut self, column: u32) -> Result<Shape<'t>, Fault> {
        let mut items = Vec::new();
        while self.column == column && self.at_dash() {
            self.bump();
            self.skip_inline();
            items.push(if self.line_ends() { self.below(column)? } else { self.same_line(column)? });
            self.skip_blank()?;
        }
        self.check_dedent(column)?;
        Ok(Shape::List(items))
    }

    fn map(&mut self, column: u32) -> Result<Shape<'t>, Fault> {
        let mut pairs = Vec::new();
        while self.column == column && self.peek().is_some() && !self.at_dash() {
            let spot = self.spot();
            let key = self.key()?;
            self.skip_inline();
            let value = if self.line_ends() { self.value_below(column)? } else { self.value_here(column)? };
            pairs.push(Pair { key, spot, value });
            self.skip_blank()?;
        }
        self.check_dedent(column)?;
        Ok(Shape::Map(pairs))
    }

    /// What follows a list or mapping must be further left.
    fn check_dedent(&self, column: u32) -> Result<(), Fault> {
        if self.peek().is_some() && self.column > column {
            return Err(self.unusual("the indentation of this line does not fit the lines above"));
        }
        Ok(())
    }

    fn below(&mut self, column: u32) -> Result<Outline<'t>, Fault> {
        self.block(Some(column))
    }

    /// A value on the line after its key; a list may stand at the key's own column.
    fn value_below(&mut self, column: u32) -> Result<Outline<'t>, Fault> {
        let after_key = self.spot();
        self.skip_blank()?;
        if self.column == column && self.at_dash() {
            let spot = self.spot();
            self.count()?;
            return Ok(Outline { spot, shape: self.nested(|s| s.list(column))? });
        }
        let outline = self.block(Some(column))?;
        Ok(match outline.shape {
            Shape::Empty => Outline { spot: after_key, shape: Shape::Empty },
            _ => outline,
        })
    }

    /// A list item that starts on the line of its dash.
    fn same_line(&mut self, column: u32) -> Result<Outline<'t>, Fault> {
        if self.at_dash() || self.key_ahead() {
            return self.block(Some(column));
        }
        self.value_here(column)
    }

    fn value_here(&mut self, parent: u32) -> Result<Outline<'t>, Fault> {
        let spot = self.spot();
        self.count()?;
        let shape = self.inline(Some(parent))?;
        // A block of text ends at the start of the next line.
        if self.column == 0 {
            return Ok(Outline { spot, shape });
        }
        self.skip_inline();
        if !self.line_ends() {
            return Err(self.unusual("something follows the value on this line"));
        }
        Ok(Outline { spot, shape })
    }
}

/// Whether a text starts with a document marker that stands alone or before a blank.
fn is_marker(text: &str, marker: &str) -> bool {
    text.strip_prefix(marker).is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r']))
}
