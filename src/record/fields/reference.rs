//! The reference of all fields as Markdown, made from the table.

use std::fmt::Write as _;

use super::{Class, Field, about, of};
use crate::record::kind::Kind;

const HEAD: &str = "\
# Fields

Every field of every kind of file. `duly schema --format markdown` prints this page, and
`duly schema` the JSON Schemas that editors read, from the same table.

A path starts at the top of the file: `.` leads into a group, `[]` stands for each item of a list.
A field marked *yes* must be there wherever its group is.

Every file opens with `apiVersion` and `kind`. A field that does not stand here is an error, so
that a slip in a name never goes unnoticed.

## Privacy classes

| class | what belongs to it |
|---|---|
";

/// The whole page.
pub fn markdown() -> String {
    let mut page = HEAD.to_owned();
    for class in Class::ALL {
        // Writing to a text cannot fail.
        let _ = writeln!(page, "| {class} | {} |", cell(class.meaning()));
    }
    for kind in Kind::ALL {
        section(*kind, &mut page);
    }
    page
}

fn section(kind: Kind, page: &mut String) {
    let (place, sentence) = about(kind);
    let _ = write!(page, "\n## {kind}\n\n`{place}`: {sentence}\n\n");
    page.push_str("| field | what | must be there | privacy | meaning |\n|---|---|---|---|---|\n");
    for field in of(kind) {
        row(field, page);
    }
}

fn row(field: &Field, page: &mut String) {
    let must = if field.required { "yes" } else { "" };
    let what = cell(&field.form.what());
    let _ =
        writeln!(page, "| `{}` | {what} | {must} | {} | {} |", field.path, field.class, cell(field.meaning));
}

/// A text that cannot end its cell early.
fn cell(text: &str) -> String {
    text.replace('|', "\\|")
}
