//! Goes through a tree by the table, and finds for each value its field.

use crate::record::fields::{Field, Form, of};
use crate::record::kind::Kind;
use crate::record::node::{self, Node, Value};

/// How to get to a value: which field of a group, which item of a list.
pub type Steps = Vec<usize>;

/// What a walk met.
#[derive(Default)]
pub struct Met {
    /// Each value that stands behind a key of the table.
    pub fields: Vec<(Steps, &'static Field)>,
    /// Each group, the whole file among them, with the start of the paths of its fields.
    pub groups: Vec<(Steps, String)>,
    /// Each value that is neither group nor list, with its form.
    pub leaves: Vec<(Steps, Form, &'static Field)>,
}

/// Everything in a file of a kind. Panics at what the table does not know.
pub fn walk(kind: Kind, node: &Node<'_>) -> Met {
    let mut met = Met::default();
    Walk { kind, met: &mut met }.group(node, &[], "");
    met
}

/// The value at some steps.
pub fn at<'n, 'a>(node: &'n mut Node<'a>, steps: &[usize]) -> &'n mut Node<'a> {
    steps.iter().fold(node, |node, step| match &mut node.value {
        Value::Map(fields) => &mut fields[*step].node,
        Value::List(items) => &mut items[*step],
        other => panic!("{other:?} holds nothing"),
    })
}

/// The fields of the group at some steps.
pub fn group_at<'n, 'a>(node: &'n mut Node<'a>, steps: &[usize]) -> &'n mut Vec<node::Field<'a>> {
    match &mut at(node, steps).value {
        Value::Map(fields) => fields,
        other => panic!("{other:?} is no group"),
    }
}

struct Walk<'m> {
    kind: Kind,
    met: &'m mut Met,
}

impl Walk<'_> {
    fn group(&mut self, node: &Node<'_>, steps: &[usize], prefix: &str) {
        let Value::Map(fields) = &node.value else { panic!("{prefix} is {}", node.value.what()) };
        self.met.groups.push((steps.to_vec(), prefix.to_owned()));
        for (i, inner) in fields.iter().enumerate() {
            let path = format!("{prefix}{}", inner.key);
            let field = of(self.kind).find(|f| f.path == path);
            let field = field.unwrap_or_else(|| panic!("{path} of {} is not in the table", self.kind));
            let steps = [steps, &[i]].concat();
            self.met.fields.push((steps.clone(), field));
            self.value(&inner.node, steps, field.form, field.path, field);
        }
    }

    fn value(&mut self, node: &Node<'_>, steps: Steps, form: Form, path: &str, field: &'static Field) {
        match (form, &node.value) {
            (Form::List(item), Value::List(items)) => {
                for (i, inner) in items.iter().enumerate() {
                    self.value(inner, [&steps[..], &[i]].concat(), *item, &format!("{path}[]"), field);
                }
            }
            (Form::Keep, Value::List(items)) => {
                for (i, inner) in items.iter().enumerate() {
                    self.value(inner, [&steps[..], &[i]].concat(), Form::PrefixedDigest, path, field);
                }
            }
            (Form::Dated(_), Value::List(items)) => {
                for (i, inner) in items.iter().enumerate() {
                    self.value(inner, [&steps[..], &[i]].concat(), form, path, field);
                }
            }
            (Form::Dated(_), Value::Map(_)) => self.group(node, &steps, &format!("{path}[].")),
            (Form::Dated(word), _) => self.value(node, steps, *word, path, field),
            (Form::Group | Form::Declared, Value::Map(_)) => self.group(node, &steps, &format!("{path}.")),
            // A condition may hold conditions; the table lists their fields once.
            (Form::Selector | Form::Applies, Value::Map(_)) => {
                self.group(node, &steps, "requirements[].applies_to.");
            }
            (Form::Declared, Value::Text(_)) => self.met.leaves.push((steps, Form::Id, field)),
            (Form::Group | Form::List(_), other) | (_, other @ (Value::Map(_) | Value::List(_))) => {
                panic!("{path} is {}, and the table says {}", other.what(), form.what())
            }
            (form, _) => self.met.leaves.push((steps, form, field)),
        }
    }
}
