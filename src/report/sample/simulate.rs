//! Lives of made-up people: when they did what, and what that makes of their obligations.
//!
//! A small stand-in for the engine, good enough for pictures: `within` 30 days, `every` 365.

use crate::record::date::Date;
use crate::report::model::{Due, Given, Mark, Obligation, Person, Record, Segment, Status, Step, Who};

/// Numbers that look random and are the same every time (a linear congruential generator with
/// the constants of Knuth's MMIX).
pub struct Random(u64);

impl Random {
    /// A sequence of its own for every seed.
    pub fn new(seed: u64) -> Random {
        Random(seed.wrapping_mul(0x9e37_79b9_7f4a_7c15) | 1)
    }

    /// A number from 0 to below `n`; 0 where `n` is not positive.
    pub fn below(&mut self, n: i64) -> i64 {
        self.0 = self.0.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        i64::try_from(self.0 >> 33).unwrap_or(0).checked_rem(n.max(1)).unwrap_or(0)
    }
}

/// Makes the obligations and records of a person.
pub fn person(
    at: usize,
    person: &mut Person,
    requirements: usize,
    random: &mut Random,
    out: &mut Vec<Obligation>,
) {
    let who = Who::Person(u32::try_from(at).unwrap_or(0));
    for requirement in 0..requirements {
        if requirement == 0 {
            continue; // a control is nobody's own
        }
        let Some(hired) = person.hired else {
            out.push(unknown(who, requirement));
            continue;
        };
        let (made, done) = obligation(who, requirement, hired, person.left, random);
        person
            .records
            .extend(done.iter().map(|day| record(requirement, *day, made.has(Mark::Unverified), random)));
        out.push(made);
    }
    person.records.sort_by_key(|r| (std::cmp::Reverse(r.completed_on), r.requirement));
}

fn unknown(who: Who, requirement: usize) -> Obligation {
    blank(who, requirement, Status::Unknown)
}

fn blank(who: Who, requirement: usize, status: Status) -> Obligation {
    Obligation {
        who,
        requirement: u32::try_from(requirement).unwrap_or(0),
        status,
        underlying: None,
        due: None,
        completed_on: None,
        since: None,
        days_late: 0,
        assurance: None,
        marks: Vec::new(),
        segments: Vec::new(),
        dues: Vec::new(),
        why: Vec::new(),
    }
}

/// One obligation and the days on which it was done.
pub fn obligation(
    who: Who,
    requirement: usize,
    start: Date,
    left: Option<Date>,
    random: &mut Random,
) -> (Obligation, Vec<Date>) {
    let today = super::today();
    let end = left.unwrap_or(today);
    let (mut due, mut opened, mut from) = (start.plus_days(30), start, start);
    let (mut segments, mut dues, mut done) = (Vec::new(), Vec::new(), Vec::new());
    loop {
        // Most are in time, one in twelve is late, one in thirty never comes.
        let day = match random.below(30) {
            0 if due.days_to(today) < 150 => None,
            1 | 2 => Some(due.plus_days(1 + random.below(60))),
            _ => Some(due.plus_days(-random.below(25))),
        };
        let served = day.filter(|d| *d <= end);
        cycle(&mut segments, from, due, served.unwrap_or(end.next()), dues.is_empty());
        dues.push(Due {
            opened,
            due,
            moved: None,
            served_by: served,
            missed: served.is_none_or(|d| d > due) && due < end,
        });
        let Some(day) = served else { break };
        done.push(day);
        (from, opened, due) = (day, day, day.plus_days(365));
    }
    if let Some(last) = segments.last_mut() {
        last.until = left;
    }
    (finish(blank(who, requirement, Status::NotApplicable), segments, dues, &done, left, random), done)
}

/// The segments from one completion to the next.
fn cycle(out: &mut Vec<Segment>, from: Date, due: Date, until: Date, first: bool) {
    let calm = if first { Status::Pending } else { Status::Current };
    let soon = due.plus_days(-30).max(from);
    for (start, end, status) in
        [(from, soon, calm), (soon, due.next(), Status::DueSoon), (due.next(), Date::MAX, Status::Overdue)]
    {
        let end = end.min(until);
        if start < end {
            out.push(Segment { from: start, until: Some(end.previous()), status, underlying: None });
        }
    }
}

fn finish(
    mut made: Obligation,
    mut segments: Vec<Segment>,
    dues: Vec<Due>,
    done: &[Date],
    left: Option<Date>,
    random: &mut Random,
) -> Obligation {
    let today = super::today();
    let status = segments.last().map_or(Status::Pending, |s| s.status);
    made.due = dues.last().map(|d| d.due).filter(|_| left.is_none());
    made.completed_on = done.last().copied();
    made.since = segments.last().map(|s| s.from);
    made.days_late = made.due.map_or(0, |d| d.days_to(today).max(0));
    made.assurance = done.last().map(|_| words(random));
    made.status = match left {
        Some(_) => Status::NotApplicable,
        None => status,
    };
    if made.requirement == 1 && left.is_none() {
        (made.underlying, made.status) = (Some(made.status), Status::Proposed);
        made.days_late = 0;
    }
    if left.is_none() && made.requirement > 1 {
        season(&mut made, &mut segments, random);
    }
    if dues.iter().rev().nth(1).is_some_and(|d| d.missed) {
        made.marks.push(Mark::Late);
    }
    made.why = why(&made, done.last());
    (made.segments, made.dues) = (segments, dues);
    made
}

/// A few that are exempt, on leave, recorded and not accepted, or of a text that was not kept.
fn season(made: &mut Obligation, segments: &mut [Segment], random: &mut Random) {
    let over = match random.below(40) {
        0 => Some(Status::Exempt),
        1 => Some(Status::Deferred),
        _ => None,
    };
    if let (Some(over), Some(last)) = (over, segments.last_mut()) {
        (made.underlying, last.underlying) = (Some(last.status), Some(last.status));
        (made.status, last.status) = (over, over);
        made.days_late = 0;
    }
    match random.below(24) {
        0 => made.marks.push(Mark::Unverified),
        1 => made.marks.push(Mark::WeakMaterial),
        _ => {}
    }
}

fn words(random: &mut Random) -> &'static str {
    ["issuer", "issuer", "witnessed", "witnessed", "imported", "self"]
        .get(usize::try_from(random.below(6)).unwrap_or(0))
        .copied()
        .unwrap_or("self")
}

fn why(made: &Obligation, last: Option<&Date>) -> Vec<Step> {
    let given =
        |name: &'static str, value: String, place: &str| Given { name, value, place: Some(place.into()) };
    let step = |text: String, rule: &'static str, givens: Vec<Given>| Step { text, rule, givens };
    let due = made.due.map_or("none".to_owned(), |d| d.to_string());
    let Some(day) = last else {
        let within = given("within", "30 days".into(), "policies/hipaa.yaml:9:5");
        return vec![step(format!("the first due date is S + 30 days = {due}"), "3", vec![within])];
    };
    let done = given("completed_on", day.to_string(), "attestations/2026/01/1f2e.yaml:12:7");
    let every = given("every", "365 days".into(), "policies/hipaa.yaml:9:5");
    vec![
        step("1 completion counts".to_owned(), "2", vec![done.clone()]),
        step(format!("counted from what was done, {day} + 365 days = {due}"), "4", vec![done, every]),
    ]
}

fn record(requirement: usize, day: Date, unverified: bool, random: &mut Random) -> Record {
    Record {
        requirement: u32::try_from(requirement).unwrap_or(0),
        edition: Some("2026".into()),
        completed_on: day,
        outcome: "passed",
        score: None,
        expires_on: None,
        accepted: !unverified,
        reason: unverified
            .then(|| "signed by the worker alone; a supervisor or an issuer must sign, too".to_owned()),
        assurance: (!unverified).then(|| words(random)),
        signers: ["Learning system (service/lms) as issuer".to_owned()].into(),
        path: format!("attestations/{}/{:02}/{:032x}.yaml", day.year(), day.month(), random.below(1 << 31))
            .into(),
        line: 14,
        payload: Some(format!("{:064x}", random.below(1 << 31)).into()),
        first_commit: None,
    }
}

/// Makes an obligation as if everything had been done in time.
pub fn make_current(obligation: &mut Obligation, today: Date) {
    (obligation.status, obligation.underlying, obligation.days_late) = (Status::Current, None, 0);
    obligation.marks.clear();
    (obligation.due, obligation.completed_on) = (Some(today.plus_days(200)), Some(today.plus_days(-165)));
    let from = obligation.segments.first().map_or(today.plus_days(-300), |s| s.from);
    obligation.segments = vec![Segment { from, until: None, status: Status::Current, underlying: None }];
}
