//! The texts of editions, and who confirmed the rosters.

use crate::record::date::Date;
use crate::record::digest::Sha256;

use super::pairs::{Pair, pairs};
use super::texts::shown;
use super::{Event, What};

/// How the texts differ. Neutral: an edition names the digest of its text, so it is the
/// edition that asks for another one.
pub(super) fn events(before: &[(&str, Sha256)], after: &[(&str, Sha256)]) -> Vec<Event> {
    let event = |what, verb: &str, path: &str| Event::new(what, format!("text {} {verb}", shown(path)));
    let mut found = Vec::new();
    for pair in pairs(before, after, |d| d.0) {
        match pair {
            Pair::Gone((path, _)) => found.push(event(What::DocumentRemoved, "removed", path)),
            Pair::New((path, _)) => found.push(event(What::DocumentAdded, "added", path)),
            Pair::Both(was, now) if was.1 != now.1 => {
                found.push(event(What::DocumentChanged, "changed", now.0));
            }
            Pair::Both(..) => {}
        }
    }
    found
}

/// Where somebody has said on another day that a roster is right.
pub(super) fn confirmations(before: &[(&str, Option<Date>)], after: &[(&str, Option<Date>)]) -> Vec<Event> {
    let changed = |pair| match pair {
        Pair::Both((_, was), (path, now)) if was != now => Some((path, now)),
        Pair::New((path, now @ Some(_))) => Some((path, now)),
        _ => None,
    };
    let event = |(path, day): (&str, Option<Date>)| {
        let words = match day {
            Some(day) => format!("{} confirmed on {day}", shown(path)),
            None => format!("{} no longer confirmed", shown(path)),
        };
        Event::new(What::RosterConfirmed, words)
    };
    pairs(before, after, |c| c.0).into_iter().filter_map(changed).map(event).collect()
}
