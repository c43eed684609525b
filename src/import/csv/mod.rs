//! Strict, bounded reading of CSV (RFC 4180): nothing is repaired, nothing vanishes.
//!
//! An own reader, because the usual ones swallow lines: a quote that opens and never closes
//! makes the rest of the file one cell, and nobody hears of the rows inside. Here such a row
//! is at fault alone, and reading goes on at the next line. Only what nobody could mend in a
//! spreadsheet is smoothed: blanks around a cell, and accents written as two characters, as
//! macOS does (Unicode NFC).

mod fault;

pub use fault::{CsvError, RowFault};

use std::borrow::Cow;
use std::collections::HashMap;

use unicode_normalization::{UnicodeNormalization as _, is_nfc};

/// The largest file, in bytes: 32 MiB.
pub const BYTES_MAX: u64 = 32 << 20;
/// The most rows below the header.
pub const ROWS_MAX: usize = 200_000;
/// The most columns.
pub const COLUMNS_MAX: usize = 1_000;
/// The longest cell, in bytes: 16 KiB.
pub const CELL_MAX: usize = 16 << 10;

/// A file of rows below a header.
#[derive(Debug)]
pub struct Table<'d> {
    /// The names of the columns, trimmed; some may be empty.
    pub header: Vec<String>,
    /// The rows that hold anything.
    pub rows: Vec<Row<'d>>,
    index: HashMap<String, usize>,
}

/// One row below the header.
#[derive(Debug)]
pub struct Row<'d> {
    /// Its number as a spreadsheet shows it: the header is row 1.
    pub number: u32,
    /// The cells, trimmed, as many as the header has, or what is wrong with the row.
    pub cells: Cells<'d>,
}

impl<'d> Table<'d> {
    /// Reads a whole file. `delimiter` is an ASCII byte, most often `,`.
    ///
    /// # Errors
    /// The file is too large, or its header cannot be read. Faulty rows are no error: each
    /// says what is wrong with it.
    pub fn read(bytes: &'d [u8], delimiter: u8) -> Result<Table<'d>, CsvError> {
        if bytes.len() as u64 > BYTES_MAX {
            return Err(CsvError::TooLarge(bytes.len() as u64));
        }
        if bytes.starts_with(b"\xff\xfe") || bytes.starts_with(b"\xfe\xff") {
            return Err(CsvError::Utf16);
        }
        let data = bytes.strip_prefix(b"\xef\xbb\xbf").unwrap_or(bytes);
        let mut lines = Lines { data, at: 0, row: 0, delimiter };
        let header = header(&mut lines)?;
        let rows = rows(&mut lines, header.len())?;
        let named = header.iter().enumerate().filter(|(_, name)| !name.is_empty());
        let index = named.map(|(at, name)| (name.clone(), at)).collect();
        Ok(Table { header, rows, index })
    }

    /// The position of a column.
    pub fn column(&self, name: &str) -> Option<usize> {
        self.index.get(name).copied()
    }

    /// The readable cells of a column, from top to bottom.
    pub fn values(&self, column: usize) -> impl Iterator<Item = &str> {
        let cells = self.rows.iter().filter_map(|row| row.cells.as_ref().ok());
        cells.filter_map(move |cells| cells.get(column)).map(Cow::as_ref)
    }
}

fn header(lines: &mut Lines<'_>) -> Result<Vec<String>, CsvError> {
    let (_, cells) = lines.next_row().ok_or(CsvError::Empty)?;
    let cells = cells.map_err(|fault| match fault {
        RowFault::Wide => CsvError::TooManyColumns,
        fault => CsvError::Header(fault.to_string()),
    })?;
    let names: Vec<String> = cells.iter().map(|cell| cell.trim().to_owned()).collect();
    let mut seen = std::collections::HashSet::new();
    match names.iter().find(|name| !name.is_empty() && !seen.insert(name.as_str())) {
        Some(twice) => Err(CsvError::DuplicateColumn(twice.clone())),
        None if names.iter().all(String::is_empty) => Err(CsvError::Empty),
        None => Ok(names),
    }
}

fn rows<'d>(lines: &mut Lines<'d>, wanted: usize) -> Result<Vec<Row<'d>>, CsvError> {
    let mut rows = Vec::new();
    while let Some((number, cells)) = lines.next_row() {
        let cells = cells.and_then(|cells| match cells.len() {
            has if has == wanted || is_blank(&cells) => Ok(cells),
            has => Err(RowFault::Ragged { has, wanted }),
        });
        if cells.as_ref().is_ok_and(|cells| is_blank(cells)) {
            continue;
        }
        if rows.len() == ROWS_MAX {
            return Err(CsvError::TooManyRows);
        }
        rows.push(Row { number, cells });
    }
    Ok(rows)
}

fn is_blank(cells: &[Cow<'_, str>]) -> bool {
    cells.iter().all(|cell| cell.is_empty())
}

/// The cells of a row, or what is wrong with it.
type Cells<'d> = Result<Vec<Cow<'d, str>>, RowFault>;

/// Reads row by row.
struct Lines<'d> {
    data: &'d [u8],
    at: usize,
    row: u32,
    delimiter: u8,
}

impl<'d> Lines<'d> {
    /// The next row and its number; none at the end.
    fn next_row(&mut self) -> Option<(u32, Cells<'d>)> {
        if self.at >= self.data.len() {
            return None;
        }
        let start = self.at;
        self.row = self.row.saturating_add(1);
        let cells = self.cells().unwrap_or_else(|lost| {
            // Go on behind the line on which the faulty row starts.
            self.at = start;
            self.plain_line();
            Err(lost)
        });
        Some((self.row, cells))
    }

    /// The cells of a row. The outer fault is one after which nobody knows where the row ends;
    /// after the inner one its end is known, and no part of it is taken for a row.
    fn cells(&mut self) -> Result<Cells<'d>, RowFault> {
        let (mut cells, mut fault) = (Vec::new(), None);
        loop {
            let cell = if self.peek() == Some(b'"') { self.quoted()? } else { self.plain() };
            let read = if cells.len() < COLUMNS_MAX { text(cell) } else { Err(RowFault::Wide) };
            match read {
                Ok(text) => cells.push(text),
                Err(why) => fault = fault.or(Some(why)),
            }
            match self.peek() {
                Some(b) if b == self.delimiter => self.at += 1,
                _ => break,
            }
        }
        self.end_of_line()?;
        Ok(fault.map_or(Ok(cells), Err))
    }

    /// Goes behind the end of the line, whatever stands on it.
    fn plain_line(&mut self) {
        self.at += self.until(|b| matches!(b, b'\n' | b'\r')).len();
        // It stands at the end of a line, or of the file.
        let _ = self.end_of_line();
    }

    fn peek(&self) -> Option<u8> {
        self.data.get(self.at).copied()
    }

    /// What stands from here to the first byte for which `stop` holds.
    fn until(&self, stop: impl Fn(u8) -> bool) -> &'d [u8] {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let end = rest.iter().position(|b| stop(*b)).unwrap_or(rest.len());
        rest.get(..end).unwrap_or_default()
    }

    fn plain(&mut self) -> Cow<'d, [u8]> {
        let delimiter = self.delimiter;
        let cell = self.until(|b| b == delimiter || b == b'\n' || b == b'\r');
        self.at += cell.len();
        Cow::Borrowed(cell)
    }

    fn quoted(&mut self) -> Result<Cow<'d, [u8]>, RowFault> {
        self.at += 1;
        let mut cell = Cow::Borrowed(self.piece()?);
        while self.peek() == Some(b'"') {
            let more = self.data.get(self.at..=self.at).unwrap_or_default();
            cell.to_mut().extend_from_slice(more);
            self.at += 1;
            let piece = self.piece()?;
            cell.to_mut().extend_from_slice(piece);
            if cell.len() > CELL_MAX {
                return Err(RowFault::Long);
            }
        }
        Ok(cell)
    }

    /// Takes what stands before the next quote, and the quote.
    fn piece(&mut self) -> Result<&'d [u8], RowFault> {
        let rest = self.data.get(self.at..).unwrap_or_default();
        let near = rest.get(..=CELL_MAX).unwrap_or(rest);
        let Some(end) = near.iter().position(|b| *b == b'"') else { return Err(RowFault::Quote) };
        self.at += end + 1;
        Ok(near.get(..end).unwrap_or_default())
    }

    fn end_of_line(&mut self) -> Result<(), RowFault> {
        match (self.peek(), self.data.get(self.at + 1)) {
            (None, _) => Ok(()),
            (Some(b'\r'), Some(b'\n')) => {
                self.at += 2;
                Ok(())
            }
            (Some(b'\n' | b'\r'), _) => {
                self.at += 1;
                Ok(())
            }
            (Some(_), _) => Err(RowFault::Quote),
        }
    }
}

fn text(cell: Cow<'_, [u8]>) -> Result<Cow<'_, str>, RowFault> {
    if cell.len() > CELL_MAX {
        return Err(RowFault::Long);
    }
    if cell.contains(&0) {
        return Err(RowFault::Nul);
    }
    let text = match cell {
        Cow::Borrowed(bytes) => std::str::from_utf8(bytes).map(Cow::Borrowed).map_err(|_| RowFault::NotUtf8),
        Cow::Owned(bytes) => String::from_utf8(bytes).map(Cow::Owned).map_err(|_| RowFault::NotUtf8),
    }?;
    let text = match text {
        text if !is_nfc(&text) => Cow::Owned(text.trim().nfc().collect()),
        Cow::Borrowed(text) => Cow::Borrowed(text.trim()),
        Cow::Owned(text) => Cow::Owned(text.trim().to_owned()),
    };
    // A few characters are longer in the form that everything has here.
    if text.len() > CELL_MAX { Err(RowFault::Long) } else { Ok(text) }
}

#[cfg(test)]
mod tests;
