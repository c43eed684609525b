//! Canonical JSON (RFC 8785) of a record's tree.
//!
//! All values are texts, so what is left of the RFC is: no white space, keys sorted by their
//! UTF-16 code units, and one way to escape a text.

use std::cmp::Ordering;

use crate::record::tree::Tree;

/// Writes a tree.
pub fn write_tree(tree: &Tree, out: &mut Vec<u8>) {
    match tree {
        Tree::Text(text) => write_string(text, out),
        Tree::List(items) => write_list(items, out, write_tree),
        Tree::Map(fields) => {
            let fields = fields.iter().map(|(key, value)| (*key, value)).collect();
            write_map(fields, out, write_tree);
        }
    }
}

/// Writes a list, with what writes one item.
fn write_list<T>(items: &[T], out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    out.push(b'[');
    for (i, item) in items.iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write(item, out);
    }
    out.push(b']');
}

/// Writes a map with its keys sorted, with what writes one value.
fn write_map<T>(mut fields: Vec<(&str, &T)>, out: &mut Vec<u8>, write: impl Fn(&T, &mut Vec<u8>)) {
    fields.sort_unstable_by(|a, b| order(a.0, b.0));
    out.push(b'{');
    for (i, (key, value)) in fields.into_iter().enumerate() {
        if i > 0 {
            out.push(b',');
        }
        write_string(key, out);
        out.push(b':');
        write(value, out);
    }
    out.push(b'}');
}

/// The order of keys (RFC 8785 section 3.2.3). Bytes and UTF-16 code units order ASCII alike.
fn order(a: &str, b: &str) -> Ordering {
    if a.is_ascii() && b.is_ascii() { a.cmp(b) } else { a.encode_utf16().cmp(b.encode_utf16()) }
}

/// Writes a text between double quotes (RFC 8785 section 3.2.2.2): `"`, `\` and the controls
/// below U+0020 are escaped, and nothing else is.
pub fn write_string(text: &str, out: &mut Vec<u8>) {
    out.push(b'"');
    let mut rest = text.as_bytes();
    while let Some(at) = rest.iter().position(|b| *b < 0x20 || *b == b'"' || *b == b'\\') {
        let (plain, special) = rest.split_at(at);
        out.extend_from_slice(plain);
        if let Some((byte, behind)) = special.split_first() {
            write_escape(*byte, out);
            rest = behind;
        }
    }
    out.extend_from_slice(rest);
    out.push(b'"');
}

fn write_escape(byte: u8, out: &mut Vec<u8>) {
    let short = match byte {
        b'"' | b'\\' => byte,
        0x08 => b'b',
        0x09 => b't',
        0x0a => b'n',
        0x0c => b'f',
        0x0d => b'r',
        _ => return out.extend_from_slice(format!("\\u{byte:04x}").as_bytes()),
    };
    out.extend_from_slice(&[b'\\', short]);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use serde_json::Value;

    /// What a tree cannot hold is written by hand, so that the RFC's own examples can be used.
    fn write_value(value: &Value, out: &mut Vec<u8>) {
        match value {
            Value::String(text) => write_string(text, out),
            Value::Array(items) => write_list(items, out, write_value),
            Value::Object(map) => {
                write_map(map.iter().map(|(k, v)| (k.as_str(), v)).collect(), out, write_value);
            }
            other => out.extend_from_slice(other.to_string().as_bytes()),
        }
    }

    fn canonical(value: &Value) -> String {
        let mut out = Vec::new();
        write_value(value, &mut out);
        String::from_utf8(out).unwrap()
    }

    /// The example of RFC 8785 section 3.2.2, without its numbers, and that of section 3.2.3.
    #[test]
    fn examples_of_rfc_8785() {
        let input =
            r#"{"string": "\u20ac$\u000F\u000aA'\u0042\u0022\u005c\\\"\/", "literals": [null, true, false]}"#;
        let expected = r#"{"literals":[null,true,false],"string":"€$\u000f\nA'B\"\\\\\"/"}"#;
        assert_eq!(canonical(&serde_json::from_str(input).unwrap()), expected);
        let input = r#"{
            "\u20ac": "Euro Sign", "\r": "Carriage Return",
            "\ufb33": "Hebrew Letter Dalet With Dagesh", "1": "One",
            "\ud83d\ude00": "Emoji: Grinning Face", "\u0080": "Control",
            "\u00f6": "Latin Small Letter O With Diaeresis"
        }"#;
        let expected = "{\"\\r\":\"Carriage Return\",\"1\":\"One\",\"\u{80}\":\"Control\",\
             \"\u{f6}\":\"Latin Small Letter O With Diaeresis\",\"\u{20ac}\":\"Euro Sign\",\
             \"\u{1f600}\":\"Emoji: Grinning Face\",\"\u{fb33}\":\"Hebrew Letter Dalet With Dagesh\"}";
        assert_eq!(canonical(&serde_json::from_str(input).unwrap()), expected);
    }

    /// Any JSON without numbers, which a signed payload cannot hold.
    fn any_value() -> impl Strategy<Value = Value> {
        let leaf = prop_oneof![
            any::<String>().prop_map(Value::String),
            any::<bool>().prop_map(Value::Bool),
            Just(Value::Null),
        ];
        leaf.prop_recursive(4, 32, 6, |inner| {
            prop_oneof![
                proptest::collection::vec(inner.clone(), 0..6).prop_map(Value::Array),
                proptest::collection::btree_map(any::<String>(), inner, 0..6)
                    .prop_map(|map| Value::Object(map.into_iter().collect())),
            ]
        })
    }

    #[test]
    fn a_tree_by_hand() {
        let tree = Tree::map()
            .text("b", "é\u{7f}")
            .text("a_", "q\"\\/\u{1}\u{8}\t\n\u{c}\r\u{1f}")
            .text("aB", "x")
            .list("a", [Tree::text("1"), Tree::map().text("k", "v").build()])
            .build();
        let mut out = Vec::new();
        write_tree(&tree, &mut out);
        let expected = "{\"a\":[\"1\",{\"k\":\"v\"}],\"aB\":\"x\",\
             \"a_\":\"q\\\"\\\\/\\u0001\\b\\t\\n\\f\\r\\u001f\",\"b\":\"é\u{7f}\"}";
        assert_eq!(String::from_utf8(out).unwrap(), expected);
    }

    #[test]
    fn keys_are_ordered_by_utf_16() {
        // U+FB33 is one unit above the surrogates of U+1F602; in UTF-8 it is the other way round.
        assert_eq!(order("\u{1f602}", "\u{fb33}"), Ordering::Less);
        assert_eq!(order("predicate", "predicateType"), Ordering::Less);
        assert_eq!(order("_type", "predicate"), Ordering::Less);
    }

    proptest! {
        #[test]
        fn another_library_writes_the_same(value in any_value()) {
            prop_assert_eq!(canonical(&value), serde_jcs::to_string(&value).unwrap());
        }

        #[test]
        fn any_text_reads_back_the_same(text in any::<String>()) {
            let mut out = Vec::new();
            write_string(&text, &mut out);
            prop_assert_eq!(serde_json::from_slice::<String>(&out).unwrap(), text);
        }
    }
}
