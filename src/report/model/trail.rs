//! The audit trail, as a report shows it.

use crate::record::date::Date;

/// What one commit did.
#[derive(Debug, Clone)]
pub struct TrailEntry {
    /// The commit, in full.
    pub commit: String,
    /// The day that it is taken to have come on.
    pub day: Date,
    /// Who wrote the change, as the commit says: no proof.
    pub author: String,
    /// Who put it there, where that is somebody else.
    pub committer: Option<String>,
    /// What happened.
    pub lines: Vec<TrailLine>,
}

/// One thing that happened.
#[derive(Debug, Clone)]
pub struct TrailLine {
    /// What happened, in words.
    pub words: String,
    /// Who signed it, for people; none for what is not signed.
    pub signers: Vec<String>,
    /// The file that says it, where it is one.
    pub path: Option<String>,
}
