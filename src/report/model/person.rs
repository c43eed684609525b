//! Who owes, and the records about them.

use std::sync::Arc;

use crate::record::date::Date;

/// A member of the workforce.
#[derive(Debug, Clone)]
pub struct Person {
    /// The opaque id; it becomes a file name.
    pub id: String,
    /// The name, where the report may show one.
    pub name: Option<String>,
    /// The e-mail address, where the report may show one.
    pub email: Option<String>,
    /// Whether the person is employed on the day of the report.
    pub active: bool,
    /// The first day of the first employment.
    pub hired: Option<Date>,
    /// The last day, for those who have left.
    pub left: Option<Date>,
    /// The type of employment on the day of the report.
    pub employment: Option<String>,
    /// The location on the day of the report.
    pub location: Option<String>,
    /// Roles on the day of the report, as positions in the model's list.
    pub roles: Vec<u32>,
    /// Teams on the day of the report, as positions in the model's list.
    pub teams: Vec<u32>,
    /// Managers on the day of the report, as positions in the model's list of people.
    pub managers: Vec<u32>,
    /// File and line of the roster's entry.
    pub place: Option<String>,
    /// Every record about the person, newest first.
    pub records: Vec<Record>,
}

impl Person {
    /// The name, or the id where there is no name.
    pub fn called(&self) -> &str {
        self.name.as_deref().unwrap_or(&self.id)
    }
}

/// The organisation itself, a system or a vendor.
#[derive(Debug, Clone)]
pub struct Other {
    /// As in `org`, `system/ehr`, `vendor/acme`.
    pub subject: String,
    /// How to write it for people.
    pub title: String,
    /// Every record about it, newest first.
    pub records: Vec<Record>,
}

/// One row of an attestation, as it stands in the repository. What it has from its file is
/// shared by all rows of that file: a sheet may hold a thousand.
#[derive(Debug, Clone)]
pub struct Record {
    /// The requirement, as a position in the model's list.
    pub requirement: u32,
    /// The edition.
    pub edition: Option<Arc<str>>,
    /// The day of completion.
    pub completed_on: Date,
    /// How it ended, as `passed`.
    pub outcome: &'static str,
    /// The score.
    pub score: Option<String>,
    /// The last day on which it is good.
    pub expires_on: Option<Date>,
    /// Whether trust accepted it.
    pub accepted: bool,
    /// Why not, where it did not.
    pub reason: Option<String>,
    /// How strong it is, where it was accepted.
    pub assurance: Option<&'static str>,
    /// Who signed, for people.
    pub signers: Arc<[String]>,
    /// Path of the file.
    pub path: Arc<str>,
    /// Line of the row.
    pub line: u32,
    /// sha256 of the signed payload, in hex.
    pub payload: Option<Arc<str>>,
    /// The first commit of the protected branch that holds it.
    pub first_commit: Option<Arc<str>>,
}
