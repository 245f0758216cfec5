//! The two tiers of the ruler at every zoom: names of coarse units above, ticks below.
//!
//! ```text
//! │2025年6月                            upper: spans, named at their left edge as long as they are in view
//! │1 ╷ ╷ ╷ 5 ╷ ╷ ╷ ╷ 10 ╷ ╷ ╷ ╷ 15     lower: ticks of the finest step whose labels keep 12 px apart
//! ```

use super::{time_scale::Piece, when::DAY_SECS, words};
use crate::{
    desk::{Locale, WeekStart},
    edtf::Moment,
};
use chrono::{Datelike as _, Timelike as _};

/// Blank between two labels of a tier, in pixels.
const LABEL_GAP_PX: f64 = 12.0;
/// Blank about a name of the upper tier, in pixels.
const NAME_PAD_PX: f64 = 8.0;
/// Unlabelled ticks appear from this spacing.
const MINOR_GAP_PX: f64 = 4.0;
/// More ticks than this are never made.
const MAX_TICKS: usize = 2_000;
const YEAR_SECS: f64 = 365.2425 * DAY_SECS;

/// A span of the upper tier.
#[derive(Debug, Clone, PartialEq)]
pub struct UpperSpan {
    /// Where it begins in view.
    pub left_px: f64,
    /// Where it ends in view.
    pub right_px: f64,
    /// Whether it begins in view, so that a line stands at its left edge.
    pub begins: bool,
    /// Its name; `None` where there is no room for it.
    pub label: Option<String>,
}

/// A tick of the lower tier.
#[derive(Debug, Clone, PartialEq)]
pub struct Tick {
    /// Its place.
    pub px: f64,
    /// Its label with the place of the label's middle.
    pub label: Option<(f64, String)>,
    /// Whether a week begins here; only where there is a tick for every day.
    pub begins_week: bool,
}

/// Both tiers of one piece of the axis.
#[derive(Debug, Clone, PartialEq, Default)]
pub struct Ruler {
    /// Upper tier, from left to right.
    pub upper: Vec<UpperSpan>,
    /// Lower tier, from left to right.
    pub lower: Vec<Tick>,
}

/// A step of the calendar.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Step {
    Years(i32),
    /// Ten years as people count them: the 170s BCE are 179 to 170 BCE.
    Decade,
    Months(u32),
    Days(u32),
    Hours(u32),
    Minutes(u32),
    Seconds(u32),
}

/// What the two tiers show at a zoom.
struct Level {
    /// From fine to coarse; the first whose names have room is taken.
    upper: &'static [Step],
    /// From fine to coarse; the first whose labels keep apart is taken.
    lower: &'static [Step],
    minor: Step,
}

/// The ticks of an axis over the ages of the earth, further than [`Moment`] counts.
const VAST: &[Step] = &[
    Step::Years(10_000),
    Step::Years(20_000),
    Step::Years(50_000),
    Step::Years(100_000),
    Step::Years(200_000),
    Step::Years(500_000),
    Step::Years(1_000_000),
];

/// The level for a number of pixels a second.
fn level(px_per_sec: f64) -> Level {
    use Step::{Days, Decade, Hours, Minutes, Months, Seconds, Years};
    let px = |secs: f64| secs * px_per_sec;
    let (upper, lower, minor): (&'static [Step], &'static [Step], Step) = if px(60.0) >= 40.0 {
        (
            &[Minutes(1), Hours(1), Days(1)],
            &[Seconds(1), Seconds(5), Seconds(15), Seconds(30), Minutes(1), Minutes(5)],
            Seconds(1),
        )
    } else if px(3_600.0) >= 40.0 {
        (
            &[Hours(1), Days(1), Months(1)],
            &[Minutes(1), Minutes(5), Minutes(15), Minutes(30), Hours(1), Hours(3)],
            Minutes(1),
        )
    } else if px(DAY_SECS) >= 30.0 {
        (&[Days(1), Months(1), Years(1)], &[Hours(1), Hours(3), Hours(6), Hours(12), Days(1), Days(5)], Hours(1))
    } else if px(DAY_SECS * 30.4) >= 60.0 {
        (&[Months(1), Years(1)], &[Days(1), Days(5), Days(10), Days(15), Months(1)], Days(1))
    } else if px(YEAR_SECS) >= 40.0 {
        (&[Years(1), Decade], &[Months(1), Months(3), Months(6), Years(1), Years(2)], Months(1))
    } else if px(YEAR_SECS * 10.0) >= 40.0 {
        (&[Decade, Years(100)], &[Years(1), Years(2), Years(5), Years(10), Years(20)], Years(1))
    } else if px(YEAR_SECS * 100.0) >= 40.0 {
        (&[Years(100), Years(1000)], &[Years(25), Years(50), Years(100), Years(200)], Years(10))
    } else if px(YEAR_SECS * 1000.0) >= 10.0 {
        (&[Years(1000)], &[Years(500), Years(1000), Years(2000), Years(5000), Years(10_000)], Years(100))
    } else {
        // So far away a year's number says all: no unit above it has a name.
        let minor = if px(YEAR_SECS * 1000.0) >= MINOR_GAP_PX { 1000 } else { 10_000 };
        (&[], VAST, Years(minor))
    };
    Level { upper, lower, minor }
}

/// The ruler of one piece; weeks begin with `week`, `width` measures a label in pixels.
pub fn ruler(piece: &Piece, locale: &Locale, week: WeekStart, width: &dyn Fn(&str) -> f64) -> Ruler {
    let level = level(piece.px_per_sec());
    // Hours say nothing where the day above them has no room to be named.
    let says_which = |step: &Step| match step {
        Step::Hours(_) if level.upper.first() == Some(&Step::Days(1)) => {
            let days = starts(Step::Days(1), piece.start, piece.end);
            let widest = days.iter().map(|day| width(&upper_label(Step::Days(1), *day, locale))).fold(0.0, f64::max);
            widest + NAME_PAD_PX <= DAY_SECS * piece.px_per_sec()
        }
        _ => true,
    };
    let has_room = |step: &Step| fits(*step, piece, locale, width) && says_which(step);
    let lower_step = level.lower.iter().copied().find(has_room);
    let floor = lower_step.map_or(0.0, reach_secs);
    // Years below the name of their century say more; a year below the same year does not.
    let says_more = |step: Step| Some(step) != lower_step || matches!(step, Step::Years(100..));
    let coarser = level.upper.iter().filter(|step| reach_secs(**step) >= floor && says_more(**step));
    let named = coarser.into_iter().find_map(|step| {
        let spans = upper_spans(*step, piece, locale, width);
        // A span cut by the edge may lack its name; where a whole one has room, one at least is named.
        spans.iter().any(|span| span.label.is_some()).then_some(spans)
    });
    let coarsest = || level.upper.last().map(|step| upper_spans(*step, piece, locale, width)).unwrap_or_default();
    let mut lower = lower_ticks(lower_step, level.minor, piece, locale, width);
    // Where every day has a tick, weeks are told apart; hours and months have nothing to do with them.
    if level.minor == Step::Days(1) || lower_step == Some(Step::Days(1)) {
        mark_weeks(&mut lower, piece, week);
    }
    Ruler { upper: named.unwrap_or_else(coarsest), lower }
}

/// What one line says of a piece: its ticks where those are years or coarser, else the names above them, for months and
/// days say nothing without their year. Places of the labels' middles, and the labels.
pub fn one_line(piece: &Piece, ruler: &Ruler, width: &dyn Fn(&str) -> f64) -> Vec<(f64, String)> {
    // As in `level`: below it ticks are months.
    if YEAR_SECS * piece.px_per_sec() < 40.0 {
        return ruler.lower.iter().filter_map(|tick| tick.label.clone()).collect();
    }
    let named = ruler.upper.iter().filter_map(|span| Some((span, span.label.as_ref()?)));
    named.map(|(span, label)| (span.left_px + 4.0 + width(label) / 2.0, label.clone())).collect()
}

/// Marks the ticks that a week begins with, where every day has one.
fn mark_weeks(ticks: &mut [Tick], piece: &Piece, week: WeekStart) {
    let days = starts(Step::Days(1), piece.start, piece.end);
    if ticks.len() < days.len() {
        return;
    }
    let begins: Vec<f64> = days
        .into_iter()
        .filter(|day| day.0.weekday().num_days_from_monday() == week.days_from_monday())
        .map(|day| piece.px_from_time(day.seconds() as f64))
        .collect();
    for tick in ticks {
        tick.begins_week = begins.iter().any(|px| (px - tick.px).abs() < 0.5);
    }
}

fn fits(step: Step, piece: &Piece, locale: &Locale, width: &dyn Fn(&str) -> f64) -> bool {
    let starts = starts(step, piece.start, piece.end);
    if starts.len() >= MAX_TICKS {
        return false;
    }
    let widest = starts.iter().map(|at| width(&lower_label(step, *at, locale))).fold(0.0, f64::max);
    let secs = |moment: &Moment| moment.seconds() as f64;
    let least = starts.windows(2).map(|pair| secs(&pair[1]) - secs(&pair[0])).fold(f64::INFINITY, f64::min);
    least * piece.px_per_sec() >= widest + LABEL_GAP_PX
}

fn upper_spans(step: Step, piece: &Piece, locale: &Locale, width: &dyn Fn(&str) -> f64) -> Vec<UpperSpan> {
    let mut inside = starts(step, piece.start, piece.end);
    if let Some(first) = last_start_before(step, piece.start)
        && inside.first() != Some(&first)
    {
        inside.insert(0, first);
    }
    let ends: Vec<f64> =
        inside.iter().skip(1).map(|moment| moment.seconds() as f64).chain(std::iter::once(piece.end)).collect();
    inside
        .iter()
        .zip(ends)
        .map(|(start, end)| {
            let secs = start.seconds() as f64;
            let (left_px, right_px) = (piece.px_from_time(secs.max(piece.start)), piece.px_from_time(end));
            let label = upper_label(step, *start, locale);
            let has_room = width(&label) + NAME_PAD_PX <= right_px - left_px;
            UpperSpan { left_px, right_px, begins: secs >= piece.start, label: has_room.then_some(label) }
        })
        .collect()
}

fn lower_ticks(
    step: Option<Step>,
    minor: Step,
    piece: &Piece,
    locale: &Locale,
    width: &dyn Fn(&str) -> f64,
) -> Vec<Tick> {
    let px = |moment: &Moment| piece.px_from_time(moment.seconds() as f64);
    let labelled = step.map(|step| starts(step, piece.start, piece.end)).unwrap_or_default();
    let is_unit = matches!(step, Some(Step::Years(1) | Step::Months(1) | Step::Days(1)));
    let mut last_right = f64::NEG_INFINITY;
    let mut ticks: Vec<Tick> = labelled
        .iter()
        .enumerate()
        .map(|(idx, at)| {
            let left = px(at);
            let text = step.map_or_else(String::new, |step| lower_label(step, *at, locale));
            let half = width(&text) / 2.0;
            let next = labelled.get(idx + 1).map_or(f64::INFINITY, px);
            let middle = if is_unit && next.is_finite() { f64::midpoint(left, next) } else { left };
            // At the edge a label moves inside by at most its half.
            let middle = middle.clamp(piece.left_px + half.min(left - piece.left_px + half), f64::INFINITY);
            let middle = middle.min((piece.right_px - half).max(left - half * 0.6));
            let is_inside = middle - half >= piece.left_px - 0.5
                && middle + half <= piece.right_px + 0.5
                && middle - half >= last_right + LABEL_GAP_PX / 2.0;
            if is_inside {
                last_right = middle + half;
            }
            Tick { px: left, label: is_inside.then_some((middle, text)), begins_week: false }
        })
        .collect();
    let minors = starts(minor, piece.start, piece.end);
    let n_minors = minors.len().max(1) as f64;
    if minors.len() < MAX_TICKS && piece.width_px() / n_minors >= MINOR_GAP_PX {
        let unlabelled = |at: &Moment| Tick { px: px(at), label: None, begins_week: false };
        ticks.extend(minors.iter().filter(|at| !labelled.contains(at)).map(unlabelled));
        ticks.sort_by(|a, b| a.px.total_cmp(&b.px));
    }
    ticks
}

/// Centuries and millennia are counted as far as this year, before and after year 1; beyond it a stretch is called by
/// the year that begins it.
const COUNTED_TO: i32 = 10_000;

fn lower_label(step: Step, at: Moment, locale: &Locale) -> String {
    let at = at.0;
    match step {
        Step::Years(_) | Step::Decade => words::year_short(at.year(), locale),
        Step::Months(_) => words::month(at.month(), locale),
        Step::Days(_) => at.day().to_string(),
        Step::Hours(_) => locale.fill("date.tick-hour", &[&at.hour().to_string()]),
        Step::Minutes(_) => format!("{}:{:02}", at.hour(), at.minute()),
        Step::Seconds(_) => format!("{}:{:02}:{:02}", at.hour(), at.minute(), at.second()),
    }
}

fn upper_label(step: Step, at: Moment, locale: &Locale) -> String {
    let date = at.0;
    let day = || {
        let day = words::day(at, locale);
        locale.fill("date.day-weekday", &[&day, &words::weekday(at, locale)])
    };
    match step {
        Step::Years(100 | 1000) if date.year().abs() > COUNTED_TO => words::year_brief(date.year(), locale),
        Step::Years(1000) => words::millennium(date.year(), locale),
        Step::Years(100) => words::century(date.year(), locale),
        Step::Decade => words::decade(date.year(), locale),
        Step::Years(_) => words::year_brief(date.year(), locale),
        Step::Months(_) => words::year_long_month(date.year(), date.month(), locale),
        Step::Days(_) => day(),
        Step::Hours(_) => locale.fill("date.day-hour", &[&words::day(at, locale), &date.hour().to_string()]),
        Step::Minutes(_) | Step::Seconds(_) => {
            let clock = [date.hour().to_string(), format!("{:02}", date.minute())];
            locale.fill("date.minute", &[&words::day(at, locale), &clock[0], &clock[1]])
        }
    }
}

/// A stretch in which a step surely begins once, in seconds; longer for coarser steps.
fn reach_secs(step: Step) -> f64 {
    match step {
        Step::Years(n) => f64::from(n) * YEAR_SECS * 1.1,
        Step::Decade => 11.0 * YEAR_SECS,
        Step::Months(n) => f64::from(n) * 32.0 * DAY_SECS,
        Step::Days(n) => f64::from(n) * 2.0 * DAY_SECS,
        Step::Hours(n) => f64::from(n) * 3_600.0,
        Step::Minutes(n) => f64::from(n) * 60.0,
        Step::Seconds(n) => f64::from(n),
    }
}

/// The last beginning of a step at or before a time.
fn last_start_before(step: Step, secs: f64) -> Option<Moment> {
    let reach = reach_secs(step);
    starts(step, secs - reach, secs).into_iter().next_back()
}

/// The beginnings of a step from `start` to `end`, at most [`MAX_TICKS`].
fn starts(step: Step, start: f64, end: f64) -> Vec<Moment> {
    let (Some(first), Some(last)) = (moment(start.floor()), moment(end.ceil())) else { return Vec::new() };
    let found: Vec<Moment> = match step {
        Step::Years(n) => year_starts(first.0.year(), last.0.year(), n, 0),
        Step::Decade => year_starts(first.0.year(), last.0.year(), 10, 9),
        Step::Months(n) => {
            let from = first.0.year() * 12 + first.0.month0() as i32;
            let to = last.0.year() * 12 + last.0.month0() as i32;
            (from..=to)
                .filter(|month| month.rem_euclid(n as i32) == 0)
                .take(MAX_TICKS)
                .filter_map(|month| Moment::from_ymd(month.div_euclid(12), month.rem_euclid(12) as u32 + 1, 1))
                .collect()
        }
        Step::Days(n) => {
            let is_start = |day: u32| n == 1 || day == 1 || (day.is_multiple_of(n) && day + n / 2 <= 30);
            let from = first.0.date();
            from.iter_days()
                .take_while(|day| *day <= last.0.date())
                .filter(|day| is_start(day.day()))
                .take(MAX_TICKS)
                .filter_map(|day| Moment::from_ymd(day.year(), day.month(), day.day()))
                .collect()
        }
        Step::Hours(n) => clock_starts(start, end, i64::from(n) * 3_600),
        Step::Minutes(n) => clock_starts(start, end, i64::from(n) * 60),
        Step::Seconds(n) => clock_starts(start, end, i64::from(n)),
    };
    found.into_iter().filter(|at| (at.seconds() as f64) >= start && (at.seconds() as f64) <= end).collect()
}

/// First days of the years that are multiples of `step` as people count them: …, 200 BCE, 100 BCE, 1, 100, …
/// Before year 1 a span begins with its highest number: the 2nd century BCE with 200, the 170s BCE with 179.
fn year_starts(first: i32, last: i32, step: i32, bce_offset: i32) -> Vec<Moment> {
    let step = step.max(1);
    let mut years: Vec<i32> = Vec::new();
    if first <= 0 {
        let highest = (1 - first - bce_offset).div_euclid(step);
        let lowest = (1 - last.min(0) - bce_offset).div_euclid(step).max(0);
        years.extend(
            (lowest..=highest).rev().map(|k| 1 - (k * step + bce_offset)).filter(|year| *year <= 0).take(MAX_TICKS),
        );
    }
    if last >= 1 {
        let (from, to) = (first.max(1).div_euclid(step), last.div_euclid(step));
        let is_span = step >= 10 && step != 25 && step != 50 || bce_offset > 0;
        years.extend((is_span && first <= 1).then_some(1));
        years.extend((from..=to).map(|k| k * step).filter(|year| *year >= 1).take(MAX_TICKS));
        years.dedup();
    }
    years.into_iter().filter_map(|year| Moment::from_ymd(year, 1, 1)).collect()
}

fn clock_starts(start: f64, end: f64, step: i64) -> Vec<Moment> {
    let first = (start as i64).div_euclid(step);
    let last = (end as i64).div_euclid(step);
    (first..=last).take(MAX_TICKS).filter_map(|k| Moment::from_seconds(k * step)).collect()
}

fn moment(secs: f64) -> Option<Moment> {
    Moment::from_seconds(secs as i64)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;
    use proptest::prelude::*;

    fn at(text: &str) -> f64 {
        text.parse::<Moment>().unwrap().seconds() as f64
    }

    fn tiers(start: &str, end: &str, width: f64, lang: Lang) -> (String, String) {
        let piece = Piece { start: at(start), end: at(end), left_px: 0.0, right_px: width };
        let ruler = ruler(&piece, Locale::of(lang), WeekStart::Monday, &|text| text.chars().count() as f64 * 8.0);
        let upper: Vec<String> = ruler.upper.into_iter().filter_map(|span| span.label).collect();
        let lower: Vec<String> = ruler.lower.into_iter().filter_map(|tick| Some(tick.label?.1)).collect();
        (upper.join(" "), lower.join(" "))
    }

    #[track_caller]
    fn check(start: &str, end: &str, width: f64, upper: &str, lower: &str) {
        let (up, low) = tiers(start, end, width, Lang::Zh);
        assert_eq!((up.as_str(), low.as_str()), (upper, lower));
    }

    #[test]
    fn each_zoom_has_its_units() {
        check("-0206-01-01T00:00:00", "-0040-01-01T00:00:00", 132.0, "前2世纪 前1世纪", "前200 前100");
        check("1990-01-01T00:00:00", "2025-01-01T00:00:00", 240.0, "1990年代 2000年代 2010年代", "1990 2000 2010 2020");
        check("2025-06-01T00:00:00", "2025-06-28T00:00:00", 220.0, "2025年6月", "1 5 10 15 20 25");
        check(
            "2023-01-01T00:00:00",
            "2025-01-01T00:00:00",
            300.0,
            "2023年 2024年",
            "1月 4月 7月 10月 1月 4月 7月 10月",
        );
        check(
            "2025-06-22T00:00:00",
            "2025-06-24T00:00:00",
            400.0,
            "2025年6月22日 周日 2025年6月23日 周一",
            "0时 6时 12时 18时 0时 6时 12时 18时",
        );
        check(
            "2025-06-22T18:00:00",
            "2025-06-22T20:00:00",
            400.0,
            "2025年6月22日 18时 2025年6月22日 19时",
            "18:00 18:30 19:00 19:30",
        );
        // Too narrow for the names of days: then the days themselves stand below, not hours of who knows which.
        check("2025-06-20T00:00:00", "2025-06-26T00:00:00", 480.0, "2025年6月", "20 21 22 23 24 25");
        let (upper, lower) = tiers("-2000-01-01T00:00:00", "2025-01-01T00:00:00", 600.0, Lang::En);
        assert_eq!(upper, "2nd mill. BCE 1st mill. BCE 1st mill. 2nd mill.");
        assert_eq!(lower, "2000 BCE 1000 BCE 1 1000");
        // The time of early man, and all that can be told.
        let stone_age = ("-200000-01-01T00:00:00", "2025-01-01T00:00:00");
        check(stone_age.0, stone_age.1, 600.0, "", "前200000 前150000 前100000 前50000 1");
        check(stone_age.0, stone_age.1, 96.0, "", "前200000");
        check("-260000-01-01T00:00:00", "260000-01-01T00:00:00", 400.0, "", "前200000 前100000 1 100000 200000");
        let (_, lower) = tiers(stone_age.0, stone_age.1, 600.0, Lang::En);
        assert_eq!(lower, "200000 BCE 150000 BCE 100000 BCE 50000 BCE 1");
        // Nobody counts the hundred-and-fourteenth century.
        let (upper, _) = tiers("-113000-01-01T00:00:00", "-111500-01-01T00:00:00", 600.0, Lang::En);
        assert!(upper.contains("BCE") && !upper.contains(" c. "), "{upper}");
    }

    #[test]
    fn one_line_never_leaves_the_year_open() {
        let line = |start: &str, end: &str, right_px: f64| -> Vec<String> {
            let piece = Piece { start: at(start), end: at(end), left_px: 0.0, right_px };
            let width = |text: &str| text.chars().count() as f64 * 8.0;
            let ruler = ruler(&piece, Locale::of(Lang::Zh), WeekStart::Monday, &width);
            one_line(&piece, &ruler, &width).into_iter().map(|(_, label)| label).collect()
        };
        assert_eq!(line("1423-10-01T00:00:00", "1423-10-12T00:00:00", 96.0), ["1423年10月"]);
        assert_eq!(line("2023-01-01T00:00:00", "2025-01-01T00:00:00", 300.0), ["2023年", "2024年"]);
        assert_eq!(line("1990-01-01T00:00:00", "2025-01-01T00:00:00", 240.0), ["1990", "2000", "2010", "2020"]);
    }

    #[test]
    fn weeks_begin_where_the_reader_has_them_begin() {
        let begins = |start: &str, end: &str, width: f64, week: WeekStart| -> Vec<f64> {
            let piece = Piece { start: at(start), end: at(end), left_px: 0.0, right_px: width };
            let ruler = ruler(&piece, Locale::of(Lang::Zh), week, &|text| text.chars().count() as f64 * 8.0);
            let weeks = ruler.lower.iter().filter(|tick| tick.begins_week);
            weeks.map(|tick| ((piece.time_from_px(tick.px) - piece.start) / DAY_SECS).round() + 1.0).collect()
        };
        let june = |width: f64, week: WeekStart| begins("2025-06-01T00:00:00", "2025-07-01T00:00:00", width, week);
        // Whether the days have labels or ticks alone.
        for width in [240.0, 900.0] {
            assert_eq!(june(width, WeekStart::Monday), [2.0, 9.0, 16.0, 23.0, 30.0], "{width}");
            assert_eq!(june(width, WeekStart::Sunday), [1.0, 8.0, 15.0, 22.0, 29.0], "{width}");
            assert_eq!(june(width, WeekStart::Saturday), [7.0, 14.0, 21.0, 28.0], "{width}");
        }
        // Without a tick for every day, no week is marked by chance.
        let year = begins("2025-01-01T00:00:00", "2026-01-01T00:00:00", 900.0, WeekStart::Monday);
        assert!(year.is_empty(), "{year:?}");
    }

    proptest! {
        #[test]
        fn labels_keep_apart_at_every_zoom(middle in -6.8e10..1.75e9_f64, exponent in 1.2..13.2_f64, width in 96.0..1600.0_f64) {
            let half = 10_f64.powf(exponent) / 2.0;
            let piece = Piece { start: middle - half, end: middle + half, left_px: 112.0, right_px: 112.0 + width };
            let measure = |text: &str| text.chars().count() as f64 * 8.0;
            for lang in [Lang::Zh, Lang::En] {
                let ruler = ruler(&piece, Locale::of(lang), WeekStart::Monday, &measure);
                let mut right = f64::NEG_INFINITY;
                for (x, text) in ruler.lower.iter().filter_map(|tick| tick.label.as_ref()) {
                    let half = measure(text) / 2.0;
                    prop_assert!(x - half >= right + 5.9, "`{text}` is too close");
                    prop_assert!(x - half >= piece.left_px - 1.0 && x + half <= piece.right_px + 1.0, "`{text}` sticks out");
                    prop_assert!(text != "0" && text != "前0");
                    right = x + half;
                }
                let is_vast = YEAR_SECS * 1000.0 * piece.px_per_sec() < 10.0;
                prop_assert!(is_vast || !ruler.upper.is_empty());
            }
        }
    }
}
