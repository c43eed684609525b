//! Reading the values of arguments.

use crate::record::date::{Date, Days};
use crate::record::digest::Sha256;
use crate::record::id::{Id, Subject};
use crate::record::public_key::Fingerprint;

/// A date, year-month-day.
pub fn date(text: &str) -> Result<Date, String> {
    Date::parse(text).map_err(|e| format!("{e}; write it as year-month-day, as in 2026-03-01"))
}

/// A number of days.
pub fn days(text: &str) -> Result<Days, String> {
    Days::parse(text).map_err(|e| format!("{e}; write it as in `30 days`"))
}

/// An id.
pub fn id(text: &str) -> Result<Id, String> {
    Id::parse(text).ok_or_else(|| "an id is made of lower-case letters, digits, `-`, `_` and `.`".to_owned())
}

/// A subject; a bare id means a worker.
pub fn subject(text: &str) -> Result<Subject, String> {
    let bare = || Id::parse(text).map(Subject::Worker);
    Subject::parse(text).or_else(bare).ok_or_else(|| "write `worker/` and the id, or `org`".to_owned())
}

/// The fingerprint of a key.
pub fn fingerprint(text: &str) -> Result<Fingerprint, String> {
    Fingerprint::parse(text).ok_or_else(|| "a fingerprint is `SHA256:` and 43 characters".to_owned())
}

/// A sha256 digest, with or without `sha256:` before it.
pub fn digest(text: &str) -> Result<Sha256, String> {
    if text.trim().is_empty() {
        return Err("it is empty. Where the variable DULY_TRUST_ROOT is to give it, set it to the digest \
                    that `duly init` printed; in CI it is a variable of the repository, and a fork needs \
                    its own"
            .to_owned());
    }
    let hex = text.trim().strip_prefix("sha256:").unwrap_or(text.trim());
    Sha256::parse(hex)
        .ok_or_else(|| "a digest is 64 lower-case hex digits, as `duly init` prints it".to_owned())
}
