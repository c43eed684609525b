//! `systems/*.yaml`: what holds protected information, and who can get into it since when.
//! Not signed: protected by review in git.

use super::date::Date;
use super::id::{Id, Subject};
use super::node::{At, Node, Spot};
use super::reader::{Fields, FromNode, Reader};

/// A system, which may owe a control, such as a restore test.
#[derive(Debug, Clone)]
pub struct System {
    /// The id; as a subject, `system/ID`.
    pub id: At<Id>,
    /// The name for people.
    pub title: String,
    /// Whether it holds electronic protected health information.
    pub holds_ephi: bool,
    /// The first day of use; a missing one is a fault that is reported and never replaced by
    /// a guess.
    pub in_use_from: Option<Date>,
    /// The last day of use, if it has one.
    pub in_use_until: Option<Date>,
    /// Who can get into it, and since when.
    pub access: Vec<Access>,
}

/// One worker's access to a system. Days are inclusive.
#[derive(Debug, Clone)]
pub struct Access {
    /// Whose.
    pub worker: At<Id>,
    /// The first day.
    pub from: Option<Date>,
    /// The last day; open where there is none.
    pub until: Option<Date>,
    /// Where the access stands in its file.
    pub spot: Spot,
}

impl System {
    /// The system as a subject.
    pub fn subject(&self) -> Subject {
        Subject::System(self.id.value.clone())
    }
}

impl FromNode for System {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<System> {
        let mut fields = Fields::of(node, "system", reader)?;
        super::envelope(&mut fields);
        let id = fields.need("id", reader);
        let title = fields.need("title", reader);
        let holds_ephi = fields.need("holds_ephi", reader);
        let in_use_from = fields.need("in_use_from", reader);
        let in_use_until = fields.get("in_use_until", reader);
        let access = fields.list("access", reader);
        fields.finish(reader);
        Some(System { id: id?, title: title?, holds_ephi: holds_ephi?, in_use_from, in_use_until, access })
    }
}

impl FromNode for Access {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Access> {
        let mut fields = Fields::of(node, "access", reader)?;
        let worker = fields.need("worker", reader);
        let from = fields.need("from", reader);
        let until = fields.get("until", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Access { worker: worker?, from, until, spot })
    }
}
