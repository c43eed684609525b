//! The report that people look at: the site, the Markdown, and the files beside them.
//!
//! Everything is made from one view [`model`]: texts, numbers and dates, independent of how
//! they were found. [`site`] renders it into pages, [`markdown`] into the text of a pull
//! request. The same model always gives the same bytes.

pub mod badge;
pub mod build;
pub mod calendar;
pub mod change;
pub mod escape;
pub mod json;
pub mod markdown;
pub mod model;
pub mod profile;
#[doc(hidden)]
pub mod sample;
pub mod single;
pub mod site;
pub mod status;
mod table;
pub mod template;
pub mod why;
pub mod write;

/// Why a report could not be made.
#[derive(Debug, thiserror::Error)]
pub enum ReportError {
    /// A template is wrong, which happens to templates of one's own.
    #[error("a template of the report cannot be used: {0}")]
    Template(String),
    /// A file or folder cannot be read or written.
    #[error("{path}: {error}")]
    Io {
        /// What was to be read or written.
        path: String,
        /// What went wrong.
        error: std::io::Error,
    },
    /// The folder to write to holds something that is not a report.
    #[error("{0}")]
    NotAReport(String),
    /// There is more to show than what was asked for can hold.
    #[error("{0}")]
    TooLarge(String),
    /// What was asked for does not exist, as a team nobody belongs to.
    #[error("{0}")]
    Unknown(String),
}

impl From<minijinja::Error> for ReportError {
    fn from(error: minijinja::Error) -> ReportError {
        ReportError::Template(format!("{error:#}"))
    }
}
