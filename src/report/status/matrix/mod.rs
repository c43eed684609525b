//! Roles × requirements: `duly status --matrix`.
//!
//! A cell says what those who have the role on the day owe. It counts people and reads no
//! rule: whoever has two roles stands in two rows, and a requirement that is for some of a
//! role (those of one location) says for how many. Controls of the organisation, of systems
//! and of vendors are not the duty of a role and have no column.

mod build;
mod csv;
mod json;
mod table;

use std::collections::BTreeMap;
use std::io;

use super::Format;
use crate::duty::Status;
use crate::record::date::Date;

pub use build::build;

/// Roles × requirements on a day.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Matrix {
    /// The day.
    pub as_of: Date,
    /// The declared roles, and those employed who have none, if there are any.
    pub roles: Vec<Role>,
    /// The ids of the requirements that are for workers.
    pub requirements: Vec<String>,
    /// For each role and each requirement, in their orders.
    pub cells: Vec<Vec<Cell>>,
}

/// A row of the matrix.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Role {
    /// The declared word; none for those who have no role.
    pub id: Option<String>,
    /// How many are employed in it.
    pub workers: usize,
}

/// What the holders of a role owe of one requirement: how many of them have which status.
/// Empty where none of them owes it.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Cell {
    /// The statuses and how many have each.
    pub statuses: BTreeMap<Status, usize>,
}

/// What a cell comes to.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Verdict {
    /// Nobody has the role, so nobody can say.
    Vacant,
    /// None of those who have the role owes it.
    NotRequired,
    /// The strictest status of those who owe it (rule 16).
    Status(Status),
}

impl Verdict {
    /// The word used in every output.
    pub fn word(self) -> &'static str {
        match self {
            Verdict::Vacant => "vacant",
            Verdict::NotRequired => "not_required",
            Verdict::Status(status) => status.word(),
        }
    }
}

impl Cell {
    /// How many owe it.
    pub fn owing(&self) -> usize {
        self.statuses.values().sum()
    }

    /// What the cell of a role comes to.
    pub fn verdict(&self, role: &Role) -> Verdict {
        match self.statuses.keys().copied().reduce(Status::stricter) {
            Some(status) => Verdict::Status(status),
            None if role.workers == 0 => Verdict::Vacant,
            None => Verdict::NotRequired,
        }
    }
}

/// Prints a matrix.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(format: Format, matrix: &Matrix, out: &mut dyn io::Write) -> io::Result<()> {
    match format {
        Format::Table => table::print(matrix, out),
        Format::Json => json::print(matrix, out),
        Format::Csv => csv::print(matrix, out),
    }
}
