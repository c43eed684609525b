//! The derivation of a due date, printed: `duly why`.

mod json;
mod text;

use std::io;

use crate::Judgement;
use crate::duty::{Obligation, Source, Why};
use crate::finding::Place;
use crate::ledger::Ledger;

/// A format of `duly why`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
pub enum Format {
    /// For people.
    Text,
    /// `duly/why/v1`, for programs.
    Json,
}

/// Prints a derivation.
///
/// # Errors
/// Whatever keeps the output from being written.
pub fn print(
    format: Format,
    why: &Why<'_>,
    judgement: &Judgement<'_>,
    out: &mut dyn io::Write,
) -> io::Result<()> {
    match format {
        Format::Text => text::print(why, &judgement.examined.ledger, out),
        Format::Json => json::print(why, judgement, out),
    }
}

/// Where an input of a step stands.
pub(super) fn place(source: Source, obligation: &Obligation<'_>, ledger: &Ledger) -> Option<Place> {
    match source {
        Source::Requirement(spot) => {
            let file = ledger.requirement_place(&obligation.requirement.id.value)?.path;
            Some(Place::new(&file, spot.line, spot.column))
        }
        Source::Worker(spot) => {
            let file = ledger.worker_place(obligation.subject.worker()?)?.path;
            Some(Place::new(&file, spot.line, spot.column))
        }
        Source::Organization => Some(Place::file("duly.yaml")),
        Source::Record(origin) => Some(ledger.place(origin.file, origin.spot)),
        Source::Question => None,
    }
}
