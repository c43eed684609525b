//! What must not come into a repository: git forgets nothing.
//!
//! Two guards. A column whose *name* says that it holds a date of birth, race, pay or health
//! cannot be mapped at all. A column whose *values* look like social security numbers or
//! dates cannot be mapped to anything that is a text.

use crate::ledger::check::privacy::looks_private;

/// What a column must not be about: words of its name, and what they mean. `Medical Staff ID`
/// and `Orientation Date` are harmless, so some need two words.
const SENSITIVE: [(&[&str], &str); 8] = [
    (&["dob", "birth", "birthdate", "birthday", "age"], "dates of birth"),
    (&["ssn", "social security", "social insurance", "sin", "tin", "passport"], "identity numbers"),
    (&["race", "ethnic", "ethnicity", "nationality", "citizenship"], "race or origin"),
    (&["gender", "sex", "pronoun", "pronouns", "sexual orientation"], "gender"),
    (&["marital", "married", "spouse", "children", "dependents"], "family"),
    (&["pay", "salary", "wage", "wages", "compensation", "bonus", "iban", "bank account"], "pay"),
    (&["health status", "disability", "disabled", "diagnosis", "medical condition", "veteran"], "health"),
    (&["religion", "religious", "trade union", "union member"], "belief"),
];

/// What a column is about, if it is nothing for a repository, judged by its name.
pub fn sensitive_name(column: &str) -> Option<&'static str> {
    let name = format!(" {} ", words(column).join(" "));
    let about = |phrase: &&str| name.contains(&format!(" {phrase} "));
    SENSITIVE.iter().find(|(phrases, _)| phrases.iter().any(&about)).map(|(_, what)| *what)
}

/// The words of a name: `MaritalDesc`, `marital_desc` and `MARITAL DESC` have the same.
pub fn words(name: &str) -> Vec<String> {
    let mut words = vec![String::new()];
    let mut before = ' ';
    let mut letters = name.chars().peekable();
    while let Some(c) = letters.next() {
        let hump = c.is_uppercase()
            && (before.is_lowercase()
                || before.is_uppercase() && letters.peek().is_some_and(|n| n.is_lowercase()));
        if hump || !c.is_alphanumeric() {
            words.push(String::new());
        }
        if let Some(word) = words.last_mut().filter(|_| c.is_alphanumeric()) {
            word.extend(c.to_lowercase());
        }
        before = c;
    }
    words.retain(|word| !word.is_empty());
    words
}

/// Whether a text looks like a social security number or a date.
pub fn sensitive_value(text: &str) -> bool {
    looks_private(text)
}

/// Whether more than a tenth of the values that are there look private: then it is the
/// column, and not a slip in one cell.
pub fn sensitive_column<'v>(values: impl Iterator<Item = &'v str>) -> bool {
    let (mut filled, mut private) = (0usize, 0usize);
    for value in values.filter(|v| !v.is_empty()) {
        filled += 1;
        private += usize::from(looks_private(value));
    }
    private * 10 > filled
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_of_columns_are_split_into_words() {
        assert_eq!(words("MaritalDesc"), ["marital", "desc"]);
        assert_eq!(words("employee_DOB (US)"), ["employee", "dob", "us"]);
        assert_eq!(words("ADEmail"), ["ad", "email"]);
        assert_eq!(words("SSN"), ["ssn"]);
        assert_eq!(words("--"), [""; 0]);
    }

    #[test]
    fn what_is_nothing_for_a_repository_is_known_by_its_name() {
        for bad in [
            "DOB",
            "RaceDesc",
            "MaritalDesc",
            "GenderCode",
            "PayZone",
            "Date of Birth",
            "ssn_last4",
            "SOCIAL SECURITY NO",
        ] {
            assert!(sensitive_name(bad).is_some(), "{bad}");
        }
        for fine in [
            "EmployeeID",
            "PayrollID",
            "StartDate",
            "Medical Staff ID",
            "OrientationDate",
            "Business Unit",
            "Stage",
        ] {
            assert_eq!(sensitive_name(fine), None, "{fine}");
        }
    }

    #[test]
    fn one_slip_is_not_a_column() {
        let mut values = vec!["Ana Ruiz"; 19];
        values.push("Ana 123-45-6789");
        assert!(!sensitive_column(values.iter().copied()));
        values.extend(["7/10/1969"; 3]);
        assert!(sensitive_column(values.into_iter()));
        assert!(!sensitive_column(["", ""].into_iter()));
    }
}
