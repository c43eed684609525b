//! A map to start from, made from the header and the values of an export.
//!
//! What is plain is filled in, what is not says `CHOOSE`, which no map accepts: a format or a
//! meaning is never guessed.

mod completions;
mod dates;
mod roster;
#[cfg(test)]
mod tests;

pub use completions::completions;
pub use roster::roster;

use std::collections::BTreeMap;
use std::fmt::Write as _;

use super::csv::Table;
use super::privacy;
use super::roster_write::emit::quoted;
use crate::record::id::Id;
use crate::record::text::visible;

/// The most values of a column that are listed one by one.
const VALUES_MAX: usize = 40;

/// The longest value that is listed, in bytes as it is written: YAML has no names of more than
/// 1,024 characters.
const NAME_MAX: usize = 1_000;

/// The map that is being written, and which columns it has used.
struct Draft<'t> {
    table: &'t Table<'t>,
    delimiter: u8,
    used: Vec<usize>,
    /// The words of each column's name with a blank around them; none where it has no name, or
    /// one that is never taken over.
    headers: Vec<Option<String>>,
    out: String,
}

impl<'t> Draft<'t> {
    fn new(table: &'t Table<'t>, delimiter: u8, kind: &str) -> Draft<'t> {
        let out = format!("apiVersion: duly/v1\nkind: {kind}\n");
        let may = |name: &&String| !name.is_empty() && privacy::sensitive_name(name).is_none();
        let padded = |name: &String| format!(" {} ", privacy::words(name).join(" "));
        let headers = table.header.iter().map(|name| Some(name).filter(may).map(padded)).collect();
        Draft { table, delimiter, used: Vec::new(), headers, out }
    }

    fn line(&mut self, text: &str) {
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// A comment of any text.
    fn comment(&mut self, text: &str) {
        let _ = writeln!(self.out, "# {}", visible(text));
    }

    fn delimiter_line(&mut self) {
        match self.delimiter {
            b',' => {}
            b'\t' => self.line("delimiter: tab"),
            byte => self.line(&format!("delimiter: \"{}\"", char::from(byte))),
        }
    }

    /// The first column, not yet used, whose name holds one of these groups of words; the
    /// first group that any column has wins.
    fn find(&mut self, names: &[&str]) -> Option<usize> {
        self.find_where(names, |_| true)
    }

    fn find_where(&mut self, names: &[&str], fits: impl Fn(usize) -> bool) -> Option<usize> {
        let has = |wanted: &str| {
            let wanted = format!(" {wanted} ");
            let named = |at: usize| self.headers.get(at).and_then(Option::as_ref);
            let free = (0..self.headers.len()).filter(|at| !self.used.contains(at));
            let mut found = free.filter(|at| named(*at).is_some_and(|words| words.contains(&wanted)));
            found.find(|at| fits(*at))
        };
        let found = names.iter().find_map(|name| has(name))?;
        self.used.push(found);
        Some(found)
    }

    fn name(&self, at: usize) -> &'t str {
        self.table.header.get(at).map_or("", String::as_str)
    }

    /// The name of a column, quoted for YAML.
    fn quoted(&self, at: usize) -> String {
        quoted(self.name(at))
    }

    /// The values of a column, the most frequent first.
    fn values(&self, at: usize) -> Vec<(&'t str, usize)> {
        let mut counts: BTreeMap<&'t str, usize> = BTreeMap::new();
        let table: &'t Table<'t> = self.table;
        table.values(at).filter(|v| !v.is_empty()).for_each(|v| *counts.entry(v).or_default() += 1);
        let mut values: Vec<(&str, usize)> = counts.into_iter().collect();
        values.sort_by(|a, b| b.1.cmp(&a.1).then_with(|| a.0.cmp(b.0)));
        values
    }

    /// The values of a column that can be listed one by one. Of the others it tells how many they
    /// are; their rows are rejected.
    fn named(&mut self, at: usize) -> Vec<(&'t str, usize)> {
        let mut values = self.values(at);
        let all = values.len();
        values.retain(|(value, _)| can_be_named(value));
        if values.len() < all {
            self.comment(&format!("{} values are too long to be listed here", all - values.len()));
        }
        values
    }

    /// A column of dates: `name: {column: …, format: …}`.
    fn date(&mut self, field: &str, at: usize) {
        let values: Vec<&str> = self.table.values(at).filter(|v| !v.is_empty()).collect();
        let (format, why) = dates::format_of(&values);
        if let Some(why) = why {
            self.comment(&format!("{}: {why}", self.name(at)));
        }
        let line = format!("{field}: {{column: {}, format: {format}}}", self.quoted(at));
        self.line(&line);
    }

    /// A column of words, with a line for each value where there are not too many.
    fn words(&mut self, field: &str, at: usize) {
        let values = self.values(at);
        let plain = |value: &str| can_be_named(value) && Id::from_title(value).is_some();
        if values.len() > VALUES_MAX || !values.iter().all(|(v, _)| plain(v)) {
            let text =
                format!("{} has {} values; each becomes the closest plain id", self.name(at), values.len());
            self.comment(&text);
            let line = format!("{field}: {{column: {}}}", self.quoted(at));
            return self.line(&line);
        }
        let line = format!("{field}:\n  column: {}\n  values:", self.quoted(at));
        self.line(&line);
        for (value, count) in values {
            let id = Id::from_title(value).map(|id| super::roster_write::emit::word(id.as_str()));
            let line = format!("    {}: {}  # {count}", quoted(value), id.unwrap_or_default());
            self.line(&line);
        }
    }

    /// Lists the columns that are not used.
    fn rest(&mut self) {
        let rest: Vec<usize> = (0..self.table.header.len()).filter(|at| !self.used.contains(at)).collect();
        let names = |keep: &dyn Fn(&str) -> bool| {
            let names: Vec<&str> = rest.iter().map(|at| self.name(*at)).filter(|n| keep(n)).collect();
            names.join(", ")
        };
        let never = names(&|n| privacy::sensitive_name(n).is_some());
        let others = names(&|n| privacy::sensitive_name(n).is_none());
        if !others.is_empty() {
            self.comment(&format!("Not taken over: {others}"));
        }
        if !never.is_empty() {
            self.comment(&format!("Never taken over, because nothing here may hold it: {never}"));
        }
    }
}

fn can_be_named(value: &str) -> bool {
    quoted(value).len() <= NAME_MAX
}

/// Which byte most likely stands between the cells, judged by the first line.
pub fn delimiter_of(bytes: &[u8]) -> u8 {
    let first = bytes.split(|b| *b == b'\n').next().unwrap_or_default();
    let count = |wanted: u8| first.iter().filter(|b| **b == wanted).count();
    let best = [b'|', b'\t', b';', b','].into_iter().max_by_key(|b| count(*b));
    best.filter(|b| count(*b) > 0).unwrap_or(b',')
}
