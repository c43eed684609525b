//! `roster/**/*.yaml`: the workforce. Not signed: protected by review in git.

use super::date::Date;
use super::id::{Id, Subject};
use super::node::{At, Node, Spot, Value};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::parsed;

/// A file of workers.
#[derive(Debug, Clone)]
pub struct Roster {
    /// The day on which somebody last confirmed that the file is right.
    pub confirmed_on: Option<Date>,
    /// The workers, in the order of the file.
    pub workers: Vec<Worker>,
}

/// A member of the workforce.
#[derive(Debug, Clone)]
pub struct Worker {
    /// The opaque id that signed records use.
    pub id: At<Id>,
    /// A name for people; may live outside the repository instead.
    pub name: Option<String>,
    /// An e-mail address; may live outside the repository instead.
    pub email: Option<String>,
    /// When the worker was employed, and how.
    pub employment: Vec<Spell>,
    /// The roles, each with its days.
    pub roles: Vec<Dated<Id>>,
    /// The managers, each with the days of that relation.
    pub managers: Vec<Dated<Id>>,
    /// The departments or teams.
    pub departments: Vec<Dated<Id>>,
    /// Where the worker works; the location decides the time zone.
    pub locations: Vec<Dated<Id>>,
    /// Other attributes that a policy may ask for.
    pub attributes: Vec<Dated<Id>>,
    /// Leaves of absence, without a reason: it is nobody's business here.
    pub leave: Vec<Leave>,
    /// The first field that cannot be read, if there is one: nothing is computed without it.
    pub unreadable: Option<Spot>,
}

/// One unbroken employment of one type. Days are inclusive.
#[derive(Debug, Clone)]
pub struct Spell {
    /// The first day; unknown is a fault that is reported and never replaced by a guess.
    pub start: Option<Date>,
    /// The last day, if it has one.
    pub end: Option<Date>,
    /// The type of employment, as declared in `duly.yaml`.
    pub kind: At<Id>,
    /// Where the spell stands in its file.
    pub spot: Spot,
}

/// A value that holds from one day to another, both inclusive; open where there is none.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Dated<T> {
    /// The value.
    pub value: At<T>,
    /// The first day; from the beginning where there is none.
    pub from: Option<Date>,
    /// The last day; for good where there is none.
    pub until: Option<Date>,
}

/// A leave of absence. Days are inclusive.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Leave {
    /// The first day.
    pub from: Date,
    /// The last day; open where there is none.
    pub until: Option<Date>,
    /// Where the leave stands in its file.
    pub spot: Spot,
}

/// Whether a day lies between two inclusive ends, open where there is none.
pub fn covers(from: Option<Date>, until: Option<Date>, day: Date) -> bool {
    from.is_none_or(|f| f <= day) && until.is_none_or(|u| day <= u)
}

impl<T> Dated<T> {
    /// Whether the value holds on a day.
    pub fn on(&self, day: Date) -> bool {
        covers(self.from, self.until, day)
    }
}

impl Worker {
    /// The worker as a subject.
    pub fn subject(&self) -> Subject {
        Subject::Worker(self.id.value.clone())
    }

    /// Whether the worker is employed on a day. A spell without a start covers none.
    pub fn employed_on(&self, day: Date) -> bool {
        self.spell_on(day).is_some()
    }

    /// The spell of employment that covers a day.
    pub fn spell_on(&self, day: Date) -> Option<&Spell> {
        self.employment.iter().find(|s| s.start.is_some() && covers(s.start, s.end, day))
    }

    /// The values of a dated list that hold on a day.
    pub fn on<T>(list: &[Dated<T>], day: Date) -> impl Iterator<Item = &T> {
        list.iter().filter(move |d| d.on(day)).map(|d| &d.value.value)
    }

    /// The managers on a day.
    pub fn managers_on(&self, day: Date) -> impl Iterator<Item = &Id> {
        Worker::on(&self.managers, day)
    }

    /// Whether somebody is this worker's manager on a day.
    pub fn managed_by(&self, manager: &Id, day: Date) -> bool {
        self.managers_on(day).any(|m| m == manager)
    }

    /// The location on a day.
    pub fn location_on(&self, day: Date) -> Option<&Id> {
        Worker::on(&self.locations, day).next()
    }

    /// The first day of the first employment that has one.
    pub fn hired(&self) -> Option<Date> {
        self.employment.iter().filter_map(|s| s.start).min()
    }

    /// The last day of the last employment, where every spell has ended.
    pub fn left(&self) -> Option<Date> {
        let ends: Option<Vec<Date>> = self.employment.iter().map(|s| s.end).collect();
        ends?.into_iter().max()
    }
}

impl FromNode for Roster {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Roster> {
        let mut fields = Fields::of(node, "roster", reader)?;
        super::envelope(&mut fields);
        let confirmed_on = fields.get("confirmed_on", reader);
        let workers = fields.need::<Vec<Worker>>("workers", reader);
        fields.finish(reader);
        Some(Roster { confirmed_on, workers: workers? })
    }
}

impl FromNode for Worker {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Worker> {
        let before = reader.findings.len();
        let mut fields = Fields::of(node, "worker", reader)?;
        let id = fields.need("id", reader);
        let name = fields.get("name", reader);
        let email = fields.get("email", reader);
        let employment = fields.need("employment", reader);
        let roles = dated(&mut fields, ["roles", "role"], reader);
        let managers = dated(&mut fields, ["managers", "manager"], reader);
        let departments = dated(&mut fields, ["department", "department"], reader);
        let locations = dated(&mut fields, ["location", "location"], reader);
        let attributes = dated(&mut fields, ["attributes", "attribute"], reader);
        let leave = fields.list("leave", reader);
        fields.finish(reader);
        let employment = employment.unwrap_or_default();
        let unreadable = reader.first_error_since(before);
        Some(Worker {
            id: id?,
            name,
            email,
            employment,
            roles,
            managers,
            departments,
            locations,
            attributes,
            leave,
            unreadable,
        })
    }
}

/// A dated list: one word for all days, or a list of words and of `{word, from, until}`.
fn dated(
    fields: &mut Fields<'_, '_>,
    [list, item]: [&'static str; 2],
    reader: &mut Reader<'_>,
) -> Vec<Dated<Id>> {
    match fields.node(list) {
        None => Vec::new(),
        Some(Node { value: Value::List(nodes), .. }) => {
            nodes.iter().filter_map(|n| dated_item(n, item, reader)).collect()
        }
        Some(node) => dated_item(node, item, reader).into_iter().collect(),
    }
}

fn dated_item(node: &Node<'_>, item: &'static str, reader: &mut Reader<'_>) -> Option<Dated<Id>> {
    if !matches!(node.value, Value::Map(_)) {
        return Some(Dated { value: word(node, item, reader)?, from: None, until: None });
    }
    let mut fields = Fields::of(node, item, reader)?;
    let value = match fields.node(item) {
        Some(node) => word(node, item, reader),
        None => {
            fields.missing(item, reader);
            None
        }
    };
    let (from, until) = (fields.get("from", reader), fields.get("until", reader));
    fields.finish(reader);
    Some(Dated { value: value?, from, until })
}

/// An id, which for a manager is written `worker/ID`.
fn word(node: &Node<'_>, item: &str, reader: &mut Reader<'_>) -> Option<At<Id>> {
    if item != "manager" {
        return At::from_node(node, reader);
    }
    let id = |text: &str| text.strip_prefix("worker/").and_then(Id::parse);
    let value = parsed(node, reader, id, "a worker", "Write `worker/` and the id of the manager.")?;
    Some(At { value, spot: node.spot })
}

impl FromNode for Spell {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Spell> {
        let mut fields = Fields::of(node, "employment", reader)?;
        let start = fields.get("start", reader);
        let end = fields.get("end", reader);
        let kind = fields.need("type", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Spell { start, end, kind: kind?, spot })
    }
}

impl FromNode for Leave {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Leave> {
        let mut fields = Fields::of(node, "leave", reader)?;
        let from = fields.need("from", reader);
        let until = fields.get("until", reader);
        let spot = fields.spot();
        fields.finish(reader);
        Some(Leave { from: from?, until, spot })
    }
}
