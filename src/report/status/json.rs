//! `duly/status/v1`: frozen. A new shape is a new module beside this one.

use std::io;

use serde::Serialize;

use super::Row;
use crate::Judgement;
use crate::judgement::Headline;
use crate::record::date::Date;

#[derive(Serialize)]
struct Report<'r> {
    schema: &'static str,
    as_of: String,
    pinned: bool,
    headline: Headline,
    obligations: Vec<Obligation<'r>>,
}

#[derive(Serialize)]
struct Obligation<'r> {
    subject: &'r str,
    requirement: &'r str,
    status: &'static str,
    due: Option<String>,
    completed_on: Option<String>,
    since: Option<String>,
    assurance: Option<&'static str>,
    marks: &'r [&'static str],
}

pub(super) fn print(judgement: &Judgement<'_>, rows: &[Row], out: &mut dyn io::Write) -> io::Result<()> {
    let report = Report {
        schema: "duly/status/v1",
        as_of: judgement.day.to_string(),
        pinned: judgement.examined.trust.pinned.holds(),
        headline: judgement.headline,
        obligations: rows.iter().map(obligation).collect(),
    };
    serde_json::to_writer_pretty(&mut *out, &report)?;
    writeln!(out)
}

fn obligation(row: &Row) -> Obligation<'_> {
    let day = |date: Option<Date>| date.map(|d| d.to_string());
    Obligation {
        subject: &row.subject,
        requirement: &row.requirement,
        status: row.status,
        due: day(row.due),
        completed_on: day(row.completed_on),
        since: day(row.since),
        assurance: row.assurance,
        marks: &row.marks,
    }
}
