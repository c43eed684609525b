//! Who owes what, by when, and why.

mod answer;
mod applies;
mod case;
mod compute;
mod counts;
mod dues;
mod findings;
mod incident;
mod inputs;
mod obligation;
mod pass;
mod retention;
mod schedule;
mod shifts;
mod standing;
mod status;
mod timeline;
pub mod upkeep;
mod why;

pub use answer::FirstSeen;
pub use applies::{Run, Span};
pub use compute::{compute, compute_with};
pub use counts::Uncounted;
pub use findings::finding;
pub use incident::{AtIncident, Before, RecordedBefore, at_incident};
pub use inputs::{AsOf, Call, CallKind, Exemption, Extension, Inputs, Other, Term};
pub use obligation::{Duties, Obligation, strictest};
pub use retention::{kept_through, last_in_effect};
pub use shifts::{Cause, Move};
pub use status::{Marks, Rule, Status};
pub use timeline::{DueDate, Segment, Timeline, trend_days};
pub use why::{Input, NoWhy, Source, Step, Why, why};

#[cfg(test)]
mod tests;
