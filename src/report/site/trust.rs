//! Who may sign: the root, officers, keys; and what officers have exempted.

use serde::Serialize;

use super::page::{Place, Renderer};
use crate::report::ReportError;
use crate::report::model::{Exemption, KeyRow, Model, Officer, Standing};
use crate::report::table::Cell;

#[derive(Serialize)]
struct Body<'m> {
    root_version: Option<u32>,
    root_expires: Option<String>,
    officers: Vec<OfficerRow<'m>>,
    thresholds: &'m [(String, u32)],
    limits: &'m [(&'static str, String)],
    keys: Vec<Row<'m>>,
    exemptions: Vec<ExemptionRow<'m>>,
}

#[derive(Serialize)]
struct OfficerRow<'m> {
    name: &'m str,
    keys: &'m [String],
}

#[derive(Serialize)]
struct Row<'m> {
    fingerprint: &'m str,
    name: &'m str,
    requested_on: Option<String>,
    may_sign: &'m str,
    until: Option<String>,
    state: &'m str,
    note: Option<&'m str>,
    icon: &'static str,
    path: &'m str,
}

#[derive(Serialize)]
struct ExemptionRow<'m> {
    kind: &'m str,
    who: Cell<'m>,
    requirement: Cell<'m>,
    from: String,
    until: String,
    reason: &'m str,
    granted_by: &'m [String],
    path: &'m str,
    holds: bool,
}

/// Renders the page.
///
/// # Errors
/// The template is wrong, or the sink fails.
pub fn render(renderer: &Renderer<'_>) -> Result<(), ReportError> {
    let place = Place { path: "trust.html", title: "Trust", section: "trust" };
    renderer.page("trust.html", &place, body(renderer.model))
}

fn body(model: &Model) -> Body<'_> {
    let trust = &model.trust;
    Body {
        root_version: trust.root_version,
        root_expires: trust.root_expires.map(|d| d.to_string()),
        officers: trust.officers.iter().map(officer).collect(),
        thresholds: &trust.thresholds,
        limits: &trust.limits,
        keys: trust.keys.iter().map(key).collect(),
        exemptions: model.exemptions.iter().map(|e| exemption(model, e)).collect(),
    }
}

fn officer(officer: &Officer) -> OfficerRow<'_> {
    OfficerRow { name: &officer.name, keys: &officer.keys }
}

fn key(key: &KeyRow) -> Row<'_> {
    Row {
        fingerprint: &key.fingerprint,
        name: &key.name,
        requested_on: key.requested_on.map(|d| d.to_string()),
        may_sign: &key.may_sign,
        until: key.until.map(|d| d.to_string()),
        state: &key.state,
        note: key.note.as_deref(),
        icon: match key.standing {
            Standing::Good => "current",
            Standing::Ended => "not_applicable",
            Standing::Refused => "overdue",
        },
        path: &key.path,
    }
}

fn exemption<'m>(model: &'m Model, exemption: &'m Exemption) -> ExemptionRow<'m> {
    let requirement = model.requirements.get(exemption.requirement as usize);
    ExemptionRow {
        kind: &exemption.kind,
        who: super::subject(model, exemption.who),
        requirement: requirement.map_or(Cell::text(""), Cell::requirement),
        from: exemption.from.to_string(),
        until: exemption.until.to_string(),
        reason: &exemption.reason,
        granted_by: &exemption.granted_by,
        path: &exemption.path,
        holds: (exemption.from..=exemption.until).contains(&model.facts.as_of),
    }
}
