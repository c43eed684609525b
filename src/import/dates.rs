//! Dates as other programs write them, by a format that the map names. Nothing is guessed.

use crate::record::date::Date;

/// How a column writes its dates: `M/D/YYYY`, `DD-MM-YYYY`, `YYYY-MM-DD hh:mm:ss`.
///
/// Tokens: `YYYY`; `MM` and `DD` with exactly two digits, `M` and `D` with one or two; `MMM`
/// an English month name of three letters; `hh`, `mm`, `ss` a time of day, which is checked
/// and left out. All else stands for itself. A year of two digits has no token: which century
/// is meant would be a guess.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct DateFormat {
    text: String,
    parts: Vec<Part>,
}

#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Part {
    Year,
    Month {
        padded: bool,
    },
    MonthName,
    Day {
        padded: bool,
    },
    /// Two digits below a limit.
    Clock(u32),
    Literal(char),
}

/// Why a text is not a date of a format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum DateFault {
    /// It has another form.
    Form,
    /// The calendar has no such day.
    NoSuchDay,
    /// The year is not between 1900 and 2999.
    OutOfRange,
}

const TOKENS: [(&str, Part); 9] = [
    ("YYYY", Part::Year),
    ("MMM", Part::MonthName),
    ("MM", Part::Month { padded: true }),
    ("M", Part::Month { padded: false }),
    ("DD", Part::Day { padded: true }),
    ("D", Part::Day { padded: false }),
    ("hh", Part::Clock(24)),
    ("mm", Part::Clock(60)),
    ("ss", Part::Clock(61)),
];

const MONTHS: [&str; 12] =
    ["jan", "feb", "mar", "apr", "may", "jun", "jul", "aug", "sep", "oct", "nov", "dec"];

/// The longest format, in bytes.
const FORMAT_MAX: usize = 40;

impl DateFormat {
    /// Reads a format; none where it has not exactly one year, month and day, or where two
    /// numbers meet and nobody could say where the first one ends.
    pub fn parse(text: &str) -> Option<DateFormat> {
        let mut parts = Vec::new();
        let mut rest = text;
        while let Some(first) = rest.chars().next() {
            let token = TOKENS.iter().find(|(name, _)| rest.starts_with(name));
            let (part, length) = match token {
                Some((name, part)) => (*part, name.len()),
                None if first.is_alphanumeric() && first != 'T' && first != 'Z' => return None,
                None => (Part::Literal(first), first.len_utf8()),
            };
            parts.push(part);
            rest = rest.get(length..).unwrap_or_default();
        }
        let format = DateFormat { text: text.to_owned(), parts };
        (text.len() <= FORMAT_MAX && format.is_whole() && !format.runs_together()).then_some(format)
    }

    fn is_whole(&self) -> bool {
        let count = |wanted: fn(&Part) -> bool| self.parts.iter().filter(|p| wanted(p)).count();
        count(|p| matches!(p, Part::Year)) == 1
            && count(|p| matches!(p, Part::Month { .. } | Part::MonthName)) == 1
            && count(|p| matches!(p, Part::Day { .. })) == 1
    }

    /// Whether a number of one or two digits is followed by another number.
    fn runs_together(&self) -> bool {
        let open = |p: &Part| matches!(p, Part::Month { padded: false } | Part::Day { padded: false });
        let number = |p: &Part| !matches!(p, Part::Literal(_) | Part::MonthName);
        self.parts.iter().zip(self.parts.iter().skip(1)).any(|(a, b)| open(a) && number(b))
    }

    /// The same with month and day exchanged: what a slip in the map would mean.
    pub fn exchanged(&self) -> DateFormat {
        let exchange = |part: &Part| match *part {
            Part::Month { padded } => Part::Day { padded },
            Part::Day { padded } => Part::Month { padded },
            other => other,
        };
        let letter = |c: char| match c {
            'M' => 'D',
            'D' => 'M',
            other => other,
        };
        DateFormat {
            text: self.text.chars().map(letter).collect(),
            parts: self.parts.iter().map(exchange).collect(),
        }
    }

    /// The format as the map writes it.
    pub fn as_str(&self) -> &str {
        &self.text
    }

    /// Reads a date.
    ///
    /// # Errors
    /// The text has another form, names no day of the calendar, or a year of another age.
    pub fn read(&self, text: &str) -> Result<Date, DateFault> {
        let (year, month, day) = self.numbers(text).ok_or(DateFault::Form)?;
        let year = i32::try_from(year).map_err(|_| DateFault::Form)?;
        let date = Date::ymd(year, month, day).ok_or(DateFault::NoSuchDay)?;
        if (1900..=2999).contains(&year) { Ok(date) } else { Err(DateFault::OutOfRange) }
    }

    fn numbers(&self, text: &str) -> Option<(u32, u32, u32)> {
        let (mut year, mut month, mut day) = (0, 0, 0);
        let mut rest = text;
        for part in &self.parts {
            match part {
                Part::Year => year = number(&mut rest, 4, 4)?,
                Part::Month { padded } => month = number(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::Day { padded } => day = number(&mut rest, if *padded { 2 } else { 1 }, 2)?,
                Part::MonthName => month = month_name(&mut rest)?,
                Part::Clock(limit) => {
                    number(&mut rest, 2, 2).filter(|n| n < limit)?;
                }
                Part::Literal(c) => rest = rest.strip_prefix(*c)?,
            }
        }
        rest.is_empty().then_some((year, month, day))
    }
}

/// Takes a number of `least` to `most` digits from the front.
fn number(rest: &mut &str, least: usize, most: usize) -> Option<u32> {
    let digits = rest.bytes().take(most).take_while(u8::is_ascii_digit).count();
    let (number, after) = rest.split_at_checked(digits)?;
    if digits < least || after.starts_with(|c: char| c.is_ascii_digit()) && least != most {
        return None;
    }
    *rest = after;
    number.parse().ok()
}

fn month_name(rest: &mut &str) -> Option<u32> {
    let (name, after) = rest.split_at_checked(3)?;
    let at = MONTHS.iter().position(|m| m.eq_ignore_ascii_case(name))?;
    *rest = after;
    u32::try_from(at + 1).ok()
}

impl DateFault {
    /// What is wrong, behind the text itself: "… is not of the form M/D/YYYY".
    pub fn words(self, format: &DateFormat) -> String {
        match self {
            DateFault::Form => format!("is not of the form {}", format.as_str()),
            DateFault::NoSuchDay => format!("read as {} is not a day of the calendar", format.as_str()),
            DateFault::OutOfRange => "is outside the years 1900 to 2999".to_owned(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn read(format: &str, text: &str) -> Result<String, DateFault> {
        DateFormat::parse(format).unwrap().read(text).map(|d| d.to_string())
    }

    #[test]
    fn formats_are_taken_at_their_word() {
        assert_eq!(read("M/D/YYYY", "9/20/2019").unwrap(), "2019-09-20");
        assert_eq!(read("M/D/YYYY", "09/03/2019").unwrap(), "2019-09-03");
        assert_eq!(read("D/M/YYYY", "9/3/2019").unwrap(), "2019-03-09");
        assert_eq!(read("DD-MM-YYYY", "30-08-1965").unwrap(), "1965-08-30");
        assert_eq!(read("YYYYMMDD", "20240229").unwrap(), "2024-02-29");
        assert_eq!(read("DD-MMM-YYYY", "05-JAN-2020").unwrap(), "2020-01-05");
        assert_eq!(read("YYYY-MM-DDThh:mm:ssZ", "2020-01-05T23:59:60Z").unwrap(), "2020-01-05");
        assert_eq!(read("YYYY-MM-DD hh:mm:ss", "2020-01-05 00:00:00").unwrap(), "2020-01-05");
    }

    #[test]
    fn what_is_no_date_is_refused() {
        for (format, text) in [
            ("M/D/YYYY", "2019-09-20"),
            ("M/D/YYYY", "9/20/19"),
            ("M/D/YYYY", "9/20/2019 "),
            ("M/D/YYYY", "9/020/2019"),
            ("DD-MM-YYYY", "3-8-1965"),
            ("M/D/YYYY", "٩/٢/٢٠١٩"),
            ("M/D/YYYY", ""),
            ("YYYY-MM-DD hh:mm:ss", "2020-01-05 24:00:00"),
            ("DD-MMM-YYYY", "05-é-2020"),
        ] {
            assert_eq!(read(format, text), Err(DateFault::Form), "{text}");
        }
        assert_eq!(read("M/D/YYYY", "20/9/2019"), Err(DateFault::NoSuchDay));
        assert_eq!(read("M/D/YYYY", "2/29/2023"), Err(DateFault::NoSuchDay));
        assert_eq!(read("M/D/YYYY", "0/1/2023"), Err(DateFault::NoSuchDay));
        assert_eq!(read("M/D/YYYY", "1/1/0203"), Err(DateFault::OutOfRange));
    }

    #[test]
    fn month_and_day_can_be_exchanged() {
        let exchanged = DateFormat::parse("M/DD/YYYY hh:mm").unwrap().exchanged();
        assert_eq!(Some(exchanged.clone()), DateFormat::parse("D/MM/YYYY hh:mm"));
        assert_eq!(exchanged.read("9/03/2020 10:00").unwrap().to_string(), "2020-03-09");
    }

    #[test]
    fn formats_that_leave_something_open_are_refused() {
        for bad in ["", "CHOOSE", "M/D/YY", "M/D", "MDYYYY", "DYYYYMM", "M/M/D/YYYY", "q/M/D/YYYY"] {
            assert_eq!(DateFormat::parse(bad), None, "{bad}");
        }
    }

    proptest::proptest! {
        #[test]
        fn reading_never_panics(format in "\\PC{0,12}", tokens in "[YMDhms/ :T.é-]{0,14}", text in "\\PC{0,16}") {
            for candidate in [format.as_str(), tokens.as_str(), "M/D/YYYY", "DD-MMM-YYYY"] {
                if let Some(format) = DateFormat::parse(candidate) {
                    let _ = format.read(&text);
                }
            }
        }

        #[test]
        fn every_day_is_read_back(offset in 0i64..400_000) {
            let day = Date::parse("1900-01-01").unwrap().plus_days(offset);
            let us = format!("{}/{}/{}", day.month(), day.day(), day.year());
            proptest::prop_assert_eq!(DateFormat::parse("M/D/YYYY").unwrap().read(&us), Ok(day));
        }
    }
}
