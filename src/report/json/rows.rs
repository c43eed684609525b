//! The rows of the report for programs.

use std::collections::BTreeMap;

use serde::Serialize;

use crate::report::model::{
    FoundGroup, FoundItem, Mark, Model, Obligation, Other, Person, Record, Requirement, Status, Who, Word,
};

#[derive(Serialize)]
pub(super) struct PersonRow<'m> {
    id: &'m str,
    name: Option<&'m str>,
    active: bool,
    hired: Option<String>,
    left: Option<String>,
    roles: Vec<&'m str>,
    teams: Vec<&'m str>,
    records: Vec<RecordRow<'m>>,
}

#[derive(Serialize)]
pub(super) struct RecordRow<'m> {
    requirement: &'m str,
    edition: Option<&'m str>,
    completed_on: String,
    outcome: &'m str,
    accepted: bool,
    assurance: Option<&'m str>,
    reason: Option<&'m str>,
    path: &'m str,
    line: u32,
}

#[derive(Serialize)]
pub(super) struct ControlRow<'m> {
    subject: &'m str,
    title: &'m str,
    records: Vec<RecordRow<'m>>,
}

#[derive(Serialize)]
pub(super) struct FileRow<'m> {
    path: &'m str,
    payload_sha256: Option<&'m str>,
    first_commit: Option<&'m str>,
}

#[derive(Serialize)]
pub(super) struct RequirementRow<'m> {
    id: &'m str,
    title: &'m str,
    #[serde(rename = "type")]
    kind: &'m str,
    in_force: bool,
    citations: &'m [String],
}

#[derive(Serialize)]
pub(super) struct ObligationRow<'m> {
    subject: String,
    requirement: &'m str,
    status: &'static str,
    underlying: Option<&'static str>,
    due: Option<String>,
    completed_on: Option<String>,
    since: Option<String>,
    days_late: i64,
    assurance: Option<&'m str>,
    marks: Vec<&'static str>,
}

#[derive(Serialize)]
pub(super) struct FindingRow<'m> {
    code: &'static str,
    severity: &'static str,
    message: Option<&'m str>,
    help: Option<&'m str>,
    place: Option<&'m str>,
    subject: Option<&'m str>,
    requirement: Option<&'m str>,
    #[serde(skip_serializing_if = "Vec::is_empty")]
    follows: Vec<FindingRow<'m>>,
}

pub(super) fn person<'m>(model: &'m Model, person: &'m Person) -> PersonRow<'m> {
    let ids = |list: &'m [Word], at: &[u32]| {
        at.iter().filter_map(|i| list.get(*i as usize)).map(|w| w.id.as_str()).collect()
    };
    PersonRow {
        id: &person.id,
        name: person.name.as_deref(),
        active: person.active,
        hired: person.hired.map(|d| d.to_string()),
        left: person.left.map(|d| d.to_string()),
        roles: ids(&model.roles, &person.roles),
        teams: ids(&model.teams, &person.teams),
        records: person.records.iter().map(|r| record(model, r)).collect(),
    }
}

fn record<'m>(model: &'m Model, record: &'m Record) -> RecordRow<'m> {
    RecordRow {
        requirement: model.requirements.get(record.requirement as usize).map_or("", |r| &r.id),
        edition: record.edition.as_deref(),
        completed_on: record.completed_on.to_string(),
        outcome: record.outcome,
        accepted: record.accepted,
        assurance: record.assurance,
        reason: record.reason.as_deref(),
        path: &record.path,
        line: record.line,
    }
}

pub(super) fn control<'m>(model: &'m Model, other: &'m Other) -> ControlRow<'m> {
    ControlRow {
        subject: &other.subject,
        title: &other.title,
        records: other.records.iter().map(|r| record(model, r)).collect(),
    }
}

/// The files that the records stand in, by path, each once: a sheet may hold a thousand rows.
pub(super) fn evidence(model: &Model) -> Vec<FileRow<'_>> {
    let records = model.people.iter().map(|p| &p.records).chain(model.others.iter().map(|o| &o.records));
    let files: BTreeMap<&str, &Record> = records.flatten().map(|r| (&*r.path, r)).collect();
    files.into_values().map(file).collect()
}

fn file(record: &Record) -> FileRow<'_> {
    FileRow {
        path: &record.path,
        payload_sha256: record.payload.as_deref(),
        first_commit: record.first_commit.as_deref(),
    }
}

pub(super) fn requirement(requirement: &Requirement) -> RequirementRow<'_> {
    RequirementRow {
        id: &requirement.id,
        title: &requirement.title,
        kind: &requirement.kind,
        in_force: requirement.in_force,
        citations: &requirement.citations,
    }
}

pub(super) fn obligation<'m>(model: &'m Model, obligation: &'m Obligation) -> ObligationRow<'m> {
    let date = |d: Option<crate::record::date::Date>| d.map(|d| d.to_string());
    ObligationRow {
        subject: subject(model, obligation.who),
        requirement: model.requirement(obligation).map_or("", |r| &r.id),
        status: obligation.status.word(),
        underlying: obligation.underlying.map(Status::word),
        due: date(obligation.due),
        completed_on: date(obligation.completed_on),
        since: date(obligation.since),
        days_late: obligation.days_late,
        assurance: obligation.assurance,
        marks: obligation.marks.iter().copied().map(Mark::word).collect(),
    }
}

fn subject(model: &Model, who: Who) -> String {
    match who {
        Who::Person(at) => {
            model.people.get(at as usize).map(|p| format!("worker/{}", p.id)).unwrap_or_default()
        }
        Who::Other(at) => model.others.get(at as usize).map(|o| o.subject.clone()).unwrap_or_default(),
    }
}

pub(super) fn finding(group: &FoundGroup) -> impl Iterator<Item = FindingRow<'_>> {
    group.items.iter().map(finding_row)
}

fn finding_row(item: &FoundItem) -> FindingRow<'_> {
    FindingRow {
        code: item.code,
        severity: item.severity.word(),
        message: item.message.as_deref(),
        help: item.help.as_deref(),
        place: item.place.as_deref(),
        subject: item.subject.as_deref(),
        requirement: item.requirement.as_deref(),
        follows: item.follows.iter().map(finding_row).collect(),
    }
}
