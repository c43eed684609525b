//! What happened, in words of the domain: how one state of the records differs from another.
//!
//! [`people`] compares what people write: roster, policies, settings and the rest; [`signed`]
//! says what a signed record tells, which never changes once it is there. Everything here is a
//! pure function of records: no git, no files, no clock. A caller that knows which files a
//! commit touched gives a [`View`] of those alone.
//!
//! No word here holds an e-mail address or a worker's name, unless the caller's [`Naming`]
//! brings it.

mod documents;
mod held;
mod incidents;
mod negated;
mod organization;
mod pairs;
mod parts;
mod requirements;
mod selectors;
pub mod signed;
mod systems;
#[cfg(test)]
mod tests;
mod texts;
mod vendors;
mod view;
pub mod weaker;
mod workers;

pub use view::View;

use crate::record::id::{Id, Subject};
use crate::record::scalar::words;

/// How to write a worker: a name, or the id.
pub type Naming<'n> = &'n dyn Fn(&Id) -> String;

/// One thing that happened.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Event {
    /// What sort of thing.
    pub what: What,
    /// Whom it is about; none where it is about nobody, or about many at once.
    pub subject: Option<Subject>,
    /// The requirement that it is about.
    pub requirement: Option<Id>,
    /// What happened, on one line, without repeating the subject.
    pub words: String,
    /// Whether more or less is asked for than before.
    pub effect: Effect,
}

/// Whether an unsigned edit asks for more or for less. What is signed is a decision of those
/// who may take it, and stays neutral. In the order of weight.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub enum Effect {
    /// Neither.
    #[default]
    Neutral,
    /// More is asked for.
    Tightens,
    /// Less is asked for, or it cannot be shown that it is not less.
    Loosens,
}

words!(Effect, "an effect"; Neutral = "neutral", Tightens = "tightens", Loosens = "loosens");

/// What sort of thing happened.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
#[allow(missing_docs)] // Each is what its word says.
pub enum What {
    WorkerAdded,
    WorkerRemoved,
    WorkerLeft,
    WorkerReturned,
    WorkerChanged,
    EmploymentChanged,
    RoleChanged,
    ManagerChanged,
    DepartmentChanged,
    LocationChanged,
    AttributeChanged,
    LeaveChanged,
    RosterConfirmed,
    RequirementAdded,
    RequirementRemoved,
    RequirementChanged,
    EditionAdded,
    EditionRemoved,
    EditionChanged,
    DocumentAdded,
    DocumentRemoved,
    DocumentChanged,
    SettingsChanged,
    SystemAdded,
    SystemRemoved,
    SystemChanged,
    AccessChanged,
    VendorAdded,
    VendorRemoved,
    VendorChanged,
    IncidentAdded,
    IncidentRemoved,
    IncidentChanged,
    RetrainingAdded,
    RetrainingRemoved,
    RetrainingChanged,
    AssignmentAdded,
    AssignmentRemoved,
    AssignmentChanged,
    CompletionRecorded,
    Countersigned,
    Exempted,
    Extended,
    Revoked,
    KeyEnrolled,
    KeyRevoked,
    Granted,
    RootAdded,
    Approved,
    FileChanged,
}

words!(What, "an event";
    WorkerAdded = "worker-added", WorkerRemoved = "worker-removed", WorkerLeft = "worker-left",
    WorkerReturned = "worker-returned", WorkerChanged = "worker-changed",
    EmploymentChanged = "employment-changed", RoleChanged = "role-changed",
    ManagerChanged = "manager-changed", DepartmentChanged = "department-changed",
    LocationChanged = "location-changed", AttributeChanged = "attribute-changed",
    LeaveChanged = "leave-changed", RosterConfirmed = "roster-confirmed",
    RequirementAdded = "requirement-added", RequirementRemoved = "requirement-removed",
    RequirementChanged = "requirement-changed", EditionAdded = "edition-added",
    EditionRemoved = "edition-removed", EditionChanged = "edition-changed",
    DocumentAdded = "document-added", DocumentRemoved = "document-removed",
    DocumentChanged = "document-changed", SettingsChanged = "settings-changed",
    SystemAdded = "system-added", SystemRemoved = "system-removed", SystemChanged = "system-changed",
    AccessChanged = "access-changed", VendorAdded = "vendor-added",
    VendorRemoved = "vendor-removed", VendorChanged = "vendor-changed",
    IncidentAdded = "incident-added", IncidentRemoved = "incident-removed",
    IncidentChanged = "incident-changed", RetrainingAdded = "retraining-added",
    RetrainingRemoved = "retraining-removed", RetrainingChanged = "retraining-changed",
    AssignmentAdded = "assignment-added", AssignmentRemoved = "assignment-removed",
    AssignmentChanged = "assignment-changed", CompletionRecorded = "completion-recorded",
    Countersigned = "countersigned", Exempted = "exempted", Extended = "extended",
    Revoked = "revoked", KeyEnrolled = "key-enrolled", KeyRevoked = "key-revoked",
    Granted = "granted", RootAdded = "root-added",
    Approved = "approved", FileChanged = "file-changed");

impl Event {
    fn new(what: What, words: impl Into<String>) -> Event {
        Event { what, subject: None, requirement: None, words: words.into(), effect: Effect::Neutral }
    }

    /// What happened to a file that tells nothing by itself.
    pub fn of_file(words: &str, path: &str) -> Event {
        Event::new(What::FileChanged, format!("{words}: {}", crate::record::text::visible(path)))
    }

    fn about(mut self, subject: Subject) -> Event {
        self.subject = Some(subject);
        self
    }

    fn on(mut self, requirement: &Id) -> Event {
        self.requirement = Some(requirement.clone());
        self
    }

    fn with(mut self, effect: Effect) -> Event {
        self.effect = effect;
        self
    }
}

/// How what people write differs: settings first, then requirements, documents, workers,
/// systems, vendors, incidents and assignments. Where a record stands, and in which order,
/// makes no difference. Takes time in proportion to what the views hold.
pub fn people(before: &View<'_>, after: &View<'_>, name: Naming<'_>) -> Vec<Event> {
    let negated = negated::Negated::of(before.requirements.iter().chain(&after.requirements).copied());
    let mut events = organization::events(before.organization, after.organization);
    events.extend(requirements::events(&before.requirements, &after.requirements, name));
    events.extend(documents::events(&before.documents, &after.documents));
    events.extend(documents::confirmations(&before.confirmed, &after.confirmed));
    events.extend(workers::events(&before.workers, &after.workers, &negated, name));
    events.extend(systems::events(&before.systems, &after.systems, name));
    events.extend(vendors::events(&before.vendors, &after.vendors));
    events.extend(incidents::events(&before.incidents, &after.incidents, name));
    events.extend(incidents::assignments(&before.assignments, &after.assignments));
    events
}
