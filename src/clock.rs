//! The only place that reads the clock.

use std::time::{SystemTime, UNIX_EPOCH};

use crate::record::date::Instant;

/// The present moment. A clock that is set before 1970 counts as 1970: nothing recorded then
/// lies in the past, and every record is refused rather than trusted.
pub fn now() -> Instant {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |d| d.as_secs());
    i64::try_from(seconds).ok().and_then(Instant::from_unix).unwrap_or(Instant::EPOCH)
}
