//! The own scan of a file: `{…}` and `[…]`.

use super::Fault;
use super::outline::{Outline, Pair, Shape};
use super::scan::Scanner;

impl<'t> Scanner<'t> {
    /// Reads `[a, b]`; one comma may stand at the end.
    pub fn flow_list(&mut self) -> Result<Shape<'t>, Fault> {
        self.bump();
        let mut items = Vec::new();
        loop {
            self.skip_blank()?;
            match self.peek() {
                Some(']') => {
                    self.bump();
                    return Ok(Shape::List(items));
                }
                None => return Err(self.unusual("the `[` of this list is never closed")),
                _ => items.push(self.flow_value()?),
            }
            self.separator(']')?;
        }
    }

    /// Reads `{a: 1, b: 2}`; one comma may stand at the end.
    pub fn flow_map(&mut self) -> Result<Shape<'t>, Fault> {
        self.bump();
        let mut pairs = Vec::new();
        loop {
            self.skip_blank()?;
            match self.peek() {
                Some('}') => {
                    self.bump();
                    return Ok(Shape::Map(pairs));
                }
                None => return Err(self.unusual("the `{` of this group is never closed")),
                _ => pairs.push(self.flow_pair()?),
            }
            self.separator('}')?;
        }
    }

    fn separator(&mut self, close: char) -> Result<(), Fault> {
        self.skip_blank()?;
        match self.peek() {
            Some(',') => {
                self.bump();
                Ok(())
            }
            Some(c) if c == close => Ok(()),
            _ => Err(self.unusual("a `,` or the end of the list is expected here")),
        }
    }

    fn flow_pair(&mut self) -> Result<Pair<'t>, Fault> {
        let spot = self.spot();
        self.refuse_indicator()?;
        let key = match self.peek() {
            Some('"' | '\'') => self.quoted()?,
            Some('?' | '{' | '[' | ',') => return Err(self.unusual("a key must be a single word or text")),
            _ => Some(self.flow_plain()),
        };
        if key == Some("<<") {
            let help = "Write the fields out.";
            let entry = &crate::finding::catalogue::files::ANCHOR;
            return Err(Fault::new(entry, spot, "a merge key (`<<`) stands here", help));
        }
        self.skip_blank()?;
        if self.peek() != Some(':') {
            return Err(self.unusual("a `:` is expected behind this key"));
        }
        self.bump();
        self.skip_blank()?;
        let value = match self.peek() {
            Some(',' | '}') => Outline { spot: self.spot(), shape: Shape::Empty },
            _ => self.flow_value()?,
        };
        Ok(Pair { key, spot, value })
    }

    fn flow_value(&mut self) -> Result<Outline<'t>, Fault> {
        let spot = self.spot();
        self.count()?;
        self.refuse_indicator()?;
        let shape = match self.peek() {
            Some('{') => self.nested(Scanner::flow_map)?,
            Some('[') => self.nested(Scanner::flow_list)?,
            Some('"' | '\'') => {
                self.quoted()?;
                Shape::Quoted
            }
            Some(',' | ':' | '?') => return Err(self.unusual("a value is expected here")),
            _ => Shape::Plain(self.flow_plain()),
        };
        Ok(Outline { spot, shape })
    }

    /// Reads a plain scalar up to the next `,`, bracket, `: ` or comment. It may go over
    /// several lines; then only its last line counts for what stands behind it.
    fn flow_plain(&mut self) -> &'t str {
        let start = self.at;
        while let Some(c) = self.peek() {
            let rest = self.rest();
            let colon = c == ':' && rest.get(1..).is_some_and(ends_flow_key);
            let comment = matches!(c, ' ' | '\t' | '\n') && rest.trim_start().starts_with('#');
            if matches!(c, ',' | '[' | ']' | '{' | '}') || colon || comment {
                break;
            }
            self.bump();
        }
        self.text.get(start..self.at).unwrap_or_default().trim_end()
    }
}

fn ends_flow_key(rest: &str) -> bool {
    rest.is_empty() || rest.starts_with([' ', '\t', '\n', '\r', ',', '[', ']', '{', '}'])
}
