//! For spreadsheets: one line for each cell.

use std::io;

use super::Matrix;
use crate::report::status::csv;

const HEAD: [&str; 5] = ["role", "requirement", "status", "workers", "owing"];

pub(super) fn print(matrix: &Matrix, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = matrix.roles.iter().zip(&matrix.cells).flat_map(|(role, cells)| {
        matrix.requirements.iter().zip(cells).map(move |(requirement, cell)| {
            vec![
                role.id.clone().unwrap_or_default(),
                requirement.clone(),
                cell.verdict(role).word().to_owned(),
                role.workers.to_string(),
                cell.owing().to_string(),
            ]
        })
    });
    csv::write(&HEAD, rows, out)
}
