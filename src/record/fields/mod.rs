//! Every field of every kind of record, in one table.
//!
//! Profiles, exports, schemas and the documentation read it, so that a field has one meaning
//! and one privacy class wherever it turns up. The tests hold it against the readers in this
//! room, both ways: what a reader takes stands here, and what stands here a reader takes.

mod form;
mod people;
pub mod reference;
pub mod schema;
mod signed;
mod subjects;
#[cfg(test)]
mod tests;

pub use form::Form;

use super::kind::Kind;
use super::scalar::words;

/// One field of a kind of record.
#[derive(Debug, PartialEq, Eq)]
pub struct Field {
    /// From the top of the file: `.` before a field of a group, `[]` behind a list, as in
    /// `workers[].employment[].start`.
    pub path: &'static str,
    /// What may stand there.
    pub form: Form,
    /// Whether the group that it belongs to must have it.
    pub required: bool,
    /// What it says about a person.
    pub class: Class,
    /// What it means, in one sentence.
    pub meaning: &'static str,
}

/// What a field says about a person: who may need to see it, and what must be left out where
/// strangers read.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Class {
    /// Who somebody is.
    Identity,
    /// How somebody is employed.
    Employment,
    /// What lets others guess at somebody's health.
    HealthAdjacent,
    /// What somebody did or did not do.
    Result,
    /// Keys, signatures, and who may sign.
    Key,
    /// What is asked of people.
    Policy,
    /// Choices of the organisation, and the make of the file.
    Setting,
}

words!(Class, "a privacy class";
    Identity = "identity", Employment = "employment", HealthAdjacent = "health-adjacent",
    Result = "result", Key = "key", Policy = "policy", Setting = "setting");

impl Class {
    /// What belongs to the class, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Class::Identity => "Who somebody is: a name, an address, or the opaque id in their place.",
            Class::Employment => "How somebody is employed: days, roles, managers, places.",
            Class::HealthAdjacent => {
                "What lets others guess at somebody's health, as a leave of absence does."
            }
            Class::Result => "What somebody completed, when, and how it ended.",
            Class::Key => "Public keys, signatures, and who may sign what. No private key has a field.",
            Class::Policy => "What is asked of people. It says nothing about any one of them.",
            Class::Setting => "Choices of the organisation, and the make of the file.",
        }
    }
}

impl Field {
    const fn must(path: &'static str, form: Form, class: Class, meaning: &'static str) -> Field {
        Field { path, form, required: true, class, meaning }
    }

    const fn may(path: &'static str, form: Form, class: Class, meaning: &'static str) -> Field {
        Field { path, form, required: false, class, meaning }
    }

    /// The path without its last part: empty, or ending in a dot.
    pub fn group(&self) -> &'static str {
        self.path.rfind('.').map_or("", |at| self.path.get(..=at).unwrap_or_default())
    }

    /// The last part of the path: the key that stands in the file.
    pub fn name(&self) -> &'static str {
        self.path.strip_prefix(self.group()).unwrap_or(self.path)
    }
}

/// The fields of a kind, in the order of the documentation.
pub fn of(kind: Kind) -> impl Iterator<Item = &'static Field> {
    let around: &[Field] = if kind.is_signed() { signed::AROUND } else { &[] };
    people::ENVELOPE.iter().chain(own(kind)).chain(around)
}

fn own(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Organization => people::ORGANIZATION,
        Kind::Roster => people::ROSTER,
        Kind::Policy => people::POLICY,
        Kind::Assignment => subjects::ASSIGNMENT,
        Kind::System => subjects::SYSTEM,
        Kind::Vendor => subjects::VENDOR,
        Kind::Incident => subjects::INCIDENT,
        Kind::Identities => people::IDENTITIES,
        signed => signed::own(signed),
    }
}

/// The field of a kind at a path.
pub fn find(kind: Kind, path: &str) -> Option<&'static Field> {
    of(kind).find(|f| f.path == path)
}

/// Where files of a kind live, and what they hold.
pub fn about(kind: Kind) -> (&'static str, &'static str) {
    if let Some(signed) = kind.signed() {
        return (signed.at, signed.holds);
    }
    match kind {
        Kind::Organization => ("duly.yaml", "The organisation, and the words that its other files may use."),
        Kind::Roster => ("roster/**/*.yaml", "The workforce: one person or many a file. Not signed."),
        Kind::Policy => ("policies/*.yaml", "What must be done, by whom and by when. Not signed."),
        Kind::Assignment => ("assignments/*.yaml", "A duty that somebody is given once. Not signed."),
        Kind::System => {
            ("systems/*.yaml", "What holds protected information, and who gets into it. Not signed.")
        }
        Kind::Vendor => ("vendors/*.yaml", "Who works on the organisation's behalf. Not signed."),
        Kind::Incident => ("incidents/*.yaml", "What happened, and what has to be done again. Not signed."),
        Kind::Identities => {
            ("(outside)", "The names of people, in a file or folder outside of the repository.")
        }
        _ => ("", ""),
    }
}
