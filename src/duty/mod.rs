//! Who owes what, by when, and why.

mod applies;
mod case;
mod compute;
mod counts;
mod dues;
mod inputs;
mod obligation;
mod pass;
mod schedule;
mod shifts;
mod standing;
mod status;
mod timeline;

pub use applies::{Run, Span};
pub use compute::{FirstSeen, compute, compute_with};
pub use counts::Uncounted;
pub use inputs::{AsOf, Call, CallKind, Exemption, Extension, Inputs, Other, Term};
pub use obligation::{Duties, Obligation, strictest};
pub use shifts::Move;
pub use status::{Marks, Rule, Status};
pub use timeline::{DueDate, Segment, Timeline, trend_days};

#[cfg(test)]
mod tests;
