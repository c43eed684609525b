//! Time zones: which civil date a moment is, where somebody works.

use chrono::{DateTime, TimeZone, Utc};
use chrono_tz::Tz;

use super::Date;

/// A moment in time, to the second.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord)]
pub struct Instant(DateTime<Utc>);

/// A time zone of the IANA database, as in `America/Chicago`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Zone(Tz);

impl Instant {
    /// 1970-01-01T00:00:00Z.
    pub const EPOCH: Instant = Instant(DateTime::UNIX_EPOCH);

    /// The moment that lies so many seconds after 1970-01-01T00:00:00Z, if it can be told.
    pub fn from_unix(seconds: i64) -> Option<Instant> {
        DateTime::from_timestamp(seconds, 0).map(Instant)
    }

    /// Seconds since 1970-01-01T00:00:00Z.
    pub fn unix(self) -> i64 {
        self.0.timestamp()
    }
}

impl Zone {
    /// Coordinated universal time.
    pub const UTC: Zone = Zone(Tz::UTC);

    /// Reads the name of a zone, exactly as the IANA database spells it.
    pub fn parse(name: &str) -> Option<Zone> {
        name.parse().ok().map(Zone)
    }

    /// The name of the zone.
    pub fn name(self) -> &'static str {
        self.0.name()
    }

    /// The civil date that a moment is in this zone.
    pub fn date_at(self, instant: Instant) -> Date {
        Date(self.0.from_utc_datetime(&instant.0.naive_utc()).date_naive())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn late_in_the_evening_it_is_still_today() {
        // 2025-03-31 23:30 at UTC−8 is 2025-04-01 07:30 UTC.
        let moment = Instant::from_unix(1_743_492_600).unwrap();
        let west = Zone::parse("Etc/GMT+8").unwrap();
        assert_eq!(west.date_at(moment).to_string(), "2025-03-31");
        assert_eq!(Zone::UTC.date_at(moment).to_string(), "2025-04-01");
        assert!(Zone::parse("America/Nowhere").is_none());
    }
}
