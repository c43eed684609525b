//! What every signed file has around its record: the payload's digest and the signatures.

use super::date::Date;
use super::digest::Sha256;
use super::id::Subject;
use super::kind::Kind;
use super::node::{Node, Spot};
use super::public_key::Fingerprint;
use super::reader::{Fields, FromNode, Reader};
use super::scalar::words;
use super::tree::Tree;

/// The value of `apiVersion` in every file.
pub const API_VERSION: &str = "duly/v1";

/// The most signatures that one file may hold.
pub const SIGNATURES_MAX: usize = 16;

/// A record of a kind that is signed.
pub trait Record: FromNode {
    /// Its kind.
    const KIND: Kind;

    /// The record as a tree, in the order of its file.
    fn tree(&self) -> Tree;

    /// sha256 of root 1's payload, which ties the record to one repository; none for roots.
    fn audience(&self) -> Option<Sha256>;

    /// What the record is about, as the statement's one subject: a name and a digest.
    fn subject(&self) -> (String, Sha256);

    /// Where its file belongs: in the folder of its kind, if it has one of its own.
    fn home(&self) -> Home {
        Home::Folder(Self::KIND.signed().map_or("", |kind| kind.folder()))
    }

    /// The last day that it speaks of: the day on which it says that it was made, if it says one.
    fn dated(&self) -> Date;

    /// The subjects that it has a row each for, and that can be revoked one by one.
    fn rows(&self) -> Vec<&Subject> {
        Vec::new()
    }

    /// The payloads of other records that mean something together with this one.
    fn names(&self) -> Vec<Sha256> {
        Vec::new()
    }
}

/// Where the file of a signed record belongs.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Home {
    /// In a folder, under the name that its payload gives.
    Folder(&'static str),
    /// In the month of a day below `attestations`, under the name that its payload gives.
    Month(Date),
    /// Beside the record with this payload, under the name that its own payload gives.
    Beside(Sha256),
    /// At this path.
    Path(String),
}

/// A signed file.
#[derive(Debug, Clone)]
pub struct Signed<R> {
    /// What was signed.
    pub record: R,
    /// sha256 of the payload, as the file states it.
    pub payload_sha256: Sha256,
    /// The signatures, 1 to [`SIGNATURES_MAX`]; none in a draft.
    pub signatures: Vec<Signature>,
}

/// One signature over a payload.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Signature {
    /// What exactly was signed.
    pub scheme: Scheme,
    /// The fingerprint of the key that is said to have signed: a hint, proven by the check.
    pub key: Fingerprint,
    /// The signature in standard base64 with padding.
    pub sig: String,
    /// Where it stands in its file.
    pub spot: Spot,
}

/// What exactly a signature is over.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Scheme {
    /// Ed25519 over DSSE's pre-authentication encoding.
    Dsse,
    /// OpenSSH's SSHSIG, as `ssh-keygen -Y sign` makes it.
    Sshsig,
}

words!(Scheme, "a signature scheme"; Dsse = "dsse", Sshsig = "sshsig");

impl<R: Record> Signed<R> {
    /// The whole file as a tree.
    pub fn tree(&self) -> Tree {
        Tree::map()
            .text("apiVersion", API_VERSION)
            .text("kind", R::KIND.word())
            .tree("record", self.record.tree())
            .text("payload_sha256", self.payload_sha256)
            .list("signatures", self.signatures.iter().map(Signature::tree))
            .build()
    }
}

impl Signature {
    fn tree(&self) -> Tree {
        Tree::map().text("scheme", self.scheme).text("key", &self.key).text("sig", &self.sig).build()
    }
}

impl<R: Record> FromNode for Signed<R> {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Signed<R>> {
        let mut fields = Fields::of(node, "signed file", reader)?;
        super::envelope(&mut fields);
        let record = fields.need("record", reader);
        let payload_sha256 = fields.need("payload_sha256", reader);
        // A draft has none yet; where one is needed, the ledger asks for it.
        let signatures = fields.list("signatures", reader);
        fields.finish(reader);
        Some(Signed { record: record?, payload_sha256: payload_sha256?, signatures })
    }
}

impl FromNode for Signature {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Signature> {
        let mut fields = Fields::of(node, "signature", reader)?;
        let scheme = fields.need("scheme", reader);
        let key = fields.need("key", reader);
        let sig = fields.need("sig", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Signature { scheme: scheme?, key: key?, sig: sig?, spot })
    }
}
