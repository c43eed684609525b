//! What stands in a row of a list, borrowed from the model.

use std::borrow::Cow;

use serde::{Serialize, Serializer};

use crate::record::date::Date;
use crate::report::model::{Mark, Obligation, Other, Person, Requirement, Status};

/// One cell.
#[derive(Debug, Clone, Serialize)]
#[serde(tag = "k", rename_all = "snake_case")]
pub enum Cell<'m> {
    /// Who owes, by id, with a name where it may be shown.
    Person {
        /// The id.
        id: &'m str,
        /// The name.
        name: Option<&'m str>,
        /// The page about them.
        page: Page<'m>,
    },
    /// A requirement.
    Requirement {
        /// The id.
        id: &'m str,
        /// The title.
        title: &'m str,
    },
    /// A status.
    Status {
        /// The word of class names.
        word: &'static str,
        /// The word for people.
        label: &'static str,
        /// What is said beside it.
        marks: Vec<&'static str>,
    },
    /// A date, or none; a template reads it as `YYYY-MM-DD`.
    Date {
        /// The date.
        #[serde(serialize_with = "as_text")]
        date: Option<Date>,
    },
    /// A number, or none where it says nothing.
    Number {
        /// The number.
        n: Option<i64>,
    },
    /// Words of a small set.
    Words {
        /// The words.
        words: Vec<Cow<'m, str>>,
    },
    /// Any text.
    Text {
        /// The text.
        text: Cow<'m, str>,
    },
}

/// The page about somebody or something that owes.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Page<'m> {
    /// There is none.
    None,
    /// That of the person with this id.
    Person(&'m str),
    /// That of the organisation, a system or a vendor, as in `system/ehr`.
    Control(&'m str),
}

impl Page<'_> {
    /// Its path in the site without the `.html`; none where there is no page.
    pub fn path(self) -> Option<String> {
        match self {
            Page::None => None,
            Page::Person(id) => Some(format!("person/{id}")),
            Page::Control(subject) => Some(format!("control/{}", subject.replace('/', "-"))),
        }
    }
}

impl Serialize for Page<'_> {
    fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
        self.path().serialize(serializer)
    }
}

fn as_text<S: Serializer>(date: &Option<Date>, serializer: S) -> Result<S::Ok, S::Error> {
    date.map(|d| d.to_string()).serialize(serializer)
}

impl<'m> Cell<'m> {
    /// A person.
    pub fn person(person: &'m Person) -> Cell<'m> {
        Cell::Person { id: &person.id, name: person.name.as_deref(), page: Page::Person(&person.id) }
    }

    /// The organisation, a system or a vendor.
    pub fn other(other: &'m Other) -> Cell<'m> {
        Cell::Person { id: &other.subject, name: Some(&other.title), page: Page::Control(&other.subject) }
    }

    /// A requirement.
    pub fn requirement(requirement: &'m Requirement) -> Cell<'m> {
        Cell::Requirement { id: &requirement.id, title: &requirement.title }
    }

    /// A status alone.
    pub fn status(status: Status) -> Cell<'m> {
        Cell::Status { word: status.word(), label: status.label(), marks: Vec::new() }
    }

    /// The status of an obligation with its marks.
    pub fn status_of(obligation: &Obligation) -> Cell<'m> {
        let marks = obligation.marks.iter().copied().map(Mark::label).collect();
        Cell::Status { word: obligation.status.word(), label: obligation.status.label(), marks }
    }

    /// A date, or none.
    pub fn date(date: Option<Date>) -> Cell<'m> {
        Cell::Date { date }
    }

    /// A number that is shown where it is not 0.
    pub fn number(n: i64) -> Cell<'m> {
        Cell::Number { n: Some(n).filter(|n| *n != 0) }
    }

    /// Some words.
    pub fn words(words: impl IntoIterator<Item = &'m str>) -> Cell<'m> {
        Cell::Words { words: words.into_iter().map(Cow::Borrowed).collect() }
    }

    /// Any text.
    pub fn text(text: impl Into<Cow<'m, str>>) -> Cell<'m> {
        Cell::Text { text: text.into() }
    }

    /// The word for what it holds, as in class names.
    pub fn kind(&self) -> &'static str {
        match self {
            Cell::Person { .. } => "person",
            Cell::Requirement { .. } => "requirement",
            Cell::Status { .. } => "status",
            Cell::Date { .. } => "date",
            Cell::Number { .. } => "number",
            Cell::Words { .. } => "words",
            Cell::Text { .. } => "text",
        }
    }
}
