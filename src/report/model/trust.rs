//! Who may sign, and what was granted.

use super::Who;
use crate::record::date::Date;

/// Keys, officers and thresholds.
#[derive(Debug, Clone, Default)]
pub struct Trust {
    /// The officers of the newest root.
    pub officers: Vec<Officer>,
    /// How many officers each action needs, in words: action and number.
    pub thresholds: Vec<(String, u32)>,
    /// What the newest root limits, in words: what, and how far.
    pub limits: Vec<(&'static str, String)>,
    /// Every key: those of the root first, then the enrolled ones, then those refused.
    pub keys: Vec<KeyRow>,
    /// Whether one person enrols keys, records and reports; said wherever results are.
    pub single_control: bool,
    /// Version of the newest root.
    pub root_version: Option<u32>,
    /// The last day on which the newest root may be relied on.
    pub root_expires: Option<Date>,
}

/// Who approves keys and grants exemptions.
#[derive(Debug, Clone)]
pub struct Officer {
    /// How to write the officer for people.
    pub name: String,
    /// The officer's id.
    pub id: String,
    /// Fingerprints of the officer's keys.
    pub keys: Vec<String>,
}

/// Whether a key may still be used.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Standing {
    /// It may sign something.
    Good,
    /// It once could: it was revoked, replaced, or its enrolment or grant no longer counts.
    Ended,
    /// It never could: its enrolment was refused.
    Refused,
}

/// One key: of the root, or enrolled.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// The SHA256 fingerprint as OpenSSH writes it.
    pub fingerprint: String,
    /// Who holds it, as in `worker/w-0042` or `service/lms`.
    pub holder: String,
    /// The holder's name for people.
    pub name: String,
    /// The day of the request; none for keys of the root.
    pub requested_on: Option<Date>,
    /// What the key may sign, in words.
    pub may_sign: String,
    /// The last day of its grant, where it has one.
    pub until: Option<Date>,
    /// What it is on the day of the report, in a word or two.
    pub state: String,
    /// If it is no longer good, why.
    pub note: Option<String>,
    /// Whether it is good.
    pub standing: Standing,
    /// Path of the file.
    pub path: String,
}

/// An exemption or an extension.
#[derive(Debug, Clone)]
pub struct Exemption {
    /// `exemption` or `extension`.
    pub kind: String,
    /// Who benefits.
    pub who: Who,
    /// The requirement, as a position in the model's list.
    pub requirement: u32,
    /// The first day.
    pub from: Date,
    /// The last day.
    pub until: Date,
    /// The reason code.
    pub reason: String,
    /// Who granted it, for people.
    pub granted_by: Vec<String>,
    /// Path of the file.
    pub path: String,
}
