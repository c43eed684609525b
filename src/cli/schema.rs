//! `duly schema`: what may stand in a file, for editors and for people.

use std::path::{Path, PathBuf};

use super::{Context, Failure, Outcome, files};
use crate::record::fields::{reference, schema};
use crate::record::kind::Kind;

/// Print the JSON Schema of a kind of file, or the reference of all fields
#[derive(Debug, clap::Args)]
pub struct Args {
    /// The kind, as in Roster; without one, a schema for files of every kind
    #[arg(value_parser = kind)]
    kind: Option<Kind>,
    /// What to print
    #[arg(long, default_value = "json", conflicts_with_all = ["kind", "out"])]
    format: Format,
    /// Write the schemas of all kinds into this folder instead, one file each
    #[arg(long, value_name = "DIR", conflicts_with = "kind")]
    out: Option<PathBuf>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq, clap::ValueEnum)]
enum Format {
    /// JSON Schema, draft-07.
    Json,
    /// The reference of all fields.
    Markdown,
}

fn kind(text: &str) -> Result<Kind, String> {
    let words: Vec<&str> = Kind::ALL.iter().map(|k| k.word()).collect();
    let found = Kind::ALL.iter().copied().find(|k| k.word().eq_ignore_ascii_case(text));
    found.ok_or_else(|| format!("it is one of: {}", words.join(", ")))
}

impl Args {
    /// Prints the schema.
    ///
    /// # Errors
    /// A file or the output cannot be written.
    pub fn run(self, context: &Context) -> Result<Outcome, Failure> {
        match (self.out, self.kind, self.format) {
            (Some(folder), ..) => write(&folder)?,
            (_, Some(kind), _) => context.print(&schema::text(&schema::one(kind)))?,
            (_, None, Format::Json) => context.print(&schema::text(&schema::any()))?,
            (_, None, Format::Markdown) => context.print(&reference::markdown())?,
        }
        Ok(Outcome::Clean)
    }
}

fn write(folder: &Path) -> Result<(), Failure> {
    let all = Kind::ALL.iter().map(|k| (k.slug(), schema::one(*k)));
    for (name, schema) in all.chain([("duly".to_owned(), schema::any())]) {
        files::replace(&folder.join(format!("{name}.json")), schema::text(&schema).as_bytes())?;
    }
    Ok(())
}
