//! `policies/*.yaml`: what must be done, by whom, by when. Not signed: protected by review.

mod due;
mod edition;
mod selector;

pub use due::{Anchor, Due};
pub use edition::{Change, Edition, Material};
pub use selector::{Applies, Selector, Traits};

use super::attestation::Outcome;
use super::date::{Date, Period};
use super::id::{Id, Subject};
use super::node::{At, Node, Spot, Value};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use crate::finding::catalogue::{files, references};

/// A file of requirements.
#[derive(Debug, Clone)]
pub struct Policy {
    /// The requirements, in the order of the file.
    pub requirements: Vec<Requirement>,
}

/// Something that subjects must do by a date.
#[derive(Debug, Clone)]
pub struct Requirement {
    /// The id that attestations use.
    pub id: At<Id>,
    /// The name for people.
    pub title: String,
    /// What sort of duty it is.
    pub kind: RequirementType,
    /// Whether it binds, or is only proposed.
    pub state: State,
    /// Who looks after it.
    pub owner: Option<At<Subject>>,
    /// Where the duty comes from, as in `45 CFR 164.308(a)(5)(i)`.
    pub citations: Vec<String>,
    /// Who owes it.
    pub applies_to: Applies,
    /// The first day on which it is in effect; from the beginning where there is none.
    pub effective_from: Option<Date>,
    /// The last day on which it is in effect.
    pub effective_until: Option<Date>,
    /// By when.
    pub due: Due,
    /// The versions of its material, in the order of the file.
    pub editions: Vec<Edition>,
    /// The sentence that whoever signs declares.
    pub declaration: Option<String>,
    /// Any of these lists of capacities, all of each.
    pub signed_by: Vec<Vec<Capacity>>,
    /// What counts as done.
    pub evidence: Evidence,
    /// How long records of it are kept.
    pub retain: Option<Period>,
    /// Where the requirement stands in its file.
    pub spot: Spot,
    /// The first field that cannot be read, if there is one. Such a requirement is kept, so that
    /// nobody takes it for one that was never there, and nothing is computed from it.
    pub unreadable: Option<Spot>,
}

/// What sort of duty a requirement is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum RequirementType {
    /// A course or briefing.
    Training,
    /// Reading and accepting a text.
    Acknowledgement,
    /// A licence or certificate of somebody else, which expires.
    Certification,
    /// A recurring duty of the organisation.
    Control,
}

words!(RequirementType, "a type of requirement";
    Training = "training", Acknowledgement = "acknowledgement",
    Certification = "certification", Control = "control");

/// Whether a requirement binds.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum State {
    /// It binds.
    InForce,
    /// It is computed and shown, and never fails a check.
    Proposed,
}

words!(State, "a state"; InForce = "in_force", Proposed = "proposed");

/// In what capacity a key signs.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Capacity {
    /// The worker, for their own completion.
    Own,
    /// A manager of the worker on the day of completion.
    Supervisor,
    /// The holder of a grant: a learning system, HR, a trainer.
    Issuer,
    /// A person named in the root.
    Officer,
}

words!(Capacity, "a capacity";
    Own = "self", Supervisor = "supervisor", Issuer = "issuer", Officer = "officer");

/// How strong the evidence for a completion is.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Assurance {
    /// The worker's own word.
    Own,
    /// Taken over by an issuer from before this repository became the record.
    Imported,
    /// The word of an issuer.
    Issuer,
    /// Two people signed, or a supervisor did.
    Witnessed,
}

words!(Assurance, "an assurance";
    Own = "self", Imported = "imported", Issuer = "issuer", Witnessed = "witnessed");

/// What counts as done.
#[derive(Debug, Clone, Default)]
pub struct Evidence {
    /// The outcomes that count; empty means those usual for the type of requirement.
    pub outcomes: Vec<Outcome>,
    /// The lowest score that counts, in hundredths of a point, if scores are asked for.
    pub min_score: Option<u32>,
    /// The assurances that are enough; empty means any.
    pub assurance: Vec<Assurance>,
}

impl Requirement {
    /// The edition of an id.
    pub fn edition(&self, id: &str) -> Option<&Edition> {
        self.editions.iter().find(|e| e.id.as_str() == id)
    }

    /// The edition in use on a day: the last one published by then, in order of publication
    /// and then of listing.
    pub fn edition_on(&self, day: Date) -> Option<&Edition> {
        self.editions.iter().filter(|e| e.published <= day).max_by_key(|e| e.published)
    }

    /// Whether an outcome counts as done.
    pub fn counts(&self, outcome: Outcome) -> bool {
        match (self.evidence.outcomes.is_empty(), self.kind) {
            (false, _) => self.evidence.outcomes.contains(&outcome),
            (true, _) => outcome.is_done(),
        }
    }

    /// Whether it is in effect on a day.
    pub fn in_effect(&self, day: Date) -> bool {
        super::roster::covers(self.effective_from, self.effective_until, day)
    }
}

impl FromNode for Policy {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Policy> {
        let mut fields = Fields::of(node, "policy", reader)?;
        super::envelope(&mut fields);
        let requirements = fields.need::<Vec<Requirement>>("requirements", reader);
        fields.finish(reader);
        Some(Policy { requirements: requirements? })
    }
}

impl FromNode for Requirement {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Requirement> {
        let before = reader.findings.len();
        let mut fields = Fields::of(node, "requirement", reader)?;
        let spot = fields.spot();
        let id = fields.need("id", reader);
        let title = fields.need("title", reader);
        let kind = fields.need("type", reader);
        let state = fields.get("state", reader);
        let owner = fields.get("owner", reader);
        let citations = fields.list("citations", reader);
        let applies_to = fields.need("applies_to", reader);
        let effective = (fields.get("effective_from", reader), fields.get("effective_until", reader));
        let due = fields.need("due", reader);
        let editions = fields.list("editions", reader);
        let declaration = fields.get("declaration", reader);
        let read = reader.findings.len();
        let signed_by = fields.need::<Vec<Vec<Capacity>>>("signed_by", reader);
        let readable = reader.findings.len() == read;
        let evidence = fields.get("evidence", reader).unwrap_or_default();
        let retain = fields.get::<Period>("retain", reader);
        fields.finish(reader);
        if retain.is_some_and(Period::is_zero) {
            let help = "Write how long its records are kept, as in `6 years`, or remove `retain`.";
            reader.report(&references::DUE_RULE, spot, "`retain` must be at least one day", help);
        }
        // A list that is empty because a word in it cannot be read has its finding.
        if readable {
            check_signers(signed_by.as_deref(), spot, reader);
        }
        let id: At<Id> = id?;
        Some(Requirement {
            title: title.unwrap_or_else(|| id.to_string()),
            kind: kind.unwrap_or(RequirementType::Training),
            state: state.unwrap_or(State::InForce),
            owner,
            citations,
            applies_to: applies_to.unwrap_or(Applies::Workers(Selector::Everyone)),
            effective_from: effective.0,
            effective_until: effective.1,
            due: due.unwrap_or_else(Due::unreadable),
            editions,
            declaration,
            signed_by: signed_by.unwrap_or_default(),
            evidence,
            retain,
            spot,
            unreadable: reader.first_error_since(before),
            id,
        })
    }
}

/// The most capacities that one list of `signed_by` may ask for.
const SLOTS_MAX: usize = 4;

/// An empty list of signers would accept what nobody signed; an endless one costs time.
fn check_signers(signed_by: Option<&[Vec<Capacity>]>, spot: Spot, reader: &mut Reader<'_>) {
    if signed_by.is_some_and(|lists| lists.is_empty() || lists.iter().any(Vec::is_empty)) {
        let help =
            "Name at least one capacity in each list, as in `signed_by: [[issuer], [self, supervisor]]`.";
        reader.report(
            &files::BAD_VALUE,
            spot,
            "`signed_by` has an empty list: nobody would have to sign",
            help,
        );
    }
    if signed_by.is_some_and(|lists| lists.iter().any(|l| l.len() > SLOTS_MAX)) {
        let message = format!("a list of `signed_by` asks for more than {SLOTS_MAX} signers");
        reader.report(&files::BAD_VALUE, spot, message, "Ask for fewer.");
    }
}

impl FromNode for Evidence {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Evidence> {
        let mut fields = Fields::of(node, "evidence group", reader)?;
        let outcomes = fields.list("outcomes", reader);
        let min_score = fields.node("min_score").and_then(|n| score(n, reader));
        let assurance = fields.list("assurance", reader);
        fields.finish(reader);
        Some(Evidence { outcomes, min_score, assurance })
    }
}

fn score(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<u32> {
    if let Value::Whole(points) = node.value
        && let Some(hundredths) = u32::try_from(points).ok().and_then(|p| p.checked_mul(100))
    {
        return Some(hundredths);
    }
    let help = "Write a whole number, or quote one with at most two decimals, as in \"87.5\".";
    super::scalar::parsed(node, reader, super::attestation::score_hundredths, "a score", help)
}
