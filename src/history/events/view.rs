//! What is compared.

use crate::ledger::Ledger;
use crate::record::assignment::Assignment;
use crate::record::date::Date;
use crate::record::digest::Sha256;
use crate::record::incident::Incident;
use crate::record::organization::Organization;
use crate::record::policy::Requirement;
use crate::record::roster::Worker;
use crate::record::system::System;
use crate::record::vendor::Vendor;

/// One state of what people write, or the part of it that may have changed.
///
/// Both sides of a comparison leave out the same: a record that only one side holds was added
/// or removed. Requirements are few, and all of them should be here: a role that a condition
/// excludes takes duties away where it is added.
#[derive(Debug, Clone, Default)]
pub struct View<'a> {
    /// The settings.
    pub organization: Option<&'a Organization>,
    /// The workers; of two with one id the first counts, here and below.
    pub workers: Vec<&'a Worker>,
    /// By the path of each roster, the day on which somebody last confirmed it.
    pub confirmed: Vec<(&'a str, Option<Date>)>,
    /// The requirements.
    pub requirements: Vec<&'a Requirement>,
    /// The systems.
    pub systems: Vec<&'a System>,
    /// The vendors.
    pub vendors: Vec<&'a Vendor>,
    /// The incidents.
    pub incidents: Vec<&'a Incident>,
    /// The one-off duties.
    pub assignments: Vec<&'a Assignment>,
    /// The texts of editions: path and digest.
    pub documents: Vec<(&'a str, Sha256)>,
}

impl<'a> View<'a> {
    /// Everything that a repository holds.
    pub fn of(ledger: &'a Ledger) -> View<'a> {
        View {
            organization: ledger.organization.as_ref(),
            workers: ledger.workers.iter().collect(),
            confirmed: ledger.confirmed.iter().map(|c| (ledger.path(c.file), c.value)).collect(),
            requirements: ledger.requirements.iter().collect(),
            systems: ledger.systems.iter().map(|s| &s.value).collect(),
            vendors: ledger.vendors.iter().map(|v| &v.value).collect(),
            incidents: ledger.incidents.iter().map(|i| &i.value).collect(),
            assignments: ledger.assignments.iter().map(|a| &a.value).collect(),
            documents: ledger.documents.iter().map(|(path, digest)| (path.as_str(), *digest)).collect(),
        }
    }
}
