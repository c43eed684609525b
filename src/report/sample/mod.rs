//! Made-up models to test reports with: a small clinic, one with hostile names, one of any
//! size. Nobody in them exists.

mod hostile;
mod simulate;
mod words;

pub use hostile::HOSTILE;

use super::model::{
    Edition, Exemption, Facts, KeyRow, Model, Obligation, Officer, Other, Parts, Person, Profile,
    Requirement, Standing, TrailEntry, TrailLine, Trust, Who, Word, group_findings,
};
use crate::finding::catalogue::{gaps, references, trust};
use crate::finding::{Finding, Place};
use crate::record::date::Date;

/// A small clinic of 24 people.
pub fn clinic() -> Model {
    Model::new(parts(24, 6))
}

/// Any number of people, each with ten requirements or so.
pub fn large(people: usize) -> Model {
    Model::new(parts(people, 10))
}

/// A clinic in which nothing is missing.
pub fn clean() -> Model {
    let mut parts = parts(12, 4);
    let today = parts.facts.as_of;
    parts.people.retain(|p| p.active);
    let people = parts.people.len();
    parts.obligations.retain(|o| matches!(o.who, Who::Person(i) if (i as usize) < people));
    parts.findings.clear();
    for obligation in &mut parts.obligations {
        simulate::make_current(obligation, today);
    }
    Model::new(parts)
}

/// A clinic whose every text tries to be something else.
pub fn hostile() -> Model {
    let mut parts = parts(HOSTILE.len() + 4, 6);
    hostile::poison(&mut parts);
    Model::new(parts)
}

/// An empty repository.
pub fn empty() -> Model {
    let mut parts = parts(0, 0);
    parts.findings.clear();
    Model::new(parts)
}

/// The day of every made-up report.
pub fn today() -> Date {
    Date::ymd(2026, 11, 21).unwrap_or(Date::MIN)
}

fn parts(people: usize, requirements: usize) -> Parts {
    let roles = word_list(&words::ROLES);
    let teams =
        word_list(if people > 100 { &words::TEAMS } else { words::TEAMS.get(..4).unwrap_or_default() });
    let mut random = simulate::Random::new(people as u64 + 7);
    let requirements: Vec<Requirement> =
        words::REQUIREMENTS.iter().take(requirements).map(requirement).collect();
    let mut list: Vec<Person> = (0..people).map(|at| person(at, people, teams.len(), &mut random)).collect();
    let mut obligations = Vec::new();
    for (at, person) in list.iter_mut().enumerate() {
        simulate::person(at, person, requirements.len(), &mut random, &mut obligations);
    }
    let others = others(&requirements, &mut obligations, &mut random);
    let findings = group_findings(&findings(&list, &requirements, &obligations));
    Parts {
        facts: facts(),
        roles,
        teams,
        people: list,
        others,
        requirements,
        obligations,
        findings,
        trust: trust_of(people),
        exemptions: exemptions(people),
        trail: Some(trail(people)),
    }
}

/// One that holds and one that is over, where there are people to exempt.
fn exemptions(people: usize) -> Vec<Exemption> {
    let made = |kind: &str, at: u32, until: i64| Exemption {
        kind: kind.into(),
        who: Who::Person(at),
        requirement: 2,
        from: today().plus_days(-60),
        until: today().plus_days(until),
        reason: "no exposure".into(),
        granted_by: vec!["Dana Whitfield (w-0000)".into(), "Lee Okafor (w-0001)".into()],
        path: format!("exemptions/{at:032x}.yaml"),
    };
    if people < 8 { Vec::new() } else { vec![made("exemption", 3, 90), made("extension", 5, -10)] }
}

/// A commit for each of the first people.
fn trail(people: usize) -> Vec<TrailEntry> {
    let entry = |at: usize| TrailEntry {
        commit: format!("{at:040x}"),
        day: today(),
        author: "Host of the repository".into(),
        committer: at.is_multiple_of(3).then(|| "Somebody else".into()),
        lines: vec![TrailLine {
            words: format!("w-{at:04}: role front-desk to nurse from 2026-03-01"),
            signers: if at.is_multiple_of(2) { vec!["service/lms".into()] } else { Vec::new() },
            path: Some("roster/main.yaml".into()),
        }],
    };
    (0..people.min(300)).map(entry).collect()
}

fn facts() -> Facts {
    Facts {
        organization: "Harbor Street Clinic".into(),
        as_of: today(),
        version: env!("CARGO_PKG_VERSION").into(),
        commit: Some("4f2a9c61d0b84e7fa6f0c1c7f4f9b1d22a3b5c70".into()),
        pinned: true,
        root: Some("5b1c8f6e0f3c4f27a6a8c9d1e2f30415263748596a7b8c9d0e1f2a3b4c5d6e7f".into()),
        audience: Some("5b1c8f6e0f3c4f27a6a8c9d1e2f30415263748596a7b8c9d0e1f2a3b4c5d6e7f".into()),
        address: None,
        profile: Profile::Internal,
        team: None,
    }
}

fn word_list(list: &[(&str, &str)]) -> Vec<Word> {
    list.iter().map(|(id, title)| Word { id: (*id).to_owned(), title: (*title).to_owned() }).collect()
}

fn person(at: usize, of: usize, teams: usize, random: &mut simulate::Random) -> Person {
    let first = words::pick(&words::FIRST, random.below(1 << 30));
    let last = words::pick(&words::LAST, random.below(1 << 30));
    let today = today();
    let hired = today.plus_days(-(20 + random.below(1600)));
    let gone = at % 9 == 8;
    let left = gone.then(|| hired.plus_days(random.below(hired.days_to(today).max(1))));
    let number = |n: i64| u32::try_from(n).unwrap_or(0);
    Person {
        id: format!("w-{at:0width$}", width = if of > 9999 { 5 } else { 4 }),
        name: Some(format!("{first} {last}")),
        email: Some(format!("{}.{}@clinic.example", first.to_lowercase(), last.to_lowercase())),
        active: left.is_none(),
        hired: (at % 97 != 5).then_some(hired),
        left,
        employment: Some(if at % 6 == 4 { "contractor" } else { "full-time" }.into()),
        location: Some(if at % 5 == 3 { "North Branch" } else { "Harbor Street" }.into()),
        roles: vec![number(random.below(words::ROLES.len() as i64))],
        teams: vec![number(random.below(teams as i64))],
        managers: if at < 2 { Vec::new() } else { vec![number(at as i64 % 2)] },
        place: Some(format!("roster/clinic.yaml:{}", 4 + at * 8)),
        records: Vec::new(),
    }
}

fn requirement(row: &words::RequirementRow) -> Requirement {
    let published = today().plus_days(-320);
    Requirement {
        id: row.id.into(),
        title: row.title.into(),
        kind: row.kind.into(),
        in_force: row.id != "ai-use",
        owner: Some("Dana Whitfield".into()),
        citations: row.citations.iter().map(|c| (*c).to_owned()).collect(),
        applies_to: "everyone employed".into(),
        rule: row.rule.into(),
        signed_by: "an issuer, or the worker and a supervisor".into(),
        declaration: Some("I completed this training and understood it.".into()),
        retain: Some("6 years".into()),
        effective_from: Date::ymd(2022, 1, 1),
        effective_until: None,
        editions: vec![
            Edition {
                id: "2026".into(),
                published,
                change: "material: earlier completions last 60 days".into(),
                material: "the text itself".into(),
                weak: false,
                path: Some(format!("policies/documents/{}-2026.md", row.id)),
                sha256: Some("0c77".repeat(16)),
                text: Some(words::TEXT.into()),
            },
            Edition {
                id: "2022".into(),
                published: published.plus_days(-1400),
                change: "first edition".into(),
                material: "not retained".into(),
                weak: true,
                path: None,
                sha256: None,
                text: None,
            },
        ],
        place: Some("policies/hipaa.yaml:3".into()),
    }
}

fn others(
    requirements: &[Requirement],
    out: &mut Vec<Obligation>,
    random: &mut simulate::Random,
) -> Vec<Other> {
    let Some(at) = requirements.iter().position(|r| r.kind == "control") else { return Vec::new() };
    let names = [("org", "The organisation"), ("system/ehr", "Electronic health record")];
    let make = |(i, (subject, title)): (usize, &(&str, &str))| {
        let who = Who::Other(u32::try_from(i).unwrap_or(0));
        out.push(simulate::obligation(who, at, today().plus_days(-900), None, random).0);
        Other { subject: (*subject).into(), title: (*title).into(), records: Vec::new() }
    };
    names.iter().enumerate().map(make).collect()
}

fn trust_of(people: usize) -> Trust {
    let key = |n: usize| format!("SHA256:{:0>43}", format!("uaVH44oXxkvXbSe8GMxyTT2ayrh65HdxkXX{n}"));
    let row = |at: usize| {
        let (state, note, standing, may_sign) = match at {
            0 => (
                "officer's",
                None,
                Standing::Good,
                "as officer: roots, keys, grants, revocations, exemptions",
            ),
            4 => ("revoked", Some("lost, on 2026-08-03"), Standing::Ended, "nothing new"),
            7 => ("not accepted", Some("the findings say why"), Standing::Refused, "nothing"),
            _ => ("active", None, Standing::Good, "for themself, and for direct reports"),
        };
        KeyRow {
            fingerprint: key(at),
            holder: format!("worker/w-{at:04}"),
            name: format!("w-{at:04}"),
            requested_on: (at > 0).then(|| today().plus_days(-400)),
            may_sign: may_sign.into(),
            until: None,
            state: state.into(),
            note: note.map(str::to_owned),
            standing,
            path: format!("trust/keys/{at:032x}.yaml"),
        }
    };
    let officer = Officer { name: "Dana Whitfield".into(), id: "w-0000".into(), keys: vec![key(0)] };
    Trust {
        officers: vec![officer],
        thresholds: vec![("root".into(), 1), ("key".into(), 1), ("exempt".into(), 1)],
        limits: vec![
            ("completions that are recorded later", "30 days".into()),
            ("grants", "400 days".into()),
        ],
        keys: (0..people.min(12)).map(row).collect(),
        single_control: true,
        root_version: Some(1),
        root_expires: None,
    }
}

fn findings(people: &[Person], requirements: &[Requirement], obligations: &[Obligation]) -> Vec<Finding> {
    use super::model::Status;
    let mut found = Vec::new();
    for obligation in obligations {
        let Who::Person(at) = obligation.who else { continue };
        let (Some(person), Some(requirement)) =
            (people.get(at as usize), requirements.get(obligation.requirement as usize))
        else {
            continue;
        };
        let who = format!("{} ({})", person.called(), person.id);
        let what = &requirement.id;
        let made = match obligation.status {
            Status::Overdue => Finding::new(
                &gaps::OVERDUE,
                format!("{who} is {} days overdue for {what}", obligation.days_late),
                "Record the completion, or arrange it today.",
            ),
            Status::Unknown => Finding::new(
                &references::NO_START,
                format!("{who} has no start date"),
                "Write the first day of employment as `start:`.",
            ),
            Status::DueSoon => {
                Finding::new(&gaps::DUE_SOON, format!("{who} is due soon for {what}"), "Arrange it in time.")
            }
            _ if obligation.has(super::model::Mark::Unverified) => Finding::new(
                &trust::UNVERIFIED,
                format!("{who}: a record of {what} is not accepted"),
                "Let a supervisor sign it.",
            ),
            _ => continue,
        };
        let made = made.about(format!("worker/{}", person.id)).for_requirement(what.clone());
        found.push(made.at(Place::new("roster/clinic.yaml", 4 + at * 8, 5)));
    }
    crate::finding::sort(&mut found);
    found
}
