//! The status of an obligation, as a reader sees it.

/// The status of an obligation on the day of the report, worst first: the order is the order
/// in which lists show them. What nobody can answer comes before what is known to be late.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// Nobody can say, because a fact is missing.
    Unknown,
    /// There is a record that is not accepted, and nothing worse is known. No obligation has
    /// this status: it is what one with the mark counts as, so that it is never green.
    Unverified,
    /// The due date and the days of grace have passed.
    Overdue,
    /// The due date has passed, the days of grace have not.
    Grace,
    /// The due date is near.
    DueSoon,
    /// Nothing was done yet, and it is not yet due.
    Pending,
    /// It was due during a leave and waits for the return.
    Deferred,
    /// Officers exempted the subject for a time.
    Exempt,
    /// Exempt or deferred, in a report that does not say which.
    Excused,
    /// Done, and not yet due again.
    Current,
    /// The requirement is not in force yet.
    Proposed,
    /// It does not apply on the day of the report.
    NotApplicable,
}

impl Status {
    /// Every status, worst first.
    pub const ALL: [Status; 12] = [
        Status::Unknown,
        Status::Unverified,
        Status::Overdue,
        Status::Grace,
        Status::DueSoon,
        Status::Pending,
        Status::Deferred,
        Status::Exempt,
        Status::Excused,
        Status::Current,
        Status::Proposed,
        Status::NotApplicable,
    ];

    /// The word of the JSON output and of class names.
    pub fn word(self) -> &'static str {
        match self {
            Status::Unknown => "unknown",
            Status::Unverified => "unverified",
            Status::Overdue => "overdue",
            Status::Grace => "grace",
            Status::DueSoon => "due_soon",
            Status::Pending => "pending",
            Status::Deferred => "deferred",
            Status::Exempt => "exempt",
            Status::Excused => "excused",
            Status::Current => "current",
            Status::Proposed => "proposed",
            Status::NotApplicable => "not_applicable",
        }
    }

    /// The word that people read.
    pub fn label(self) -> &'static str {
        match self {
            Status::Unknown => "Unknown",
            Status::Unverified => "Unverified",
            Status::Overdue => "Overdue",
            Status::Grace => "In grace",
            Status::DueSoon => "Due soon",
            Status::Pending => "Not yet due",
            Status::Deferred => "Deferred",
            Status::Exempt => "Exempt",
            Status::Excused => "Excused",
            Status::Current => "Current",
            Status::Proposed => "Proposed",
            Status::NotApplicable => "Not applicable",
        }
    }

    /// What it means, in one sentence.
    pub fn meaning(self) -> &'static str {
        match self {
            Status::Unknown => "A fact is missing, so nobody can say whether anything is due.",
            Status::Unverified => "There is a record, but it is not accepted.",
            Status::Overdue => "The due date and any days of grace have passed.",
            Status::Grace => "The due date has passed; the days of grace have not.",
            Status::DueSoon => "The due date is near.",
            Status::Pending => "Nothing has been recorded yet, and it is not yet due.",
            Status::Deferred => "It fell due during a leave and waits for the return.",
            Status::Exempt => "Officers granted an exemption that covers this day.",
            Status::Excused => "Exempt or deferred; this report does not say which.",
            Status::Current => "Done and accepted; not yet due again.",
            Status::Proposed => "The requirement is only proposed and binds nobody yet.",
            Status::NotApplicable => "Nothing is owed on this day.",
        }
    }

    /// Whether somebody has to act now: late, or nobody can say.
    pub fn needs_action(self) -> bool {
        matches!(self, Status::Unknown | Status::Unverified | Status::Overdue | Status::Grace)
    }

    /// Whether the day lies in a gap.
    pub fn is_gap(self) -> bool {
        matches!(self, Status::Overdue)
    }
}

/// How many obligations have a status.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Count {
    /// The status.
    pub status: Status,
    /// How many.
    pub n: usize,
}

/// Counts statuses, worst first, leaving out those that do not occur.
pub fn count(statuses: impl Iterator<Item = Status>) -> Vec<Count> {
    let mut counts = Status::ALL.map(|status| Count { status, n: 0 });
    for status in statuses {
        if let Some(found) = counts.iter_mut().find(|c| c.status == status) {
            found.n += 1;
        }
    }
    counts.into_iter().filter(|c| c.n > 0).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_order_is_the_one_that_lists_show() {
        assert!(Status::ALL.is_sorted());
        assert!(Status::Unknown < Status::Overdue, "what nobody can answer comes first");
        let found = count([Status::Current, Status::Unknown, Status::Current].into_iter());
        assert_eq!(
            found.iter().map(|c| (c.status.word(), c.n)).collect::<Vec<_>>(),
            [("unknown", 1), ("current", 2)]
        );
    }
}
