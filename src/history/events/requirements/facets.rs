//! What a requirement says, field by field, in words.

use crate::record::attestation::score_text;
use crate::record::policy::{Anchor, Capacity, Due, Requirement};
use crate::record::scalar::words;

use super::super::{Naming, selectors, texts, weaker};
use texts::{listed, maybe, quoted, who};

/// One field of a requirement, editions aside.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(in super::super) enum Facet {
    Title,
    Type,
    State,
    Owner,
    Citations,
    AppliesTo,
    EffectiveFrom,
    EffectiveUntil,
    Within,
    Every,
    Anchor,
    Early,
    MaxGap,
    Notice,
    Grace,
    MinActive,
    CarryIn,
    AfterLeave,
    RehireGap,
    Declaration,
    SignedBy,
    Outcomes,
    MinScore,
    Assurance,
    Retain,
}

// The words are those of the file, apart from `every`, which would read as another word.
words!(Facet, "a field of a requirement";
    Title = "title", Type = "type", State = "state", Owner = "owner", Citations = "citations",
    AppliesTo = "applies_to", EffectiveFrom = "effective_from",
    EffectiveUntil = "effective_until", Within = "within", Every = "period", Anchor = "anchor",
    Early = "early", MaxGap = "max_gap", Notice = "notice", Grace = "grace",
    MinActive = "min_active", CarryIn = "carry_in", AfterLeave = "after_leave",
    RehireGap = "rehire_gap", Declaration = "declaration", SignedBy = "signed_by",
    Outcomes = "outcomes", MinScore = "min_score", Assurance = "assurance", Retain = "retain");

impl Facet {
    /// What a requirement says there, the same for whatever means the same.
    pub(in super::super) fn text(self, requirement: &Requirement, name: Naming<'_>) -> String {
        let r = requirement;
        match self {
            Facet::Title => quoted(&r.title),
            Facet::Type => r.kind.to_string(),
            Facet::State => r.state.to_string(),
            Facet::Owner => maybe(r.owner.as_ref().map(|o| who(&o.value, name))),
            Facet::Citations => listed(r.citations.iter().map(|c| quoted(c)), "and"),
            Facet::AppliesTo => selectors::applies(&r.applies_to, name),
            Facet::EffectiveFrom => maybe(r.effective_from),
            Facet::EffectiveUntil => maybe(r.effective_until),
            Facet::Declaration => maybe(r.declaration.as_deref().map(quoted)),
            Facet::SignedBy => signers(&r.signed_by),
            Facet::Outcomes => words_of(weaker::outcomes(r)),
            Facet::MinScore => maybe(r.evidence.min_score.map(score_text)),
            Facet::Assurance => assurances(r),
            Facet::Retain => maybe(r.retain),
            due => due.due_text(&r.due),
        }
    }

    fn due_text(self, due: &Due) -> String {
        match self {
            Facet::Within => due.within.to_string(),
            Facet::Every => maybe(due.every),
            Facet::Anchor => maybe(due.anchor.map(anchor)),
            Facet::Early => maybe(due.early),
            Facet::MaxGap => maybe(due.max_gap),
            Facet::Notice => maybe(due.notice),
            Facet::Grace => due.grace.to_string(),
            Facet::MinActive => maybe(due.min_active),
            Facet::CarryIn => maybe(due.carry_in),
            Facet::AfterLeave => maybe(due.after_leave),
            Facet::RehireGap => maybe(due.rehire_gap),
            _ => String::new(),
        }
    }
}

fn anchor(anchor: Anchor) -> String {
    match anchor {
        Anchor::Completion => "completion".to_owned(),
        Anchor::Start => "start".to_owned(),
        Anchor::Calendar { period_start } => format!("calendar from {period_start}"),
    }
}

/// `issuer, or self and supervisor`, whatever the order in the file.
fn signers(lists: &[Vec<Capacity>]) -> String {
    let mut lists: Vec<Vec<Capacity>> = lists.to_vec();
    lists.iter_mut().for_each(|list| list.sort_by_key(|c| c.word()));
    lists.sort_by_key(|list| list.iter().map(|c| c.word()).collect::<Vec<_>>());
    lists.dedup();
    let all = |list: &Vec<Capacity>| list.iter().map(|c| c.word()).collect::<Vec<_>>().join(" and ");
    let plain = lists.iter().all(|list| list.len() == 1);
    let texts: Vec<String> = lists.iter().map(all).collect();
    texts.join(if plain { " or " } else { ", or " })
}

fn words_of(items: impl IntoIterator<Item = impl std::fmt::Display>) -> String {
    listed(items.into_iter().map(|item| item.to_string()), "or")
}

fn assurances(requirement: &Requirement) -> String {
    let mut list = requirement.evidence.assurance.clone();
    list.sort();
    list.dedup();
    if list.is_empty() { "any".to_owned() } else { words_of(list) }
}
