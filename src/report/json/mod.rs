//! `data/report.json`: the report for programs, in the shape `duly/report/v1`.
//!
//! The shape is frozen: what is added may be ignored, and anything else is a new version in a
//! new module. `schema/report.v1.json` describes it.

mod rows;
#[cfg(test)]
mod tests;

use std::collections::BTreeMap;
use std::io;

use serde::{Serialize, Serializer};

use super::model::{Model, Profile};
use crate::judgement::Headline;
use rows::{ControlRow, FileRow, FindingRow, RequirementRow};

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
    headline: Headline,
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
        serializer.collect_seq(self.0.people.iter().map(|p| rows::person(self.0, p)))
    }
}

/// The rows of obligations, each made when it is written.
struct Obligations<'m>(&'m Model);

impl Serialize for Obligations<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        serializer.collect_seq(self.0.obligations.iter().map(|o| rows::obligation(self.0, o)))
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
        headline: super::site::overview::headline(model),
        summary: summary(model),
        people: People(model),
        controls: model.others.iter().map(|o| rows::control(model, o)).collect(),
        evidence: rows::evidence(model),
        requirements: model.requirements.iter().map(rows::requirement).collect(),
        obligations: Obligations(model),
        findings: model.findings.iter().flat_map(rows::finding).collect(),
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
