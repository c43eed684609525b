//! How bad a finding is.

/// How bad a finding is, from the mildest to the worst: the order is the meaning.
///
/// `--fail-on` names the mildest severity that makes a check fail.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Severity {
    /// Good to know; never fails a check.
    Info,
    /// Should be looked at; never fails a check.
    Warning,
    /// Somebody's due date is near.
    DueSoon,
    /// Somebody's due date has passed.
    Overdue,
    /// The repository is wrong, or cannot be trusted or judged.
    Error,
}

impl Severity {
    /// Every severity, worst first.
    pub const ALL: [Severity; 5] =
        [Severity::Error, Severity::Overdue, Severity::DueSoon, Severity::Warning, Severity::Info];

    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Severity::Info => "info",
            Severity::Warning => "warning",
            Severity::DueSoon => "due_soon",
            Severity::Overdue => "overdue",
            Severity::Error => "error",
        }
    }
}

impl std::fmt::Display for Severity {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(self.word())
    }
}
