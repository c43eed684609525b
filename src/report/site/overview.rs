//! The first page: where the organisation stands, and who has to do what.

use serde::Serialize;

use super::chart::{Part, stack};
use super::page::{Place, Renderer};
use super::requirements::Row;
use super::trend::Trend;
use crate::finding::Entry;
use crate::finding::Severity;
use crate::finding::catalogue::{gaps, references, trust};
use crate::judgement::{Headline, Standing};
use crate::report::ReportError;
use crate::report::model::{Mark, Model, Obligation, Person, Status, count};
use crate::report::table::Cell;

/// What the first page and the Markdown show.
#[derive(Serialize)]
pub(in crate::report) struct Body<'m> {
    pub state: &'static str,
    pub headline: String,
    pub gaps: usize,
    overdue: String,
    pub unknown: usize,
    pub active: usize,
    left: usize,
    total: usize,
    errors: usize,
    /// Rows that officers accepted for themselves because there was no other officer.
    own_approvals: usize,
    unanswered: Vec<Unanswered>,
    bar: Vec<Part>,
    attention: Vec<Attention<'m>>,
    pub attention_total: usize,
    pub attention_people: usize,
    soon: Vec<super::attention::Soon>,
    trend: Trend,
    requirements: Vec<Row<'m>>,
    teams: Vec<super::teams::Row>,
    grid: super::teams::Grid,
    changes: super::changes::Changes<'m>,
}

/// Something that nobody can answer from the records.
#[derive(Serialize)]
struct Unanswered {
    label: &'static str,
    n: usize,
    means: &'static str,
    href: &'static str,
}

/// One thing that somebody has to act on.
#[derive(Serialize)]
pub(in crate::report) struct Attention<'m> {
    pub who: Cell<'m>,
    pub requirement: Cell<'m>,
    pub status: Cell<'m>,
    pub due: Option<String>,
    pub days_late: i64,
    pub acts: &'m str,
    /// How many more things the same person has to act on.
    pub more: usize,
}

/// How many rows of what needs attention the first page shows.
const SHOWN: usize = 12;

/// Renders the page.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let place = Place { path: "index.html", title: "Overview", section: "overview" };
    renderer.page("overview.html", &place, body(renderer.model, SHOWN))
}

/// What the first page and the Markdown show, with at most so many rows of what needs
/// attention.
pub(in crate::report) fn body(model: &Model, shown: usize) -> Body<'_> {
    let binding = binding(model);
    let urgent = attention(model);
    let unknown = binding.iter().filter(|o| o.status == Status::Unknown).count();
    let active = model.people.iter().filter(|p| p.active).count();
    let headline = headline(model);
    Body {
        state: headline.state().word(),
        headline: headline.in_words(),
        gaps: headline.gaps,
        overdue: super::subjects(binding.iter().copied().filter(|o| o.status.is_gap())),
        unknown,
        active,
        left: model.people.len() - active,
        total: binding.len(),
        errors: headline.errors,
        own_approvals: of_code(model, &trust::OWN_APPROVAL),
        unanswered: unanswered(model, &binding),
        bar: stack(&count(binding.iter().map(|o| o.counts_as()))),
        attention_total: urgent.len(),
        attention_people: first(&urgent, usize::MAX).count(),
        attention: first(&urgent, shown).map(|(o, more)| attention_row(model, o, more)).collect(),
        soon: super::attention::soon(model),
        trend: super::trend::trend(model),
        requirements: super::requirements::rows(model),
        teams: super::teams::rows(model),
        grid: super::teams::grid(model),
        changes: super::changes::since(model, 30),
    }
}

/// Where the organisation stands: the headline of the judgement, counted over what the report
/// shows.
pub(in crate::report) fn headline(model: &Model) -> Headline {
    Headline::counting(errors(model), model.obligations.iter().map(|o| standing(model, o)))
}

/// How the headline counts an obligation.
fn standing(model: &Model, obligation: &Obligation) -> Standing {
    match obligation.counts_as() {
        Status::Proposed => Standing::Aside,
        _ if !model.is_active(obligation) => Standing::Aside,
        Status::Overdue => Standing::Gap,
        Status::Unknown | Status::Unverified => Standing::Open,
        _ => Standing::Fine,
    }
}

/// What somebody owes and is bound by.
fn binding(model: &Model) -> Vec<&Obligation> {
    model.active().filter(|o| o.status != Status::Proposed).collect()
}

/// Findings that say that something is wrong. Who is overdue is not among them, nor are
/// obligations that nobody can answer for: those are counted by themselves.
fn errors(model: &Model) -> usize {
    let wrong = model.findings.iter().filter(|g| g.entry != &gaps::UNKNOWN);
    wrong.flat_map(|g| &g.items).filter(|i| i.severity == Severity::Error).count()
}

/// How many findings of a code there are.
fn of_code(model: &Model, entry: &Entry) -> usize {
    model.findings.iter().filter(|g| g.entry == entry).map(|g| g.items.len()).sum()
}

fn unanswered(model: &Model, binding: &[&Obligation]) -> Vec<Unanswered> {
    let n = |test: fn(&Obligation) -> bool| binding.iter().filter(|o| test(o)).count();
    let stale = of_code(model, &references::STALE);
    vec![
        Unanswered {
            label: "Unknown",
            n: n(|o| o.status == Status::Unknown),
            means: "a fact is missing or cannot be read",
            href: "attention.html#status=unknown",
        },
        Unanswered {
            label: "Unverified",
            n: n(|o| o.has(Mark::Unverified)),
            means: "there is a record, but it is not accepted",
            href: "attention.html#q=unverified",
        },
        Unanswered {
            label: "Stale",
            n: stale,
            means: "rosters that nobody has confirmed for a long time",
            href: "findings.html",
        },
        Unanswered {
            label: "Weak material",
            n: n(|o| o.has(Mark::WeakMaterial)),
            means: "done, but the text that was taught was not kept",
            href: "requirements.html",
        },
    ]
}

/// What somebody has to act on, the most urgent first.
pub(in crate::report) fn attention(model: &Model) -> Vec<&Obligation> {
    let mut list: Vec<&Obligation> =
        model.active().filter(|o| o.status != Status::Proposed && o.needs_action()).collect();
    list.sort_by_key(|o| (o.urgency(), super::requirements::position(o), o.requirement));
    list
}

/// The most urgent thing of each person, with how many more there are of the same person.
fn first<'o>(urgent: &[&'o Obligation], shown: usize) -> impl Iterator<Item = (&'o Obligation, usize)> {
    let mut count = std::collections::BTreeMap::new();
    for obligation in urgent {
        *count.entry(super::requirements::position(obligation)).or_insert(0usize) += 1;
    }
    let first =
        urgent.iter().filter_map(move |o| Some((*o, count.remove(&super::requirements::position(o))? - 1)));
    first.take(shown).collect::<Vec<_>>().into_iter()
}

/// One row of what needs attention.
fn attention_row<'m>(model: &'m Model, obligation: &Obligation, more: usize) -> Attention<'m> {
    Attention {
        who: super::who(model, obligation),
        requirement: super::requirement(model, obligation),
        status: Cell::status_of(obligation),
        due: obligation.due.map(|d| d.to_string()),
        days_late: obligation.days_late,
        acts: acts(model, obligation),
        more,
    }
}

/// Who has to act: whoever keeps the roster where a fact is missing; else a manager; else the
/// owner of the requirement.
pub(super) fn acts<'m>(model: &'m Model, obligation: &Obligation) -> &'m str {
    if obligation.status == Status::Unknown {
        return "whoever keeps the roster";
    }
    let manager = model.person(obligation).and_then(|p| p.managers.first());
    let manager = manager.and_then(|at| model.people.get(*at as usize)).map(Person::called);
    let owner = || model.requirement(obligation).and_then(|r| r.owner.as_deref());
    manager.or_else(owner).unwrap_or("the officers")
}
