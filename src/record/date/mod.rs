//! Civil dates, durations in calendar units, and time zones.
//!
//! This is the only room that names `chrono`: everything else sees [`Date`], [`Period`],
//! [`Days`] and [`Zone`].

mod arithmetic;
mod period;
mod zone;

pub use period::{Days, Period, PeriodError, Unit};
pub use zone::{Instant, Zone};

use chrono::{Datelike, NaiveDate};

/// A civil date of the proleptic Gregorian calendar, from year 1 to 9999.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Date(NaiveDate);

/// Why a text is not a date.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum DateError {
    /// The text is not of the form `YYYY-MM-DD`.
    #[error("{0:?} is not a date of the form YYYY-MM-DD")]
    Form(String),
    /// The text has the form, but the calendar has no such day.
    #[error("{0} is not a day of the calendar")]
    NoSuchDay(String),
    /// The year is not between 1900 and 2999, which in people's records is a slip of the hand.
    #[error("{0} is outside the years 1900 to 2999")]
    OutOfRange(String),
}

impl Date {
    /// The last date that can be written with four digits of year.
    pub const MAX: Date = Date::constant(9999, 12, 31);
    /// The first date that can be written.
    pub const MIN: Date = Date::constant(1, 1, 1);

    const fn constant(year: i32, month: u32, day: u32) -> Date {
        match NaiveDate::from_ymd_opt(year, month, day) {
            Some(date) => Date(date),
            None => Date(NaiveDate::MIN),
        }
    }

    /// The date of a year, a month from 1 and a day from 1, if the calendar has it.
    pub fn ymd(year: i32, month: u32, day: u32) -> Option<Date> {
        let date = Date(NaiveDate::from_ymd_opt(year, month, day)?);
        (Date::MIN..=Date::MAX).contains(&date).then_some(date)
    }

    /// Reads exactly `YYYY-MM-DD`, years 1900 to 2999.
    ///
    /// # Errors
    /// The text has another form, names no day of the calendar, or is out of range.
    pub fn parse(text: &str) -> Result<Date, DateError> {
        let (year, month, day) = digits(text).ok_or_else(|| DateError::Form(clip(text)))?;
        let date = Date::ymd(year, month, day).ok_or_else(|| DateError::NoSuchDay(clip(text)))?;
        if (1900..=2999).contains(&year) { Ok(date) } else { Err(DateError::OutOfRange(clip(text))) }
    }

    /// The year, 1 to 9999.
    pub fn year(self) -> i32 {
        self.0.year()
    }

    /// The month, 1 to 12.
    pub fn month(self) -> u32 {
        self.0.month()
    }

    /// The day of the month, 1 to 31.
    pub fn day(self) -> u32 {
        self.0.day()
    }
}

fn digits(text: &str) -> Option<(i32, u32, u32)> {
    let bytes = text.as_bytes();
    if bytes.len() != 10 || bytes[4] != b'-' || bytes[7] != b'-' {
        return None;
    }
    let number = |part: &[u8]| {
        part.iter().try_fold(0u32, |n, b| b.is_ascii_digit().then(|| n * 10 + u32::from(b - b'0')))
    };
    Some((i32::try_from(number(&bytes[..4])?).ok()?, number(&bytes[5..7])?, number(&bytes[8..])?))
}

/// At most the first 40 characters: a message must not repeat a megabyte.
fn clip(text: &str) -> String {
    text.chars().take(40).collect()
}

impl std::fmt::Display for Date {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(std::str::from_utf8(&self.text()).map_err(|_| std::fmt::Error)?)
    }
}

impl Date {
    /// `YYYY-MM-DD`, in one piece: reports print dates by the million.
    fn text(self) -> [u8; 10] {
        let year = u32::try_from(self.year()).unwrap_or_default();
        let digit = |n: u32| b"0123456789".get((n % 10) as usize).copied().unwrap_or(b'0');
        let [y, m, d] = [year, self.month(), self.day()];
        [
            digit(y / 1000),
            digit(y / 100),
            digit(y / 10),
            digit(y),
            b'-',
            digit(m / 10),
            digit(m),
            b'-',
            digit(d / 10),
            digit(d),
        ]
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn reads_only_the_iso_form() {
        assert_eq!(Date::parse("2024-02-29").unwrap().to_string(), "2024-02-29");
        for form in ["2024-2-29", "24-02-29", "2024/02/29", "2024-02-29 ", "٢٠٢٤-٠٢-٢٩", ""] {
            assert!(matches!(Date::parse(form), Err(DateError::Form(_))), "{form}");
        }
        for day in ["2023-02-29", "2023-13-01", "2023-00-10", "2023-04-31"] {
            assert!(matches!(Date::parse(day), Err(DateError::NoSuchDay(_))), "{day}");
        }
        assert!(matches!(Date::parse("0203-04-01"), Err(DateError::OutOfRange(_))));
    }
}
