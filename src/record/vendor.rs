//! `vendors/*.yaml`: who works on the organisation's behalf, and under which agreement.
//! Not signed: protected by review in git.

use super::date::Date;
use super::digest::Sha256;
use super::id::{Id, Subject};
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};
use crate::finding::catalogue::files;

/// A vendor, which may owe a certificate or the renewal of its agreement.
#[derive(Debug, Clone)]
pub struct Vendor {
    /// The id; as a subject, `vendor/ID`.
    pub id: At<Id>,
    /// The name for people.
    pub title: String,
    /// What it does, in a few words each.
    pub services: Vec<String>,
    /// Whether it creates, receives, keeps or sends protected health information: such a
    /// vendor is a business associate (45 CFR 160.103) and needs an agreement.
    pub handles_phi: bool,
    /// When it worked for the organisation, in any order. None is a fault that is reported;
    /// the first day is then unknown.
    pub terms: Vec<Engagement>,
    /// The agreement in force (45 CFR 164.504(e)).
    pub agreement: Option<Agreement>,
    /// Whom it hands protected information on to (45 CFR 164.308(b)(2)).
    pub subcontractors: Vec<String>,
}

/// An unbroken time in which a vendor works for the organisation. Days are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Engagement {
    /// The first day; unknown where there is none, which is reported.
    pub start: Option<Date>,
    /// The last day, if it has one.
    pub end: Option<Date>,
    /// Where it stands in its file.
    pub spot: Spot,
}

/// The agreement with a business associate.
#[derive(Debug, Clone)]
pub struct Agreement {
    /// The day on which the last party signed it.
    pub signed_on: Date,
    /// The last day on which it is good; none where it lasts until somebody ends it.
    pub expires_on: Option<Date>,
    /// sha256 of the signed document, which is kept elsewhere.
    pub document: Option<Sha256>,
    /// The role that looks after it, as declared in `duly.yaml`.
    pub contact: Option<At<Id>>,
    /// Where it stands in its file.
    pub spot: Spot,
}

impl Vendor {
    /// The vendor as a subject.
    pub fn subject(&self) -> Subject {
        Subject::Vendor(self.id.value.clone())
    }
}

impl FromNode for Vendor {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Vendor> {
        let mut fields = Fields::of(node, "vendor", reader)?;
        super::envelope(&mut fields);
        let id = fields.need("id", reader);
        let title = fields.need("title", reader);
        let services = fields.list("services", reader);
        let handles_phi = fields.need("handles_phi", reader);
        let terms = fields.need::<Vec<Engagement>>("terms", reader);
        let agreement = fields.get("agreement", reader);
        let subcontractors = fields.list("subcontractors", reader);
        let spot = fields.spot();
        fields.finish(reader);
        if terms.as_ref().is_some_and(Vec::is_empty) {
            let help = "Write the first day of the first one, as in `terms: [{start: 2026-01-01}]`.";
            reader.report(&files::BAD_VALUE, spot, "this vendor has no term", help);
        }
        Some(Vendor {
            id: id?,
            title: title?,
            services,
            handles_phi: handles_phi?,
            terms: terms.unwrap_or_default(),
            agreement,
            subcontractors,
        })
    }
}

impl FromNode for Engagement {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Engagement> {
        let mut fields = Fields::of(node, "term", reader)?;
        let start = fields.need("start", reader);
        let end = fields.get("end", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Engagement { start, end, spot })
    }
}

impl FromNode for Agreement {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Agreement> {
        let mut fields = Fields::of(node, "agreement", reader)?;
        let signed_on = fields.need("signed_on", reader);
        let expires_on = fields.get("expires_on", reader);
        let document = fields.get("document", reader);
        let contact = fields.get("contact", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Agreement { signed_on: signed_on?, expires_on, document, contact, spot })
    }
}
