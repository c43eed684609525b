//! Every code that a finding can have, in one table.
//!
//! `duly explain`, the site and the reference read this table, and a test holds the list:
//! a code never changes its meaning, and a retired one is never used again.
//! One file per family: D1 files, D2 references, D3 trust, D4 history and change, D5 gaps, D6 privacy, D7 access.

pub mod access;
pub mod files;
pub mod gaps;
pub mod history;
pub mod privacy;
mod reference;
pub mod references;
pub mod trust;

use super::Severity;
pub use reference::reference;

/// One row of the catalogue: what a code means.
#[derive(Debug, PartialEq, Eq)]
pub struct Entry {
    /// `D` and three digits; the first digit is the family.
    pub code: &'static str,
    /// A short name, in words joined by `-`.
    pub name: &'static str,
    /// One line for lists.
    pub title: &'static str,
    /// How bad it is unless the check knows better.
    pub severity: Severity,
    /// Why it matters and what to do, in a few sentences.
    pub why: &'static str,
    /// An example that has the fault.
    pub bad: &'static str,
    /// The same example without it.
    pub good: &'static str,
}

/// Writes a family's rows, and a list of all of them.
macro_rules! entries {
    ($($(#[$doc:meta])* $ident:ident = $code:literal $name:literal $severity:ident $title:literal
       why $why:literal bad $bad:literal good $good:literal)+) => {
        $($(#[$doc])*
        #[doc = $title]
        pub static $ident: $crate::finding::Entry = $crate::finding::Entry {
            code: $code,
            name: $name,
            title: $title,
            severity: $crate::finding::Severity::$severity,
            why: $why,
            bad: $bad,
            good: $good,
        };)+

        /// Every row of this family, in order.
        pub static ALL: &[&$crate::finding::Entry] = &[$(&$ident),+];
    };
}
pub(crate) use entries;

/// Every row, in the order of the codes.
pub fn all() -> impl Iterator<Item = &'static Entry> {
    [files::ALL, references::ALL, trust::ALL, history::ALL, gaps::ALL, privacy::ALL, access::ALL]
        .into_iter()
        .flatten()
        .copied()
}

/// The row of a code, as in `D104`, or of a name, as in `duplicate-key`.
pub fn find(code: &str) -> Option<&'static Entry> {
    all().find(|e| e.code.eq_ignore_ascii_case(code) || e.name.eq_ignore_ascii_case(code))
}

impl Entry {
    /// Whether a finding of this code may be left out of account by anyone: files, references,
    /// trust and history (D1 to D4) never.
    pub fn can_be_ignored(&self) -> bool {
        !matches!(self.code.as_bytes().get(1), Some(b'1'..=b'4'))
    }
}
