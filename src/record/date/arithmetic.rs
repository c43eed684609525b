//! Adding and subtracting calendar units (rule 9 of the schedule).
//!
//! Months and years clamp to the end of the month and are always counted from the anchor:
//! 31 January + 1, 2, 3 months = 28 February, 31 March, 30 April. Results beyond the year
//! 9999 or before the year 1 stay at [`Date::MAX`] or [`Date::MIN`]: a due date never wraps.

use chrono::{Days as ChronoDays, Months};

use super::{Date, Days, Period, Unit};

impl Date {
    /// The date `days` later, or earlier where the number is negative.
    #[must_use]
    pub fn plus_days(self, days: i64) -> Date {
        let step = ChronoDays::new(days.unsigned_abs());
        let (moved, limit) = if days < 0 {
            (self.0.checked_sub_days(step), Date::MIN)
        } else {
            (self.0.checked_add_days(step), Date::MAX)
        };
        moved.map_or(limit, |date| Date(date).clamped())
    }

    /// The date `n` times a period later, counted from this date in one step.
    #[must_use]
    pub fn plus(self, period: Period, n: u32) -> Date {
        match period.total(n) {
            (count, Unit::Days) => self.plus_days(count),
            (months, _) => self.plus_months(months),
        }
    }

    /// The date one period earlier.
    #[must_use]
    pub fn minus(self, period: Period) -> Date {
        match period.total(1) {
            (count, Unit::Days) => self.plus_days(-count),
            (months, _) => self.plus_months(-months),
        }
    }

    /// The date `n` times a period away, `n` of any sign, counted in one step.
    #[must_use]
    pub fn times(self, period: Period, n: i64) -> Date {
        let size = u32::try_from(n.unsigned_abs()).unwrap_or(u32::MAX);
        match (period.total(size), n < 0) {
            ((count, Unit::Days), false) => self.plus_days(count),
            ((count, Unit::Days), true) => self.plus_days(-count),
            ((months, _), false) => self.plus_months(months),
            ((months, _), true) => self.plus_months(-months),
        }
    }

    /// The date some days or weeks later.
    #[must_use]
    pub fn after(self, days: Days) -> Date {
        self.plus_days(i64::from(days.count()))
    }

    /// The date some days or weeks earlier.
    #[must_use]
    pub fn before(self, days: Days) -> Date {
        self.plus_days(-i64::from(days.count()))
    }

    /// The next day.
    #[must_use]
    pub fn next(self) -> Date {
        self.plus_days(1)
    }

    /// The day before.
    #[must_use]
    pub fn previous(self) -> Date {
        self.plus_days(-1)
    }

    /// How many days `later` lies after this date; negative where it lies before.
    pub fn days_to(self, later: Date) -> i64 {
        (later.0 - self.0).num_days()
    }

    /// The whole months from this date to `later`, rounded down: the largest n for which
    /// this date plus n months, clamped, is not after `later`.
    pub fn months_to(self, later: Date) -> i64 {
        let raw =
            i64::from(later.year() - self.year()) * 12 + i64::from(later.month()) - i64::from(self.month());
        if self.plus_months(raw) > later { raw - 1 } else { raw }
    }

    fn plus_months(self, months: i64) -> Date {
        let step = Months::new(u32::try_from(months.unsigned_abs()).unwrap_or(u32::MAX));
        let (moved, limit) = if months < 0 {
            (self.0.checked_sub_months(step), Date::MIN)
        } else {
            (self.0.checked_add_months(step), Date::MAX)
        };
        moved.map_or(limit, |date| Date(date).clamped())
    }

    fn clamped(self) -> Date {
        self.clamp(Date::MIN, Date::MAX)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn day(text: &str) -> Date {
        Date::parse(text).unwrap()
    }

    fn period(text: &str) -> Period {
        Period::parse(text).unwrap()
    }

    #[test]
    fn months_clamp_from_the_anchor() {
        let plus = |from: &str, p: &str, n: u32| day(from).plus(period(p), n).to_string();
        assert_eq!(plus("2024-02-29", "12 months", 1), "2025-02-28");
        assert_eq!(plus("2024-02-29", "48 months", 1), "2028-02-29");
        assert_eq!(plus("2024-02-29", "1 year", 4), "2028-02-29");
        assert_eq!(plus("2025-01-31", "1 month", 1), "2025-02-28");
        assert_eq!(plus("2025-01-31", "1 month", 2), "2025-03-31");
        assert_eq!(plus("2025-01-31", "1 month", 3), "2025-04-30");
        assert_eq!(plus("2023-03-01", "365 days", 1), "2024-02-29");
        assert_eq!(plus("2026-01-31", "30 days", 1), "2026-03-02");
        assert_eq!(plus("2025-08-31", "6 months", 1), "2026-02-28");
        assert_eq!(day("2024-02-29").minus(period("1 year")).to_string(), "2023-02-28");
    }

    #[test]
    fn nothing_wraps_at_the_ends() {
        assert_eq!(day("2999-12-31").plus(period("100 years"), 4_000_000_000), Date::MAX);
        assert_eq!(Date::MIN.plus_days(-5), Date::MIN);
        assert_eq!(Date::MAX.next(), Date::MAX);
        assert_eq!(day("2000-01-01").times(period("1 year"), -5000), Date::MIN);
    }

    #[test]
    fn whole_months_round_down() {
        assert_eq!(day("2025-01-31").months_to(day("2025-02-28")), 1);
        assert_eq!(day("2025-01-31").months_to(day("2025-03-30")), 1);
        assert_eq!(day("2025-01-31").months_to(day("2024-12-30")), -2);
    }

    proptest::proptest! {
        #[test]
        fn months_to_is_the_largest_that_fits(a in 0i64..200_000, b in 0i64..200_000) {
            let (from, to) = (Date::MIN.plus_days(500_000 + a), Date::MIN.plus_days(500_000 + b));
            let n = from.months_to(to);
            let one = period("1 month");
            proptest::prop_assert!(from.times(one, n) <= to);
            proptest::prop_assert!(from.times(one, n + 1) > to);
        }

        #[test]
        fn days_there_and_back(a in 0i64..1_000_000, n in -100_000i64..100_000) {
            let from = Date::MIN.plus_days(1_000_000 + a);
            proptest::prop_assert_eq!(from.plus_days(n).plus_days(-n), from);
            proptest::prop_assert_eq!(from.days_to(from.plus_days(n)), n);
        }
    }
}
