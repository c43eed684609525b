//! What the own scan sees of a file: its structure and places, not its values.

use crate::record::node::Spot;

/// A value as the scan sees it.
#[derive(Debug)]
pub(super) struct Outline<'t> {
    pub spot: Spot,
    pub shape: Shape<'t>,
}

/// The structure of a value.
#[derive(Debug)]
pub(super) enum Shape<'t> {
    /// Nothing stands there.
    Empty,
    /// A scalar without quotes, as it stands on its first line.
    Plain(&'t str),
    /// A scalar in quotes, or a block of text.
    Quoted,
    /// A sequence.
    List(Vec<Outline<'t>>),
    /// A mapping.
    Map(Vec<Pair<'t>>),
}

/// A key and its value.
#[derive(Debug)]
pub(super) struct Pair<'t> {
    /// The key as it stands, if it is plain or has no escapes.
    pub key: Option<&'t str>,
    pub spot: Spot,
    pub value: Outline<'t>,
}
