//! Values that are summed from January on: 前8个月, 前三季度, 上半年.
//!
//! Each stands at the month it ends with, and no line leads from December's sum to January's: it begins anew.

use crate::edtf::{Interval, Moment};
use chrono::{Datelike as _, Months, NaiveTime, TimeDelta};

/// Whether values told for `intervals` are sums that grow through a year: all begin with a year that they do not
/// outlast, and at least two of one year end at different times.
pub fn are_sums(intervals: impl Iterator<Item = Interval>) -> bool {
    let mut ends: Vec<(i32, Moment)> = Vec::new();
    for interval in intervals {
        let (Some(start), Some(end)) = (interval.start, interval.end) else { return false };
        let opens = start.0.ordinal() == 1 && start.0.time() == NaiveTime::MIN;
        if !opens || last(end).year() != start.0.year() {
            return false;
        }
        ends.push((start.0.year(), end));
    }
    ends.sort_unstable();
    ends.dedup();
    ends.windows(2).any(|pair| pair[0].0 == pair[1].0)
}

/// Where a sum stands: the last month of its interval.
pub fn last_month(interval: Interval) -> Interval {
    let start = interval.end.and_then(|end| end.0.checked_sub_months(Months::new(1))).map(Moment);
    if start > interval.start { Interval::new(start, interval.end) } else { interval }
}

/// Whether the sum told for `b` begins anew behind that told for `a`.
pub fn begins_anew(a: Interval, b: Interval) -> bool {
    let year = |interval: Interval| interval.end.map(|end| last(end).year());
    year(a) != year(b)
}

/// The last second before `end`.
fn last(end: Moment) -> chrono::NaiveDateTime {
    end.0 - TimeDelta::seconds(1)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::edtf::Edtf;

    fn intervals(edtfs: &[&str]) -> Vec<Interval> {
        edtfs.iter().map(|edtf| edtf.parse::<Edtf>().unwrap().interval().unwrap()).collect()
    }

    #[test]
    fn sums_grow_through_a_year() {
        let sums = |edtfs: &[&str]| are_sums(intervals(edtfs).into_iter());
        assert!(sums(&["2023-01/2023-02", "2023-33", "2023-01/2023-11", "2023"]));
        // One a year is compared with that of the next.
        assert!(!sums(&["2022-01/2022-09", "2023-01/2023-09"]));
        assert!(!sums(&["2023-01", "2023-02"]));
        assert!(!sums(&["2022", "2023"]));
    }

    #[test]
    fn a_sum_stands_at_its_last_month_and_begins_anew_with_the_year() {
        let [december, january] = intervals(&["2023", "2024-01"])[..] else { panic!("two") };
        assert_eq!(last_month(december), intervals(&["2023-12"])[0]);
        assert_eq!(last_month(january), january);
        assert!(begins_anew(december, january));
        assert!(!begins_anew(january, intervals(&["2024"])[0]));
    }
}
