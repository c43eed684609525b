//! `revocations/*.yaml`: a key, a record or rows of a record that no longer count.

use super::date::Date;
use super::digest::Sha256;
use super::id::Subject;
use super::kind::Kind;
use super::node::{At, Node, Spot, Value};
use super::public_key::Fingerprint;
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use super::signed::Record;
use super::tree::{MapBuilder, Tree};
use crate::finding::catalogue::files;

/// Something signed that no longer counts. There is no way back: what was revoked by mistake
/// is signed again.
#[derive(Debug, Clone, PartialEq)]
pub struct Revocation {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// What is revoked.
    pub target: Target,
    /// Why.
    pub reason: Reason,
    /// The day, for people; no proof of anything.
    pub revoked_on: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

/// What is revoked.
#[derive(Debug, Clone, PartialEq)]
pub enum Target {
    /// A key, with what it signed.
    Key {
        /// The key.
        key: Fingerprint,
        /// Which of the things that it signed stay.
        keep: Keep,
    },
    /// A whole record, by its payload's digest.
    Record(Sha256),
    /// The rows of these subjects in a record.
    Rows {
        /// The record's payload digest.
        payload: Sha256,
        /// Whose rows, at least one.
        subjects: Vec<At<Subject>>,
    },
}

/// Which of the things that a revoked key signed stay.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Keep {
    /// None of them.
    Nothing,
    /// All of them: the key is retired, and nothing was wrong with it.
    All,
    /// These payloads, which officers vouch for.
    Listed(Vec<Sha256>),
}

/// Why something is revoked: codes, because a sentence about a person could never be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The key is no longer needed.
    Retired,
    /// Another key took its place.
    Replaced,
    /// Its holder left.
    Left,
    /// Nobody can find it.
    Lost,
    /// Somebody else may have it.
    Compromised,
    /// The record was made in error.
    Mistaken,
    /// The record was made to deceive.
    Fraudulent,
    /// Whoever signed no longer stands by it.
    Withdrawn,
}

words!(Reason, "a reason to revoke";
    Retired = "retired", Replaced = "replaced", Left = "left", Lost = "lost",
    Compromised = "compromised", Mistaken = "mistaken", Fraudulent = "fraudulent",
    Withdrawn = "withdrawn");

impl Reason {
    /// Whether it is a reason to revoke a key; the others are for records.
    pub fn is_for_keys(self) -> bool {
        !matches!(self, Reason::Mistaken | Reason::Fraudulent | Reason::Withdrawn)
    }
}

impl Target {
    /// What is revoked, as the name and digest of a statement's subject.
    fn subject(&self) -> (String, Sha256) {
        match self {
            Target::Key { key, .. } => (format!("key/{key}"), key.digest()),
            Target::Record(payload) | Target::Rows { payload, .. } => {
                (format!("payload/{payload}"), *payload)
            }
        }
    }

    fn fields(&self, map: MapBuilder) -> MapBuilder {
        match self {
            Target::Key { key, keep } => {
                let map = map.text("key", key);
                match keep {
                    Keep::Nothing => map,
                    Keep::All => map.text("keep", "all"),
                    Keep::Listed(list) => map.list("keep", list.iter().map(|d| Tree::text(d.prefixed()))),
                }
            }
            Target::Record(payload) => map.text("payload", payload.prefixed()),
            Target::Rows { payload, subjects } => map
                .text("payload", payload.prefixed())
                .list("subjects", subjects.iter().map(|s| Tree::text(&s.value))),
        }
    }
}

impl Record for Revocation {
    const KIND: Kind = Kind::Revocation;

    fn tree(&self) -> Tree {
        self.target
            .fields(Tree::map().text("audience", self.audience.prefixed()))
            .text("reason", self.reason)
            .text("revoked_on", self.revoked_on)
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        self.target.subject()
    }

    fn dated(&self) -> Date {
        self.revoked_on
    }

    fn names(&self) -> Vec<Sha256> {
        match &self.target {
            Target::Key { .. } => Vec::new(),
            Target::Record(payload) | Target::Rows { payload, .. } => vec![*payload],
        }
    }
}

impl FromNode for Keep {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Keep> {
        match &node.value {
            Value::List(_) => Vec::from_node(node, reader).map(Keep::Listed),
            Value::Text(text) if text == "all" => Some(Keep::All),
            _ => {
                let message = "`keep` is neither `all` nor a list of digests";
                reader.report(&files::BAD_VALUE, node.spot, message, "Make it with `duly key revoke`.");
                None
            }
        }
    }
}

impl FromNode for Revocation {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Revocation> {
        let mut fields = Fields::of(node, "revocation", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let key = fields.get("key", reader);
        let keep = fields.get("keep", reader);
        let payload = fields.get("payload", reader);
        let subjects: Vec<At<Subject>> = fields.list("subjects", reader);
        let reason: Option<Reason> = fields.need("reason", reader);
        let revoked_on = fields.need("revoked_on", reader);
        let target = match (key, payload, subjects.is_empty()) {
            (Some(key), None, true) => Some(Target::Key { key, keep: keep.unwrap_or(Keep::Nothing) }),
            (None, Some(payload), true) if keep.is_none() => Some(Target::Record(payload)),
            (None, Some(payload), false) if keep.is_none() => Some(Target::Rows { payload, subjects }),
            _ => None,
        };
        fields.finish(reader);
        let (target, reason) = (known_target(target, spot, reader)?, reason?);
        fits(&target, reason, spot, reader)?;
        Some(Revocation { audience: audience?, target, reason, revoked_on: revoked_on?, spot })
    }
}

fn known_target(target: Option<Target>, spot: Spot, reader: &mut Reader<'_>) -> Option<Target> {
    if target.is_none() {
        let message =
            "a revocation names a key, with or without `keep`, or a payload, with or without `subjects`";
        reader.report(&files::BAD_VALUE, spot, message, "Make it with `duly revoke` or `duly key revoke`.");
    }
    target
}

/// Whether the reason is one for such a target. What somebody else may have signed cannot all
/// be kept.
fn fits(target: &Target, reason: Reason, spot: Spot, reader: &mut Reader<'_>) -> Option<()> {
    let message = match target {
        Target::Key { keep: Keep::All, .. } if reason == Reason::Compromised => {
            "of a compromised key not everything can be kept".to_owned()
        }
        Target::Key { .. } if !reason.is_for_keys() => format!("`{reason}` is no reason to revoke a key"),
        Target::Record(_) | Target::Rows { .. } if reason.is_for_keys() => {
            format!("`{reason}` is no reason to revoke a record")
        }
        _ => return Some(()),
    };
    reader.report(&files::BAD_VALUE, spot, message, "Make it with `duly revoke` or `duly key revoke`.");
    None
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::ledger::read_signed;

    const FORM: &str = "apiVersion: \"duly/v1\"\nkind: \"Revocation\"\nrecord:\n\
        \x20 audience: \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n\
        BODY\
        \x20 reason: \"REASON\"\n  revoked_on: \"2026-11-01\"\n\
        payload_sha256: \"ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n\
        signatures:\n  - scheme: \"dsse\"\n    key: \"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"\n    sig: \"AAAA\"\n";

    const KEY: &str = "  key: \"SHA256:AAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAAA\"\n";
    const PAYLOAD: &str =
        "  payload: \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n";
    const LIST: &str =
        "  keep:\n    - \"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad\"\n";
    const ALL: &str = "  keep: \"all\"\n";
    const ROWS: &str = "  subjects:\n    - \"worker/w-1\"\n";

    fn read(body: &[&str], reason: &str) -> Result<Target, Vec<&'static str>> {
        let text = FORM.replace("BODY", &body.concat()).replace("REASON", reason);
        read_signed::<Revocation>("x.yaml", text.as_bytes())
            .map(|signed| signed.record.target)
            .map_err(|found| found.iter().map(|f| f.entry.code).collect())
    }

    #[test]
    fn each_target_has_one_form() {
        assert!(matches!(read(&[KEY], "lost"), Ok(Target::Key { keep: Keep::Nothing, .. })));
        assert!(matches!(read(&[KEY, ALL], "retired"), Ok(Target::Key { keep: Keep::All, .. })));
        assert!(
            matches!(read(&[KEY, LIST], "compromised"), Ok(Target::Key { keep: Keep::Listed(l), .. }) if l.len() == 1)
        );
        assert!(matches!(read(&[PAYLOAD], "mistaken"), Ok(Target::Record(_))));
        assert!(
            matches!(read(&[PAYLOAD, ROWS], "mistaken"), Ok(Target::Rows { subjects, .. }) if subjects.len() == 1)
        );
    }

    #[test]
    fn what_makes_no_sense_is_refused() {
        for (body, reason) in [
            (&[][..], "lost"),
            (&[KEY, PAYLOAD], "lost"),
            (&[KEY, ROWS], "lost"),
            (&[PAYLOAD, ALL], "mistaken"),
            (&[KEY], "mistaken"),
            (&[PAYLOAD], "lost"),
            (&[KEY, ALL], "compromised"),
            (&[KEY], "a feeling"),
            (&[KEY, "  keep: \"some\"\n"], "lost"),
        ] {
            assert_eq!(read(body, reason), Err(vec!["D114"]), "{body:?} {reason}");
        }
    }
}
