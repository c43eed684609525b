//! Dated lists: a change closes what held before and opens what holds now, so the history
//! stays.

use crate::record::date::Date;
use crate::record::id::Id;
use crate::record::node::{At, Spot};
use crate::record::roster::Dated;

/// A value at no place of a file.
pub(super) fn at<T>(value: T) -> At<T> {
    At { value, spot: Spot::default() }
}

/// Lays what an export says over what the roster has.
///
/// What held on `day` and is not in `now` ends the day before; what is in `now` and did not
/// hold starts on `day`, or for good where the list was empty and `fresh`. What ended before
/// and what is planned for later stays, but with `single` nothing new runs into the latter.
pub(super) fn lay_over(
    list: &[Dated<Id>],
    now: &[Id],
    day: Date,
    fresh: bool,
    single: bool,
) -> Vec<Dated<Id>> {
    let mut out: Vec<Dated<Id>> = list.iter().filter_map(|item| closed(item, now, day)).collect();
    for id in now {
        if out.iter().any(|item| item.value.value == *id && item.on(day)) {
            continue;
        }
        let from = (!(fresh && list.is_empty())).then_some(day);
        open(&mut out, id, from, day, single);
    }
    out
}

/// The item as it stands if on `day` only `now` holds; none where nothing of it is left.
fn closed(item: &Dated<Id>, now: &[Id], day: Date) -> Option<Dated<Id>> {
    if !item.on(day) || now.contains(&item.value.value) {
        return Some(item.clone());
    }
    let began_before = item.from.is_none_or(|from| from < day);
    began_before.then(|| Dated { until: Some(day.previous()), ..item.clone() })
}

/// Adds a value, or lets one that is planned for later start now.
fn open(out: &mut Vec<Dated<Id>>, id: &Id, from: Option<Date>, day: Date, single: bool) {
    let later = |item: &&Dated<Id>| item.from.is_some_and(|f| f > day);
    let next = out.iter().filter(later).filter_map(|item| item.from).min().filter(|_| single);
    let planned = out.iter_mut().find(|item| item.value.value == *id && item.from.is_some_and(|f| f > day));
    match planned {
        Some(item) if next.is_none() || next == item.from => item.from = from,
        _ => out.push(Dated { value: at(id.clone()), from, until: next.map(Date::previous) }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn list(text: &[(&str, &str, &str)]) -> Vec<Dated<Id>> {
        let day = |t: &str| Date::parse(t).ok();
        let item = |(id, from, until): &(&str, &str, &str)| Dated {
            value: at(Id::parse(id).unwrap()),
            from: day(from),
            until: day(until),
        };
        text.iter().map(item).collect()
    }

    fn over(have: &[(&str, &str, &str)], now: &[&str], single: bool) -> Vec<Dated<Id>> {
        let now: Vec<Id> = now.iter().map(|n| Id::parse(n).unwrap()).collect();
        let day = Date::parse("2026-03-01").unwrap();
        let once = lay_over(&list(have), &now, day, false, single);
        assert_eq!(lay_over(&once, &now, day, false, single), once, "twice");
        once
    }

    #[test]
    fn a_change_keeps_the_history() {
        assert_eq!(over(&[("a", "", "")], &["a"], false), list(&[("a", "", "")]));
        assert_eq!(
            over(&[("a", "", "")], &["b"], false),
            list(&[("a", "", "2026-02-28"), ("b", "2026-03-01", "")])
        );
        assert_eq!(over(&[("a", "2026-03-01", "")], &["b"], false), list(&[("b", "2026-03-01", "")]));
        assert_eq!(
            over(&[("a", "", ""), ("b", "", "")], &["b"], false),
            list(&[("a", "", "2026-02-28"), ("b", "", "")])
        );
        assert_eq!(over(&[("a", "", "")], &[], false), list(&[("a", "", "2026-02-28")]));
    }

    #[test]
    fn what_is_over_or_planned_stays() {
        let old = ("a", "2020-01-01", "2020-12-31");
        assert_eq!(over(&[old], &["a"], false), list(&[old, ("a", "2026-03-01", "")]));
        let plan = ("b", "2026-06-01", "");
        assert_eq!(
            over(&[("a", "", "2026-05-31"), plan], &["c"], true),
            list(&[("a", "", "2026-02-28"), plan, ("c", "2026-03-01", "2026-05-31")])
        );
        assert_eq!(
            over(&[("a", "", "2026-05-31"), plan], &["b"], true),
            list(&[("a", "", "2026-02-28"), ("b", "2026-03-01", "")])
        );
    }

    #[test]
    fn a_fresh_worker_has_no_dates_that_nobody_knows() {
        let day = Date::parse("2026-03-01").unwrap();
        let a = [Id::parse("a").unwrap()];
        assert_eq!(lay_over(&[], &a, day, true, true), list(&[("a", "", "")]));
        assert_eq!(lay_over(&[], &a, day, false, true), list(&[("a", "2026-03-01", "")]));
    }
}
