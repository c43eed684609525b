//! `duly.yaml`: the organisation, and the words its other files may use.

use super::date::{Date, Days, Zone};
use super::id::Id;
use super::node::{At, Node, Value};
use super::reader::{Fields, FromNode, Reader};
use super::scalar::parsed;

/// The organisation that a repository belongs to.
#[derive(Debug, Clone)]
pub struct Organization {
    /// The name shown on reports.
    pub name: String,
    /// The time zone of every location that names none.
    pub timezone: Zone,
    /// Where people work.
    pub locations: Vec<Location>,
    /// The roles that rosters and policies may use.
    pub roles: Vec<Declared>,
    /// The departments or teams.
    pub departments: Vec<Declared>,
    /// The types of employment, as `full-time` or `contractor`.
    pub employment_types: Vec<Declared>,
    /// Other attributes of workers that a policy may ask for.
    pub attributes: Vec<Declared>,
    /// Programs that hold keys: a learning system, an HR system.
    pub services: Vec<Declared>,
    /// The day on which this repository became the record.
    pub history_begins: Option<Date>,
    /// Where the names of people are, from the folder of the repository: beside it or in a
    /// second repository, never in this one.
    pub identities: Option<At<String>>,
    /// Choices that hold for the whole organisation.
    pub settings: Settings,
    /// Whether new signed records go to a folder of two hex digits below the month's.
    pub shard: bool,
}

/// A word that other files may use, with a title for people.
#[derive(Debug, Clone)]
pub struct Declared {
    /// The word.
    pub id: At<Id>,
    /// How to write it for people; the id where there is none.
    pub title: Option<String>,
}

/// A place of work.
#[derive(Debug, Clone)]
pub struct Location {
    /// The word that rosters use.
    pub id: At<Id>,
    /// How to write it for people.
    pub title: Option<String>,
    /// Its time zone; the organisation's where there is none.
    pub timezone: Option<Zone>,
}

/// Choices that hold for the whole organisation.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Settings {
    /// After how many days without a confirmation a roster is stale.
    pub stale_after: Days,
    /// A break of at most this length, whatever its causes, does not end a span.
    pub rehire_gap: Days,
    /// How long after a leave a deferred duty may wait, but no longer than the leave itself.
    pub after_leave: Days,
}

impl Default for Settings {
    fn default() -> Settings {
        Settings { stale_after: Days::new(45), rehire_gap: Days::new(30), after_leave: Days::new(14) }
    }
}

impl Organization {
    /// Whether a role is declared; the other words have their own such question.
    pub fn declares(declared: &[Declared], id: &str) -> bool {
        declared.iter().any(|d| d.id.as_str() == id)
    }

    /// The time zone of a location, or the organisation's.
    pub fn zone_of(&self, location: Option<&Id>) -> Zone {
        let named = location.and_then(|id| self.locations.iter().find(|l| l.id.value == *id));
        named.and_then(|l| l.timezone).unwrap_or(self.timezone)
    }
}

impl FromNode for Organization {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Organization> {
        let mut fields = Fields::of(node, "organization", reader)?;
        super::envelope(&mut fields);
        let name = fields.need("name", reader);
        let timezone = fields.need("timezone", reader);
        let layout = fields.node("layout").map(|n| shard(n, reader));
        let organization = Organization {
            name: String::new(),
            timezone: Zone::UTC,
            locations: fields.list("locations", reader),
            roles: fields.list("roles", reader),
            departments: fields.list("departments", reader),
            employment_types: fields.list("employment_types", reader),
            attributes: fields.list("attributes", reader),
            services: fields.list("services", reader),
            history_begins: fields.get("history_begins", reader),
            identities: fields.node("identities").and_then(|n| identities(n, reader)),
            settings: fields.get("settings", reader).unwrap_or_default(),
            shard: layout.flatten().unwrap_or(false),
        };
        fields.finish(reader);
        Some(Organization { name: name?, timezone: timezone?, ..organization })
    }
}

/// A path that leads at most to a neighbour of the repository. It comes with a pull request,
/// and must not make a reader of other people's files out of who checks it.
fn identities(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<At<String>> {
    let plain = |b: u8| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'_' | b'-' | b' ');
    let part = |part: &str| !matches!(part, "" | "." | "..") && part.bytes().all(plain);
    let beside =
        |text: &str| text.strip_prefix("../").unwrap_or(text).split('/').all(part).then(|| text.to_owned());
    let help = "Write the path from here, at most one folder up, as in `../people`; for another place use `--identities`.";
    let value = parsed(node, reader, beside, "a path beside the repository", help)?;
    Some(At { value, spot: node.spot })
}

fn shard(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<bool> {
    let mut fields = Fields::of(node, "layout", reader)?;
    let shard = fields.get("shard", reader);
    fields.finish(reader);
    shard
}

impl FromNode for Settings {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Settings> {
        let mut fields = Fields::of(node, "settings group", reader)?;
        let usual = Settings::default();
        let settings = Settings {
            stale_after: fields.get("stale_after", reader).unwrap_or(usual.stale_after),
            rehire_gap: fields.get("rehire_gap", reader).unwrap_or(usual.rehire_gap),
            after_leave: fields.get("after_leave", reader).unwrap_or(usual.after_leave),
        };
        fields.finish(reader);
        Some(settings)
    }
}

impl FromNode for Declared {
    /// Either the word alone, or `{id: …, title: …}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Declared> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Declared { id: At::from_node(node, reader)?, title: None });
        }
        let mut fields = Fields::of(node, "declared word", reader)?;
        let id = fields.need("id", reader);
        let title = fields.get("title", reader);
        fields.finish(reader);
        Some(Declared { id: id?, title })
    }
}

impl FromNode for Location {
    /// Either the word alone, or `{id: …, title: …, timezone: …}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Location> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Location { id: At::from_node(node, reader)?, title: None, timezone: None });
        }
        let mut fields = Fields::of(node, "location", reader)?;
        let id = fields.need("id", reader);
        let location = (fields.get("title", reader), fields.get("timezone", reader));
        fields.finish(reader);
        Some(Location { id: id?, title: location.0, timezone: location.1 })
    }
}
