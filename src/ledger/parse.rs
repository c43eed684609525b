//! From the bytes of one file to one record.

use crate::finding::catalogue::files;
use crate::finding::{Finding, Place};
use crate::record::assignment::Assignment;
use crate::record::digest::Sha256;
use crate::record::id::Subject;
use crate::record::incident::Incident;
use crate::record::kind::Kind;
use crate::record::node::{Field, Node, Value};
use crate::record::organization::Organization;
use crate::record::policy::Policy;
use crate::record::reader::{FromNode, Reader};
use crate::record::roster::Roster;
use crate::record::signed::{API_VERSION, Record, Signed};
use crate::record::signed_kinds::{Any, signed_kinds};
use crate::record::system::System;
use crate::record::text::visible;
use crate::record::vendor::Vendor;
use crate::source::{Entry, Source};
use crate::yaml::{canonical, people};

use super::layout::{self, Room};
use super::secrets;
use super::unreadable::subjects_named;

/// What one file gave.
pub(super) struct Parsed {
    pub content: Content,
    pub findings: Vec<Finding>,
    /// The subjects that a file with faults names, where it can be told whom it names.
    pub named: Option<Vec<Subject>>,
}

/// The record of one file.
pub(super) enum Content {
    Nothing,
    Organization(Box<Organization>),
    Roster(Roster),
    Policy(Policy),
    Assignment(Assignment),
    System(System),
    Vendor(Vendor),
    Incident(Incident),
    Document(Sha256),
    Signed(Any),
}

impl From<Finding> for Parsed {
    fn from(finding: Finding) -> Parsed {
        Parsed { content: Content::Nothing, findings: vec![finding], named: None }
    }
}

/// Reads and parses one managed file.
pub(super) fn file(source: &dyn Source, entry: &Entry) -> Parsed {
    let room = layout::room(&entry.path);
    if room == Room::Unrecognised {
        return unrecognised(&entry.path).into();
    }
    if entry.size > layout::limit(room) {
        return too_large(entry, layout::limit(room)).into();
    }
    let bytes = match source.read(&entry.path) {
        Ok(bytes) => bytes,
        Err(error) => return unreadable(&entry.path, &error).into(),
    };
    self::bytes(&entry.path, &bytes)
}

/// Parses the bytes of one managed file.
pub(super) fn bytes(path: &str, bytes: &[u8]) -> Parsed {
    if let Some(finding) = secrets::in_bytes(path, bytes) {
        return finding.into();
    }
    if bytes.starts_with(LFS_POINTER) {
        return pointer(path).into();
    }
    match layout::room(path) {
        Room::Unrecognised => unrecognised(path).into(),
        Room::Record(kinds) => record(path, bytes, kinds),
        _ => Parsed { content: Content::Document(Sha256::of(bytes)), findings: Vec::new(), named: None },
    }
}

/// How a pointer of git's large-file storage begins.
const LFS_POINTER: &[u8] = b"version https://git-lfs.github.com/spec/";

fn pointer(path: &str) -> Finding {
    let message = format!("{path} is a pointer to large-file storage and not the file");
    let help = "Store the file itself: take its pattern out of .gitattributes and commit it again.";
    Finding::new(&files::LFS_POINTER, message, help).in_file(path)
}

/// The finding about a path that matches no pattern of its folder.
pub fn unrecognised(path: &str) -> Finding {
    let message = format!("{} is nothing that duly knows in this folder", visible(path));
    let help = match path.rsplit_once('.') {
        Some((stem, "yml" | "YAML" | "YML")) => {
            let name = visible(stem);
            format!("If it is a record, name it {name}.yaml. If {name}.yaml is there already, this is a copy: delete it.")
        }
        _ => "Delete it if it is a copy or a leftover. Else give it the name and folder of its kind, or move it out of the managed folders.".to_owned(),
    };
    Finding::new(&files::UNRECOGNISED, message, help).in_file(path)
}

/// The finding about a file that is larger than its limit.
pub fn too_large(entry: &Entry, limit: u64) -> Finding {
    let message = format!("{} has {} bytes; the limit for such a file is {limit}", entry.path, entry.size);
    Finding::new(&files::TOO_LARGE, message, "Split it into several files.").in_file(&entry.path)
}

pub(super) fn unreadable(path: &str, error: &std::io::Error) -> Finding {
    let message = format!("{path} cannot be read: {}", visible(&error.to_string()));
    Finding::new(&files::UNREADABLE, message, "Look at the permissions of the file.").in_file(path)
}

/// Reads a file that people wrote and that lies anywhere, such as one of names.
///
/// # Errors
/// What keeps the file from being read at all; what is wrong with its fields comes beside the
/// record.
pub(super) fn people_file<R: FromNode>(
    path: &str,
    bytes: &[u8],
    kind: Kind,
) -> Result<(Option<R>, Vec<Finding>), Box<Finding>> {
    let node = people::read(path, bytes)?;
    kind_of(path, &node, &[kind])?;
    let mut reader = Reader::new(path);
    let record = R::from_node(&node, &mut reader);
    Ok((record, reader.findings))
}

/// Parses a record of one of the kinds that its folder may hold.
fn record(path: &str, bytes: &[u8], kinds: &[Kind]) -> Parsed {
    let signed = kinds.iter().all(|k| k.is_signed());
    let node = if signed { canonical::read(path, bytes) } else { people::read(path, bytes) };
    let node = match node {
        Ok(node) => node,
        Err(finding) => return (*finding).into(),
    };
    let kind = match kind_of(path, &node, kinds) {
        Ok(kind) => kind,
        Err(finding) => return (*finding).into(),
    };
    let mut reader = Reader::new(path);
    let content = content(kind, &node, bytes, &mut reader);
    let named = if reader.findings.is_empty() || signed { None } else { subjects_named(&node) };
    Parsed { content: content.unwrap_or(Content::Nothing), findings: reader.findings, named }
}

fn content(kind: Kind, node: &Node<'_>, bytes: &[u8], reader: &mut Reader<'_>) -> Option<Content> {
    Some(match kind {
        Kind::Organization => Content::Organization(Box::new(Organization::from_node(node, reader)?)),
        Kind::Roster => Content::Roster(Roster::from_node(node, reader)?),
        Kind::Policy => Content::Policy(Policy::from_node(node, reader)?),
        Kind::Assignment => Content::Assignment(Assignment::from_node(node, reader)?),
        Kind::System => Content::System(System::from_node(node, reader)?),
        Kind::Vendor => Content::Vendor(Vendor::from_node(node, reader)?),
        Kind::Incident => Content::Incident(Incident::from_node(node, reader)?),
        // No folder of a repository may hold names, so this is never asked for.
        Kind::Identities => return None,
        signed => return signed_content(signed, node, bytes, reader).map(Content::Signed),
    })
}

macro_rules! readers {
    ($($kind:ident, $module:ident, $list:ident, $says:expr;)+) => {
        fn signed_content(
            kind: Kind,
            node: &Node<'_>,
            bytes: &[u8],
            reader: &mut Reader<'_>,
        ) -> Option<Any> {
            match kind {
                $(Kind::$kind => Some(signed::<crate::record::$module::$kind>(node, bytes, reader)?.into()),)+
                _ => None,
            }
        }

        /// Reads a record of a signed kind from the bytes of a file that lies anywhere and may
        /// not be signed yet; none where the kind is not signed.
        ///
        /// # Errors
        /// Everything that is wrong with the file.
        pub fn read_any_draft(kind: Kind, path: &str, bytes: &[u8]) -> Result<Option<Any>, Vec<Finding>> {
            match kind {
                $(Kind::$kind => Ok(Some(read_draft::<crate::record::$module::$kind>(path, bytes)?.into())),)+
                _ => Ok(None),
            }
        }
    };
}

signed_kinds!(readers);

/// A record with at least one signature.
fn signed<R: Record>(node: &Node<'_>, bytes: &[u8], reader: &mut Reader<'_>) -> Option<Signed<R>> {
    let signed = draft::<R>(node, bytes, reader)?;
    if signed.signatures.is_empty() {
        let help = "Sign it with `duly sign`, outside of the folders that hold signed records.";
        reader.report(&files::MISSING_FIELD, node.spot, "this record has no `signatures`", help);
        return None;
    }
    Some(signed)
}

/// A record, signed or not, if its file is byte for byte what would be written for it.
fn draft<R: Record>(node: &Node<'_>, bytes: &[u8], reader: &mut Reader<'_>) -> Option<Signed<R>> {
    let before = reader.findings.len();
    let signed = Signed::<R>::from_node(node, reader)?;
    if reader.findings.len() > before {
        return None;
    }
    let written = canonical::write(&signed.tree());
    if written == bytes {
        return Some(signed);
    }
    let same =
        written.split(|b| *b == b'\n').zip(bytes.split(|b| *b == b'\n')).take_while(|(a, b)| a == b).count();
    let line = u32::try_from(same + 1).unwrap_or(u32::MAX);
    let message =
        "this line is not what duly writes here: the order of the fields or the spelling of a value differs";
    let help = "Do not edit signed files. Restore it from git, or sign a new record with `duly attest`.";
    let place = Place::new(reader.path(), line, 1);
    reader.findings.push(Finding::new(&files::NOT_CANONICAL, message, help).at(place));
    None
}

/// Reads a signed record from the bytes of a file that lies anywhere, such as a request for
/// a key.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_signed<R: Record>(path: &str, bytes: &[u8]) -> Result<Signed<R>, Vec<Finding>> {
    let node = canonical::read(path, bytes).map_err(|f| vec![*f])?;
    kind_of(path, &node, &[R::KIND]).map_err(|f| vec![*f])?;
    let mut reader = Reader::new(path);
    signed(&node, bytes, &mut reader).ok_or(reader.findings)
}

/// Reads a record from the bytes of a file that lies anywhere and may not be signed yet.
///
/// # Errors
/// Everything that is wrong with the file.
pub fn read_draft<R: Record>(path: &str, bytes: &[u8]) -> Result<Signed<R>, Vec<Finding>> {
    let node = canonical::read(path, bytes).map_err(|f| vec![*f])?;
    kind_of(path, &node, &[R::KIND]).map_err(|f| vec![*f])?;
    let mut reader = Reader::new(path);
    draft(&node, bytes, &mut reader).ok_or(reader.findings)
}

/// The kind of a signed record, from the bytes of a file that lies anywhere.
///
/// # Errors
/// It is not in the canonical form, or of no kind that is signed.
pub fn signed_kind(path: &str, bytes: &[u8]) -> Result<Kind, Vec<Finding>> {
    let kinds: Vec<Kind> = Kind::ALL.iter().copied().filter(|k| k.is_signed()).collect();
    let node = canonical::read(path, bytes).map_err(|f| vec![*f])?;
    kind_of(path, &node, &kinds).map_err(|f| vec![*f])
}

/// The kind that a file says it is, if the version is known and the folder may hold it.
fn kind_of(path: &str, node: &Node<'_>, kinds: &[Kind]) -> Result<Kind, Box<Finding>> {
    let fields = match &node.value {
        Value::Map(fields) => fields.as_slice(),
        _ => &[],
    };
    let version = text_field(fields, "apiVersion");
    if version.map(|(t, _)| t) != Some(API_VERSION) {
        return Err(Box::new(wrong_version(path, version)));
    }
    let Some((word, field)) = text_field(fields, "kind") else {
        let help = format!("Add a line `kind: {}`.", kinds.first().map_or("", |k| k.word()));
        return Err(Box::new(
            Finding::new(&files::WRONG_KIND, format!("{path} does not say what kind it is"), help)
                .in_file(path),
        ));
    };
    let kind = Kind::parse(word).filter(|k| kinds.contains(k));
    kind.ok_or_else(|| {
        let wanted: Vec<&str> = kinds.iter().map(|k| k.word()).collect();
        let message = format!("a file of kind `{}` does not belong here", visible(word));
        let help = format!("This place holds {}.", wanted.join(" or "));
        let place = Place::new(path, field.spot.line, field.spot.column);
        Box::new(Finding::new(&files::WRONG_KIND, message, help).at(place))
    })
}

fn text_field<'n>(fields: &'n [Field<'_>], name: &str) -> Option<(&'n str, &'n Field<'n>)> {
    fields.iter().find(|f| f.key == name).and_then(|f| match &f.node.value {
        Value::Text(text) => Some((text.as_ref(), f)),
        _ => None,
    })
}

fn wrong_version(path: &str, version: Option<(&str, &Field<'_>)>) -> Finding {
    let help = format!("The first line of every file is `apiVersion: {API_VERSION}`.");
    match version {
        None => Finding::new(
            &files::API_VERSION,
            format!("{path} does not say `apiVersion: {API_VERSION}`"),
            help,
        )
        .in_file(path),
        Some((text, field)) => {
            let message =
                format!("this file is written for `{}`, which this program cannot read", visible(text));
            Finding::new(&files::API_VERSION, message, help).at(Place::new(
                path,
                field.spot.line,
                field.spot.column,
            ))
        }
    }
}

/// The workers of a roster's bytes; none where it cannot be read.
pub fn workers_of(path: &str, bytes: &[u8]) -> Vec<crate::record::roster::Worker> {
    match self::bytes(path, bytes).content {
        Content::Roster(roster) => roster.workers,
        _ => Vec::new(),
    }
}
