//! The strict reader of files that people write.

mod outline;
mod scan;
mod scan_flow;
mod scan_scalar;
mod value;

use crate::finding::catalogue::files;
use crate::finding::{Entry, Finding, Place};
use crate::record::node::{Node, Spot};

/// Why a file could not be read, before any field was looked at.
#[derive(Debug)]
pub(super) struct Fault {
    pub entry: &'static Entry,
    pub spot: Spot,
    pub message: String,
    pub help: String,
}

impl Fault {
    fn new(entry: &'static Entry, spot: Spot, message: impl Into<String>, help: impl Into<String>) -> Fault {
        Fault { entry, spot, message: message.into(), help: help.into() }
    }

    /// The fault as a finding in a file.
    pub fn finding(self, path: &str) -> Finding {
        let place = if self.spot.line == 0 {
            Place::file(path)
        } else {
            Place::new(path, self.spot.line, self.spot.column)
        };
        Finding::new(self.entry, self.message, self.help).at(place)
    }
}

/// Reads a file that people write. The size has been checked before.
///
/// # Errors
/// One finding that says where the file breaks which rule of strict reading: encoding,
/// byte-order mark, syntax, duplicate key, anchor, tag, second document, depth, number of
/// values, or a form that the two readers see differently.
pub fn read(path: &str, bytes: &[u8]) -> Result<Node<'static>, Box<Finding>> {
    text_of(bytes).and_then(parse).map_err(|fault| Box::new(fault.finding(path)))
}

fn parse(text: &str) -> Result<Node<'static>, Fault> {
    let outline = match scan::scan(text) {
        Ok(outline) => outline,
        // Where both readers object, serde_yaml's words about the syntax are the better ones.
        Err(fault) if std::ptr::eq(fault.entry, &files::UNUSUAL_FORM) => {
            return Err(value::syntax_fault(text).unwrap_or(fault));
        }
        Err(fault) => return Err(fault),
    };
    value::fill(text, &outline)
}

fn text_of(bytes: &[u8]) -> Result<&str, Fault> {
    if bytes.starts_with(b"\xef\xbb\xbf") {
        let help = "Save the file as UTF-8 without a byte-order mark.";
        let spot = Spot { line: 1, column: 1 };
        return Err(Fault::new(
            &files::BYTE_ORDER_MARK,
            spot,
            "the file starts with a byte-order mark",
            help,
        ));
    }
    std::str::from_utf8(bytes).map_err(|error| {
        let line = bytes[..error.valid_up_to()].iter().filter(|b| **b == b'\n').count();
        let spot = Spot { line: u32::try_from(line + 1).unwrap_or(u32::MAX), column: 1 };
        Fault::new(
            &files::NOT_UTF8,
            spot,
            "this line holds bytes that are not UTF-8",
            "Save the file as UTF-8.",
        )
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::record::node::Value;

    fn code(text: &str) -> (&'static str, u32) {
        let finding = read("f.yaml", text.as_bytes()).expect_err(text);
        (finding.entry.code, finding.place.expect("a place").line)
    }

    #[test]
    fn each_strictness_rule_has_its_code() {
        assert_eq!(code("a: 1\nb: {c: 1, c: 2}\n"), ("D104", 2));
        assert_eq!(code("a: 1\n'a': 2\n"), ("D104", 2));
        assert_eq!(code("a: &x 1\n"), ("D105", 1));
        assert_eq!(code("a: 1\nb: *x\n"), ("D105", 2));
        assert_eq!(code("a:\n  <<: {b: 1}\n"), ("D105", 2));
        assert_eq!(code("a: !!str 1\n"), ("D106", 1));
        assert_eq!(code("- ! x\n"), ("D106", 1));
        assert_eq!(code("a: 1\n---\nb: 2\n"), ("D107", 2));
        assert_eq!(code("a: 1\n...\n"), ("D107", 2));
        assert_eq!(code("%YAML 1.2\n---\na: 1\n"), ("D107", 1));
        assert_eq!(code("a: [1, 2\n"), ("D103", 2));
        assert_eq!(code("? [a]\n: 1\n"), ("D130", 1));
        assert_eq!(code("\u{feff}a: 1\n"), ("D102", 1));
        assert_eq!(code(&format!("{}x{}", "[".repeat(17), "]".repeat(17))), ("D116", 1));
        assert_eq!(code(&"[".repeat(100_000)), ("D116", 1));
        assert_eq!(code(&format!("[{}]", "1,".repeat(200_001))), ("D116", 1));
        assert_eq!(read("f", b"a: \xe9\n").expect_err("latin").entry.code, "D101");
    }

    #[test]
    fn indicators_inside_texts_are_texts() {
        for text in [
            "a: \"&x *y !z %d --- <<\"\n",
            "a: '& * ! it''s'\n",
            "a: Mom & Pop * 3! 50%\n",
            "# &anchor *alias !tag\na: b # &c\n",
            "a: |\n  &x\n  *y\n  ---\n  %z\nb: 1\n",
            "a: x\n  &y continued\n",
        ] {
            assert!(read("f", text.as_bytes()).is_ok(), "{text}");
        }
    }

    #[test]
    fn places_are_those_of_the_file() {
        let node =
            read("f", "# top\nworkers:\n  - id: w-1\n    roles: [a, {role: \"b\"}]\n".as_bytes()).unwrap();
        let Value::Map(top) = &node.value else { panic!() };
        let Value::List(workers) = &top[0].node.value else { panic!() };
        let Value::Map(worker) = &workers[0].value else { panic!() };
        assert_eq!(worker[1].spot, Spot { line: 4, column: 5 });
        let Value::List(roles) = &worker[1].node.value else { panic!() };
        assert_eq!(roles[0].spot, Spot { line: 4, column: 13 });
        let Value::Map(role) = &roles[1].value else { panic!() };
        assert_eq!(role[0].node.spot, Spot { line: 4, column: 23 });
    }

    #[test]
    fn what_yaml_versions_read_differently_needs_quotes() {
        for word in ["yes", "No", "on", "OFF", "y", "0123", "1_000", "12:30", "0x1F", "0o17", ".5"] {
            assert_eq!(code(&format!("a: {word}\n")), ("D108", 1), "{word}");
            assert!(read("f", format!("a: \"{word}\"\n").as_bytes()).is_ok());
        }
        for fine in ["2026-01-01", "1.10", "true", "null", "w-0042", "9/20", "v1.10", "no-show"] {
            assert!(read("f", format!("a: {fine}\n").as_bytes()).is_ok(), "{fine}");
        }
    }
}
