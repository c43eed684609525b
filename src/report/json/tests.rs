use super::*;
use crate::report::{profile, sample};
use serde_json::Value;

fn render(model: &Model) -> String {
    let mut bytes = Vec::new();
    write(model, &mut bytes).unwrap();
    String::from_utf8(bytes).unwrap()
}

/// Whether a value is as a schema of the few words that ours uses wants it.
fn fits(value: &Value, schema: &Value, root: &Value) -> Result<(), String> {
    if let Some(name) = schema["$ref"].as_str() {
        return fits(value, root.pointer(name.trim_start_matches('#')).unwrap(), root);
    }
    let kinds: Vec<&str> = match &schema["type"] {
        Value::String(one) => vec![one],
        Value::Array(many) => many.iter().filter_map(Value::as_str).collect(),
        _ => Vec::new(),
    };
    let is = |kind: &&str| match *kind {
        "string" => value.is_string(),
        "integer" => value.is_i64() || value.is_u64(),
        "boolean" => value.is_boolean(),
        "null" => value.is_null(),
        "array" => value.is_array(),
        "object" => value.is_object(),
        other => panic!("type {other}"),
    };
    if !kinds.iter().any(is) {
        return Err(format!("{value} is none of {kinds:?}"));
    }
    if let Some(words) = schema["enum"].as_array()
        && !words.contains(value)
    {
        return Err(format!("{value} is none of {words:?}"));
    }
    for item in value.as_array().into_iter().flatten() {
        fits(item, &schema["items"], root)?;
    }
    if let (Some(object), Some(properties)) = (value.as_object(), schema["properties"].as_object()) {
        let required: Vec<&str> =
            schema["required"].as_array().unwrap().iter().filter_map(Value::as_str).collect();
        if let Some(missing) = required.iter().find(|k| !object.contains_key(**k)) {
            return Err(format!("{missing} is missing"));
        }
        for (key, item) in object {
            fits(item, properties.get(key).ok_or(format!("{key} is not described"))?, root)?;
        }
    }
    Ok(())
}

#[test]
fn it_is_as_its_schema_says() {
    let schema: Value = serde_json::from_str(include_str!("../../../schema/report.v1.json")).unwrap();
    for model in [sample::clinic(), sample::hostile(), sample::empty(), profile::public(sample::clinic())] {
        let value: Value = serde_json::from_str(&render(&model)).unwrap();
        fits(&value, &schema, &schema).unwrap();
    }
}

#[test]
fn every_file_of_a_record_is_there_once() {
    let value: Value = serde_json::from_str(&render(&sample::clinic())).unwrap();
    let list = |at: &str| value[at].as_array().unwrap().clone();
    let files: Vec<String> = list("evidence").iter().map(|f| f["path"].to_string()).collect();
    let records = list("people").into_iter().chain(list("controls")).flat_map(|p| {
        let records = p["records"].as_array().unwrap().clone();
        records.into_iter().map(|r| r["path"].to_string())
    });
    let named: std::collections::BTreeSet<String> = records.collect();
    assert!(!list("controls").is_empty() && named.len() > 10);
    assert_eq!(files, named.into_iter().collect::<Vec<_>>());
}

#[test]
fn a_public_one_holds_no_name() {
    let value: Value = serde_json::from_str(&render(&profile::public(sample::clinic()))).unwrap();
    assert_eq!(value["profile"], "public");
    assert!(value["people"].as_array().unwrap().iter().all(|p| p["name"].is_null()));
    assert!(value["findings"].as_array().unwrap().iter().all(|f| f["message"].is_null()));
}
