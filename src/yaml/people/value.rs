//! The values of a file, from serde_yaml, laid over the structure that the own scan saw.

use std::borrow::Cow;
use std::cell::RefCell;
use std::fmt;

use serde::de::{DeserializeSeed, Deserializer, IgnoredAny, MapAccess, SeqAccess, Visitor};

use super::Fault;
use super::outline::{Outline, Pair, Shape};
use crate::finding::catalogue::files;
use crate::record::node::{Field, Node, Spot, Value};
use crate::record::text::visible;

/// The values of a text whose structure is known.
pub(super) fn fill(text: &str, outline: &Outline<'_>) -> Result<Node<'static>, Fault> {
    let fault = RefCell::new(None);
    let seed = Fill { outline, fault: &fault };
    let value = seed.deserialize(serde_yaml::Deserializer::from_str(text));
    match (value, fault.into_inner()) {
        (Ok(node), None) => Ok(node),
        (_, Some(fault)) => Err(fault),
        (Err(error), None) => Err(syntax(&error)),
    }
}

/// What serde_yaml says against a text, if anything.
pub(super) fn syntax_fault(text: &str) -> Option<Fault> {
    match serde_yaml::from_str::<IgnoredAny>(text) {
        Ok(_) => None,
        Err(error) => Some(syntax(&error)),
    }
}

fn syntax(error: &serde_yaml::Error) -> Fault {
    let spot = error.location().map_or(Spot::default(), |l| Spot {
        line: u32::try_from(l.line()).unwrap_or(u32::MAX),
        column: u32::try_from(l.column()).unwrap_or(u32::MAX),
    });
    let message = error.to_string();
    let message = message.split(" at line ").next().unwrap_or_default();
    let help = "Compare the indentation and the quotes with the lines around it.";
    Fault::new(&files::SYNTAX, spot, format!("YAML cannot be read here: {}", visible(message)), help)
}

/// Fills one value. A fault of our own goes to `fault`, because serde's errors are texts.
#[derive(Clone, Copy)]
struct Fill<'o, 't> {
    outline: &'o Outline<'t>,
    fault: &'o RefCell<Option<Fault>>,
}

impl Fill<'_, '_> {
    fn refuse<T, E: serde::de::Error>(&self, fault: Fault) -> Result<T, E> {
        self.fault.borrow_mut().get_or_insert(fault);
        Err(E::custom("refused"))
    }

    /// The two readers see different things here.
    fn differs<T, E: serde::de::Error>(&self) -> Result<T, E> {
        let help = "Write it as plain `name: value` lines, or put the text in double quotes.";
        let message = "this can be read in two ways";
        self.refuse(Fault::new(&files::UNUSUAL_FORM, self.outline.spot, message, help))
    }

    fn scalar<E: serde::de::Error>(&self, value: Value<'static>) -> Result<Node<'static>, E> {
        match (&self.outline.shape, &value) {
            (Shape::Empty, Value::Empty) | (Shape::Quoted, Value::Text(_)) => {}
            (Shape::Plain(text), _) if differs_between_versions(text) => {
                let message = format!("`{text}` without quotes is not a text in every version of YAML");
                let help = format!("Quote it: \"{text}\".");
                return self.refuse(Fault::new(&files::UNQUOTED, self.outline.spot, message, help));
            }
            (Shape::Plain(text), Value::Text(read)) if read.starts_with(text) => {}
            (Shape::Plain(_), Value::Whole(_) | Value::Decimal | Value::Flag(_) | Value::Empty) => {}
            _ => return self.differs(),
        }
        Ok(Node { spot: self.outline.spot, value })
    }
}

/// What YAML 1.1 reads as a boolean or number and YAML 1.2 as a text, or the other way round.
fn differs_between_versions(text: &str) -> bool {
    let word = text.to_ascii_lowercase();
    if matches!(word.as_str(), "y" | "n" | "yes" | "no" | "on" | "off") {
        return true;
    }
    let digits = word.trim_start_matches(['+', '-']);
    let all =
        |set: &[u8]| !digits.is_empty() && digits.bytes().all(|b| b.is_ascii_digit() || set.contains(&b));
    let numeric = digits.starts_with(|c: char| c.is_ascii_digit());
    let octal = digits.len() > 1 && digits.starts_with('0') && all(b"_");
    let grouped = numeric && digits.contains('_') && all(b"_.");
    let sixty = numeric && digits.contains(':') && all(b":_.");
    let prefixed = digits.starts_with("0x") || digits.starts_with("0o") || digits.starts_with("0b");
    let bare_fraction = digits.starts_with('.') && digits.len() > 1 && all(b".");
    octal || grouped || sixty || prefixed || bare_fraction
}

impl<'de> DeserializeSeed<'de> for Fill<'_, '_> {
    type Value = Node<'static>;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<Node<'static>, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Fill<'_, '_> {
    type Value = Node<'static>;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a value")
    }

    fn visit_bool<E: serde::de::Error>(self, value: bool) -> Result<Node<'static>, E> {
        self.scalar(Value::Flag(value))
    }

    fn visit_i64<E: serde::de::Error>(self, value: i64) -> Result<Node<'static>, E> {
        self.scalar(Value::Whole(value))
    }

    fn visit_u64<E: serde::de::Error>(self, value: u64) -> Result<Node<'static>, E> {
        self.scalar(i64::try_from(value).map_or(Value::Decimal, Value::Whole))
    }

    fn visit_i128<E: serde::de::Error>(self, _: i128) -> Result<Node<'static>, E> {
        self.scalar(Value::Decimal)
    }

    fn visit_u128<E: serde::de::Error>(self, _: u128) -> Result<Node<'static>, E> {
        self.scalar(Value::Decimal)
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<Node<'static>, E> {
        self.scalar(Value::Decimal)
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<Node<'static>, E> {
        self.scalar(Value::Text(Cow::Owned(value.to_owned())))
    }

    fn visit_unit<E: serde::de::Error>(self) -> Result<Node<'static>, E> {
        self.scalar(Value::Empty)
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut seq: A) -> Result<Node<'static>, A::Error> {
        let Shape::List(outlines) = &self.outline.shape else { return self.differs() };
        let mut items = Vec::with_capacity(outlines.len());
        for outline in outlines {
            match seq.next_element_seed(Fill { outline, ..self })? {
                Some(node) => items.push(node),
                None => return self.differs(),
            }
        }
        match seq.next_element::<IgnoredAny>()? {
            Some(_) => self.differs(),
            None => Ok(Node { spot: self.outline.spot, value: Value::List(items) }),
        }
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Node<'static>, A::Error> {
        let Shape::Map(pairs) = &self.outline.shape else { return self.differs() };
        let mut fields: Vec<Field<'static>> = Vec::with_capacity(pairs.len());
        let mut keys = std::collections::HashSet::with_capacity(pairs.len());
        for pair in pairs {
            let Some(key) = map.next_key_seed(Key { pair, fill: self })? else { return self.differs() };
            if !keys.insert(key.clone()) {
                let message = format!("`{}` is written twice here", visible(&key));
                let help = "Keep one of the two.";
                return self.refuse(Fault::new(&files::DUPLICATE_KEY, pair.spot, message, help));
            }
            let node = map.next_value_seed(Fill { outline: &pair.value, ..self })?;
            fields.push(Field { key: Cow::Owned(key), spot: pair.spot, node });
        }
        match map.next_key::<IgnoredAny>()? {
            Some(_) => self.differs(),
            None => Ok(Node { spot: self.outline.spot, value: Value::Map(fields) }),
        }
    }
}

/// Reads a key, which must be a text and the one that the scan saw.
struct Key<'o, 't> {
    pair: &'o Pair<'t>,
    fill: Fill<'o, 't>,
}

impl<'de> DeserializeSeed<'de> for Key<'_, '_> {
    type Value = String;
    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<String, D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Key<'_, '_> {
    type Value = String;

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a text as the name of a field")
    }

    fn visit_str<E: serde::de::Error>(self, value: &str) -> Result<String, E> {
        match self.pair.key {
            Some(seen) if seen != value => Err(E::custom("this name can be read in two ways")),
            _ => Ok(value.to_owned()),
        }
    }

    fn visit_i64<E: serde::de::Error>(self, _: i64) -> Result<String, E> {
        self.unquoted()
    }

    fn visit_u64<E: serde::de::Error>(self, _: u64) -> Result<String, E> {
        self.unquoted()
    }

    fn visit_f64<E: serde::de::Error>(self, _: f64) -> Result<String, E> {
        self.unquoted()
    }

    fn visit_bool<E: serde::de::Error>(self, _: bool) -> Result<String, E> {
        self.unquoted()
    }
}

impl Key<'_, '_> {
    fn unquoted<E: serde::de::Error>(self) -> Result<String, E> {
        let message = "the name of a field is a number or true/false here";
        let help = "Quote it, if it is meant as a name.";
        self.fill.refuse(Fault::new(&files::UNQUOTED, self.pair.spot, message, help))
    }
}
