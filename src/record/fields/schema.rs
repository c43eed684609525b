//! JSON Schemas (draft-07) for editors, made from the table.
//!
//! A schema helps while a file is written. It says less than the readers, which also know what
//! goes together and what other files declare: `duly check` has the last word.

use serde_json::{Map, Value, json};

use super::{Field, Form, about, of};
use crate::record::id::ID_MAX;
use crate::record::kind::Kind;

const DRAFT: &str = "http://json-schema.org/draft-07/schema#";

/// Where the fields of a selector stand in the table; `affects` has the same.
const SELECTOR: &str = "requirements[].applies_to.";

/// The schema of one kind of file.
pub fn one(kind: Kind) -> Value {
    let mut schema = file(kind);
    schema.insert("$schema".to_owned(), json!(DRAFT));
    if kind == Kind::Policy {
        schema.insert("definitions".to_owned(), json!({ "selector": selector() }));
    }
    Value::Object(schema)
}

/// The schema of a file of any kind.
pub fn any() -> Value {
    let mut definitions = Map::new();
    for kind in Kind::ALL {
        definitions.insert(kind.slug(), Value::Object(file(*kind)));
    }
    definitions.insert("selector".to_owned(), selector());
    let choices: Vec<Value> =
        Kind::ALL.iter().map(|k| reference(&format!("#/definitions/{}", k.slug()))).collect();
    json!({ "$schema": DRAFT, "title": "A file of duly", "oneOf": choices, "definitions": definitions })
}

/// The text of a schema, as `duly schema` prints it.
pub fn text(schema: &Value) -> String {
    format!("{schema:#}\n")
}

fn file(kind: Kind) -> Map<String, Value> {
    let (place, sentence) = about(kind);
    let mut schema = Table { kind }.group("");
    schema.insert("title".to_owned(), json!(kind.word()));
    schema.insert("description".to_owned(), json!(format!("{place}: {sentence}")));
    schema
}

/// A condition on what a worker is: exactly one field of those that the table lists.
fn selector() -> Value {
    let mut group = Table { kind: Kind::Policy }.group(SELECTOR);
    if let Some(Value::Object(properties)) = group.get_mut("properties") {
        // These two are conditions on no worker and stand at the top of `applies_to` alone.
        properties.retain(|name, _| name != "system" && name != "vendor");
    }
    group.insert("minProperties".to_owned(), json!(1));
    group.insert("maxProperties".to_owned(), json!(1));
    json!({ "anyOf": [{ "const": "everyone" }, group] })
}

fn reference(to: &str) -> Value {
    json!({ "$ref": to })
}

struct Table {
    kind: Kind,
}

impl Table {
    /// The fields whose path is the prefix and one name.
    fn group(&self, prefix: &str) -> Map<String, Value> {
        let fields: Vec<&Field> = of(self.kind).filter(|f| f.group() == prefix).collect();
        let properties: Map<String, Value> =
            fields.iter().map(|f| (f.name().to_owned(), self.field(f))).collect();
        let required: Vec<&str> = fields.iter().filter(|f| f.required).map(|f| f.name()).collect();
        let mut group = Map::new();
        group.insert("type".to_owned(), json!("object"));
        group.insert("additionalProperties".to_owned(), json!(false));
        group.insert("properties".to_owned(), Value::Object(properties));
        if !required.is_empty() {
            group.insert("required".to_owned(), json!(required));
        }
        group
    }

    fn field(&self, field: &Field) -> Value {
        let description = format!("{} Privacy: {}.", field.meaning, field.class);
        match self.value(field.form, field.path) {
            // Draft-07 overlooks what stands beside a reference.
            Value::Object(value) if value.contains_key("$ref") => {
                json!({ "description": description, "allOf": [value] })
            }
            Value::Object(mut value) => {
                value.insert("description".to_owned(), json!(description));
                Value::Object(value)
            }
            other => other,
        }
    }

    /// What may stand at a path.
    fn value(&self, form: Form, path: &str) -> Value {
        let inside = || Value::Object(self.group(&format!("{path}.")));
        match form {
            Form::Group => inside(),
            Form::List(item) => self.list(self.value(*item, &format!("{path}[]"))),
            Form::Declared => json!({ "anyOf": [self.value(Form::Id, path), inside()] }),
            Form::Dated(word) => self.dated(*word, path),
            Form::Keep => {
                let list = self.list(self.value(Form::PrefixedDigest, path));
                json!({ "anyOf": [{ "const": "all" }, list] })
            }
            Form::Selector => reference("#/definitions/selector"),
            Form::Applies => applies(),
            Form::Kind => json!({ "const": self.kind.word() }),
            Form::Words([word]) => json!({ "const": word }),
            Form::Words(words) => json!({ "enum": words }),
            Form::Flag => json!({ "type": "boolean" }),
            Form::Score if !self.kind.is_signed() => {
                json!({ "anyOf": [{ "type": "integer", "minimum": 0 }, text_of(form)] })
            }
            _ => text_of(form),
        }
    }

    /// In a signed file what is empty is left out.
    fn list(&self, items: Value) -> Value {
        if self.kind.is_signed() {
            return json!({ "type": "array", "minItems": 1, "items": items });
        }
        json!({ "type": "array", "items": items })
    }

    fn dated(&self, word: Form, path: &str) -> Value {
        let group = Value::Object(self.group(&format!("{path}[].")));
        let word = self.value(word, path);
        let item = json!({ "anyOf": [word, group] });
        json!({ "anyOf": [word, group, { "type": "array", "items": item }] })
    }
}

fn text_of(form: Form) -> Value {
    let mut schema = json!({ "type": "string", "minLength": 1 });
    if let (Value::Object(schema), Some(pattern)) = (&mut schema, form.pattern()) {
        schema.insert("pattern".to_owned(), json!(pattern));
        schema.remove("minLength");
        if form == Form::Id {
            schema.insert("maxLength".to_owned(), json!(ID_MAX));
        }
    }
    schema
}

fn applies() -> Value {
    let other = |name: &str| {
        json!({
            "type": "object",
            "additionalProperties": false,
            "required": [name],
            "properties": { name: text_of(Form::Id) },
        })
    };
    json!({
        "anyOf": [
            { "enum": ["org", "systems", "vendors"] },
            other("system"),
            other("vendor"),
            reference("#/definitions/selector"),
        ]
    })
}
