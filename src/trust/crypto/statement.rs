//! The payload P: what every signature of a record is over.
//!
//! P is the canonical JSON of an in-toto Statement v1, so any program that knows in-toto can
//! read what was signed: <https://github.com/in-toto/attestation/blob/main/spec/v1/statement.md>.

use super::jcs::{write_string, write_tree};
use crate::record::digest::Sha256;
use crate::record::kind::Kind;
use crate::record::signed::Record;
use crate::record::tree::Tree;

/// The `_type` of every payload.
pub const STATEMENT_TYPE: &str = "https://in-toto.io/Statement/v1";

/// The `predicateType` of a kind, as in `urn:duly:attestation:v1`.
pub fn predicate_type(kind: Kind) -> String {
    format!("urn:duly:{}:v1", kind.slug())
}

/// The payload of a record. Its digest is [`Sha256::of`] these bytes.
pub fn payload<R: Record>(record: &R) -> Vec<u8> {
    let (name, digest) = record.subject();
    statement(R::KIND, &name, digest, &record.tree())
}

/// The statement of a kind about one subject, with its keys in canonical order.
pub fn statement(kind: Kind, subject: &str, digest: Sha256, predicate: &Tree) -> Vec<u8> {
    let mut out = Vec::with_capacity(1024);
    out.extend_from_slice(b"{\"_type\":");
    write_string(STATEMENT_TYPE, &mut out);
    out.extend_from_slice(b",\"predicate\":");
    write_tree(predicate, &mut out);
    out.extend_from_slice(b",\"predicateType\":");
    write_string(&predicate_type(kind), &mut out);
    out.extend_from_slice(b",\"subject\":[{\"digest\":{\"sha256\":");
    write_string(&digest.to_string(), &mut out);
    out.extend_from_slice(b"},\"name\":");
    write_string(subject, &mut out);
    out.extend_from_slice(b"}]}");
    out
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::attestation::{Attestation, Completion, Origin, Outcome};
    use crate::record::date::Date;
    use crate::record::id::{Id, Subject};
    use crate::record::node::Spot;

    fn attestation() -> Attestation {
        Attestation {
            audience: Sha256::of(b"root"),
            requirement: Id::parse("security-awareness").unwrap(),
            edition: Some(Id::parse("2026").unwrap()),
            document: Some(Sha256::of(b"abc")),
            method: Id::parse("online").unwrap(),
            origin: Origin::Own,
            declaration: Some("I read \"it\".".to_owned()),
            session: None,
            supersedes: None,
            completions: vec![Completion {
                subject: Subject::parse("worker/w-0042").unwrap(),
                completed_on: Date::parse("2026-11-01").unwrap(),
                outcome: Outcome::Passed,
                expires_on: None,
                score: Some(8750),
                spot: Spot::default(),
            }],
        }
    }

    /// Written by hand; the digests are those that `sha256sum` prints for `root` and `abc`.
    const BY_HAND: &str = concat!(
        r#"{"_type":"https://in-toto.io/Statement/v1","predicate":{"#,
        r#""audience":"sha256:4813494d137e1631bba301d5acab6e7bb7aa74ce1185d456565ef51d737677b2","#,
        r#""completions":[{"completed_on":"2026-11-01","outcome":"passed","score":"87.5","#,
        r#""subject":"worker/w-0042"}],"declaration":"I read \"it\".","#,
        r#""document":"sha256:ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad","#,
        r#""edition":"2026","method":"online","origin":"self","requirement":"security-awareness"},"#,
        r#""predicateType":"urn:duly:attestation:v1","subject":[{"digest":{"sha256":"#,
        r#""ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad"},"#,
        r#""name":"requirement/security-awareness@2026"}]}"#,
    );

    #[test]
    fn byte_for_byte() {
        assert_eq!(String::from_utf8(payload(&attestation())).unwrap(), BY_HAND);
    }
}
