use super::*;
use crate::record::tree::Tree;
use crate::yaml::canonical::write;
use proptest::prelude::*;

const GOOD: &str = "apiVersion: \"duly/v1\"\nrecord:\n  rows:\n    - subject: \"worker/w-1\"\n      day: \"x\"\n    - subject: \"a\\\\b\\\"c\"\n  tags:\n    - \"one\"\n    - \"two\"\nend: \"z\"\n";

#[test]
fn good_is_read() {
    assert!(read("f", GOOD.as_bytes()).is_ok());
}

#[test]
fn nothing_else_is() {
    let broken = [
        GOOD.replace('\n', "\r\n"),
        GOOD.trim_end().to_owned(),
        format!("{GOOD}\n"),
        format!("# comment\n{GOOD}"),
        GOOD.replace("\"x\"", "\"x\" # comment"),
        GOOD.replace("\"x\"", "x"),
        GOOD.replace("\"x\"", "'x'"),
        GOOD.replace("\"x\"", "\"\""),
        GOOD.replace("\"x\"", " \"x\""),
        GOOD.replace("\"x\"", "\"\\n\""),
        GOOD.replace("\"x\"", "\"\\u0041\""),
        GOOD.replace("\"x\"", "\"a\"b\""),
        GOOD.replace("    - ", "   - "),
        GOOD.replace("      day", "       day"),
        GOOD.replace("day: ", "day:"),
        GOOD.replace("day: ", "\"day\": "),
        GOOD.replace("day: ", "subject: "),
        GOOD.replace("day: ", "6: "),
        GOOD.replace("day: ", "true: "),
        GOOD.replace("day: ", "Null: "),
        GOOD.replace("day: ", "_day: "),
        format!("\u{feff}{GOOD}"),
        GOOD.replace("\"x\"", "\"x\u{202e}\""),
        GOOD.replace("\"x\"", "\"e\u{301}\""),
        GOOD.replace("\"x\"", "\"\u{ffff}\""),
        String::new(),
        "\n".to_owned(),
        "a:\n".to_owned(),
    ];
    for text in broken {
        assert!(read("f", text.as_bytes()).is_err(), "{text:?}");
    }
}

fn leaf() -> impl Strategy<Value = Tree> {
    "[ -~äß東✓]{1,12}".prop_map(Tree::Text)
}

fn tree() -> impl Strategy<Value = Tree> {
    let names = ["a", "b_c", "d4E"];
    let map = move |inner: BoxedStrategy<Tree>| {
        prop::collection::vec(inner, 1..3)
            .prop_map(move |v| Tree::Map(names.into_iter().zip(v).collect()))
            .boxed()
    };
    let flat = map(leaf().boxed());
    let item = prop_oneof![leaf(), flat.clone()];
    let list = prop_oneof![prop::collection::vec(leaf(), 1..3), prop::collection::vec(flat.clone(), 1..3)]
        .prop_map(Tree::List);
    map(prop_oneof![item, list].boxed())
}

fn same(node: &Node<'_>, tree: &Tree) -> bool {
    match (&node.value, tree) {
        (Value::Text(a), Tree::Text(b)) => a == b,
        (Value::List(a), Tree::List(b)) => a.len() == b.len() && a.iter().zip(b).all(|(a, b)| same(a, b)),
        (Value::Map(a), Tree::Map(b)) => {
            a.len() == b.len() && a.iter().zip(b).all(|(f, (k, t))| f.key == *k && same(&f.node, t))
        }
        _ => false,
    }
}

proptest! {
    #[test]
    fn write_then_read_is_the_identity(tree in tree()) {
        let bytes = write(&tree);
        let node = read("f", &bytes).map_err(|f| TestCaseError::fail(f.message))?;
        prop_assert!(same(&node, &tree));
    }

    #[test]
    fn any_bytes_are_read_or_refused(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        let _ = read("f", &bytes);
        let _ = crate::yaml::people::read("f", &bytes);
    }

    #[test]
    fn yaml_like_text_is_read_or_refused(text in "[a-c \\-:\n{}\\[\\],\"'#&*!|>?%.0-9]{0,60}") {
        let _ = crate::yaml::people::read("f", text.as_bytes());
    }
}
