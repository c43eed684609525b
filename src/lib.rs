//! Compliance-as-code for the workforce: who is duly trained, and can you prove it?
//!
//! The pipeline on one page. Arrows go one way; a room uses what stands before it:
//!
//! ```text
//! finding · record · yaml · source → ledger → trust → history → duty → judgement → change → report → output   (cli on top)
//! ```
//!
//! ```no_run
//! # use duly::{Examined, duty::AsOf, source::WorkTree, trust::Outside, clock};
//! let now = clock::now();
//! let outside = Outside { pin: None, now, must_be_pinned: false };
//! // source → ledger → trust: read, parse, cross-reference; accept evidence row by row.
//! let examined = Examined::load(&WorkTree::new("clinic"), outside);
//! // duty → judgement: who owes what by when, what somebody has to know, and the headline.
//! let judgement = examined.judge(AsOf::Now(now), &[]);
//! ```

pub mod change;
pub mod cli;
pub mod clock;
pub mod duty;
pub mod finding;
pub mod history;
pub mod import;
pub mod judgement;
pub mod ledger;
pub mod output;
pub mod record;
pub mod report;
pub mod source;
pub mod trust;
pub mod yaml;

pub use judgement::{Examined, Judgement};
