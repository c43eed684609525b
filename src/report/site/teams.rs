//! Teams: how each stands, and the grid of teams and requirements.

use serde::Serialize;

use super::chart::{Part, stack};
use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::{Model, Obligation, Status, count};

#[derive(Serialize)]
struct Body {
    teams: Vec<Row>,
    grid: Grid,
}

/// Renders the page of the teams and that of the roles.
///
/// # Errors
/// A template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let model = renderer.model;
    let place = Place { path: "teams.html", title: "Teams", section: "teams" };
    renderer.page("teams.html", &place, Body { teams: rows(model), grid: grid(model) })?;
    let place = Place { path: "matrix.html", title: "Roles and requirements", section: "matrix" };
    renderer.page("matrix.html", &place, matrix(model))
}

/// One team.
#[derive(Serialize)]
pub struct Row {
    /// Its position among the teams, for links; none for people without a team.
    pub id: Option<String>,
    /// Its name.
    pub title: String,
    /// How many active people belong to it.
    pub people: usize,
    /// How many obligations somebody has to act on.
    pub open: usize,
    /// All of its obligations.
    pub total: usize,
    /// Their statuses.
    pub bar: Vec<Part>,
}

/// Teams against requirements.
#[derive(Serialize)]
pub struct Grid {
    /// The requirements: id and title.
    pub heads: Vec<Head>,
    /// The teams.
    pub rows: Vec<GridRow>,
}

/// The head of a column.
#[derive(Serialize)]
pub struct Head {
    /// The id of the requirement.
    pub id: String,
    /// Its title.
    pub title: String,
}

/// The cells of a team or role.
#[derive(Serialize)]
pub struct GridRow {
    /// The name of the team or role.
    pub title: String,
    /// How many active people it has.
    pub people: usize,
    /// One for each requirement.
    pub cells: Vec<GridCell>,
}

/// How a team or role stands with one requirement.
#[derive(Serialize, Clone, Default)]
pub struct GridCell {
    /// How many owe it.
    pub total: usize,
    /// How many of them somebody has to act on.
    pub open: usize,
    /// The number shown: how many to act on, or else how many have the worst status.
    pub n: usize,
    /// The class of its colour: the worst status, or empty where nobody owes it.
    pub word: &'static str,
    /// The worst status for people.
    pub label: &'static str,
}

/// By what people are put together.
type Groups = fn(&crate::report::model::Person) -> &[u32];

/// For each group, the obligations of its active people; the last one for those in none.
fn grouped(model: &Model, groups: usize, of: Groups) -> Vec<(usize, Vec<&Obligation>)> {
    let mut out: Vec<(usize, Vec<&Obligation>)> = vec![(0, Vec::new()); groups + 1];
    for (at, person) in model.people.iter().enumerate().filter(|(_, p)| p.active) {
        let list = of(person);
        let none = u32::try_from(groups).unwrap_or(u32::MAX);
        for group in list.iter().copied().chain(list.is_empty().then_some(none)) {
            if let Some((people, obligations)) = out.get_mut(group as usize) {
                *people += 1;
                obligations.extend(model.of_person(at).filter(|o| binds(o)));
            }
        }
    }
    out
}

fn binds(obligation: &Obligation) -> bool {
    !matches!(obligation.status, Status::NotApplicable | Status::Proposed)
}

/// Every team that has people, in the order of declaration.
pub fn rows(model: &Model) -> Vec<Row> {
    let groups = grouped(model, model.teams.len(), |p| &p.teams);
    let titles = model.teams.iter().map(|t| (Some(t.id.clone()), t.title.clone()));
    let titles = titles.chain([(None, "No team".to_owned())]);
    titles.zip(groups).map(|((id, title), group)| row(id, title, &group)).filter(|r| r.people > 0).collect()
}

fn row(id: Option<String>, title: String, (people, list): &(usize, Vec<&Obligation>)) -> Row {
    Row {
        id,
        title,
        people: *people,
        open: list.iter().filter(|o| o.needs_action()).count(),
        total: list.len(),
        bar: stack(&count(list.iter().map(|o| o.counts_as()))),
    }
}

/// Teams against requirements.
pub fn grid(model: &Model) -> Grid {
    grid_of(model, &model.teams, "No team", |p| &p.teams)
}

/// Roles against requirements.
pub fn matrix(model: &Model) -> Grid {
    grid_of(model, &model.roles, "No role", |p| &p.roles)
}

fn grid_of(model: &Model, words: &[crate::report::model::Word], none: &str, of: Groups) -> Grid {
    let titles = words.iter().map(|w| w.title.clone()).chain([none.to_owned()]);
    let groups = grouped(model, words.len(), of);
    let rows = titles.zip(groups).filter(|(_, (people, _))| *people > 0);
    Grid {
        heads: model.requirements.iter().map(|r| Head { id: r.id.clone(), title: r.title.clone() }).collect(),
        rows: rows
            .map(|(title, (people, list))| GridRow { title, people, cells: cells(model, &list) })
            .collect(),
    }
}

fn cells(model: &Model, list: &[&Obligation]) -> Vec<GridCell> {
    let mut cells = vec![(GridCell::default(), Status::NotApplicable); model.requirements.len()];
    let worst_of = |cell: &mut GridCell, worst: &mut Status, status: Status| {
        (cell.n, *worst) = match status.cmp(worst) {
            std::cmp::Ordering::Less => (1, status),
            std::cmp::Ordering::Equal => (cell.n + 1, status),
            std::cmp::Ordering::Greater => (cell.n, *worst),
        };
    };
    for obligation in list {
        if let Some((cell, worst)) = cells.get_mut(obligation.requirement as usize) {
            cell.total += 1;
            cell.open += usize::from(obligation.needs_action());
            worst_of(cell, worst, obligation.counts_as());
        }
    }
    cells.into_iter().map(|(cell, worst)| finish(cell, worst)).collect()
}

fn finish(cell: GridCell, worst: Status) -> GridCell {
    match cell.total {
        0 => cell,
        _ => {
            let n = if cell.open > 0 { cell.open } else { cell.n };
            GridCell { n, word: worst.word(), label: worst.label(), ..cell }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_cell_says_how_many_stand_worst() {
        let model = crate::report::sample::clinic();
        let grid = grid(&model);
        for (row, cells) in grid.rows.iter().map(|r| (r, &r.cells)) {
            for (cell, head) in cells.iter().zip(&grid.heads) {
                let team = model.teams.iter().position(|t| t.title == row.title).unwrap() as u32;
                let list: Vec<Status> = model
                    .obligations
                    .iter()
                    .filter(|o| model.requirement(o).is_some_and(|r| r.id == head.id) && binds(o))
                    .filter(|o| model.person(o).is_some_and(|p| p.active && p.teams.contains(&team)))
                    .map(Obligation::counts_as)
                    .collect();
                let worst = list.iter().min();
                let open = list.iter().filter(|s| s.needs_action()).count();
                let n = if open > 0 { open } else { list.iter().filter(|s| Some(*s) == worst).count() };
                assert_eq!((cell.total, cell.n), (list.len(), n), "{} {}", row.title, head.id);
                assert_eq!(cell.word, worst.map_or("", |w| w.word()));
            }
        }
    }
}
