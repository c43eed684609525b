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
    /// Every enrolled key.
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

/// One enrolled key.
#[derive(Debug, Clone)]
pub struct KeyRow {
    /// The SHA256 fingerprint as OpenSSH writes it.
    pub fingerprint: String,
    /// Who holds it, as in `worker/w-0042` or `service/lms`.
    pub holder: String,
    /// The holder's name for people.
    pub name: String,
    /// The day of the request.
    pub requested_on: Date,
    /// What the key may sign, in words.
    pub may_sign: String,
    /// The last day of its grant, where it has one.
    pub until: Option<Date>,
    /// Whether the key is good on the day of the report, and if not, why.
    pub state: String,
    /// Whether it is good.
    pub good: bool,
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
