//! `duly/status-matrix/v1`: frozen. A new shape is a new module beside this one.

use std::collections::BTreeMap;
use std::io;

use serde::Serialize;

use super::{Matrix, Role};

#[derive(Serialize)]
struct Shape<'m> {
    schema: &'static str,
    as_of: String,
    requirements: &'m [String],
    roles: Vec<Row<'m>>,
}

#[derive(Serialize)]
struct Row<'m> {
    /// Null for those who have no role.
    role: Option<&'m str>,
    workers: usize,
    cells: Vec<Cell<'m>>,
}

#[derive(Serialize)]
struct Cell<'m> {
    requirement: &'m str,
    /// A status, `not_required` or `vacant`.
    status: &'static str,
    owing: usize,
    statuses: BTreeMap<&'static str, usize>,
}

pub(super) fn print(matrix: &Matrix, out: &mut dyn io::Write) -> io::Result<()> {
    let rows = matrix.roles.iter().zip(&matrix.cells);
    let shape = Shape {
        schema: "duly/status-matrix/v1",
        as_of: matrix.as_of.to_string(),
        requirements: &matrix.requirements,
        roles: rows.map(|(role, cells)| row(matrix, role, cells)).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &shape)?;
    writeln!(out)
}

fn row<'m>(matrix: &'m Matrix, role: &'m Role, cells: &'m [super::Cell]) -> Row<'m> {
    let cell = |(requirement, cell): (&'m String, &'m super::Cell)| Cell {
        requirement,
        status: cell.verdict(role).word(),
        owing: cell.owing(),
        statuses: cell.statuses.iter().map(|(status, count)| (status.word(), *count)).collect(),
    };
    Row {
        role: role.id.as_deref(),
        workers: role.workers,
        cells: matrix.requirements.iter().zip(cells).map(cell).collect(),
    }
}
