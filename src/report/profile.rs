//! Less than everything: a report without names, or of one team alone.
//!
//! Both are made by taking away from the model, before anything is rendered: a template
//! cannot show what is not there.

use std::collections::HashMap;

use super::ReportError;
use super::model::{FoundGroup, FoundItem, Model, Obligation, Parts, Person, Profile, Record, Status, Who};

/// The same report with ids and counts alone: no name, no e-mail address, no free text, no
/// reason why somebody is excused.
pub fn public(model: Model) -> Model {
    let mut parts = model.into_parts();
    parts.facts.profile = Profile::Public;
    parts.people.iter_mut().for_each(anonymous);
    parts.others.iter_mut().flat_map(|o| &mut o.records).for_each(bare_record);
    for requirement in &mut parts.requirements {
        (requirement.owner, requirement.place) = (None, None);
        requirement.editions.iter_mut().for_each(|e| e.text = None);
    }
    parts.obligations.iter_mut().for_each(excuse);
    parts.findings.iter_mut().flat_map(|g| &mut g.items).for_each(bare);
    for officer in &mut parts.trust.officers {
        officer.name.clone_from(&officer.id);
    }
    for key in &mut parts.trust.keys {
        key.name.clone_from(&key.holder);
    }
    parts.exemptions.clear();
    // Names of authors, and what happened to whom.
    parts.trail = None;
    Model::new(parts)
}

fn anonymous(person: &mut Person) {
    (person.name, person.email, person.place) = (None, None, None);
    (person.employment, person.location) = (None, None);
    person.managers.clear();
    person.records.iter_mut().for_each(bare_record);
}

/// Who signed and why something was not accepted is said in names and free text; how well
/// somebody did is theirs.
fn bare_record(record: &mut Record) {
    (record.reason, record.score) = (None, None);
    record.signers = [].into();
}

/// Why somebody is excused is nobody's business: a leave says something about health. A leave
/// moves a due date and an exemption lifts it, so neither is shown.
fn excuse(obligation: &mut Obligation) {
    let is_excused = |s: Status| matches!(s, Status::Exempt | Status::Deferred | Status::Excused);
    for segment in obligation.segments.iter_mut().filter(|s| is_excused(s.status)) {
        (segment.status, segment.underlying) = (Status::Excused, None);
    }
    // One after the other they would show where the one ended.
    obligation.segments.dedup_by(|next, last| {
        let one = last.status == Status::Excused && next.status == Status::Excused;
        if one {
            last.until = next.until;
        }
        one
    });
    for due in &mut obligation.dues {
        due.due = due.moved.take().map_or(due.due, |moved| moved.0);
    }
    if is_excused(obligation.status) {
        (obligation.status, obligation.underlying) = (Status::Excused, None);
        (obligation.due, obligation.days_late) = (None, 0);
        obligation.since = obligation.segments.last().map(|s| s.from);
        obligation.dues.retain(|d| d.served_by.is_some() || d.missed);
    }
    obligation.why.clear();
}

fn bare(item: &mut FoundItem) {
    (item.message, item.help, item.place) = (None, None, None);
    item.follows.iter_mut().for_each(bare);
}

/// The report of one team: its people, what they owe, and what was found about them.
///
/// # Errors
/// No team is called so, by id or title.
pub fn team(model: Model, team: &str) -> Result<Model, ReportError> {
    let found = model.teams.iter().position(|t| t.id == team || t.title == team);
    let Some(at) = found.and_then(|at| u32::try_from(at).ok()) else {
        let known: Vec<&str> = model.teams.iter().map(|t| t.id.as_str()).collect();
        return Err(ReportError::Unknown(format!(
            "no team is called {team:?}; there are: {}",
            known.join(", ")
        )));
    };
    let mut parts = model.into_parts();
    parts.facts.team = parts.teams.get(at as usize).map(|t| t.title.clone());
    Ok(Model::new(keep(parts, at)))
}

/// Keeps the people of a team. Their managers stay known by name where they are in it.
fn keep(mut parts: Parts, team: u32) -> Parts {
    // It tells of everybody.
    parts.trail = None;
    let kept: Vec<bool> = parts.people.iter().map(|p| p.teams.contains(&team)).collect();
    let mut next = 0;
    let new: Vec<Option<u32>> = kept
        .iter()
        .map(|k| {
            k.then(|| {
                next += 1;
                next - 1
            })
        })
        .collect();
    let moved = |at: u32| new.get(at as usize).copied().flatten();
    parts.people = parts.people.into_iter().zip(&kept).filter(|(_, k)| **k).map(|(p, _)| p).collect();
    for person in &mut parts.people {
        person.managers = person.managers.iter().copied().filter_map(moved).collect();
        person.teams = vec![team];
    }
    let who = |w: Who| match w {
        Who::Person(at) => moved(at).map(Who::Person),
        Who::Other(_) => None,
    };
    parts.obligations =
        parts.obligations.into_iter().filter_map(|o| Some(Obligation { who: who(o.who)?, ..o })).collect();
    parts.exemptions = parts
        .exemptions
        .into_iter()
        .filter_map(|e| Some(super::model::Exemption { who: who(e.who)?, ..e }))
        .collect();
    parts.others.clear();
    drop_unowed(&mut parts);
    let ids: std::collections::HashSet<String> =
        parts.people.iter().map(|p| format!("worker/{}", p.id)).collect();
    let concerns = |i: &FoundItem| i.subject.as_ref().is_none_or(|s| ids.contains(s));
    parts.findings.iter_mut().for_each(|g: &mut FoundGroup| g.items.retain(concerns));
    parts.findings.retain(|g| !g.items.is_empty());
    parts
}

/// Leaves out requirements that nobody of the team ever owed.
fn drop_unowed(parts: &mut Parts) {
    let owed: std::collections::BTreeSet<u32> = parts.obligations.iter().map(|o| o.requirement).collect();
    let recorded = parts.people.iter().flat_map(|p| &p.records).map(|r| r.requirement);
    let kept: std::collections::BTreeSet<u32> = owed.into_iter().chain(recorded).collect();
    let new: HashMap<u32, u32> = kept.iter().copied().zip(0..).collect();
    let all = std::mem::take(&mut parts.requirements);
    parts.requirements =
        all.into_iter().zip(0u32..).filter(|(_, at)| kept.contains(at)).map(|(r, _)| r).collect();
    let at = |old: u32| new.get(&old).copied().unwrap_or(u32::MAX);
    parts.obligations.iter_mut().for_each(|o| o.requirement = at(o.requirement));
    parts.exemptions.iter_mut().for_each(|e| e.requirement = at(e.requirement));
    parts.people.iter_mut().flat_map(|p| &mut p.records).for_each(|r| r.requirement = at(r.requirement));
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::date::Date;
    use crate::report::{sample, site, template::Templates};

    fn pages(model: &Model) -> String {
        let files = site::to_map(model, &Templates::embedded()).unwrap();
        // The script and the stylesheet know every word and nobody's name.
        let said = files.into_iter().filter(|(path, _)| !path.starts_with("report."));
        said.map(|(_, bytes)| String::from_utf8(bytes).unwrap()).collect()
    }

    #[test]
    fn a_public_report_names_nobody() {
        let model = sample::clinic();
        let names: Vec<String> = model.people.iter().filter_map(|p| p.name.clone()).collect();
        let (all, public) = (pages(&model), pages(&public(sample::clinic())));
        for name in &names {
            assert!(all.contains(name.replace('\'', "&#39;").as_str()), "{name} is there to be hidden");
            assert!(
                !public.contains(name.replace('\'', "&#39;").as_str()) && !public.contains(name),
                "{name}"
            );
        }
        for word in ["@clinic.example", "Deferred", ">Exempt<", "Learning system"] {
            assert!(all.contains(word), "{word} is there to be hidden");
            assert!(!public.contains(word), "{word}");
        }
        assert!(public.contains("w-0003"), "ids stay");
    }

    #[test]
    fn a_leave_and_an_exemption_look_the_same_to_the_public() {
        let model = sample::clinic();
        let on_leave = model.obligations.iter().find(|o| o.status == Status::Deferred).unwrap();
        let mut leave = on_leave.clone();
        let open = crate::report::model::Due {
            opened: Date::ymd(2026, 1, 1).unwrap(),
            due: Date::ymd(2026, 11, 1).unwrap(),
            moved: Some((Date::ymd(2027, 2, 1).unwrap(), "leave")),
            served_by: None,
            missed: false,
        };
        leave.dues.push(open);
        leave.due = Some(Date::ymd(2027, 2, 1).unwrap());
        let mut exempt = on_leave.clone();
        (exempt.status, exempt.due, exempt.days_late) = (Status::Exempt, None, 0);
        for segment in exempt.segments.iter_mut().filter(|s| s.status == Status::Deferred) {
            (segment.status, segment.underlying) = (Status::Exempt, Some(Status::Overdue));
        }
        let same = |a: &Obligation, b: &Obligation| format!("{a:?}") == format!("{b:?}");
        assert!(!same(&leave, &exempt));
        excuse(&mut leave);
        excuse(&mut exempt);
        assert!(same(&leave, &exempt), "{leave:?}\n{exempt:?}");
        assert_eq!((leave.status, leave.due), (Status::Excused, None));
    }

    #[test]
    fn a_public_report_gives_nobodys_score() {
        let scored = || {
            let mut parts = sample::clinic().into_parts();
            parts.people.iter_mut().flat_map(|p| &mut p.records).for_each(|r| r.score = Some("61.5".into()));
            Model::new(parts)
        };
        assert!(pages(&scored()).contains("score 61.5"));
        assert!(!pages(&public(scored())).contains("61.5"));
    }

    #[test]
    fn a_team_is_a_report_of_its_own() {
        let model = sample::clinic();
        let at = model.teams.iter().position(|t| t.id == "reception").unwrap() as u32;
        let inside: Vec<String> =
            model.people.iter().filter(|p| p.teams.contains(&at)).map(|p| p.id.clone()).collect();
        let owed = model
            .people
            .iter()
            .enumerate()
            .filter(|(_, p)| p.teams.contains(&at))
            .map(|(i, _)| model.of_person(i).count())
            .sum::<usize>();
        let team = team(sample::clinic(), "reception").unwrap();
        assert_eq!(team.people.iter().map(|p| p.id.clone()).collect::<Vec<_>>(), inside);
        assert_eq!(team.obligations.len(), owed);
        for obligation in &team.obligations {
            assert!(team.person(obligation).is_some() && team.requirement(obligation).is_some());
        }
        let subjects = team.findings.iter().flat_map(|g| &g.items).filter_map(|i| i.subject.clone());
        assert!(subjects.into_iter().all(|s| inside.contains(&s.replace("worker/", ""))));
        assert!(pages(&team).contains("Team <bdi>Reception</bdi>"));
        assert!(super::team(sample::clinic(), "nobody").is_err());
    }
}
