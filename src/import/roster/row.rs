//! One row of an HR export: what it says about one worker, and whether that fits together.

use crate::import::cells::{Cells, Word, quote};
use crate::import::map::{LeaveColumns, ManagerBy, RosterMap, StatusClass};
use crate::import::rejects::Reason;
use crate::record::date::Date;
use crate::record::id::Id;

/// What a row says about a worker. What the map does not name is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) struct Facts {
    pub id: Id,
    pub name: Option<String>,
    pub email: Option<String>,
    pub start: Date,
    pub end: Option<Date>,
    pub kind: Word,
    pub roles: Option<Vec<Word>>,
    pub department: Option<Vec<Word>>,
    pub location: Option<Vec<Word>>,
    pub manager: Option<ManagerName>,
    pub leave: Option<LeaveFacts>,
}

/// The manager, as the row names them.
#[derive(Debug, Clone, PartialEq, Eq)]
pub(super) enum ManagerName {
    Nobody,
    Id(Id),
    Name(String),
    Email(String),
}

/// The leave that a row speaks of.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) struct LeaveFacts {
    /// The days of the leave, if the row has them.
    pub days: Option<(Date, Option<Date>)>,
    /// Whether the worker is on leave now.
    pub now: bool,
}

/// Why a row is not taken over.
#[derive(Debug)]
pub(super) enum Not {
    /// The map says that such rows are nothing for the roster.
    Ignored,
    /// It has faults.
    Rejected(Vec<Reason>),
}

/// Reads a row whose id is known.
///
/// `away` tells that the worker is on leave by the roster: then the export need not say since
/// when.
pub(super) fn read(map: &RosterMap, cells: Cells<'_>, id: Id, as_of: Date, away: bool) -> Result<Facts, Not> {
    let mut row = Row { map, cells, as_of, away, reasons: Vec::new() };
    let class = row.class();
    if class == Some(StatusClass::Ignore) {
        return Err(Not::Ignored);
    }
    let facts = row.facts(id, class);
    match facts {
        Some(facts) if row.reasons.is_empty() => Ok(facts),
        _ => Err(Not::Rejected(row.reasons)),
    }
}

struct Row<'r> {
    map: &'r RosterMap,
    cells: Cells<'r>,
    as_of: Date,
    away: bool,
    reasons: Vec<Reason>,
}

impl Row<'_> {
    /// Keeps the value, or the reason against it.
    fn keep<T>(&mut self, value: Result<T, Reason>) -> Option<T> {
        value.map_err(|reason| self.reasons.push(reason)).ok()
    }

    fn reject(&mut self, kind: &'static str, text: String) {
        self.reasons.push(Reason::new(kind, text));
    }

    fn facts(&mut self, id: Id, class: Option<StatusClass>) -> Option<Facts> {
        let (map, cells) = (self.map, self.cells);
        let name = self.name();
        let email = map.email.as_ref().and_then(|c| self.keep(cells.plain(c)));
        let start = self.start();
        let end = map.end.as_ref().and_then(|c| self.keep(cells.date(c)));
        let kind = self.kind();
        let mut words = |words: Option<&_>| words.and_then(|w| self.keep(cells.words(w)));
        let roles = words(map.roles.as_ref());
        let department = words(map.department.as_ref());
        let location = words(map.location.as_ref());
        let manager = self.manager();
        let leave = self.leave(class);
        let end = end.flatten();
        self.fits_together(class, start, end, leave);
        let email = email.flatten().map(str::to_owned);
        Some(Facts {
            id,
            name,
            email,
            start: start?,
            end,
            kind: kind?,
            roles,
            department,
            location,
            manager,
            leave,
        })
    }

    fn name(&mut self) -> Option<String> {
        let parts: Vec<Option<&str>> =
            self.map.name.iter().filter_map(|c| self.keep(self.cells.plain(c))).collect();
        let parts: Vec<&str> = parts.into_iter().flatten().collect();
        let name = parts.join(" ");
        // A number may hide in the joint of two columns.
        if parts.len() > 1 && crate::import::privacy::sensitive_value(&parts.join("-")) {
            self.reject("a value that looks private", "the name looks like a number or a date".to_owned());
        }
        (!name.is_empty()).then_some(name)
    }

    fn start(&mut self) -> Option<Date> {
        let column = &self.map.start;
        let start = self.keep(self.cells.date(column))?;
        if start.is_none() {
            self.reject("no start date", format!("{} is empty", column.column.name));
        }
        start
    }

    fn kind(&mut self) -> Option<Word> {
        let words = self.keep(self.cells.words(&self.map.kind))?;
        let word = words.into_iter().next();
        if word.is_none() {
            self.reject("no type of employment", "the type of employment is empty".to_owned());
        }
        word
    }

    fn manager(&mut self) -> Option<ManagerName> {
        let manager = self.map.manager.as_ref()?;
        let text = self.keep(self.cells.plain(&manager.column))?;
        let Some(text) = text else { return Some(ManagerName::Nobody) };
        match manager.by {
            ManagerBy::Name => Some(ManagerName::Name(text.to_lowercase())),
            ManagerBy::Email => Some(ManagerName::Email(text.to_lowercase())),
            ManagerBy::Id => {
                let prefix = manager.prefix.as_ref().unwrap_or(&self.map.id.prefix);
                self.keep(self.cells.prefixed_id(&manager.column, prefix)).map(ManagerName::Id)
            }
        }
    }

    fn class(&mut self) -> Option<StatusClass> {
        let status = self.map.status.as_ref()?;
        let text = self.cells.text(&status.column);
        let class = status.class(text);
        if class.is_none() {
            let what = format!("{} {} is not in the map", status.column.name, quote(text));
            self.reject("a status that the map does not list", what);
        }
        class
    }

    fn leave(&mut self, class: Option<StatusClass>) -> Option<LeaveFacts> {
        let days = self.map.leave.as_ref().and_then(|columns| self.leave_days(columns));
        let covers = |(from, until)| crate::record::roster::covers(Some(from), until, self.as_of);
        let now = match class {
            Some(class) => class == StatusClass::Leave,
            None => days.is_some_and(covers),
        };
        (self.map.leave.is_some() || class.is_some()).then_some(LeaveFacts { days, now })
    }

    fn leave_days(&mut self, columns: &LeaveColumns) -> Option<(Date, Option<Date>)> {
        let from = self.keep(self.cells.date(&columns.from))?;
        let until = columns.until.as_ref().and_then(|c| self.keep(self.cells.date(c))).flatten();
        match (from, until) {
            (Some(from), Some(until)) if until < from => {
                let what = format!("the leave ends on {until}, before it starts on {from}");
                self.reject("leave ends before it starts", what);
                None
            }
            (None, Some(until)) => {
                let what = format!("the leave ends on {until} and has no first day");
                self.reject("on leave without dates", what);
                None
            }
            (from, until) => Some((from?, until)),
        }
    }

    /// Whether status and dates fit together.
    fn fits_together(
        &mut self,
        class: Option<StatusClass>,
        start: Option<Date>,
        end: Option<Date>,
        leave: Option<LeaveFacts>,
    ) {
        let today = self.as_of;
        if let (Some(start), Some(end)) = (start, end)
            && end < start
        {
            let what = format!("the exit date {end} lies before the start date {start}");
            self.reject("exit before start", what);
        }
        match (class, end) {
            (Some(StatusClass::Active), Some(end)) if end < today => {
                let what = format!("the status is active and the exit date {end} is in the past");
                self.reject("active with an exit date in the past", what);
            }
            (Some(StatusClass::Leave), Some(end)) if end < today => {
                let what = format!("the status is on leave and the exit date {end} is in the past");
                self.reject("on leave with an exit date in the past", what);
            }
            (Some(StatusClass::Left), None) => {
                self.reject(
                    "left without an exit date",
                    "the status is left and there is no exit date".to_owned(),
                );
            }
            (Some(StatusClass::Left), Some(end)) if end > today => {
                let what = format!("the status is left and the exit date {end} is still to come");
                self.reject("left with an exit date to come", what);
            }
            _ => {}
        }
        let late = start.filter(|s| class == Some(StatusClass::Future) && *s < today);
        if let Some(start) = late {
            let what = format!("the status is a future start and the start date {start} is in the past");
            self.reject("future start in the past", what);
        }
        if leave.is_some_and(|l| l.now && l.days.is_none()) && !self.away {
            let what = "the status is on leave and the first day of the leave is not given".to_owned();
            self.reject("on leave without dates", what);
        }
    }
}
