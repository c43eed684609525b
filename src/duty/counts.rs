//! Rule 2: which completions count, and rule 10: how long those of an edition last.

use crate::record::date::{Date, Period};
use crate::record::id::Id;
use crate::record::policy::{Change, Edition, Material, Requirement, RequirementType, Selector};
use crate::trust::accepted::Accepted;

/// The editions of a requirement in order of publication, then of listing.
#[derive(Debug)]
pub(super) struct Editions<'a> {
    ordered: Vec<Published<'a>>,
}

/// An edition and what it does to those before it.
#[derive(Debug)]
struct Published<'a> {
    edition: &'a Edition,
    /// How long completions of earlier editions last after a material change.
    within: Option<Period>,
}

/// The last day of completions of earlier editions, for each edition that touches the subject
/// with a material change, by its place in the order of editions.
pub(super) type Touched = Vec<Option<Date>>;

impl<'a> Editions<'a> {
    pub(super) fn of(requirement: &'a Requirement) -> Editions<'a> {
        let mut editions: Vec<&Edition> = requirement.editions.iter().collect();
        editions.sort_by_key(|e| e.published);
        let published = |edition: &'a Edition| {
            let within = edition.within.unwrap_or(requirement.due.within);
            Published { edition, within: (edition.change == Change::Material).then_some(within) }
        };
        Editions { ordered: editions.into_iter().map(published).collect() }
    }

    /// How many there are.
    pub(super) fn len(&self) -> usize {
        self.ordered.len()
    }

    /// The place of an edition in the order.
    pub(super) fn position(&self, id: &Id) -> Option<usize> {
        self.ordered.iter().position(|p| p.edition.id.value == *id)
    }

    /// The edition at a place in the order.
    pub(super) fn at(&self, position: usize) -> Option<&'a Edition> {
        self.ordered.get(position).map(|p| p.edition)
    }

    /// The days on which a material change was published.
    pub(super) fn changes(&self) -> impl Iterator<Item = Date> {
        self.ordered.iter().filter(|p| p.within.is_some()).map(|p| p.edition.published)
    }

    /// Whether any material change is limited to some functions.
    pub(super) fn limited(&self) -> bool {
        self.ordered.iter().any(|p| p.within.is_some() && p.edition.affects.is_some())
    }

    /// The functions that each change is limited to, by its place in the order of editions.
    pub(super) fn affects(&self) -> impl Iterator<Item = Option<&'a Selector>> {
        self.ordered.iter().map(|p| p.edition.affects.as_ref().filter(|_| p.within.is_some()))
    }

    /// When each change ends what was done before, where `came` says on which day the subject
    /// came to be one of those that the edition at a place is limited to.
    pub(super) fn touched(&self, came: impl Fn(usize) -> Option<Date>) -> Touched {
        let ends = |(at, p): (usize, &Published<'_>)| {
            let from = match &p.edition.affects {
                None => p.edition.published,
                Some(_) => came(at)?.max(p.edition.published),
            };
            Some(from.plus(p.within?, 1))
        };
        self.ordered.iter().enumerate().map(ends).collect()
    }

    /// The edition whose change ends what was done before on a day, and its place.
    pub(super) fn ending(&self, day: Date, touched: &Touched, known: Date) -> Option<(usize, &'a Edition)> {
        let ends = self.ordered.iter().zip(touched).enumerate();
        let mut ends = ends.filter(|(_, (p, end))| p.edition.published <= known && **end == Some(day));
        ends.next_back().map(|(at, (p, _))| (at, p.edition))
    }

    /// The last day of completions of an edition as far as editions published by a day say
    /// one, and which edition it is that ends them.
    pub(super) fn end(&self, position: usize, touched: &Touched, known: Date) -> Option<(Date, &'a Edition)> {
        let later = self.ordered.iter().zip(touched).skip(position + 1);
        later
            .filter(|(p, _)| p.edition.published <= known)
            .filter_map(|(p, end)| Some(((*end)?, p.edition)))
            .min_by_key(|(end, _)| *end)
    }
}

/// Why a completion does not count, in the order in which it is asked.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Uncounted {
    /// The outcome is not one of success here.
    Outcome,
    /// The score is missing or too low.
    Score,
    /// The requirement asks for stronger evidence.
    Assurance,
    /// The requirement has no such edition, or has editions and the completion names none.
    Edition,
    /// A certification without a last day.
    NoExpiry,
    /// It lies before its edition was published.
    BeforePublished,
    /// Its edition had run out.
    RunOut,
    /// It lies too long before the span.
    BeforeSpan,
}

impl Uncounted {
    /// In words, after "does not count: ".
    pub fn words(self) -> &'static str {
        match self {
            Uncounted::Outcome => "its outcome is not one that counts here",
            Uncounted::Score => "its score is missing or too low",
            Uncounted::Assurance => "the requirement asks for stronger evidence",
            Uncounted::Edition => "it names no edition that the requirement has",
            Uncounted::NoExpiry => "a certification needs an `expires_on`",
            Uncounted::BeforePublished => "its edition was not yet published",
            Uncounted::RunOut => "its edition had run out",
            Uncounted::BeforeSpan => "it lies too long before the first day",
        }
    }
}

/// A completion whose outcome, score, assurance and edition are allowed.
#[derive(Debug, Clone, Copy)]
pub(super) struct Candidate<'a> {
    pub(super) accepted: &'a Accepted,
    /// The place of its edition in the order; none where the requirement has no editions.
    pub(super) edition: Option<usize>,
    /// The earlier of its `expires_on` and its day + `max_gap`.
    pub(super) end: Option<Date>,
    /// Whether `max_gap` gave that.
    pub(super) by_gap: bool,
}

/// Judges what does not depend on the span.
pub(super) fn candidate<'a>(
    accepted: &'a Accepted,
    requirement: &Requirement,
    editions: &Editions<'_>,
) -> Result<Candidate<'a>, Uncounted> {
    let evidence = &requirement.evidence;
    if !requirement.counts(accepted.outcome()) {
        return Err(Uncounted::Outcome);
    }
    if evidence.min_score.is_some_and(|min| accepted.score().is_none_or(|score| score < min)) {
        return Err(Uncounted::Score);
    }
    if !evidence.assurance.is_empty() && !evidence.assurance.contains(&accepted.assurance()) {
        return Err(Uncounted::Assurance);
    }
    let edition = match accepted.edition() {
        Some(id) => Some(editions.position(id).ok_or(Uncounted::Edition)?),
        None if editions.len() == 0 => None,
        None => return Err(Uncounted::Edition),
    };
    if requirement.kind == RequirementType::Certification && accepted.expires_on().is_none() {
        return Err(Uncounted::NoExpiry);
    }
    if edition.and_then(|e| editions.at(e)).is_some_and(|e| accepted.completed_on() < e.published) {
        return Err(Uncounted::BeforePublished);
    }
    let gap = requirement.due.max_gap.map(|gap| accepted.completed_on().after(gap));
    let (end, by_gap) = match (accepted.expires_on(), gap) {
        (Some(expires), Some(gap)) => (Some(expires.min(gap)), gap < expires),
        (expires, gap) => (expires.or(gap), expires.is_none()),
    };
    Ok(Candidate { accepted, edition, end, by_gap })
}

impl Candidate<'_> {
    /// The day of the completion.
    pub(super) fn day(&self) -> Date {
        self.accepted.completed_on()
    }

    /// Whether its edition had run out on its day.
    pub(super) fn had_run_out(&self, editions: &Editions<'_>, touched: &Touched) -> bool {
        let end = self.edition.and_then(|e| editions.end(e, touched, self.day()));
        end.is_some_and(|(end, _)| self.day() > end)
    }

    /// Whether the text of its edition was not kept.
    pub(super) fn weak(&self, editions: &Editions<'_>) -> bool {
        let edition = self.edition.and_then(|e| editions.at(e));
        edition.is_some_and(|e| matches!(e.material, Material::Outline | Material::NotRetained))
    }
}
