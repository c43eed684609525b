//! `trust/approvals/*.yaml`: officers approve an edit that review alone would not carry, or
//! say that a fault which was merged is known.

use super::date::Date;
use super::digest::Sha256;
use super::kind::Kind;
use super::node::{Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::{parsed, words};
use super::signed::Record;
use super::tree::{MapBuilder, Tree};
use crate::finding::catalogue::files as codes;

/// What officers approve.
#[derive(Debug, Clone, PartialEq)]
pub struct Approval {
    /// Which repository it was signed for.
    pub audience: Sha256,
    /// What is approved.
    pub about: About,
    /// Why.
    pub reason: Reason,
    /// The day, for people; no proof of anything.
    pub approved_on: Date,
    /// Where the record stands in its file.
    pub spot: Spot,
}

/// What is approved.
#[derive(Debug, Clone, PartialEq)]
pub enum About {
    /// These files with this content, and no other.
    Files(Vec<Approved>),
    /// What one commit of the protected branch did, as far as these codes tell.
    Commit {
        /// The commit's id: 40 hex digits.
        commit: CommitId,
        /// The codes of the findings.
        codes: Vec<Code>,
    },
}

/// A file and what it is to hold.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord)]
pub struct Approved {
    /// Path in the repository.
    pub path: FilePath,
    /// sha256 of its content; none where the file is to be removed.
    pub sha256: Option<Sha256>,
}

/// The id of a commit.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct CommitId(String);

/// The code of a finding.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Code(String);

/// A path in the repository, with `/` between its parts.
#[derive(Debug, Clone, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct FilePath(String);

macro_rules! texts {
    ($($name:ident $what:literal $help:literal $check:expr;)+) => {
        $(impl $name {
            /// Reads it.
            pub fn parse(text: &str) -> Option<$name> {
                let check: fn(&str) -> bool = $check;
                check(text).then(|| $name(text.to_owned()))
            }

            /// As text.
            pub fn as_str(&self) -> &str {
                &self.0
            }
        }

        impl std::fmt::Display for $name {
            fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
                f.write_str(&self.0)
            }
        }

        impl FromNode for $name {
            fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<$name> {
                parsed(node, reader, $name::parse, $what, $help)
            }
        })+
    };
}

texts! {
    CommitId "a commit" "Write all 40 hex digits of its id."
        |t| t.len() == 40 && t.bytes().all(|b| matches!(b, b'0'..=b'9' | b'a'..=b'f'));
    Code "the code of a finding" "It is `D` and three digits."
        |t| t.len() == 4 && t.starts_with('D') && t.bytes().skip(1).all(|b| b.is_ascii_digit());
    FilePath "a path" "Write it from the top of the repository, with `/` between its parts."
        |t| t.len() <= 1024 && t.split('/').all(|part| !matches!(part, "" | "." | ".."));
}

/// Why an edit is approved: codes, because a sentence about a person could never be erased.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Reason {
    /// The policy asks for something else from now on.
    Policy,
    /// The roster or another record was wrong.
    Correction,
    /// Settings, or files that the host of the repository acts on.
    Settings,
    /// A fault that is known and stays in the history.
    KnownFault,
}

words!(Reason, "a reason to approve";
    Policy = "policy", Correction = "correction", Settings = "settings", KnownFault = "known_fault");

impl About {
    /// What is approved, as the name and digest of a statement's subject: for files, the digest
    /// of a list as `sha256sum` prints it, with `removed` in the place of what is gone.
    fn subject(&self) -> (String, Sha256) {
        match self {
            About::Files(files) => {
                let line = |f: &Approved| {
                    let digest = f.sha256.map_or("removed".to_owned(), |d| d.to_string());
                    format!("{digest}  {}\n", f.path)
                };
                let list: String = files.iter().map(line).collect();
                ("change/files".to_owned(), Sha256::of(list.as_bytes()))
            }
            About::Commit { commit, .. } => {
                let name = format!("commit/{commit}");
                let digest = Sha256::of(name.as_bytes());
                (name, digest)
            }
        }
    }

    fn fields(&self, map: MapBuilder) -> MapBuilder {
        match self {
            About::Files(files) => map.list("files", files.iter().map(Approved::tree)),
            About::Commit { commit, codes } => {
                map.text("commit", commit).list("codes", codes.iter().map(Tree::text))
            }
        }
    }

    fn read(fields: &mut Fields<'_, '_>, reader: &mut Reader<'_>) -> Option<About> {
        let spot = fields.spot();
        let files = fields.list::<Approved>("files", reader);
        let commit = fields.get::<CommitId>("commit", reader);
        let codes = fields.list::<Code>("codes", reader);
        match (files.is_empty(), commit, codes.is_empty()) {
            (false, None, true) => Some(About::Files(files)),
            (true, Some(commit), false) => Some(About::Commit { commit, codes }),
            _ => {
                let help = "It names either `files`, or a `commit` with the `codes` that it is about.";
                reader.report(&codes::BAD_VALUE, spot, "this approval does not say what it is for", help);
                None
            }
        }
    }
}

impl Approved {
    fn tree(&self) -> Tree {
        Tree::map().text("path", &self.path).maybe("sha256", self.sha256.map(|d| d.prefixed())).build()
    }
}

impl FromNode for Approved {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Approved> {
        let mut fields = Fields::of(node, "approved file", reader)?;
        let path = fields.need("path", reader);
        let sha256 = fields.get("sha256", reader);
        fields.finish(reader);
        Some(Approved { path: path?, sha256 })
    }
}

impl Record for Approval {
    const KIND: Kind = Kind::Approval;

    fn tree(&self) -> Tree {
        let map = Tree::map().text("audience", self.audience.prefixed());
        self.about.fields(map).text("reason", self.reason).text("approved_on", self.approved_on).build()
    }

    fn audience(&self) -> Option<Sha256> {
        Some(self.audience)
    }

    fn subject(&self) -> (String, Sha256) {
        self.about.subject()
    }

    fn dated(&self) -> Date {
        self.approved_on
    }
}

impl FromNode for Approval {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Approval> {
        let mut fields = Fields::of(node, "approval", reader)?;
        let spot = fields.spot();
        let audience = fields.need("audience", reader);
        let about = About::read(&mut fields, reader);
        let reason = fields.need("reason", reader);
        let approved_on = fields.need("approved_on", reader);
        fields.finish(reader);
        Some(Approval {
            audience: audience?,
            about: about?,
            reason: reason?,
            approved_on: approved_on?,
            spot,
        })
    }
}
