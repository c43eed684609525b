//! The one form of signed files, with a writer and a reader of exactly that form.
//!
//! Block style, fixed order of fields, every value a double-quoted string, two blanks of
//! indentation, LF, one final newline, no comment. Inside the quotes only `"` and `\` are
//! escaped. The reader takes nothing else, so no two programs can read such a file
//! differently, and there is nothing to bomb.

mod read;
mod write;

pub use read::read;
pub use write::write;
