//! Reading the scalars that every kind of record uses.

use super::date::{Date, DateError, Days, Period, PeriodError, Zone};
use super::id::{Holder, Id, Subject};
use super::node::{Node, Value};
use super::reader::{FromNode, Reader};
use super::text::{fault, visible};
use crate::finding::catalogue::files;

/// The string at a node. A number, date or boolean without quotes is a fault of its own: a
/// reader of `version: 1.10` must not have to guess whether 1.1 was meant.
pub fn text<'n>(node: &'n Node<'_>, reader: &mut Reader<'_>) -> Option<&'n str> {
    match &node.value {
        Value::Text(text) if text.is_empty() => {
            reader.report(
                &files::WRONG_TYPE,
                node.spot,
                "this text is empty",
                "Fill it in, or remove the line.",
            );
            None
        }
        Value::Text(text) => {
            check_characters(text, node, reader);
            Some(text)
        }
        other => {
            not_a_text(other, node, reader);
            None
        }
    }
}

fn not_a_text(value: &Value<'_>, node: &Node<'_>, reader: &mut Reader<'_>) {
    match value {
        Value::Whole(_) | Value::Decimal | Value::Flag(_) => reader.report(
            &files::UNQUOTED,
            node.spot,
            format!("a text is expected here, and without quotes this is {}", value.what()),
            "Quote it: put the value between double quotes.",
        ),
        other => reader.report(
            &files::WRONG_TYPE,
            node.spot,
            format!("a text is expected here, and this is {}", other.what()),
            "Write one value on this line.",
        ),
    }
}

/// Reports a character that no text may hold. The text is kept: the person it names must not
/// vanish from a report because of it, and every output escapes what it prints.
fn check_characters(text: &str, node: &Node<'_>, reader: &mut Reader<'_>) {
    if let Some(fault) = fault(text) {
        let message = format!("{:?} holds {fault}", visible(&text.chars().take(60).collect::<String>()));
        reader.report(&files::CHARACTER, node.spot, message, "Type the text again without it.");
    }
}

impl FromNode for String {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<String> {
        text(node, reader).map(str::to_owned)
    }
}

impl FromNode for bool {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<bool> {
        if let Value::Flag(flag) = node.value {
            return Some(flag);
        }
        reader.report(
            &files::WRONG_TYPE,
            node.spot,
            "this is neither `true` nor `false`",
            "Write `true` or `false`, without quotes.",
        );
        None
    }
}

impl FromNode for u32 {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<u32> {
        if let Value::Whole(number) = node.value
            && let Ok(number) = u32::try_from(number)
        {
            return Some(number);
        }
        reader.report(
            &files::WRONG_TYPE,
            node.spot,
            "this is not a whole number",
            "Write a whole number, without quotes.",
        );
        None
    }
}

impl FromNode for Date {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Date> {
        let error = match Date::parse(text(node, reader)?) {
            Ok(date) => return Some(date),
            Err(error) => error,
        };
        let help = match error {
            DateError::Form(_) => "Write the date as year-month-day, as in 2026-03-01.",
            DateError::NoSuchDay(_) => "Look the day up in a calendar and correct it.",
            DateError::OutOfRange(_) => "Correct the year.",
        };
        reader.report(&files::BAD_DATE, node.spot, visible(&error.to_string()), help);
        None
    }
}

fn duration<T>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    parse: fn(&str) -> Result<T, PeriodError>,
) -> Option<T> {
    let error = match parse(text(node, reader)?) {
        Ok(value) => return Some(value),
        Err(error) => error,
    };
    let help = "Durations are a number and a word, as in `30 days` or `12 months`.";
    reader.report(&files::BAD_DURATION, node.spot, visible(&error.to_string()), help);
    None
}

impl FromNode for Period {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Period> {
        duration(node, reader, Period::parse)
    }
}

impl FromNode for Days {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Days> {
        duration(node, reader, Days::parse)
    }
}

/// Makes a value from a text, or reports that the text is none of the kind.
pub fn parsed<T>(
    node: &Node<'_>,
    reader: &mut Reader<'_>,
    parse: impl Fn(&str) -> Option<T>,
    what: &str,
    help: &str,
) -> Option<T> {
    let text = text(node, reader)?;
    let value = parse(text);
    if value.is_none() {
        let shown: String = text.chars().take(60).collect();
        reader.report(&files::BAD_VALUE, node.spot, format!("{:?} is not {what}", visible(&shown)), help);
    }
    value
}

impl FromNode for Id {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Id> {
        let help = "Ids are made of lower-case letters, digits, `-`, `_` and `.`, at most 64 of them.";
        parsed(node, reader, Id::parse, "an id", help)
    }
}

impl FromNode for Subject {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Subject> {
        let help = "Write `worker/` and the id, `system/` and the id, `vendor/` and the id, or `org`.";
        parsed(node, reader, Subject::parse, "a subject", help)
    }
}

impl FromNode for Holder {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Holder> {
        parsed(
            node,
            reader,
            Holder::parse,
            "the holder of a key",
            "Write `worker/` or `service/` and the id.",
        )
    }
}

impl FromNode for Zone {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Zone> {
        let help = "Use a name of the IANA time zone database, as in `America/Chicago`.";
        parsed(node, reader, Zone::parse, "a time zone", help)
    }
}

/// Gives an enum its words: `words!(Kind, "a kind"; First = "first", Second = "second")`.
macro_rules! words {
    ($name:ident, $what:literal; $($variant:ident = $word:literal),+ $(,)?) => {
        impl $name {
            /// Every value, in the order of the documentation.
            #[allow(dead_code)] // Some of these enums are private to their file.
            pub const ALL: &'static [$name] = &[$($name::$variant),+];

            /// The word for it in files and outputs.
            pub fn word(self) -> &'static str {
                match self { $($name::$variant => $word),+ }
            }

            /// Reads the word.
            pub fn parse(text: &str) -> Option<$name> {
                match text { $($word => Some($name::$variant),)+ _ => None }
            }
        }

        impl $crate::record::reader::FromNode for $name {
            fn from_node(
                node: &$crate::record::node::Node<'_>,
                reader: &mut $crate::record::reader::Reader<'_>,
            ) -> Option<$name> {
                let words = [$($word),+].join(", ");
                $crate::record::scalar::parsed(node, reader, $name::parse, $what, &format!("It is one of: {words}."))
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(self.word())
            }
        }
    };
}
pub(crate) use words;
