//! The fields of signed files.

use super::Class::{Employment, HealthAdjacent, Identity, Key, Policy, Result, Setting};
use super::Field;
use super::Form::{
    Code, Commit, Date, Days, Fingerprint, Group, Holder, Id, Keep, List, PrefixedDigest, PublicKey, Random,
    Score, Subject, Text, Trainer, Whole, Words, Worker,
};
use crate::record::kind::Kind;

/// How a completion can end.
pub(super) const OUTCOMES: &[&str] =
    &["passed", "completed", "acknowledged", "issued", "performed", "failed", "incomplete"];

/// The fields of a signed kind's record.
pub(super) fn own(kind: Kind) -> &'static [Field] {
    match kind {
        Kind::Attestation => ATTESTATION,
        Kind::Countersignature => COUNTERSIGNATURE,
        Kind::Exemption => EXEMPTION,
        Kind::Extension => EXTENSION,
        Kind::Revocation => REVOCATION,
        Kind::Root => ROOT,
        Kind::Key => KEY,
        Kind::Grant => GRANT,
        Kind::Approval => APPROVAL,
        _ => &[],
    }
}

/// What every signed file has around its record.
pub(super) static AROUND: &[Field] = &[
    Field::must("record", Group, Result, "What was signed."),
    Field::must("payload_sha256", super::Form::BareDigest, Key, "The digest of the bytes that were signed."),
    Field::must("signatures", List(&Group), Key, "The signatures, 1 to 16."),
    Field::must("signatures[].scheme", Words(&["dsse", "sshsig"]), Key, "What exactly was signed."),
    Field::must("signatures[].key", Fingerprint, Key, "The key that is said to have signed."),
    Field::must("signatures[].sig", Text, Key, "The signature in base64."),
];

pub(super) static ATTESTATION: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.requirement", Id, Result, "What was completed."),
    Field::may("record.edition", Id, Result, "Which edition of it, where it has editions."),
    Field::may("record.document", PrefixedDigest, Result, "The digest of the edition's text."),
    Field::must("record.method", Id, Result, "How it was done, as `online` or `classroom`."),
    Field::must(
        "record.origin",
        Words(&["observed", "self", "imported"]),
        Result,
        "Whether whoever signs saw it, did it, or took it over from elsewhere.",
    ),
    Field::may(
        "record.declaration",
        Text,
        Policy,
        "What whoever signs declares, word for word as the policy asks.",
    ),
    Field::may("record.session", Group, Result, "The occasion, where it was one."),
    Field::may("record.session.trainer", Trainer, Identity, "Who trained, by id."),
    Field::may("record.session.qualification", Text, Employment, "What qualifies the trainer."),
    Field::may("record.session.place", Id, Result, "The declared location."),
    Field::may("record.session.minutes", Whole, Result, "How long it lasted."),
    Field::may(
        "record.session.evidence",
        List(&PrefixedDigest),
        Result,
        "Digests of scans that are kept elsewhere.",
    ),
    Field::may("record.supersedes", PrefixedDigest, Result, "The payload that this record corrects."),
    Field::must("record.completions", List(&Group), Result, "Who completed it, 1 to 1,000 rows."),
    Field::must("record.completions[].subject", Subject, Identity, "Who, by opaque id."),
    Field::must("record.completions[].completed_on", Date, Result, "The day, where the subject works."),
    Field::must("record.completions[].outcome", Words(OUTCOMES), Result, "How it ended."),
    Field::may("record.completions[].expires_on", Date, Result, "The last day on which it is good."),
    Field::may(
        "record.completions[].score",
        Score,
        Result,
        "The score, only where the requirement asks for one.",
    ),
];

pub(super) static ROOT: &[Field] = &[
    Field::may("record.id", Random, Key, "Makes root 1 unlike any other; later roots have none."),
    Field::must("record.version", Whole, Key, "1 for the first root, then one more each."),
    Field::may("record.previous", PrefixedDigest, Key, "The payload of the root before."),
    Field::must("record.created_on", Date, Key, "The day it was made, for people."),
    Field::may("record.expires_on", Date, Key, "The last day on which it may be relied on."),
    Field::must("record.officers", List(&Group), Key, "The officers."),
    Field::must(
        "record.officers[].officer",
        Worker,
        Identity,
        "The worker who is the officer, by opaque id.",
    ),
    Field::must("record.officers[].keys", List(&PublicKey), Key, "The officer's public keys."),
    Field::may("record.recovery", List(&PublicKey), Key, "Keys kept elsewhere that help to make a new root."),
    Field::may("record.notaries", List(&Group), Key, "Who signs checkpoints, and nothing else."),
    Field::must("record.notaries[].notary", Holder, Key, "The holder of the key."),
    Field::must("record.notaries[].key", PublicKey, Key, "The key."),
    Field::must("record.thresholds", Group, Key, "How many officers must sign to …"),
    Field::must("record.thresholds.root", Whole, Key, "… replace the root."),
    Field::must("record.thresholds.key", Whole, Key, "… enrol a key."),
    Field::must("record.thresholds.grant", Whole, Key, "… grant what an issuer may sign."),
    Field::must("record.thresholds.revoke", Whole, Key, "… revoke a key or a record."),
    Field::must("record.thresholds.exempt", Whole, Key, "… exempt somebody."),
    Field::must("record.thresholds.extend", Whole, Key, "… extend a due date."),
    Field::must("record.thresholds.approve", Whole, Key, "… approve a weighty edit."),
    Field::must(
        "record.max_backdate",
        Days,
        Setting,
        "How far back a completion may lie when it is recorded.",
    ),
    Field::must("record.max_grant", Days, Setting, "How far ahead the end of a grant may lie."),
    Field::may("record.max_key_age", Days, Setting, "How long an issuer may sign with one key."),
];

pub(super) static KEY: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.owner", Holder, Identity, "Who holds the private key, by opaque id."),
    Field::must("record.public_key", PublicKey, Key, "The public key."),
    Field::must("record.requested_on", Date, Key, "The day of the request; a key's age counts from it."),
];

pub(super) static GRANT: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.key", Fingerprint, Key, "The key that is granted to."),
    Field::must("record.scope", List(&Id), Key, "The requirements whose completions it may sign."),
    Field::must("record.granted_on", Date, Key, "The day of the grant."),
    Field::must("record.until", Date, Key, "The last day on which such a completion may lie."),
];

pub(super) static COUNTERSIGNATURE: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.payload", PrefixedDigest, Key, "The payload that it joins."),
    Field::must("record.key", Fingerprint, Key, "The key that signs, and no other."),
    Field::must("record.signed_on", Date, Key, "The day, for people."),
];

pub(super) static EXEMPTION: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.subjects", List(&Subject), Identity, "Who is exempt, by opaque id."),
    Field::must("record.requirement", Id, Result, "From what."),
    Field::must(
        "record.reason",
        Words(&["equivalent", "no_exposure", "law", "accommodation", "not_practicable"]),
        HealthAdjacent,
        "Why, as a code: a medical reason has no field.",
    ),
    Field::must("record.given_on", Date, HealthAdjacent, "The day on which it was given, for people."),
    Field::must("record.from", Date, HealthAdjacent, "The first day."),
    Field::must("record.until", Date, HealthAdjacent, "The last day; there is none without one."),
];

pub(super) static EXTENSION: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::must("record.subjects", List(&Subject), Identity, "Who has more time, by opaque id."),
    Field::must("record.requirement", Id, Result, "For what."),
    Field::must(
        "record.reason",
        Words(&["trainer_unavailable", "material_unavailable", "outage", "emergency", "absence", "law"]),
        HealthAdjacent,
        "Why, as a code.",
    ),
    Field::must(
        "record.given_on",
        Date,
        HealthAdjacent,
        "The day on which it was given and from which it acts.",
    ),
    Field::must("record.until", Date, HealthAdjacent, "No due date falls before this day."),
];

pub(super) static REVOCATION: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::may("record.key", Fingerprint, Key, "The key that is revoked; this or a payload."),
    Field::may(
        "record.keep",
        Keep,
        Key,
        "What a revoked key signed and officers vouch for; nothing without it.",
    ),
    Field::may("record.payload", PrefixedDigest, Key, "The record that is revoked."),
    Field::may(
        "record.subjects",
        List(&Subject),
        Identity,
        "Whose rows of it are; the whole record without it.",
    ),
    Field::must(
        "record.reason",
        Words(&["retired", "replaced", "left", "lost", "compromised", "mistaken", "fraudulent", "withdrawn"]),
        Key,
        "Why, as a code: the first five for keys, the others for records.",
    ),
    Field::must("record.revoked_on", Date, Key, "The day, for people."),
];

pub(super) static APPROVAL: &[Field] = &[
    Field::must("record.audience", PrefixedDigest, Key, "Ties the record to this one repository."),
    Field::may("record.files", List(&Group), Policy, "The files that are approved; this or a commit."),
    Field::must("record.files[].path", Text, Policy, "The path of a file, from the top of the repository."),
    Field::may(
        "record.files[].sha256",
        PrefixedDigest,
        Policy,
        "What it is to hold; without it the file is to be removed.",
    ),
    Field::may("record.commit", Commit, Policy, "The commit whose faults are known."),
    Field::may("record.codes", List(&Code), Policy, "The codes of these faults."),
    Field::must(
        "record.reason",
        Words(&["policy", "correction", "settings", "known_fault"]),
        Policy,
        "Why, as a code.",
    ),
    Field::must("record.approved_on", Date, Key, "The day, for people."),
];
