//! The own scan of a file: scalars, keys, and what is forbidden where a value starts.

use super::Fault;
use super::outline::Shape;
use super::scan::Scanner;
use crate::finding::catalogue::files;

impl<'t> Scanner<'t> {
    /// A value that starts here: flow, quoted, block of text, or plain.
    pub fn inline(&mut self, parent: Option<u32>) -> Result<Shape<'t>, Fault> {
        self.refuse_indicator()?;
        match self.peek() {
            Some('{') => self.nested(Scanner::flow_map),
            Some('[') => self.nested(Scanner::flow_list),
            Some('"' | '\'') => {
                self.quoted()?;
                Ok(Shape::Quoted)
            }
            Some('|' | '>') => {
                self.block_text(parent);
                Ok(Shape::Quoted)
            }
            _ => Ok(Shape::Plain(self.plain(parent))),
        }
    }

    /// Anchors, aliases and tags are invisible to whoever reads the values: refused here.
    pub fn refuse_indicator(&self) -> Result<(), Fault> {
        let quote =
            "Write the value out; if the character belongs to the text, put the text in double quotes.";
        let (entry, message) = match self.peek() {
            Some('&') => (&files::ANCHOR, "an anchor (`&`) stands here"),
            Some('*') => (&files::ANCHOR, "an alias (`*`) stands here"),
            Some('!') => (&files::TAG, "a tag (`!`) stands here"),
            _ => return Ok(()),
        };
        Err(Fault::new(entry, self.spot(), message, quote))
    }

    /// Whether a key with its `:` stands here, on this line.
    pub fn key_ahead(&self) -> bool {
        let line = self.rest().split('\n').next().unwrap_or_default();
        match line.chars().next() {
            Some(quote @ ('"' | '\'')) => {
                let inside = line.get(1..).unwrap_or_default();
                end_of_quoted(inside, quote)
                    .and_then(|end| inside.get(end..))
                    .is_some_and(|after| ends_key(after.trim_start_matches([' ', '\t'])))
            }
            Some('{' | '[') => false,
            // A `?` opens a key of any shape; `key` refuses it.
            Some('?') if line.get(1..).is_some_and(|r| r.is_empty() || r.starts_with(' ')) => true,
            _ => plain_key_end(line).is_some(),
        }
    }

    /// Reads a key and its `:`.
    pub fn key(&mut self) -> Result<Option<&'t str>, Fault> {
        self.refuse_indicator()?;
        let key = match self.peek() {
            Some('"' | '\'') => self.quoted()?,
            Some('{' | '[' | '?') => return Err(self.unusual("a key must be a single word or text")),
            _ => {
                let line = self.rest().split('\n').next().unwrap_or_default();
                let Some(end) = plain_key_end(line) else {
                    return Err(self.unusual("a `name: value` line is expected here"));
                };
                Some(self.take(end).trim_end())
            }
        };
        self.skip_inline();
        if self.peek() != Some(':') {
            return Err(self.unusual("a `:` is expected behind this key"));
        }
        if key == Some("<<") {
            let help = "Write the fields out.";
            return Err(Fault::new(&files::ANCHOR, self.spot(), "a merge key (`<<`) stands here", help));
        }
        self.bump();
        Ok(key)
    }

    /// Takes so many bytes of the current line.
    fn take(&mut self, bytes: usize) -> &'t str {
        let taken = self.rest().get(..bytes).unwrap_or_default();
        for _ in taken.chars() {
            self.bump();
        }
        taken
    }

    /// Reads a text in quotes; gives its inside where that holds no escape.
    pub fn quoted(&mut self) -> Result<Option<&'t str>, Fault> {
        let quote = self.bump().unwrap_or('"');
        let inside = self.rest();
        let Some(end) = end_of_quoted(inside, quote) else {
            return Err(self.unusual("the quote that opens here is never closed"));
        };
        self.take(end);
        let text = inside.get(..end - 1).unwrap_or_default();
        Ok((!text.contains(['\\', '\'', '\n'])).then_some(text))
    }

    /// Skips a block of text behind `|` or `>`: every line that is indented more than the
    /// parent, and blank ones.
    fn block_text(&mut self, parent: Option<u32>) {
        self.next_line();
        loop {
            let line = self.rest().split('\n').next().unwrap_or_default();
            let blank = line.trim().is_empty();
            let indent = line.chars().take_while(|c| *c == ' ').count();
            let inside = parent.is_none_or(|p| indent > p as usize);
            if self.rest().is_empty() || (!blank && !inside) {
                return;
            }
            self.next_line();
        }
    }

    fn next_line(&mut self) {
        while self.bump().is_some_and(|c| c != '\n') {}
    }

    /// Reads a plain scalar in block context, with the lines that continue it; gives its
    /// first line.
    fn plain(&mut self, parent: Option<u32>) -> &'t str {
        let line = self.rest().split('\n').next().unwrap_or_default();
        let first = self.take(plain_end(line)).trim_end();
        while self.plain_continues(parent) {
            self.skip_to_text();
            let line = self.rest().split('\n').next().unwrap_or_default();
            self.take(plain_end(line));
        }
        first
    }

    /// Whether the next line that is not blank continues a plain scalar.
    fn plain_continues(&self, parent: Option<u32>) -> bool {
        let rest = self.rest();
        let mut lines = rest.split('\n');
        // A comment behind the text ends the scalar.
        if !lines.next().unwrap_or_default().trim().is_empty() {
            return false;
        }
        let Some(line) = lines.find(|l| !l.trim().is_empty()) else {
            return false;
        };
        let indent = line.chars().take_while(|c| *c == ' ').count();
        let text = line.trim_start();
        let inside = parent.is_none_or(|p| indent > p as usize);
        // At the left margin `---` and `...` end the document, whatever came before.
        let marker = indent == 0 && (text.starts_with("---") || text.starts_with("..."));
        inside && !text.starts_with('#') && !marker
    }

    fn skip_to_text(&mut self) {
        while matches!(self.peek(), Some(' ' | '\t' | '\n' | '\r')) {
            self.bump();
        }
    }
}

/// Whether a text starts with the `:` that ends a key.
fn ends_key(text: &str) -> bool {
    text.strip_prefix(':').is_some_and(|rest| rest.is_empty() || rest.starts_with([' ', '\t', '\r']))
}

/// The byte at which a plain key ends, if the line holds one.
fn plain_key_end(line: &str) -> Option<usize> {
    let text = line.get(..plain_comment(line)).unwrap_or_default();
    text.char_indices().find(|(i, c)| *c == ':' && ends_key(&text[*i..])).map(|(i, _)| i)
}

/// The byte at which a comment starts, or the line's length.
fn plain_comment(line: &str) -> usize {
    line.find(" #").into_iter().chain(line.find("\t#")).min().unwrap_or(line.len())
}

/// The byte at which a plain scalar ends on its line.
fn plain_end(line: &str) -> usize {
    plain_comment(line)
}

/// The byte behind the closing quote of a quoted text, counted behind the opening one.
fn end_of_quoted(inside: &str, quote: char) -> Option<usize> {
    let mut chars = inside.char_indices().peekable();
    while let Some((i, c)) = chars.next() {
        match c {
            '\\' if quote == '"' => {
                chars.next();
            }
            c if c == quote => {
                if quote == '\'' && chars.peek().is_some_and(|(_, next)| *next == '\'') {
                    chars.next();
                } else {
                    return Some(i + 1);
                }
            }
            _ => {}
        }
    }
    None
}
