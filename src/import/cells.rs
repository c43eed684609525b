//! What a cell says, by the map: ids, dates, words. What cannot be read is a reason for
//! rejecting the row, never a default.

use std::borrow::Cow;

use super::csv::Table;
use super::map::{Column, DateColumn, IdColumn, Others, WordColumn, Words};
use super::privacy;
use super::rejects::Reason;
use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::text::{fault, visible};

/// The readable cells of one row.
#[derive(Debug, Clone, Copy)]
pub struct Cells<'t> {
    table: &'t Table<'t>,
    cells: &'t [Cow<'t, str>],
}

/// A word of a row, and how the export writes it, where the map does not list it.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Word {
    /// The word.
    pub id: Id,
    /// How to write it for people.
    pub title: Option<String>,
}

impl<'t> Cells<'t> {
    /// The cells of a row of a table.
    pub fn new(table: &'t Table<'t>, cells: &'t [Cow<'t, str>]) -> Cells<'t> {
        Cells { table, cells }
    }

    /// The text of a column; empty where there is none.
    pub fn text(&self, column: &Column) -> &'t str {
        let at = self.table.column(&column.name);
        at.and_then(|at| self.cells.get(at)).map_or("", Cow::as_ref)
    }

    /// The text of a column that goes into a record as it is; none where the cell is empty.
    ///
    /// # Errors
    /// It holds a character that misleads, or looks like a number that must not be here.
    pub fn plain(&self, column: &Column) -> Result<Option<&'t str>, Reason> {
        let text = self.text(column);
        if text.contains('\u{fffd}') || fault(text).is_some() {
            let what =
                format!("{} holds a character that misleads or was lost: {}", column.name, quote(text));
            return Err(Reason::new("a character that cannot stand", what));
        }
        if privacy::sensitive_value(text) {
            // The value is not repeated here.
            let what = format!("{} looks like a social security number or a date", column.name);
            return Err(Reason::new("a value that looks private", what));
        }
        Ok((!text.is_empty()).then_some(text))
    }

    /// The id in a column.
    ///
    /// # Errors
    /// The cell is empty or makes no id.
    pub fn id(&self, column: &IdColumn) -> Result<Id, Reason> {
        self.prefixed_id(&column.column, &column.prefix)
    }

    /// The id in a column, behind a prefix.
    ///
    /// # Errors
    /// The cell is empty or makes no id.
    pub fn prefixed_id(&self, column: &Column, prefix: &str) -> Result<Id, Reason> {
        let Some(text) = self.plain(column)? else {
            return Err(Reason::new("no id", format!("{} is empty", column.name)));
        };
        Id::parse(&format!("{prefix}{}", text.to_ascii_lowercase())).ok_or_else(|| {
            let what = format!("{} makes no id: {}", column.name, quote(text));
            Reason::new("an id that cannot be read", what)
        })
    }

    /// The date in a column; none where the cell is empty.
    ///
    /// # Errors
    /// The cell holds something that is no date of the format.
    pub fn date(&self, column: &DateColumn) -> Result<Option<Date>, Reason> {
        let text = self.text(&column.column);
        if text.is_empty() || column.empty.iter().any(|e| e == text) {
            return Ok(None);
        }
        column.format.read(text).map(Some).map_err(|fault| {
            let what = format!("{} {} {}", column.column.name, quote(text), fault.words(&column.format));
            Reason::new("a date that cannot be read", what)
        })
    }

    /// The words in a column.
    ///
    /// # Errors
    /// A value is not in the map, or makes no id.
    pub fn words(&self, words: &Words) -> Result<Vec<Word>, Reason> {
        match words {
            Words::Fixed(id) => Ok(vec![Word { id: id.clone(), title: None }]),
            Words::Column(column) => self.words_of(column),
        }
    }

    fn words_of(&self, column: &WordColumn) -> Result<Vec<Word>, Reason> {
        let text = self.plain(&column.column)?.unwrap_or_default();
        let parts: Vec<&str> = match &column.separator {
            Some(separator) => text.split(separator.as_str()).map(str::trim).collect(),
            None => vec![text],
        };
        let filled = parts.into_iter().filter(|p| !p.is_empty() && !column.empty.iter().any(|e| e == p));
        let mut words: Vec<Word> = Vec::new();
        for part in filled {
            let word = word(column, part)?;
            if !words.iter().any(|w| w.id == word.id) {
                words.push(word);
            }
        }
        Ok(words)
    }
}

fn word(column: &WordColumn, value: &str) -> Result<Word, Reason> {
    if let Some(id) = column.values.get(value) {
        // Where the map gives another word, the value is not the title of that word.
        let same = Id::from_title(value).as_ref() == Some(id);
        return Ok(Word { id: id.clone(), title: same.then(|| value.to_owned()) });
    }
    let slug = (column.others == Others::Slug).then(|| Id::from_title(value)).flatten();
    slug.map(|id| Word { id, title: Some(value.to_owned()) }).ok_or_else(|| {
        let what = format!("{} {} is not in the map", column.column.name, quote(value));
        Reason::new("a value that the map does not list", what)
    })
}

/// A cell for a message: quoted, harmless, and not longer than 60 characters.
pub fn quote(text: &str) -> String {
    let short: String = text.chars().take(60).collect();
    let dots = if short.len() < text.len() { "…" } else { "" };
    format!("\"{}{dots}\"", visible(&short))
}
