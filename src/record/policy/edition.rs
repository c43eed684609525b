//! `editions:` — the versions of a requirement's material.

use super::Selector;
use crate::finding::catalogue::files;
use crate::record::date::{Date, Period};
use crate::record::digest::Sha256;
use crate::record::id::Id;
use crate::record::node::{At, Node, Spot};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::{parsed, words};

/// One immutable version of a requirement's material.
#[derive(Debug, Clone)]
pub struct Edition {
    /// The id that attestations name.
    pub id: At<Id>,
    /// What is kept of its text.
    pub material: Material,
    /// The day from which it can be completed.
    pub published: Date,
    /// Whether those who completed an earlier one must do it again.
    pub change: Change,
    /// How long after publication earlier completions still last, for a material change.
    pub within: Option<Period>,
    /// Limits a material change to the functions it touches.
    pub affects: Option<Selector>,
    /// Where the edition stands in its file.
    pub spot: Spot,
}

/// What is kept of an edition's text.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Material {
    /// The text itself, below `policies/`, and the digest of its bytes.
    Document {
        /// Path relative to the folder `policies`.
        path: At<String>,
        /// sha256 of the document's bytes.
        sha256: Sha256,
    },
    /// Only an outline of it: weaker.
    Outline,
    /// Nothing: weaker still.
    NotRetained,
    /// There never was a text, as for a licence or a control.
    None,
}

/// Whether an edition asks people again.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Change {
    /// Completions of earlier editions run out.
    Material,
    /// Never asks anyone again.
    Minor,
}

words!(Change, "a change"; Material = "material", Minor = "minor");

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Kept {
    Outline,
    NotRetained,
}

words!(Kept, "a kind of material"; Outline = "outline", NotRetained = "not_retained");

impl FromNode for Edition {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Edition> {
        let mut fields = Fields::of(node, "edition", reader)?;
        let spot = fields.spot();
        let id = fields.need("edition", reader);
        let material = material(&mut fields, reader);
        let published = fields.need("published", reader);
        let change = fields.get("change", reader).unwrap_or(Change::Material);
        let within = fields.get("within", reader);
        let affects = fields.get("affects", reader);
        fields.finish(reader);
        Some(Edition { id: id?, material: material?, published: published?, change, within, affects, spot })
    }
}

fn material(fields: &mut Fields<'_, '_>, reader: &mut Reader<'_>) -> Option<Material> {
    let document = fields.node("document").map(|n| document_path(n, reader));
    let sha256 = fields.get::<Sha256>("sha256", reader);
    let kept = fields.get::<Kept>("material", reader);
    let has_digest = fields.has("sha256");
    match (document, kept) {
        (Some(path), None) if has_digest => Some(Material::Document { path: path?, sha256: sha256? }),
        (None, Some(Kept::Outline)) if !has_digest => Some(Material::Outline),
        (None, Some(Kept::NotRetained)) if !has_digest => Some(Material::NotRetained),
        (None, None) if !has_digest && !fields.has("document") && !fields.has("material") => {
            Some(Material::None)
        }
        _ => {
            let help = "Write `document:` together with `sha256:`, or `material: outline` or `material: not_retained` instead.";
            reader.report(
                &files::BAD_VALUE,
                fields.spot(),
                "the material of this edition is half said",
                help,
            );
            None
        }
    }
}

fn document_path(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<String>> {
    let plain = |text: &str| {
        let inside = text.strip_prefix("documents/").is_some_and(|rest| !rest.is_empty());
        let clean = text.split('/').all(|part| !part.is_empty() && part != "." && part != "..");
        (inside && clean && !text.contains('\\')).then(|| text.to_owned())
    };
    let help = "Put the text below `policies/documents/` and write its path from `policies`, as in `documents/security.md`.";
    let value = parsed(node, reader, plain, "the path of a document", help)?;
    Some(At { value, spot: node.spot })
}
