//! What must be done.

use crate::record::date::Date;

/// Something that subjects must do by a date.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The id; it becomes a file name.
    pub id: String,
    /// The name for people.
    pub title: String,
    /// `training`, `acknowledgement`, `certification` or `control`.
    pub kind: String,
    /// Whether it binds; a proposed one is shown and never fails anything.
    pub in_force: bool,
    /// Who looks after it, for people.
    pub owner: Option<String>,
    /// Where the duty comes from.
    pub citations: Vec<String>,
    /// Who owes it, in words.
    pub applies_to: String,
    /// By when and how often, in words.
    pub rule: String,
    /// Who must sign, in words.
    pub signed_by: String,
    /// The sentence that signers declare.
    pub declaration: Option<String>,
    /// How long records are kept, in words.
    pub retain: Option<String>,
    /// The first day on which it is in effect.
    pub effective_from: Option<Date>,
    /// The last day on which it is in effect.
    pub effective_until: Option<Date>,
    /// The editions, newest first.
    pub editions: Vec<Edition>,
    /// File and line of the policy's entry.
    pub place: Option<String>,
}

/// One version of a requirement's material.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The id.
    pub id: String,
    /// The day from which it can be completed.
    pub published: Date,
    /// What the change asks of those who completed an earlier one, in words.
    pub change: String,
    /// What is kept of its text, in words.
    pub material: String,
    /// Whether less than the text itself is kept.
    pub weak: bool,
    /// Path of the text.
    pub path: Option<String>,
    /// sha256 of the text, in hex.
    pub sha256: Option<String>,
    /// The text, as Markdown, where it is Markdown or plain.
    pub text: Option<String>,
}
