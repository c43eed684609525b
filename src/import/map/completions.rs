//! The map of a learning system's export.

use std::collections::HashMap;

use super::Map;
use super::columns::{Column, DateColumn, IdColumn, Words, pairs, report_twice};
use crate::finding::catalogue::files;
use crate::record::attestation::Outcome;
use crate::record::id::Id;
use crate::record::node::{At, Node, Value};
use crate::record::reader::{Fields, FromNode, Reader};
use crate::record::scalar::words;

/// Which columns of a learning system's export mean what.
#[derive(Debug, Clone)]
pub struct CompletionsMap {
    /// The byte between two cells.
    pub delimiter: u8,
    /// The worker.
    pub subject: IdColumn,
    /// The column of courses; none where the whole file is about one.
    pub course: Option<Column>,
    /// What each course is, by its title in the file; the one course has the title "".
    pub courses: HashMap<String, Course>,
    /// Courses that are nothing for this repository.
    pub ignored: Vec<String>,
    /// The day of completion.
    pub date: DateColumn,
    /// How it ended.
    pub outcome: OutcomeSource,
    /// The last day on which it is good, as of a licence.
    pub expires: Option<DateColumn>,
    /// The score, in points.
    pub score: Option<Column>,
    /// How it was done.
    pub method: Method,
    /// What happens to a completion from before the worker was hired.
    pub before_hire: BeforeHire,
}

/// What a course of the file is here.
#[derive(Debug, Clone)]
pub struct Course {
    /// The requirement.
    pub requirement: At<Id>,
    /// The edition; the one in use on the day of completion where it is not said.
    pub edition: Option<At<Id>>,
}

/// Where the outcome comes from.
#[derive(Debug, Clone)]
pub enum OutcomeSource {
    /// The file lists nothing but this outcome.
    Fixed(Outcome),
    /// A column, and what each value means.
    Column(Column, HashMap<String, Outcome>),
}

/// How it was done: one word, or a column of them.
pub type Method = Words;

/// What happens to a completion from before the worker was hired.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum BeforeHire {
    /// The row is rejected; a certification, which people bring with them, is not.
    Reject,
    /// It is recorded.
    Keep,
}

words!(BeforeHire, "a rule for completions from before the hire"; Reject = "reject", Keep = "keep");

impl Map for CompletionsMap {
    const KIND: &'static str = "CompletionsMap";

    fn columns(&self) -> Vec<&Column> {
        let mut columns = self.texts();
        columns.extend(&self.course);
        columns.extend(self.dates().into_iter().map(|d| &d.column));
        columns.extend(&self.score);
        if let OutcomeSource::Column(column, _) = &self.outcome {
            columns.push(column);
        }
        columns
    }

    fn texts(&self) -> Vec<&Column> {
        [Some(&self.subject.column), self.method.column()].into_iter().flatten().collect()
    }

    fn dates(&self) -> Vec<&DateColumn> {
        [Some(&self.date), self.expires.as_ref()].into_iter().flatten().collect()
    }

    fn delimiter(&self) -> u8 {
        self.delimiter
    }
}

impl FromNode for CompletionsMap {
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<CompletionsMap> {
        let mut fields = Fields::of(node, "completions map", reader)?;
        super::envelope(&mut fields);
        let delimiter = super::delimiter(&mut fields, reader);
        let subject = fields.need("subject", reader);
        let courses = match fields.node("requirement") {
            Some(node) => Courses::from_node(node, reader),
            None => {
                fields.missing("requirement", reader);
                None
            }
        };
        let date = fields.need("date", reader);
        let outcome = fields.need("outcome", reader);
        let expires = fields.get("expires", reader);
        let score = fields.get("score", reader);
        let method = fields.need("method", reader);
        let before_hire = fields.get("before_hire", reader).unwrap_or(BeforeHire::Reject);
        fields.finish(reader);
        let courses = courses?;
        Some(CompletionsMap {
            delimiter,
            subject: subject?,
            course: courses.column,
            courses: courses.courses,
            ignored: courses.ignored,
            date: date?,
            outcome: outcome?,
            expires,
            score,
            method: method?,
            before_hire,
        })
    }
}

/// The group `requirement:`.
struct Courses {
    column: Option<Column>,
    courses: HashMap<String, Course>,
    ignored: Vec<String>,
}

impl FromNode for Courses {
    /// `{column: …, values: {…}, ignore: […]}`, or `{value: …}` where the file is about one.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Courses> {
        let mut fields = Fields::of(node, "requirement", reader)?;
        if let Some(one) = fields.node("value") {
            let course = Course::from_node(one, reader);
            fields.finish(reader);
            let courses = HashMap::from([(String::new(), course?)]);
            return Some(Courses { column: None, courses, ignored: Vec::new() });
        }
        let column: Option<Column> = fields.need("column", reader);
        let values = fields.node("values");
        if values.is_none() {
            fields.missing("values", reader);
        }
        let ignored: Vec<At<String>> = fields.list("ignore", reader);
        fields.finish(reader);
        let courses: HashMap<String, Course> = pairs(values?, reader).into_iter().collect();
        report_twice(ignored.iter(), reader);
        for both in ignored.iter().filter(|i| courses.contains_key(&i.value)) {
            let message = "this course has a meaning and is ignored";
            reader.report(&files::DUPLICATE_KEY, both.spot, message, "Keep one of the two.");
        }
        let ignored = ignored.into_iter().map(|i| i.value).collect();
        Some(Courses { column: Some(column?), courses, ignored })
    }
}

impl FromNode for Course {
    /// Either the requirement alone, or `{requirement: …, edition: …}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<Course> {
        if !matches!(node.value, Value::Map(_)) {
            return Some(Course { requirement: At::from_node(node, reader)?, edition: None });
        }
        let mut fields = Fields::of(node, "course", reader)?;
        let requirement = fields.need("requirement", reader);
        let edition = fields.get("edition", reader);
        fields.finish(reader);
        Some(Course { requirement: requirement?, edition })
    }
}

impl FromNode for OutcomeSource {
    /// `{value: …}`, or `{column: …, values: {…}}`.
    fn from_node(node: &Node<'_>, reader: &mut Reader<'_>) -> Option<OutcomeSource> {
        let mut fields = Fields::of(node, "outcome", reader)?;
        if let Some(fixed) = fields.get("value", reader) {
            fields.finish(reader);
            return Some(OutcomeSource::Fixed(fixed));
        }
        let column = fields.need("column", reader);
        let values = fields.node("values");
        if values.is_none() {
            fields.missing("values", reader);
        }
        fields.finish(reader);
        let values = pairs(values?, reader).into_iter().collect();
        Some(OutcomeSource::Column(column?, values))
    }
}
