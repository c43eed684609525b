//! A parsed file as a tree of values that know where they stand.
//!
//! Both readers of the [`yaml`](crate::yaml) room give this tree: the strict one for
//! people's files and the one for the canonical form of signed files. Each kind of record is
//! made from it in its own file of this room.

use std::borrow::Cow;

/// Where a value starts in its file: 1-based line, 1-based column in characters.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Default)]
pub struct Spot {
    /// 1-based line.
    pub line: u32,
    /// 1-based column in characters.
    pub column: u32,
}

/// A value and where it starts.
#[derive(Debug, Clone, PartialEq)]
pub struct Node<'a> {
    /// Where the value starts.
    pub spot: Spot,
    /// The value.
    pub value: Value<'a>,
}

/// A value of a file.
#[derive(Debug, Clone, PartialEq)]
pub enum Value<'a> {
    /// A scalar that is a string.
    Text(Cow<'a, str>),
    /// An unquoted whole number.
    Whole(i64),
    /// An unquoted number with a fraction, an exponent, or out of range.
    Decimal,
    /// An unquoted `true` or `false`.
    Flag(bool),
    /// Nothing, `~` or `null`.
    Empty,
    /// A sequence.
    List(Vec<Node<'a>>),
    /// A mapping, in the order of the file; keys are unique.
    Map(Vec<Field<'a>>),
}

/// One key of a mapping with its value.
#[derive(Debug, Clone, PartialEq)]
pub struct Field<'a> {
    /// The key.
    pub key: Cow<'a, str>,
    /// Where the key starts.
    pub spot: Spot,
    /// The value.
    pub node: Node<'a>,
}

impl Value<'_> {
    /// What the value is, in words for a message.
    pub fn what(&self) -> &'static str {
        match self {
            Value::Text(_) => "a text",
            Value::Whole(_) | Value::Decimal => "a number",
            Value::Flag(_) => "a yes-or-no value",
            Value::Empty => "empty",
            Value::List(_) => "a list",
            Value::Map(_) => "a group of fields",
        }
    }
}

/// A value read from a file that remembers where it stood, for findings about it later.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct At<T> {
    /// The value.
    pub value: T,
    /// Where it stood.
    pub spot: Spot,
}

impl<T> std::ops::Deref for At<T> {
    type Target = T;
    fn deref(&self) -> &T {
        &self.value
    }
}
