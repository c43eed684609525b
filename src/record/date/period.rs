//! Durations as people write them: a number and a word.

/// The unit that a [`Period`] is counted in, once weeks are days and years are months.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Unit {
    /// Days; a week is seven of them.
    Days,
    /// Calendar months; a year is twelve of them.
    Months,
}

/// A duration in any calendar unit, as in `30 days`, `2 weeks`, `12 months`, `1 year`.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub struct Period {
    count: u32,
    word: Word,
}

/// A duration in days or weeks only, held in days.
#[derive(Debug, Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct Days(u32);

#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
enum Word {
    Day,
    Week,
    Month,
    Year,
}

/// Why a text is not a duration.
#[derive(Debug, Clone, PartialEq, Eq, thiserror::Error)]
pub enum PeriodError {
    /// Not a number, one space and a word.
    #[error(
        "{0:?} is not a duration: write a number and a word, as in `30 days`, `2 weeks`, `12 months` or `1 year`"
    )]
    Form(String),
    /// Months or years where only days and weeks are exact enough.
    #[error("{0:?} must be given in days or weeks")]
    NotDays(String),
    /// More than a hundred years.
    #[error("{0:?} is longer than a hundred years")]
    TooLong(String),
}

impl Period {
    /// Reads a number, one space and `day(s)`, `week(s)`, `month(s)` or `year(s)`. Shorter
    /// forms are refused: `1m` has been read as a minute before.
    ///
    /// # Errors
    /// The text has another form, or is longer than a hundred years.
    pub fn parse(text: &str) -> Result<Period, PeriodError> {
        let clipped = || text.chars().take(40).collect::<String>();
        let (number, word) = text.split_once(' ').ok_or_else(|| PeriodError::Form(clipped()))?;
        let plain = !number.is_empty()
            && number.bytes().all(|b| b.is_ascii_digit())
            && (number == "0" || !number.starts_with('0'));
        let word = Word::parse(word).filter(|_| plain).ok_or_else(|| PeriodError::Form(clipped()))?;
        let count = number.parse().ok().filter(|n| *n <= word.in_a_century());
        Ok(Period { count: count.ok_or_else(|| PeriodError::TooLong(clipped()))?, word })
    }

    /// A number of days.
    pub const fn days(count: u32) -> Period {
        Period { count, word: Word::Day }
    }

    /// A number of months.
    pub const fn months(count: u32) -> Period {
        Period { count, word: Word::Month }
    }

    /// Whether it is no time at all.
    pub fn is_zero(self) -> bool {
        self.count == 0
    }

    /// `n` times this period, in days or in months.
    pub(super) fn total(self, n: u32) -> (i64, Unit) {
        let (each, unit) = match self.word {
            Word::Day => (1, Unit::Days),
            Word::Week => (7, Unit::Days),
            Word::Month => (1, Unit::Months),
            Word::Year => (12, Unit::Months),
        };
        (i64::from(self.count) * each * i64::from(n), unit)
    }

    /// The unit and how many of it make this period: days, or months.
    pub fn in_units(self) -> (i64, Unit) {
        self.total(1)
    }

    /// The length in days where a month is taken as 30 and a year as 365 days: for deciding
    /// how early to give notice, never for a due date.
    pub fn nominal_days(self) -> u32 {
        let each = match self.word {
            Word::Day => 1,
            Word::Week => 7,
            Word::Month => 30,
            Word::Year => 365,
        };
        self.count.saturating_mul(each)
    }
}

impl Days {
    /// A number of days.
    pub const fn new(count: u32) -> Days {
        Days(count)
    }

    /// Reads a duration in days or weeks.
    ///
    /// # Errors
    /// As for [`Period::parse`], and where the unit is months or years.
    pub fn parse(text: &str) -> Result<Days, PeriodError> {
        let period = Period::parse(text)?;
        match period.word {
            Word::Day => Ok(Days(period.count)),
            Word::Week => Ok(Days(period.count * 7)),
            Word::Month | Word::Year => Err(PeriodError::NotDays(text.to_owned())),
        }
    }

    /// The number of days.
    pub const fn count(self) -> u32 {
        self.0
    }
}

impl Word {
    fn parse(text: &str) -> Option<Word> {
        Some(match text {
            "day" | "days" => Word::Day,
            "week" | "weeks" => Word::Week,
            "month" | "months" => Word::Month,
            "year" | "years" => Word::Year,
            _ => return None,
        })
    }

    fn in_a_century(self) -> u32 {
        match self {
            Word::Day => 36_525,
            Word::Week => 5_218,
            Word::Month => 1_200,
            Word::Year => 100,
        }
    }

    fn text(self) -> &'static str {
        match self {
            Word::Day => "day",
            Word::Week => "week",
            Word::Month => "month",
            Word::Year => "year",
        }
    }
}

fn plural(count: u32) -> &'static str {
    if count == 1 { "" } else { "s" }
}

impl std::fmt::Display for Period {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} {}{}", self.count, self.word.text(), plural(self.count))
    }
}

impl std::fmt::Display for Days {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(f, "{} day{}", self.0, plural(self.0))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_number_and_a_word() {
        for text in ["30 days", "2 weeks", "12 months", "1 year", "0 days"] {
            assert_eq!(Period::parse(text).unwrap().to_string(), text);
        }
        for text in [
            "1m",
            "30d",
            "30",
            "days",
            "030 days",
            "-1 days",
            "1.5 years",
            "1  year",
            "1 Year",
            " 1 year",
            "one year",
        ] {
            assert!(matches!(Period::parse(text), Err(PeriodError::Form(_))), "{text}");
        }
        assert!(matches!(Period::parse("99999999999 days"), Err(PeriodError::TooLong(_))));
        assert!(matches!(Period::parse("101 years"), Err(PeriodError::TooLong(_))));
    }

    #[test]
    fn exact_durations_refuse_months() {
        assert_eq!(Days::parse("2 weeks").unwrap().count(), 14);
        assert!(matches!(Days::parse("1 month"), Err(PeriodError::NotDays(_))));
    }
}
