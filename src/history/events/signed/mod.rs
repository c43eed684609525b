//! What a signed record tells. It never changes once it is there, so one record is enough.
//!
//! Nothing here is checked: whether a record is accepted is for [`trust`](crate::trust) to
//! say. All of it is neutral: who may sign such a record may decide what it says.

mod evidence;
mod roots;
mod trusted;
mod waivers;

pub use evidence::{attestation, countersignature, rows};
pub use roots::root;
pub use trusted::{approval, grant, key, revocation};
pub use waivers::{exemption, extension};

use crate::record::id::Subject;

use super::Event;
use super::texts::count;

/// Up to so many subjects each get an event of their own.
pub const EACH: usize = 20;

/// One event for each subject, or one for all of them where there are many.
fn each<'s>(subjects: impl ExactSizeIterator<Item = &'s Subject>, event: &Event) -> Vec<Event> {
    if subjects.len() > EACH {
        let words = format!("{}, {}", count(subjects.len(), "subject"), event.words);
        return vec![Event { words, ..event.clone() }];
    }
    subjects.map(|s| event.clone().about(s.clone())).collect()
}
