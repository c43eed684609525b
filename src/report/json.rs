//! `data/report.json`: the report for programs, in the shape `duly/report/v1`.
//!
//! The shape is frozen: what is added may be ignored, and anything else is a new version in a
//! new module. `schema/report.v1.json` describes it.

use std::collections::BTreeMap;
use std::io;

use serde::{Serialize, Serializer};

use super::model::{FoundGroup, Mark, Model, Obligation, Other, Person, Profile, Record, Requirement, Who};

/// The name and version of the shape.
pub const SCHEMA: &str = "duly/report/v1";

#[derive(Serialize)]
struct Report<'m> {
    schema: &'static str,
    organization: &'m str,
    as_of: String,
    version: &'m str,
    commit: Option<&'m str>,
    pinned: bool,
    root: Option<&'m str>,
    profile: &'static str,
    team: Option<&'m str>,
    single_control: bool,
    summary: Summary,
    people: People<'m>,
    controls: Vec<ControlRow<'m>>,
    evidence: Vec<FileRow<'m>>,
    requirements: Vec<RequirementRow<'m>>,
    obligations: Obligations<'m>,
    findings: Vec<FindingRow<'m>>,
}

/// The rows of people, each made when it is written: all at once would be as much again.
struct People<'m>(&'m Model);

impl Serialize for People<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.people.iter().map(|p| person(self.0, p)))
    }
}

/// The rows of obligations, each made when it is written.
struct Obligations<'m>(&'m Model);

impl Serialize for Obligations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.obligations.iter().map(|o| obligation(self.0, o)))
    }
}

#[derive(Serialize)]
struct Summary {
    active: usize,
    left: usize,
    obligations: usize,
    to_act_on: usize,
    statuses: BTreeMap<&'static str, usize>,
}

#[derive(Serialize)]
struct PersonRow<'m> {
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
struct RecordRow<'m> {
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
struct ControlRow<'m> {
    subject: &'m str,
    title: &'m str,
    records: Vec<RecordRow<'m>>,
}

#[derive(Serialize)]
struct FileRow<'m> {
    path: &'m str,
    payload_sha256: Option<&'m str>,
    first_commit: Option<&'m str>,
}

#[derive(Serialize)]
struct RequirementRow<'m> {
    id: &'m str,
    title: &'m str,
    #[serde(rename = "type")]
    kind: &'m str,
    in_force: bool,
    citations: &'m [String],
}

#[derive(Serialize)]
struct ObligationRow<'m> {
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
struct FindingRow<'m> {
    code: &'static str,
    severity: &'static str,
    message: Option<&'m str>,
    help: Option<&'m str>,
    place: Option<&'m str>,
    subject: Option<&'m str>,
    requirement: Option<&'m str>,
}

/// Writes the report as one line of JSON in UTF-8, with a final newline.
///
/// # Errors
/// Whatever keeps the bytes from being written.
pub fn write(model: &Model, out: &mut dyn io::Write) -> io::Result<()> {
    serde_json::to_writer(&mut *out, &report(model))?;
    out.write_all(b"\n")
}

fn report(model: &Model) -> Report<'_> {
    let facts = &model.facts;
    Report {
        schema: SCHEMA,
        organization: &facts.organization,
        as_of: facts.as_of.to_string(),
        version: &facts.version,
        commit: facts.commit.as_deref(),
        pinned: facts.pinned,
        root: facts.root.as_deref(),
        profile: if facts.profile == Profile::Public { "public" } else { "internal" },
        team: facts.team.as_deref(),
        single_control: model.trust.single_control,
        summary: summary(model),
        people: People(model),
        controls: model.others.iter().map(|o| control(model, o)).collect(),
        evidence: evidence(model),
        requirements: model.requirements.iter().map(requirement).collect(),
        obligations: Obligations(model),
        findings: model.findings.iter().flat_map(finding).collect(),
    }
}

fn summary(model: &Model) -> Summary {
    let active = model.people.iter().filter(|p| p.active).count();
    let mut statuses = BTreeMap::new();
    for obligation in model.active() {
        *statuses.entry(obligation.status.word()).or_insert(0) += 1;
    }
    Summary {
        active,
        left: model.people.len() - active,
        obligations: model.active().count(),
        to_act_on: super::site::overview::attention(model).len(),
        statuses,
    }
}

fn person<'m>(model: &'m Model, person: &'m Person) -> PersonRow<'m> {
    let ids = |list: &'m [super::model::Word], at: &[u32]| {
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

fn control<'m>(model: &'m Model, other: &'m Other) -> ControlRow<'m> {
    ControlRow {
        subject: &other.subject,
        title: &other.title,
        records: other.records.iter().map(|r| record(model, r)).collect(),
    }
}

/// The files that the records stand in, by path, each once: a sheet may hold a thousand rows.
fn evidence(model: &Model) -> Vec<FileRow<'_>> {
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

fn requirement(requirement: &Requirement) -> RequirementRow<'_> {
    RequirementRow {
        id: &requirement.id,
        title: &requirement.title,
        kind: &requirement.kind,
        in_force: requirement.in_force,
        citations: &requirement.citations,
    }
}

fn obligation<'m>(model: &'m Model, obligation: &'m Obligation) -> ObligationRow<'m> {
    let date = |d: Option<crate::record::date::Date>| d.map(|d| d.to_string());
    ObligationRow {
        subject: subject(model, obligation.who),
        requirement: model.requirement(obligation).map_or("", |r| &r.id),
        status: obligation.status.word(),
        underlying: obligation.underlying.map(super::model::Status::word),
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

fn finding(group: &FoundGroup) -> impl Iterator<Item = FindingRow<'_>> {
    group.items.iter().map(|item| FindingRow {
        code: group.entry.code,
        severity: item.severity.word(),
        message: item.message.as_deref(),
        help: item.help.as_deref(),
        place: item.place.as_deref(),
        subject: item.subject.as_deref(),
        requirement: item.requirement.as_deref(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::report::{profile, sample};
    use serde_json::Value;

    fn render(model: &Model) -> String {
        let mut bytes = Vec::new();
        write(model, &mut bytes).unwrap();
        String::from_utf8(bytes).unwrap()
    }

    /// Whether a value is as a schema of the few words that ours uses wants it.
    fn fits(value: &Value, schema: &Value, root: &Value) -> Result<(), String> {
        if let Some(name) = schema["$ref"].as_str() {
            return fits(value, root.pointer(name.trim_start_matches('#')).unwrap(), root);
        }
        let kinds: Vec<&str> = match &schema["type"] {
            Value::String(one) => vec![one],
            Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
            _ => Vec::new(),
        };
        let is = |kind: &&str| match *kind {
            "string" => value.is_string(),
            "integer" => value.is_i64() || value.is_u64(),
            "boolean" => value.is_boolean(),
            "null" => value.is_null(),
            "array" => value.is_array(),
            "object" => value.is_object(),
            other => panic!("type {other}"),
        };
        if !kinds.iter().any(is) {
            return Err(format!("{value} is none of {kinds:?}"));
        }
        if let Some(words) = schema["enum"].as_array()
            && !words.contains(value)
        {
            return Err(format!("{value} is none of {words:?}"));
        }
        for item in value.as_array().into_iter().flatten() {
            fits(item, &schema["items"], root)?;
        }
        if let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
            let required: Vec<&str> =
                schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
            if let Some(missing) = required.iter().find(|k| !object.contains_key(**k)) {
                return Err(format!("{missing} is missing"));
            }
            for (key, item) in object {
                fits(item, properties.get(key).ok_or(format!("{key} is not described"))?, root)?;
            }
        }
        Ok(())
    }

    #[test]
    fn it_is_as_its_schema_says() {
        let schema: Value = serde_json::from_str(include_str!("../../schema/report.v1.json")).unwrap();
        for model in [sample::clinic(), sample::hostile(), sample::empty(), profile::public(sample::clinic())]
        {
            let value: Value = serde_json::from_str(&render(&model)).unwrap();
            fits(&value, &schema, &schema).unwrap();
        }
    }

    #[test]
    fn every_file_of_a_record_is_there_once() {
        let value: Value = serde_json::from_str(&render(&sample::clinic())).unwrap();
        let list = |at: &str| value[at].as_array().unwrap().clone();
        let files: Vec<String> = list("evidence").iter().map(|f| f["path"].to_string()).collect();
        let records = list("people").into_iter().chain(list("controls")).flat_map(|p| {
            let records = p["records"].as_array().unwrap().clone();
            records.into_iter().map(|r| r["path"].to_string())
        });
        let named: std::collections::BTreeSet<String> = records.collect();
        assert!(!list("controls").is_empty() && named.len() > 10);
        assert_eq!(files, named.into_iter().collect::<Vec<_>>());
    }

    #[test]
    fn a_public_one_holds_no_name() {
        let value: Value = serde_json::from_str(&render(&profile::public(sample::clinic()))).unwrap();
        assert_eq!(value["profile"], "public");
        assert!(value["people"].as_array().unwrap().iter().all(|p| p["name"].is_null()));
        assert!(value["findings"].as_array().unwrap().iter().all(|f| f["message"].is_null()));
    }
}
