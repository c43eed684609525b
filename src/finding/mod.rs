//! What the tool reports: one finding is one thing that somebody has to know about.
//!
//! A check makes findings and never prints; a renderer prints findings and never decides
//! how bad they are. Every finding carries an [`Entry`] of the [`catalogue`], so its code,
//! its default severity and its explanation come from one table.

pub mod catalogue;
mod place;
mod severity;

pub use catalogue::Entry;
pub use place::Place;
pub use severity::Severity;

use rayon::slice::ParallelSliceMut;

/// One thing that the tool reports.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Finding {
    /// The row of the catalogue that this finding is an instance of.
    pub entry: &'static Entry,
    /// How bad it is; the catalogue's default unless the check knows better.
    pub severity: Severity,
    /// What happened, starting with the person or thing it happened to.
    pub message: String,
    /// What to do next, in one or two sentences.
    pub help: String,
    /// Where, if it has a place in a file.
    pub place: Option<Place>,
    /// Who or what it is about, as in `worker/w-0042`.
    pub subject: Option<String>,
    /// The id of the requirement it is about.
    pub requirement: Option<String>,
    /// The findings that only follow from this one, in the order of [`sort`].
    pub follows: Vec<Finding>,
}

impl Finding {
    /// A finding with the catalogue's default severity.
    pub fn new(entry: &'static Entry, message: impl Into<String>, help: impl Into<String>) -> Finding {
        Finding {
            entry,
            severity: entry.severity,
            message: message.into(),
            help: help.into(),
            place: None,
            subject: None,
            requirement: None,
            follows: Vec::new(),
        }
    }

    /// The same finding at a place.
    #[must_use]
    pub fn at(mut self, place: Place) -> Finding {
        self.place = Some(place);
        self
    }

    /// The same finding about a whole file.
    #[must_use]
    pub fn in_file(self, path: &str) -> Finding {
        self.at(Place::file(path))
    }

    /// The same finding about a subject, as in `worker/w-0042`.
    #[must_use]
    pub fn about(mut self, subject: impl Into<String>) -> Finding {
        self.subject = Some(subject.into());
        self
    }

    /// The same finding about a requirement.
    #[must_use]
    pub fn for_requirement(mut self, requirement: impl Into<String>) -> Finding {
        self.requirement = Some(requirement.into());
        self
    }

    /// How much follows from this finding, as in `6 more follow from this`; none where nothing
    /// does.
    pub fn consequences(&self) -> Option<String> {
        consequences(self.follows.len())
    }

    /// The message, with how much follows from it where anything does: for formats that show a
    /// finding in one line.
    pub fn in_one_line(&self) -> String {
        match self.consequences() {
            Some(more) => format!("{} ({more})", self.message),
            None => self.message.clone(),
        }
    }

    /// The same finding with another severity than the catalogue's.
    #[must_use]
    pub fn with_severity(mut self, severity: Severity) -> Finding {
        self.severity = severity;
        self
    }
}

/// How many findings follow from another, in words; none where none do.
pub fn consequences(count: usize) -> Option<String> {
    match count {
        0 => None,
        1 => Some("1 more follows from this".to_owned()),
        n => Some(format!("{n} more follow from this")),
    }
}

/// Puts findings in the one order in which every output shows them: worst first, then by
/// place, code, subject, requirement, message and help. The order depends on nothing else, so
/// the same repository always gives the same bytes.
pub fn sort(findings: &mut [Finding]) {
    findings.par_sort_unstable_by(|a, b| {
        b.severity
            .cmp(&a.severity)
            .then_with(|| a.place.cmp(&b.place))
            .then_with(|| a.entry.code.cmp(b.entry.code))
            .then_with(|| a.subject.cmp(&b.subject))
            .then_with(|| a.requirement.cmp(&b.requirement))
            .then_with(|| a.message.cmp(&b.message))
            .then_with(|| a.help.cmp(&b.help))
    });
}
