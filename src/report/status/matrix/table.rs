//! For people: a line for each requirement and a column for each role, because there are
//! fewer roles and their names are shorter.

use std::io;

use super::{Cell, Matrix, Role, Verdict};
use crate::report::status::columns;

pub(super) fn print(matrix: &Matrix, out: &mut dyn io::Write) -> io::Result<()> {
    let head: Vec<String> =
        std::iter::once("REQUIREMENT".to_owned()).chain(matrix.roles.iter().map(name)).collect();
    let head: Vec<&str> = head.iter().map(String::as_str).collect();
    let line = |(column, requirement): (usize, &String)| {
        let rows = matrix.roles.iter().zip(&matrix.cells);
        let cells = rows.map(|(role, cells)| cells.get(column).map(|c| cell(role, c)).unwrap_or_default());
        std::iter::once(requirement.clone()).chain(cells).collect()
    };
    let lines: Vec<Vec<String>> = matrix.requirements.iter().enumerate().map(line).collect();
    columns::print(&head, &lines, out)?;
    writeln!(
        out,
        "\nAs of {}. Each cell: the strictest status among those with the role who owe it, how many of\n\
         them have it, and how many owe it.",
        matrix.as_of
    )
}

/// The role with how many are employed in it.
fn name(role: &Role) -> String {
    format!("{} ({})", role.id.as_deref().unwrap_or("without a role"), role.workers)
}

fn cell(role: &Role, cell: &Cell) -> String {
    let verdict = cell.verdict(role);
    let word = verdict.word().replace('_', " ");
    match verdict {
        Verdict::Status(status) => {
            let have = cell.statuses.get(&status).copied().unwrap_or_default();
            format!("{word} {have}/{}", cell.owing())
        }
        Verdict::Vacant | Verdict::NotRequired => word,
    }
}
