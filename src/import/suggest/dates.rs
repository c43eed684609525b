//! Which format the dates of a column have, if only one is possible.

use crate::import::cells::quote;
use crate::import::dates::DateFormat;

/// The formats that are tried, the plainer ones first.
const FORMATS: [&str; 17] = [
    "YYYY-MM-DD",
    "YYYY-M-D",
    "M/D/YYYY",
    "D/M/YYYY",
    "YYYY/M/D",
    "M-D-YYYY",
    "D-M-YYYY",
    "D.M.YYYY",
    "M.D.YYYY",
    "YYYYMMDD",
    "D-MMM-YYYY",
    "D MMM YYYY",
    "MMM D, YYYY",
    "YYYY-MM-DD hh:mm:ss",
    "YYYY-MM-DDThh:mm:ss",
    "YYYY-MM-DDThh:mm:ssZ",
    "M/D/YYYY hh:mm",
];

/// What to write behind `format:`, and where it is not plain, why.
pub(super) fn format_of(values: &[&str]) -> (String, Option<String>) {
    let formats: Vec<DateFormat> = FORMATS.iter().filter_map(|f| DateFormat::parse(f)).collect();
    let fits = |format: &&DateFormat| values.iter().all(|v| format.read(v).is_ok());
    let all: Vec<&DateFormat> = formats.iter().filter(fits).collect();
    let examples = examples(values);
    match all.as_slice() {
        _ if values.is_empty() => {
            (choose(), Some("the column is empty; write the format of its dates".to_owned()))
        }
        [] => {
            let near = formats.iter().map(|f| (values.iter().filter(|v| f.read(v).is_ok()).count(), f));
            let why = match near.max_by_key(|(count, _)| *count).filter(|(count, _)| *count > 0) {
                Some((count, format)) => format!(
                    "no format reads all {} dates, {} reads {count}; as in {examples}",
                    values.len(),
                    format.as_str()
                ),
                None => format!("write the format of these dates: {examples}"),
            };
            (choose(), Some(why))
        }
        [first, others @ ..] => match others.iter().find(|other| differ(first, other, values)) {
            None => (yaml(first), None),
            Some(other) => {
                let why = format!(
                    "{} or {}? Both read all dates, as in {examples}",
                    first.as_str(),
                    other.as_str()
                );
                (choose(), Some(why))
            }
        },
    }
}

fn choose() -> String {
    "CHOOSE".to_owned()
}

fn yaml(format: &DateFormat) -> String {
    let text = format.as_str();
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'/' | b'-' | b'.'));
    if plain { text.to_owned() } else { format!("\"{text}\"") }
}

/// Whether two formats read any of the values as different days.
fn differ(a: &DateFormat, b: &DateFormat, values: &[&str]) -> bool {
    values.iter().any(|v| a.read(v) != b.read(v))
}

fn examples(values: &[&str]) -> String {
    values.iter().take(3).map(|v| quote(v)).collect::<Vec<_>>().join(", ")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_format_is_written_only_where_no_other_is_possible() {
        assert_eq!(format_of(&["9/20/2019", "2/3/2020"]), ("M/D/YYYY".to_owned(), None));
        assert_eq!(format_of(&["20/9/2019", "2/3/2020"]), ("D/M/YYYY".to_owned(), None));
        assert_eq!(format_of(&["2020-01-05"]), ("YYYY-MM-DD".to_owned(), None));
        assert_eq!(format_of(&["2/2/2020"]), ("M/D/YYYY".to_owned(), None));
        assert_eq!(format_of(&["2020-01-05 00:00:00"]).0, "\"YYYY-MM-DD hh:mm:ss\"");
    }

    #[test]
    fn what_is_open_is_said() {
        let (format, why) = format_of(&["9/2/2019", "2/3/2020"]);
        assert_eq!(format, "CHOOSE");
        assert_eq!(
            why.unwrap(),
            "M/D/YYYY or D/M/YYYY? Both read all dates, as in \"9/2/2019\", \"2/3/2020\""
        );
        let (format, why) = format_of(&["7/10/1969", "30-08-1965", "6/20/1991"]);
        assert_eq!(format, "CHOOSE");
        assert!(why.unwrap().starts_with("no format reads all 3 dates, M/D/YYYY reads 2"));
        assert_eq!(format_of(&[]).0, "CHOOSE");
        assert_eq!(format_of(&["yesterday"]).0, "CHOOSE");
    }
}
