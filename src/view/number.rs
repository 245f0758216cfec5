//! Numbers in the chart and the tables: labels in the axis' own scale, ticks, exact values.
//!
//! | function | Chinese | English | where |
//! | --- | --- | --- | --- |
//! | [`short`] | 948亿 | $94.8bn | labels in a chart whose header names the unit |
//! | [`crate::view::value_text::value_with_unit`] | 948亿美元 | $94.8bn | cards, spoken names |
//! | [`exact`] | 94,800,000,000 | 94,800,000,000 | the column "in the unit" |
//! | [`axis_unit`] | 亿美元 | billion US dollars | the chart's header |
//!
//! Units are those of `Quantity::unit`: ISO 4217, UCUM, `%`, `pp`, `times`, `1`, or a classifier, which stays as
//! printed in either language.

use super::value_text::{Scale, plain, rounded, unit_name};
use crate::desk::{Lang, Locale, grouped};

/// For a label beside a mark, where the header names the unit: 948亿, $94.8bn, 21%, 206倍. `largest` is the
/// largest value in the chart; its scale is kept where that reads well: $0.46bn beside $94.8bn, 3000万 beside 948亿.
pub fn short(value: f64, unit: &str, largest: f64, words: &Locale) -> String {
    let common = Scale::of(largest, words);
    let least = if words.lang == Lang::Zh { 1.0 } else { 0.1 };
    let is_common = value.abs() * (1.0 + 1e-9) >= common.factor * least && common.factor > 1.0;
    let scale = if is_common { common } else { Scale::of(value, words) };
    signed(&scale.text(four_digits(value, scale.factor)), unit, words)
}

/// Rounded to four digits, never inside the whole part: 7.8003亿 is 7.8亿, 12345 stays.
fn four_digits(value: f64, factor: f64) -> f64 {
    let n_whole = if value == 0.0 { 1 } else { (value / factor).abs().log10().floor() as i32 + 1 };
    rounded(value, n_whole.max(4))
}

/// A number with the sign of its unit (%, $, 倍, ×) where it has one.
fn signed(number: &str, unit: &str, words: &Locale) -> String {
    let own = words.find(&format!("number.sign.{unit}"));
    // Currency signs stand before the number; words for units do not belong here.
    let currency = || words.find(&format!("unit.{unit}")).filter(|pattern| !pattern.starts_with("{0}"));
    let Some(pattern) = own.or_else(currency) else { return number.to_owned() };
    match number.strip_prefix('−') {
        Some(digits) => format!("−{}", pattern.replace("{0}", digits)),
        None => pattern.replace("{0}", number),
    }
}

/// How many there are, in the little room of a list: 9,480, 14.2万, 142k.
pub fn counted(n: usize, words: &Locale) -> String {
    if n < 10_000 {
        return grouped(&n.to_string());
    }
    let magnitude = 10_f64.powi((n as f64).log10().floor() as i32 - 2);
    short((n as f64 / magnitude).round() * magnitude, "", n as f64, words)
}

/// All digits in groups of three, up to six decimals, without float noise: 94,800,000,000, 0.46.
pub fn exact(value: f64) -> String {
    // A double holds 15 to 16 digits; what stands behind them is noise.
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor().clamp(-9.0, 15.0) as i32 };
    let decimals = (14 - magnitude).clamp(0, 6) as usize;
    let text = format!("{:.decimals$}", value.abs());
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    let (whole, fraction) = text.split_once('.').map_or((text, ""), |(whole, fraction)| (whole, fraction));
    let sign = if value < 0.0 && text != "0" { "−" } else { "" };
    let point = if fraction.is_empty() { "" } else { "." };
    format!("{sign}{}{point}{fraction}", grouped(whole))
}

/// The unit as a chart's header says it, with the scale of the axis: 亿美元, billion US dollars, 万人次.
pub fn axis_unit(unit: &str, largest: f64, words: &Locale) -> String {
    let factor = Scale::of(largest, words).factor;
    let scale = if factor > 1.0 { words.find(&format!("number.scale.e{}", factor.log10().round())) } else { None };
    format!("{}{}", scale.unwrap_or_default(), unit_name(unit, words)).trim().to_owned()
}

/// The words for a tick of a linear axis, all in the scale of the largest: 0, 200亿 … 1000亿. `step` is the
/// distance between two ticks.
pub fn tick_label(tick: f64, step: f64, largest: f64, unit: &str, words: &Locale) -> String {
    if tick.abs() < step * 1e-6 {
        return "0".to_owned();
    }
    let mut scale = Scale::of(largest, words);
    // Ticks a hundredth of the scale apart are said in the next one below: 9990万, not 0.999亿.
    if step < scale.factor * 0.1 {
        scale = Scale::of(step, words);
    }
    // Rounded to a hundredth of the step, so that 0.30000000000000004 is 0.3.
    let grain = step / 100.0;
    signed(&scale.text((tick / grain).round() * grain), unit, words)
}

/// The words for a tick of a logarithmic axis, each in its own scale: 500万, 1亿.
pub fn log_tick_label(tick: f64, unit: &str, words: &Locale) -> String {
    signed(&Scale::of(tick, words).text(tick), unit, words)
}

/// Ticks of a logarithmic axis between two positive values: 1, 2, 5 of each decade, or whole decades where that
/// would be more than `most`.
///
/// ```
/// use nianbiao::view::number::log_ticks;
/// assert_eq!(log_ticks(4.0, 60.0, 9), [5.0, 10.0, 20.0, 50.0]);
/// ```
pub fn log_ticks(low: f64, high: f64, most: usize) -> Vec<f64> {
    if !(low > 0.0 && high >= low && high.is_finite()) {
        return Vec::new();
    }
    let (first, last) = (low.log10().floor() as i32, high.log10().ceil() as i32);
    let within = |value: &f64| *value >= low * (1.0 - 1e-9) && *value <= high * (1.0 + 1e-9);
    let fine: Vec<f64> = (first..=last)
        .flat_map(|exponent| [1.0, 2.0, 5.0].map(|digit| decimal(digit, exponent)))
        .filter(within)
        .collect();
    if fine.len() <= most.max(2) {
        return fine;
    }
    let decades: Vec<f64> = (first..=last).map(|exponent| decimal(1.0, exponent)).filter(within).collect();
    let every = decades.len().div_ceil(most.max(2)).max(1);
    decades.into_iter().step_by(every).collect()
}

/// `digit × 10^exponent` as the nearest double.
fn decimal(digit: f64, exponent: i32) -> f64 {
    if exponent >= 0 { digit * 10_f64.powi(exponent) } else { digit / 10_f64.powi(-exponent) }
}

/// A ratio or share as one would say it: 206 for 206.087, 2.4 for 2.43.
pub fn about(value: f64) -> String {
    plain(rounded(value, if value.abs() >= 10.0 { 3 } else { 2 }))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::view::value_text::nice_ticks;

    #[track_caller]
    fn check(value: f64, unit: &str, largest: f64, zh: &str, en: &str) {
        assert_eq!(short(value, unit, largest, Locale::of(Lang::Zh)), zh);
        assert_eq!(short(value, unit, largest, Locale::of(Lang::En)), en);
    }

    #[test]
    fn labels_leave_the_unit_to_the_header() {
        check(9.48e10, "USD", 9.48e10, "948亿", "$94.8bn");
        check(4.6e8, "USD", 9.48e10, "4.6亿", "$0.46bn");
        check(3e7, "USD", 9.48e10, "3000万", "$30M");
        check(-89_400.0, "EUR", 89_400.0, "−8.94万", "−€89.4k");
        check(1.2e6, "人次", 1.2e6, "120万", "1.2M");
        check(21.3, "%", 40.0, "21.3%", "21.3%");
        check(206.0, "times", 206.0, "206倍", "206×");
        check(0.1 + 0.2, "1", 1.0, "0.3", "0.3");
        check(780_029_000.0, "t", 780_029_000.0, "7.8亿", "780M");
        check(123_456.0, "1", 1.0, "12.35万", "123.5k");
    }

    #[test]
    fn the_header_names_scale_and_unit() {
        let of = |unit, largest, lang| axis_unit(unit, largest, Locale::of(lang));
        assert_eq!(of("USD", 9.48e10, Lang::Zh), "亿美元");
        assert_eq!(of("USD", 9.48e10, Lang::En), "billion US dollars");
        assert_eq!(of("人次", 1.2e6, Lang::Zh), "万人次");
        assert_eq!(of("%", 21.0, Lang::Zh), "%");
    }

    fn labels(low: f64, high: f64, unit: &str, lang: Lang) -> String {
        let ticks = nice_ticks(low, high, 5);
        let largest = ticks.iter().fold(0.0_f64, |largest, tick| largest.max(tick.abs()));
        let label = |tick: &f64| tick_label(*tick, ticks[1] - ticks[0], largest, unit, Locale::of(lang));
        ticks.iter().map(label).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn ticks_are_round_and_their_words_carry_no_noise() {
        assert_eq!(labels(0.0, 9.48e10, "USD", Lang::Zh), "0 200亿 400亿 600亿 800亿 1000亿");
        assert_eq!(labels(0.0, 9.48e10, "USD", Lang::En), "0 $20bn $40bn $60bn $80bn $100bn");
        assert_eq!(labels(0.0, 0.27, "1", Lang::Zh), "0 0.1 0.2 0.3");
        assert_eq!(labels(0.0, 0.22, "1", Lang::Zh), "0 0.05 0.1 0.15 0.2 0.25");
        assert_eq!(labels(-3.0, 8.0, "%", Lang::Zh), "−5% 0 5% 10%");
        assert_eq!(labels(0.0, 1.1e12, "CNY", Lang::Zh), "0 0.5万亿 1万亿 1.5万亿");
        assert_eq!(log_ticks(4.6e8, 9.48e10, 9), [5e8, 1e9, 2e9, 5e9, 1e10, 2e10, 5e10]);
        assert_eq!(log_ticks(1.0, 1e8, 5), [1.0, 1e2, 1e4, 1e6, 1e8]);
        assert_eq!(log_tick_label(5e6, "USD", Locale::of(Lang::Zh)), "500万");
        assert_eq!(exact(9.48e10), "94,800,000,000");
        assert_eq!(exact(-0.1 - 0.2), "−0.3");
        assert_eq!(about(206.087), "206");
    }
}
