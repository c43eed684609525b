//! That nothing private has slipped into a field where it does not belong.
//!
//! A name has no business with digits that look like a number of somebody or a day. Titles
//! and qualifications do: editions and licences have dates. There only what cannot be
//! anything else is a finding.

use crate::finding::catalogue::privacy;
use crate::finding::{Finding, Place};
use crate::ledger::{InFile, Ledger, Named};
use crate::record::organization::Organization;
use crate::record::policy::Requirement;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    people(ledger, found);
    if let Some(organization) = &ledger.organization {
        words(organization, found);
    }
    for (requirement, file) in ledger.requirements.iter().zip(&ledger.requirement_files) {
        let finding = requirement_texts(requirement);
        let place = ledger.place(*file, requirement.spot);
        found.extend(finding.map(|f| f.at(place).for_requirement(requirement.id.to_string())));
    }
    for incident in &ledger.incidents {
        named(ledger, incident, [&incident.value.title], found);
    }
    for system in &ledger.systems {
        named(ledger, system, [&system.value.title], found);
    }
    for vendor in &ledger.vendors {
        let record = &vendor.value;
        let texts = [&record.title].into_iter().chain(&record.services).chain(&record.subcontractors);
        named(ledger, vendor, texts, found);
    }
    for attestation in &ledger.attestations {
        let session = attestation.value.record.session.as_ref();
        let qualification = session.and_then(|s| s.qualification.as_deref());
        if qualification.is_some_and(holds_private) {
            let finding = sensitive("this record: the qualification of the trainer holds");
            found.push(finding.in_file(ledger.path(attestation.file)));
        }
    }
}

fn people(ledger: &Ledger, found: &mut Vec<Finding>) {
    for (worker, file) in ledger.workers.iter().zip(&ledger.worker_files) {
        let texts = [("name", worker.name.as_deref()), ("e-mail address", worker.email.as_deref())];
        for (field, text) in texts {
            if text.is_some_and(looks_private) {
                let finding = sensitive(&format!("worker {}: the {field} holds", worker.id.value));
                let place = ledger.place(*file, worker.id.spot);
                found.push(finding.at(place).about(worker.subject().to_string()));
            }
        }
    }
}

fn words(organization: &Organization, found: &mut Vec<Finding>) {
    if holds_private(&organization.name) {
        found.push(sensitive("the organisation's name holds").in_file("duly.yaml"));
    }
    let lists = [
        &organization.roles,
        &organization.departments,
        &organization.employment_types,
        &organization.attributes,
        &organization.services,
    ];
    let declared = lists.into_iter().flatten().map(|d| (&d.id, &d.title));
    for (id, title) in declared.chain(organization.locations.iter().map(|l| (&l.id, &l.title))) {
        if title.as_deref().is_some_and(holds_private) {
            let place = Place::new("duly.yaml", id.spot.line, id.spot.column);
            found.push(sensitive(&format!("{}: the title holds", id.value)).at(place));
        }
    }
}

/// The texts of a record that is known by its id.
fn named<'t, T: Named>(
    ledger: &Ledger,
    record: &InFile<T>,
    texts: impl IntoIterator<Item = &'t String>,
    found: &mut Vec<Finding>,
) {
    if texts.into_iter().any(|text| holds_private(text)) {
        let id = record.value.id();
        let finding = sensitive(&format!("{} {}: a text holds", T::WHAT, id.value));
        found.push(finding.at(ledger.place(record.file, id.spot)));
    }
}

fn requirement_texts(requirement: &Requirement) -> Option<Finding> {
    let citations = requirement.citations.iter().map(|c| ("a citation", c));
    let mut texts = [("the title", &requirement.title)]
        .into_iter()
        .chain(requirement.declaration.as_ref().map(|d| ("the declaration", d)))
        .chain(citations);
    let (what, _) = texts.find(|(_, text)| holds_private(text))?;
    Some(sensitive(&format!("requirement {}: {what} holds", requirement.id.value)))
}

/// The value itself is not repeated: a log is kept longer than a slip.
fn sensitive(what: &str) -> Finding {
    let message = format!("{what} what looks like a social security number or a date of birth");
    Finding::new(&privacy::SENSITIVE, message, "Remove the number. Nothing in this repository needs it.")
}

/// Whether a text holds digits grouped like a US social security number (3-2-4) or a date.
/// For names and addresses, which have no digits of that kind.
pub fn looks_private(text: &str) -> bool {
    let groups: Vec<usize> = text
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'))
        .flat_map(|word| {
            [word.split(['-', '/', '.']).map(str::len).collect::<Vec<_>>(), vec![usize::MAX]].concat()
        })
        .collect();
    let shape = |want: &[&[usize]]| {
        groups.windows(want.len()).any(|w| w.iter().zip(want).all(|(have, ok)| ok.contains(have)))
    };
    let nine_digits = groups.contains(&9);
    shape(&[&[3], &[2], &[4]])
        || shape(&[&[4], &[1, 2], &[1, 2]])
        || shape(&[&[1, 2], &[1, 2], &[4]])
        || nine_digits
}

/// Whether a free text holds what can hardly be anything but private: digits as a US social
/// security number is written (`123-45-6789`), or a number or date right behind a word that
/// announces one. A date alone is an edition's or a licence's.
pub fn holds_private(text: &str) -> bool {
    let words: Vec<&str> = text.split(|c: char| c.is_whitespace() || "()[],;:=".contains(c)).collect();
    let words: Vec<&str> = words.into_iter().filter(|w| !w.is_empty()).collect();
    words.iter().enumerate().any(|(i, word)| {
        let behind = words.iter().skip(i + 1).take(2);
        is_social_security_number(word) || announces(word) && behind.copied().any(looks_private)
    })
}

fn is_social_security_number(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_ascii_digit());
    let digits = word.bytes().all(|b| b.is_ascii_digit() || b == b'-');
    digits && word.split('-').map(str::len).eq([3, 2, 4])
}

/// Whether a word says that what follows is about one person's birth or number.
fn announces(word: &str) -> bool {
    let word = word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    matches!(word.as_str(), "born" | "birth" | "birthday" | "birthdate" | "dob" | "d.o.b" | "ssn")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_of_birth_are_seen() {
        for private in ["Ana Ruiz 123-45-6789", "123456789", "Ana 1969-08-29", "29/8/1969", "7.10.1969 Ana"] {
            assert!(looks_private(private), "{private}");
        }
        for fine in ["Ana Ruiz", "Ana Ruiz III", "ana.ruiz2@example.org", "Building 12-3", "John 3rd"] {
            assert!(!looks_private(fine), "{fine}");
        }
    }

    #[test]
    fn free_texts_may_have_dates() {
        for private in [
            "RN, SSN 123456789",
            "Registered nurse (123-45-6789)",
            "Nurse, born 1969-08-29",
            "DOB: 29/8/1969",
            "Trainer, date of birth 7.10.1969",
            "born on 1969-08-29 in Ohio",
            "d.o.b.=08/29/1969",
        ] {
            assert!(holds_private(private), "{private}");
        }
        for fine in [
            "Security awareness (revised 2026-01-05)",
            "HIPAA update of 1/5/2026",
            "Licence 123456789, valid to 2027-12-31",
            "45 CFR 164.308(a)(5)(i); 29 CFR 1910.1030(g)(2)",
            "Newborn care, edition 2026-01-05",
            "Care at birth, as taught since 2019-05-01",
            "Form 12-34-5678",
            "Born leaders",
            "Call 555-010-2000",
        ] {
            assert!(!holds_private(fine), "{fine}");
        }
    }
}
