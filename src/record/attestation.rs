//! `attestations/YYYY/MM/*.yaml`: the signed evidence that subjects completed a requirement.

use super::date::Date;
use super::digest::Sha256;
use super::id::{Id, Subject};
use super::kind::Kind;
use super::node::{Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::{parsed, words};
use super::signed::{Home, Record};
use super::tree::Tree;
use crate::finding::catalogue::files;

/// The most rows that one attestation may hold.
pub const ROWS_MAX: usize = 1000;

/// A signed statement that one or more subjects completed one edition of one requirement.
#[derive(Debug, Clone, PartialEq)]
pub struct Attestation {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// The requirement.
    pub requirement: Id,
    /// The edition; none where the requirement has none.
    pub edition: Option<Id>,
    /// sha256 of the edition's text; none where it has no text.
    pub document: Option<Sha256>,
    /// How it was done, as `online`, `classroom`, `paper`.
    pub method: Id,
    /// Where the statement comes from.
    pub origin: Origin,
    /// The sentence that whoever signs declares, verbatim from the requirement.
    pub declaration: Option<String>,
    /// The occasion, where it was one: most records have none.
    pub session: Option<Box<Session>>,
    /// The payload that this record corrects.
    pub supersedes: Option<Sha256>,
    /// Who completed it and when, 1 to [`ROWS_MAX`] rows.
    pub completions: Vec<Completion>,
}

/// The occasion on which people were trained together.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Session {
    /// Who trained: `worker/ID`, `service/ID` or `vendor/ID`.
    pub trainer: Option<Trainer>,
    /// What qualifies the trainer (29 CFR 1910.1030(h)(2)(i)(C)).
    pub qualification: Option<String>,
    /// Where, as a declared location.
    pub place: Option<Id>,
    /// How long it lasted.
    pub minutes: Option<u32>,
    /// sha256 of scanned sheets and certificates, which are kept elsewhere.
    pub evidence: Vec<Sha256>,
}

/// Who trained: an opaque id with what it is the id of.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Trainer(String);

/// One row: one subject's completion.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Completion {
    /// Who completed it.
    pub subject: Subject,
    /// The civil date, in the time zone of the subject's location.
    pub completed_on: Date,
    /// How it ended.
    pub outcome: Outcome,
    /// The last day on which it is good, as for a licence.
    pub expires_on: Option<Date>,
    /// The score in hundredths of a point.
    pub score: Option<u32>,
    /// Where the row stands in its file.
    pub spot: Spot,
}

/// How a completion ended.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Outcome {
    /// An examination was passed.
    Passed,
    /// It was done to the end.
    Completed,
    /// A text was read and accepted.
    Acknowledged,
    /// A licence or certificate was issued or renewed.
    Issued,
    /// A control was performed.
    Performed,
    /// An examination was failed. Recorded, never counted by default.
    Failed,
    /// It was begun and not ended. Recorded, never counted by default.
    Incomplete,
}

words!(Outcome, "an outcome";
    Passed = "passed", Completed = "completed", Acknowledged = "acknowledged", Issued = "issued",
    Performed = "performed", Failed = "failed", Incomplete = "incomplete");

/// Where a statement comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Origin {
    /// Whoever signs saw it happen.
    Observed,
    /// The worker says so.
    Own,
    /// Taken over from another system; only an issuer may claim it.
    Imported,
}

words!(Origin, "an origin"; Observed = "observed", Own = "self", Imported = "imported");

impl Outcome {
    /// Whether the outcome is one of success.
    pub fn is_done(self) -> bool {
        !matches!(self, Outcome::Failed | Outcome::Incomplete)
    }
}

impl Trainer {
    /// Reads `worker/ID`, `service/ID` or `vendor/ID`.
    pub fn parse(text: &str) -> Option<Trainer> {
        let (kind, id) = text.split_once('/')?;
        Id::parse(id)?;
        matches!(kind, "worker" | "service" | "vendor").then(|| Trainer(text.to_owned()))
    }

    /// The text.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// Reads a score of at most two decimals into hundredths of a point.
pub fn score_hundredths(text: &str) -> Option<u32> {
    let (whole, part) = text.split_once('.').unwrap_or((text, "00"));
    let digits = |t: &str| !t.is_empty() && t.bytes().all(|b| b.is_ascii_digit());
    let plain = digits(whole) && digits(part) && (whole == "0" || !whole.starts_with('0'));
    if !plain || whole.len() > 6 || part.len() > 2 {
        return None;
    }
    let scale = if part.len() == 1 { 10 } else { 1 };
    Some(whole.parse::<u32>().ok()? * 100 + part.parse::<u32>().ok()? * scale)
}

/// Writes hundredths of a point in their one form: `87`, `87.5`, `87.25`.
pub fn score_text(hundredths: u32) -> String {
    match (hundredths / 100, hundredths % 100) {
        (whole, 0) => whole.to_string(),
        (whole, part) if part % 10 == 0 => format!("{whole}.{}", part / 10),
        (whole, part) => format!("{whole}.{part:02}"),
    }
}

impl Record for Attestation {
    const KIND: Kind = Kind::Attestation;

    fn tree(&self) -> Tree {
        let map = Tree::map()
            .text("audience", self.audience.prefixed())
            .text("requirement", &self.requirement)
            .maybe("edition", self.edition.as_ref())
            .maybe("document", self.document.map(|d| d.prefixed()))
            .text("method", &self.method)
            .text("origin", self.origin)
            .maybe("declaration", self.declaration.as_ref());
        let map = match &self.session {
            Some(session) => map.tree("session", session.tree()),
            None => map,
        };
        map.maybe("supersedes", self.supersedes.map(|d| d.prefixed()))
            .list("completions", self.completions.iter().map(Completion::tree))
            .build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        let name = match &self.edition {
            Some(edition) => format!("requirement/{}@{edition}", self.requirement),
            None => format!("requirement/{}", self.requirement),
        };
        let digest = self.document.unwrap_or_else(|| Sha256::of(name.as_bytes()));
        (name, digest)
    }

    fn home(&self) -> Home {
        Home::Month(self.dated())
    }

    fn dated(&self) -> Date {
        self.completions.iter().map(|c| c.completed_on).max().unwrap_or(Date::MIN)
    }

    fn rows(&self) -> Vec<&Subject> {
        self.completions.iter().map(|c| &c.subject).collect()
    }

    fn names(&self) -> Vec<Sha256> {
        self.supersedes.into_iter().collect()
    }
}

impl Session {
    fn tree(&self) -> Tree {
        Tree::map()
            .maybe("trainer", self.trainer.as_ref().map(Trainer::as_str))
            .maybe("qualification", self.qualification.as_ref())
            .maybe("place", self.place.as_ref())
            .maybe("minutes", self.minutes)
            .list("evidence", self.evidence.iter().map(|d| Tree::text(d.prefixed())))
            .build()
    }
}

impl Completion {
    fn tree(&self) -> Tree {
        Tree::map()
            .text("subject", &self.subject)
            .text("completed_on", self.completed_on)
            .text("outcome", self.outcome)
            .maybe("expires_on", self.expires_on)
            .maybe("score", self.score.map(score_text))
            .build()
    }
}

impl FromNode for Attestation {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Attestation> {
        let mut fields = Fields::of(node, "attestation", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let requirement = fields.need("requirement", reader);
        let edition = fields.get("edition", reader);
        let document = fields.get("document", reader);
        let method = fields.need("method", reader);
        let origin = fields.need("origin", reader);
        let declaration = fields.get("declaration", reader);
        let session = fields.get("session", reader).map(Box::new);
        let supersedes = fields.get("supersedes", reader);
        let completions = fields.need::<Vec<Completion>>("completions", reader);
        fields.finish(reader);
        let completions = completions?;
        if completions.is_empty() || completions.len() > ROWS_MAX {
            let message =
                format!("an attestation holds 1 to {ROWS_MAX} rows, and this one {}", completions.len());
            reader.report(&files::BAD_VALUE, spot, message, "Split it into several attestations.");
        }
        Some(Attestation {
            audience: audience?,
            requirement: requirement?,
            edition,
            document,
            method: method?,
            origin: origin?,
            declaration,
            session,
            supersedes,
            completions,
        })
    }
}

impl FromNode for Session {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Session> {
        let mut fields = Fields::of(node, "session", reader)?;
        let session = Session {
            trainer: fields.node("trainer").and_then(|n| {
                let help = "Write `worker/`, `service/` or `vendor/` and the id of who trained.";
                parsed(n, reader, Trainer::parse, "a trainer", help)
            }),
            qualification: fields.get("qualification", reader),
            place: fields.get("place", reader),
            minutes: fields
                .node("minutes")
                .and_then(|n| parsed(n, reader, minutes, "a number of minutes", "Write a whole number.")),
            evidence: fields.list("evidence", reader),
        };
        fields.finish(reader);
        Some(session)
    }
}

fn minutes(text: &str) -> Option<u32> {
    text.parse().ok().filter(|n: &u32| n.to_string() == text && *n > 0)
}

impl FromNode for Completion {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Completion> {
        let mut fields = Fields::of(node, "row", reader)?;
        let spot = fields.spot();
        let subject = fields.need("subject", reader);
        let completed_on = fields.need("completed_on", reader);
        let outcome = fields.need("outcome", reader);
        let expires_on = fields.get("expires_on", reader);
        let help = "Write a number with at most two decimals, as in \"87.5\".";
        let score = fields.node("score").and_then(|n| parsed(n, reader, score_hundredths, "a score", help));
        fields.finish(reader);
        Some(Completion {
            subject: subject?,
            completed_on: completed_on?,
            outcome: outcome?,
            expires_on,
            score,
            spot,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn scores_have_one_form() {
        for (text, hundredths) in [("0", 0), ("87", 8700), ("87.5", 8750), ("87.25", 8725), ("87.05", 8705)] {
            assert_eq!(score_hundredths(text), Some(hundredths));
            assert_eq!(score_text(hundredths), text);
        }
        for bad in ["", ".5", "5.", "087", "1e3", "-1", "1.234", "٣", "9999999"] {
            assert_eq!(score_hundredths(bad), None, "{bad}");
        }
    }
}
