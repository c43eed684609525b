//! Identities: the names of people, in a file or folder outside of the repository.
//!
//! Git forgets nothing, so a name that may have to be erased one day stands here, and the
//! repository knows its owner by an opaque id alone.

use super::id::Id;
use super::node::{At, Node};
use super::reader::{Fields, FromNode, Reader};
use crate::finding::catalogue::files;

/// A file of names.
#[derive(Debug, Clone)]
pub struct Identities {
    /// The people, in the order of the file.
    pub people: Vec<Identity>,
}

/// Who a worker is.
#[derive(Debug, Clone)]
pub struct Identity {
    /// The opaque id that the repository uses.
    pub id: At<Id>,
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

impl FromNode for Identities {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Identities> {
        let mut fields = Fields::of(node, "file of identities", reader)?;
        super::envelope(&mut fields);
        let people = fields.need("people", reader);
        fields.finish(reader);
        Some(Identities { people: people? })
    }
}

impl FromNode for Identity {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Identity> {
        let mut fields = Fields::of(node, "person", reader)?;
        let id = fields.need("id", reader);
        let name = fields.get("name", reader);
        let email = fields.get("email", reader);
        if !fields.has("name") && !fields.has("email") {
            let help = "Add `name:` or `email:`, or remove the person.";
            reader.report(&files::BAD_VALUE, fields.spot(), "this person has neither name nor e-mail", help);
        }
        fields.finish(reader);
        Some(Identity { id: id?, name, email })
    }
}
