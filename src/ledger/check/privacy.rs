//! That nothing private has slipped into a field where it does not belong.

use crate::finding::Finding;
use crate::finding::catalogue::privacy;
use crate::ledger::Ledger;

pub(super) fn check(ledger: &Ledger, found: &mut Vec<Finding>) {
    for (worker, file) in ledger.workers.iter().zip(&ledger.worker_files) {
        let texts = [("name", worker.name.as_deref()), ("e-mail address", worker.email.as_deref())];
        for (field, text) in texts {
            if text.is_some_and(looks_private) {
                // The value itself is not repeated: a log is kept longer than a slip.
                let message = format!(
                    "worker {} has a {field} that looks like a social security number or a date",
                    worker.id.value
                );
                let help = "Remove the number. Nothing in this repository needs it.";
                let finding = Finding::new(&privacy::SENSITIVE, message, help);
                found.push(
                    finding.at(ledger.place(*file, worker.id.spot)).about(worker.subject().to_string()),
                );
            }
        }
    }
}

/// Whether a text holds digits grouped like a US social security number (3-2-4) or a date.
pub fn looks_private(text: &str) -> bool {
    let groups: Vec<usize> = text
        .split(|c: char| !c.is_ascii_digit() && !matches!(c, '-' | '/' | '.'))
        .flat_map(|word| {
            [word.split(['-', '/', '.']).map(str::len).collect::<Vec<_>>(), vec![usize::MAX]].concat()
        })
        .collect();
    let shape = |want: &[&[usize]]| {
        groups.windows(want.len()).any(|w| w.iter().zip(want).all(|(have, ok)| ok.contains(have)))
    };
    let nine_digits = groups.contains(&9);
    shape(&[&[3], &[2], &[4]])
        || shape(&[&[4], &[1, 2], &[1, 2]])
        || shape(&[&[1, 2], &[1, 2], &[4]])
        || nine_digits
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn numbers_and_dates_of_birth_are_seen() {
        for private in ["Ana Ruiz 123-45-6789", "123456789", "Ana 1969-08-29", "29/8/1969", "7.10.1969 Ana"] {
            assert!(looks_private(private), "{private}");
        }
        for fine in ["Ana Ruiz", "Ana Ruiz III", "ana.ruiz2@example.org", "Building 12-3", "John 3rd"] {
            assert!(!looks_private(fine), "{fine}");
        }
    }
}
