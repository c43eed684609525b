//! Rules of a policy in plain words.

use crate::ledger::Ledger;
use crate::record::id::Id;
use crate::record::node::At;
use crate::record::organization::{Declared, Organization};
use crate::record::policy::{Anchor, Applies, Capacity, Due, Selector};

/// Who owes a requirement.
pub fn applies(applies: &Applies, organization: Option<&Organization>, ledger: &Ledger) -> String {
    match applies {
        Applies::Workers(selector) => Words { organization, ledger }.of(selector, false),
        Applies::Org => "the organisation".to_owned(),
        Applies::Systems(list) => listed("every system", "the system", list),
        Applies::Vendors(list) => listed("every vendor", "the vendor", list),
    }
}

fn listed(every: &str, the: &str, list: &[At<Id>]) -> String {
    match list {
        [] => every.to_owned(),
        list => list.iter().map(|id| format!("{the} {}", id.value)).collect::<Vec<_>>().join(" or "),
    }
}

struct Words<'a> {
    organization: Option<&'a Organization>,
    ledger: &'a Ledger,
}

impl Words<'_> {
    /// `inner` where the words stand inside others.
    fn of(&self, selector: &Selector, inner: bool) -> String {
        match selector {
            Selector::Everyone => "everyone employed".to_owned(),
            Selector::Any(list) => self.joined(list, " or ", inner),
            Selector::All(list) => self.joined(list, " and ", inner),
            Selector::Not(inner) => format!("not ({})", self.of(inner, false)),
            Selector::Role(id) => format!("role {}", self.title(id, |o| &o.roles)),
            Selector::Department(id) => format!("team {}", self.title(id, |o| &o.departments)),
            Selector::Location(id) => format!("location {}", id.value),
            Selector::Employment(id) => format!("employed as {}", self.title(id, |o| &o.employment_types)),
            Selector::Attribute(id) => self.title(id, |o| &o.attributes),
            Selector::Worker(id) => self.ledger.name_of(&id.value),
        }
    }

    fn joined(&self, list: &[Selector], by: &str, inner: bool) -> String {
        let text = list.iter().map(|s| self.of(s, true)).collect::<Vec<_>>().join(by);
        if inner && list.len() > 1 { format!("({text})") } else { text }
    }

    fn title(&self, id: &At<Id>, list: fn(&Organization) -> &Vec<Declared>) -> String {
        let found = self.organization.and_then(|o| list(o).iter().find(|d| d.id.value == id.value));
        found.and_then(|d| d.title.clone()).unwrap_or_else(|| id.value.to_string())
    }
}

/// By when, and how often.
pub fn due(due: &Due) -> String {
    let first = match due.within.is_zero() {
        true => "on the first day".to_owned(),
        false => format!("within {} of the first day", due.within),
    };
    let again = due.every.map(|every| match due.anchor {
        Some(Anchor::Start) => format!("then every {every}, counted from the first day"),
        Some(Anchor::Calendar { period_start }) => {
            format!("then once in every {every} of the calendar, counted from {period_start}")
        }
        _ => format!("then every {every}, counted from the last completion"),
    });
    let parts = [
        Some(first),
        again,
        due.early.map(|d| format!("at most {d} early without moving the date")),
        due.max_gap.map(|d| format!("never more than {d} apart")),
        due.min_active.map(|d| format!("not again within {d} of the first day")),
        Some(due.grace).filter(|d| d.count() > 0).map(|d| format!("{d} of grace")),
    ];
    parts.into_iter().flatten().collect::<Vec<_>>().join(", ")
}

/// Who must sign.
pub fn signers(lists: &[Vec<Capacity>]) -> String {
    let word = |c: &Capacity| match c {
        Capacity::Own => "the worker",
        Capacity::Supervisor => "a supervisor",
        Capacity::Issuer => "an issuer",
        Capacity::Officer => "an officer",
    };
    let all = |list: &Vec<Capacity>| list.iter().map(word).collect::<Vec<_>>().join(" and ");
    lists.iter().map(all).collect::<Vec<_>>().join(", or ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn signers_in_words() {
        let lists = [vec![Capacity::Issuer], vec![Capacity::Own, Capacity::Supervisor]];
        assert_eq!(signers(&lists), "an issuer, or the worker and a supervisor");
    }
}
