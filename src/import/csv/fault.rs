//! Why a file, or one row of it, cannot be read.

use super::{BYTES_MAX, CELL_MAX, COLUMNS_MAX, ROWS_MAX};

/// Why a row cannot be read.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum RowFault {
    /// It has another number of cells than the header.
    Ragged {
        /// The cells it has.
        has: usize,
        /// The cells of the header.
        wanted: usize,
    },
    /// A quote opens and does not close where a cell ends.
    Quote,
    /// It holds bytes that are not UTF-8.
    NotUtf8,
    /// It holds a NUL byte.
    Nul,
    /// A cell is longer than [`CELL_MAX`].
    Long,
    /// It has more than [`COLUMNS_MAX`] cells.
    Wide,
}

/// Why a file cannot be read at all.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum CsvError {
    /// The file is larger than [`BYTES_MAX`].
    #[error("the file has {0} bytes; the limit is {BYTES_MAX}")]
    TooLarge(u64),
    /// The file has no header.
    #[error("the file is empty")]
    Empty,
    /// The file is UTF-16.
    #[error("the file is UTF-16 text; save it as \"CSV UTF-8\"")]
    Utf16,
    /// The header itself cannot be read.
    #[error("the header cannot be read: {0}")]
    Header(String),
    /// Two columns have the same name.
    #[error("two columns are called {0:?}; rename one of them")]
    DuplicateColumn(String),
    /// The file has more than [`ROWS_MAX`] rows.
    #[error("the file has more than {ROWS_MAX} rows; split it")]
    TooManyRows,
    /// The header has more than [`COLUMNS_MAX`] columns.
    #[error("the file has more than {COLUMNS_MAX} columns")]
    TooManyColumns,
}

impl std::fmt::Display for RowFault {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        match self {
            RowFault::Ragged { has, wanted } => write!(f, "it has {has} cells and the header {wanted}"),
            RowFault::Quote => f.write_str("a quote opens and does not close where its cell ends"),
            RowFault::NotUtf8 => f.write_str("it holds bytes that are not UTF-8"),
            RowFault::Nul => f.write_str("it holds a NUL byte"),
            RowFault::Long => write!(f, "a cell is longer than {CELL_MAX} bytes"),
            RowFault::Wide => write!(f, "it has more than {COLUMNS_MAX} cells"),
        }
    }
}
