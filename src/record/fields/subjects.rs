//! The fields of what else people write down: systems, vendors, incidents, assignments.

use super::Class::{Employment, Identity, Policy, Result, Setting};
use super::Field;
use super::Form::{Date, Digest, Flag, Group, Id, List, Subject, Text, Words};

pub(super) static ASSIGNMENT: &[Field] = &[
    Field::must("id", Id, Policy, "The id."),
    Field::must("subjects", List(&Subject), Identity, "Who was told, by opaque id."),
    Field::must("requirement", Id, Policy, "What they have to do."),
    Field::must("told_on", Date, Result, "The day on which they were told."),
    Field::must("by", Date, Result, "The last good day."),
    Field::must(
        "reason",
        Words(&["new_duty", "audit", "incident", "regulator", "contract", "request"]),
        Result,
        "Why, as a code: a sentence about a person could never be erased.",
    ),
];

pub(super) static SYSTEM: &[Field] = &[
    Field::must("id", Id, Setting, "The id behind `system/`."),
    Field::must("title", Text, Setting, "The name for people."),
    Field::must("holds_ephi", Flag, Setting, "Whether it holds electronic health information."),
    Field::must("in_use_from", Date, Setting, "The first day of use."),
    Field::may("in_use_until", Date, Setting, "The last day of use, once it is known."),
    Field::may("access", List(&Group), Employment, "Who can get into it."),
    Field::must("access[].worker", Id, Identity, "Whose access it is, by opaque id."),
    Field::must("access[].from", Date, Employment, "The first day of the access."),
    Field::may("access[].until", Date, Employment, "Its last day; open without it."),
];

pub(super) static VENDOR: &[Field] = &[
    Field::must("id", Id, Setting, "The id behind `vendor/`."),
    Field::must("title", Text, Setting, "The name for people."),
    Field::may("services", List(&Text), Setting, "What it does, in a few words each."),
    Field::must(
        "handles_phi",
        Flag,
        Setting,
        "Whether it handles health information, and so needs an agreement.",
    ),
    Field::must("terms", List(&Group), Setting, "When it worked for the organisation."),
    Field::must("terms[].start", Date, Setting, "The first day."),
    Field::may("terms[].end", Date, Setting, "The last day, once it is known."),
    Field::may("agreement", Group, Setting, "The agreement in force."),
    Field::must("agreement.signed_on", Date, Setting, "The day on which the last party signed it."),
    Field::may("agreement.expires_on", Date, Setting, "The last day on which it is good."),
    Field::may("agreement.document", Digest, Setting, "The digest of the signed document, kept elsewhere."),
    Field::may("agreement.contact", Id, Setting, "The declared role that looks after it."),
    Field::may("subcontractors", List(&Text), Setting, "Whom it hands protected information on to."),
];

pub(super) static INCIDENT: &[Field] = &[
    Field::must("id", Id, Result, "The id."),
    Field::must("title", Text, Result, "What happened, in a few words that name nobody."),
    Field::must("occurred_on", Date, Result, "The day on which it happened."),
    Field::must("discovered_on", Date, Result, "The day on which the organisation knew of it."),
    Field::must("subjects", List(&Subject), Identity, "Whom and what it touched, by opaque id."),
    Field::may("retraining", List(&Group), Result, "What has to be done again."),
    Field::may(
        "retraining[].subjects",
        List(&Subject),
        Identity,
        "By whom; all whom it touched without this.",
    ),
    Field::must("retraining[].requirement", Id, Result, "What."),
    Field::must("retraining[].by", Date, Result, "The last good day."),
];
