//! Rule 4, `anchor: completion`: every completion starts a chain of due dates.

use std::collections::BTreeMap;

use crate::record::date::{Date, Days, Period, Unit};

/// The chains of one span, fed with the days of completions in order.
///
/// Two chains whose due dates come from the same sequence of days (the same day of the month,
/// whole periods apart) never overtake each other, so only the further one is kept: there are
/// never more chains than days in a period, however many completions there are.
#[derive(Debug)]
pub(super) struct Chains {
    every: Period,
    early: i64,
    /// By due date, then by sequence: the anchor and how many periods the due date lies
    /// beyond it.
    live: BTreeMap<(Date, Sequence), (Date, u32)>,
    /// The last due date of each sequence; live only where `live` holds it.
    due_of: BTreeMap<Sequence, Date>,
    latest: Option<Date>,
    last: Option<Date>,
}

/// Which sequence of due dates an anchor belongs to: the day of its month and its month, or
/// its day, modulo the period.
type Sequence = (i64, u32);

impl Chains {
    pub(super) fn new(every: Period, early: Option<Days>) -> Chains {
        let early = early.map_or(0, |e| i64::from(e.count()));
        Chains { every, early, live: BTreeMap::new(), due_of: BTreeMap::new(), latest: None, last: None }
    }

    /// The latest due date that any chain gives; none before the first completion.
    pub(super) fn due(&self) -> Option<Date> {
        self.latest
    }

    /// Takes the day of the next completion. Several on one day are as one.
    pub(super) fn add(&mut self, day: Date) {
        if self.last == Some(day) {
            return;
        }
        self.last = Some(day);
        // What was due before this day can never be met again.
        self.live = self.live.split_off(&(day, (i64::MIN, 0)));
        for (anchor, n) in self.in_window(day) {
            self.put(anchor, n + 1);
        }
        self.put(day, 1);
    }

    /// Takes the chains out whose due date this day meets.
    fn in_window(&mut self, day: Date) -> Vec<(Date, u32)> {
        let end = (day.plus_days(self.early), (i64::MAX, u32::MAX));
        let keys: Vec<_> = self.live.range(..=end).map(|(key, _)| *key).collect();
        keys.iter().filter_map(|key| self.live.remove(key)).collect()
    }

    fn put(&mut self, anchor: Date, n: u32) {
        let sequence = sequence(anchor, self.every);
        let due = anchor.plus(self.every, n);
        if let Some(old) = self.due_of.get(&sequence)
            && self.live.contains_key(&(*old, sequence))
        {
            if *old >= due {
                return;
            }
            self.live.remove(&(*old, sequence));
        }
        self.due_of.insert(sequence, due);
        self.live.insert((due, sequence), (anchor, n));
        self.latest = self.latest.max(Some(due));
    }
}

fn sequence(anchor: Date, every: Period) -> Sequence {
    match every.in_units() {
        (days, Unit::Days) => (Date::MIN.days_to(anchor).rem_euclid(days.max(1)), 0),
        (months, Unit::Months) => {
            let month = i64::from(anchor.year()) * 12 + i64::from(anchor.month());
            (month.rem_euclid(months.max(1)), anchor.day())
        }
    }
}
