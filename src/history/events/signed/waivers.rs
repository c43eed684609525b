//! Freedom from a requirement, and more time for one.

use crate::record::exemption::Exemption;
use crate::record::extension::Extension;
use crate::record::signed::Signed;

use super::super::{Event, What};
use super::each;

/// What an exemption tells, for each subject.
pub fn exemption(signed: &Signed<Exemption>) -> Vec<Event> {
    let Exemption { audience: _, subjects, requirement, reason, given_on: _, from, until, spot: _ } =
        &signed.record;
    let words = format!("exempt from {} {from} to {until} ({reason})", requirement.value);
    each(subjects.iter().map(|s| &s.value), &Event::new(What::Exempted, words).on(&requirement.value))
}

/// What an extension tells, for each subject.
pub fn extension(signed: &Signed<Extension>) -> Vec<Event> {
    let Extension { audience: _, subjects, requirement, reason, given_on, until, spot: _ } = &signed.record;
    let words = format!("more time for {} until {until}, given on {given_on} ({reason})", requirement.value);
    each(subjects.iter().map(|s| &s.value), &Event::new(What::Extended, words).on(&requirement.value))
}
