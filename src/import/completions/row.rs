//! One row of a learning system's export.

use super::Input;
use crate::import::cells::{Cells, quote};
use crate::import::map::{BeforeHire, Course, OutcomeSource};
use crate::import::rejects::Reason;
use crate::record::attestation::{Completion, Outcome, score_hundredths};
use crate::record::date::Date;
use crate::record::id::{Id, Subject};
use crate::record::node::Spot;
use crate::record::policy::{Requirement, RequirementType};
use crate::record::roster::Worker;

/// What a row says, in the words of the repository.
#[derive(Debug, Clone)]
pub(super) struct Fact<'i> {
    pub worker: Id,
    pub requirement: &'i Requirement,
    pub edition: Option<Id>,
    /// Whether the map says the edition; else it is the one in use on that day.
    pub edition_said: bool,
    pub method: Id,
    pub completion: Completion,
    /// Whether it lies behind the worker's last day.
    pub after_exit: bool,
    /// Whether the row has a score that the requirement does not ask for.
    pub score_left_out: bool,
}

/// Why a row is not taken over.
pub(super) enum Not {
    /// The map says that the course is nothing for this repository.
    Ignored,
    /// It has faults.
    Rejected(Vec<Reason>),
}

/// Reads a row.
pub(super) fn read<'i>(input: &Input<'i>, cells: Cells<'_>) -> Result<Fact<'i>, Not> {
    let mut row = Row { input, cells, reasons: Vec::new() };
    let title = input.map.course.as_ref().map_or("", |column| cells.text(column));
    if input.map.ignored.iter().any(|i| i == title) {
        return Err(Not::Ignored);
    }
    let fact = row.fact(title);
    match fact {
        Some(fact) if row.reasons.is_empty() => Ok(fact),
        _ => Err(Not::Rejected(row.reasons)),
    }
}

struct Row<'r, 'i> {
    input: &'r Input<'i>,
    cells: Cells<'r>,
    reasons: Vec<Reason>,
}

impl<'i> Row<'_, 'i> {
    fn keep<T>(&mut self, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.reasons.push(reason)).ok()
    }

    fn reject<T>(&mut self, kind: &'static str, text: String) -> Option<T> {
        self.reasons.push(Reason::new(kind, text));
        None
    }

    /// Everything is looked at before the row is given up, so that one look mends it.
    fn fact(&mut self, title: &str) -> Option<Fact<'i>> {
        let worker = self.worker();
        let course = self.course(title);
        let date = self.date();
        let outcome = self.outcome();
        let method = self.method();
        let expires_on =
            self.input.map.expires.as_ref().and_then(|c| self.keep(self.cells.date(c))).flatten();
        let score = self.score();
        let edition = match (course, date) {
            (Some((requirement, course)), Some(date)) => self.edition(requirement, course, date),
            _ => None,
        };
        let (requirement, course) = course?;
        let employed = worker.zip(date).and_then(|(w, date)| self.employed(w, requirement, date));
        let expires_on = self.expiry(requirement, outcome, date, expires_on)?;
        let asked = requirement.evidence.min_score.is_some();
        let completion = Completion {
            subject: Subject::Worker(worker?.id.value.clone()),
            completed_on: date?,
            outcome: outcome?,
            expires_on,
            score: score.filter(|_| asked),
            spot: Spot::default(),
        };
        Some(Fact {
            worker: worker?.id.value.clone(),
            requirement,
            edition: edition?,
            edition_said: course.edition.is_some(),
            method: method?,
            completion,
            after_exit: employed? == Employed::After,
            score_left_out: score.is_some() && !asked,
        })
    }

    fn worker(&mut self) -> Option<&'i Worker> {
        let id = self.keep(self.cells.id(&self.input.map.subject))?;
        let worker = self.input.ledger.worker(&id);
        worker.or_else(|| {
            self.reject("a worker who is not in the roster", format!("worker {id} is not in the roster"))
        })
    }

    fn course(&mut self, title: &str) -> Option<(&'i Requirement, &'i Course)> {
        let Some(course) = self.input.map.courses.get(title) else {
            let what = format!("the course {} is not in the map", quote(title));
            return self.reject("a course that the map does not list", what);
        };
        match self.input.ledger.requirement(&course.requirement.value) {
            Some(requirement) => Some((requirement, course)),
            None => {
                let what = format!("no policy has the requirement {}", course.requirement.value);
                self.reject("a requirement that no policy has", what)
            }
        }
    }

    fn date(&mut self) -> Option<Date> {
        let column = &self.input.map.date;
        let Some(date) = self.keep(self.cells.date(column))? else {
            return self.reject("no date", format!("{} is empty", column.column.name));
        };
        if date > self.input.today {
            return self.reject("a date to come", format!("{date} is still to come"));
        }
        Some(date)
    }

    fn outcome(&mut self) -> Option<Outcome> {
        match &self.input.map.outcome {
            OutcomeSource::Fixed(outcome) => Some(*outcome),
            OutcomeSource::Column(column, values) => {
                let text = self.cells.text(column);
                let what = || format!("{} {} is not in the map", column.name, quote(text));
                let outcome = values.get(text).copied();
                outcome.or_else(|| self.reject("an outcome that the map does not list", what()))
            }
        }
    }

    fn method(&mut self) -> Option<Id> {
        let words = self.keep(self.cells.words(&self.input.map.method))?;
        let method = words.into_iter().next().map(|w| w.id);
        method.or_else(|| self.reject("no method", "how it was done is not said".to_owned()))
    }

    fn score(&mut self) -> Option<u32> {
        let column = self.input.map.score.as_ref()?;
        let text = self.cells.text(column);
        if text.is_empty() {
            return None;
        }
        // "87 %" and "87" are the same points.
        let points = text.strip_suffix('%').unwrap_or(text).trim_end();
        let what = || format!("{} {} is not a score", column.name, quote(text));
        score_hundredths(points).or_else(|| self.reject("a score that cannot be read", what()))
    }

    /// The edition that was completed; none where the requirement has none.
    fn edition(&mut self, requirement: &Requirement, course: &Course, date: Date) -> Option<Option<Id>> {
        let early = "before its edition was published";
        if let Some(said) = &course.edition {
            return match requirement.edition(said.as_str()) {
                None => self.reject(
                    "an edition that no policy has",
                    format!("{} has no edition {}", requirement.id.value, said.value),
                ),
                Some(edition) if date < edition.published => self.reject(
                    early,
                    format!(
                        "{date} lies before edition {} was published, on {}",
                        said.value, edition.published
                    ),
                ),
                Some(edition) => Some(Some(edition.id.value.clone())),
            };
        }
        match requirement.edition_on(date) {
            Some(edition) => Some(Some(edition.id.value.clone())),
            None if requirement.editions.is_empty() => Some(None),
            None => self.reject(
                early,
                format!("{date} lies before the first edition of {} was published", requirement.id.value),
            ),
        }
    }

    fn employed(&mut self, worker: &Worker, requirement: &Requirement, date: Date) -> Option<Employed> {
        let brought = requirement.kind == RequirementType::Certification;
        let keep = brought || self.input.map.before_hire == BeforeHire::Keep;
        match worker.hired() {
            Some(hired) if date < hired && !keep => {
                let what = format!("{date} lies before the first day of employment, {hired}");
                self.reject("before the worker was hired", what)
            }
            _ if worker.left().is_some_and(|left| date > left) => Some(Employed::After),
            _ => Some(Employed::Then),
        }
    }

    /// A certificate that was issued has a last day.
    fn expiry(
        &mut self,
        requirement: &Requirement,
        outcome: Option<Outcome>,
        date: Option<Date>,
        expires_on: Option<Date>,
    ) -> Option<Option<Date>> {
        let needed =
            requirement.kind == RequirementType::Certification && outcome.is_some_and(Outcome::is_done);
        match (expires_on, date) {
            (None, _) if needed => self.reject(
                "a certification without a last day",
                format!(
                    "{} is a certification, and the day on which it expires is not given",
                    requirement.id.value
                ),
            ),
            (Some(end), Some(date)) if end < date => self
                .reject("it expires before it was completed", format!("it expires on {end}, before {date}")),
            _ => Some(expires_on),
        }
    }
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Employed {
    Then,
    After,
}
