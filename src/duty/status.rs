//! The words for where an obligation stands, and the marks beside them.

/// Where an obligation stands on a day. The first that holds, in this order.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Status {
    /// A fact is missing that the answer depends on.
    Unknown,
    /// Nothing is owed on that day.
    NotApplicable,
    /// The requirement is not in force; the underlying status says what it would be.
    Proposed,
    /// Officers have exempted the subject for that day.
    Exempt,
    /// The due date fell into a leave that has not ended.
    Deferred,
    /// The due date and the days of grace have passed.
    Overdue,
    /// The due date has passed, the days of grace have not.
    Grace,
    /// The due date is near.
    DueSoon,
    /// Nothing that counts is there yet, and the due date is not near.
    Pending,
    /// Done, and the next due date, if there is one, is not near.
    Current,
}

impl Status {
    /// Every status, in the order in which they are tried.
    pub const ALL: [Status; 10] = [
        Status::Unknown,
        Status::NotApplicable,
        Status::Proposed,
        Status::Exempt,
        Status::Deferred,
        Status::Overdue,
        Status::Grace,
        Status::DueSoon,
        Status::Pending,
        Status::Current,
    ];

    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Status::Unknown => "unknown",
            Status::NotApplicable => "not_applicable",
            Status::Proposed => "proposed",
            Status::Exempt => "exempt",
            Status::Deferred => "deferred",
            Status::Overdue => "overdue",
            Status::Grace => "grace",
            Status::DueSoon => "due_soon",
            Status::Pending => "pending",
            Status::Current => "current",
        }
    }

    /// How strict a status is: of several obligations the highest decides the subject's own
    /// (rule 16). Only a subject whose every obligation in force is `current` is `current`.
    pub fn strictness(self) -> u8 {
        match self {
            Status::NotApplicable => 0,
            Status::Proposed => 1,
            Status::Current => 2,
            Status::Exempt => 3,
            Status::Deferred => 4,
            Status::Pending => 5,
            Status::DueSoon => 6,
            Status::Grace => 7,
            Status::Overdue => 8,
            Status::Unknown => 9,
        }
    }

    /// Whether the due date has passed.
    pub fn is_late(self) -> bool {
        matches!(self, Status::Overdue | Status::Grace)
    }

    /// The stricter of two.
    #[must_use]
    pub fn stricter(self, other: Status) -> Status {
        if other.strictness() > self.strictness() { other } else { self }
    }
}

impl std::fmt::Display for Status {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}

/// What else is to be said about an obligation. `None` where the history of the repository
/// is needed and not at hand.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default, Hash)]
pub struct Marks {
    /// The due date served last was served after it, extensions left out of account.
    pub late: bool,
    /// It was served in time, and the record of that appeared only after the due date.
    pub late_documented: Option<bool>,
    /// There is a record that is not accepted, and nothing that counts since.
    pub unverified: bool,
    /// The text of the edition that was completed was not kept.
    pub weak_material: bool,
}

/// The rule that a due date comes from.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Rule {
    /// 3: the span's first day and `within`.
    First,
    /// 3: done once, and once is enough.
    Once,
    /// 4: counted from what was done.
    Chain,
    /// 5: counted from the span's first day.
    Start,
    /// 6: the last day of a period of the calendar.
    Calendar,
    /// 8: the day on which what was done expires.
    Expires,
    /// 8: `max_gap` after what was done.
    MaxGap,
    /// 10: a later edition ended what was done.
    Edition,
    /// 11: an exemption.
    Exemption,
    /// 12: an extension.
    Extension,
    /// 13: a leave.
    Leave,
    /// 14: retraining after an incident.
    Retraining,
    /// 14: an assignment.
    Assignment,
    /// 15: missed when the span before ended.
    Again,
}

impl Rule {
    /// The number of the rule.
    pub fn number(self) -> u8 {
        match self {
            Rule::First | Rule::Once => 3,
            Rule::Chain => 4,
            Rule::Start => 5,
            Rule::Calendar => 6,
            Rule::Expires | Rule::MaxGap => 8,
            Rule::Edition => 10,
            Rule::Exemption => 11,
            Rule::Extension => 12,
            Rule::Leave => 13,
            Rule::Retraining | Rule::Assignment => 14,
            Rule::Again => 15,
        }
    }

    /// The word used in machine-readable output.
    pub fn word(self) -> &'static str {
        match self {
            Rule::First => "first",
            Rule::Once => "once",
            Rule::Chain => "completion",
            Rule::Start => "start",
            Rule::Calendar => "calendar",
            Rule::Expires => "expires_on",
            Rule::MaxGap => "max_gap",
            Rule::Edition => "edition",
            Rule::Exemption => "exemption",
            Rule::Extension => "extension",
            Rule::Leave => "leave",
            Rule::Retraining => "retraining",
            Rule::Assignment => "assignment",
            Rule::Again => "stands_again",
        }
    }
}
