//! Numbers in the user's words: 948亿, 4.6亿, 120万; 94.8bn, 460M, 1.2M.

use crate::desk::Locale;

/// One word for large numbers and what it stands for: 亿 is 1e8.
#[derive(Debug, Clone, PartialEq)]
pub struct Scale {
    /// What one of it is.
    pub factor: f64,
    /// As written behind the number; empty for ones.
    pub word: String,
}

impl Scale {
    /// The largest scale of the language that leaves at least 1 of `value`.
    pub fn of(value: f64, words: &Locale) -> Self {
        // "1e4 万 1e8 亿 1e12 万亿", ascending.
        let mut best = Self { factor: 1.0, word: String::new() };
        let mut parts = words.get("value.scales").split_whitespace();
        while let (Some(factor), Some(word)) = (parts.next(), parts.next()) {
            let factor: f64 = factor.parse().unwrap_or(f64::INFINITY);
            // A hair below the step still rounds up to it.
            if value.abs() >= factor * (1.0 - 1e-9) {
                best = Self { factor, word: word.to_owned() };
            }
        }
        best
    }

    /// The value in this scale: 948亿. Zero stays a bare 0.
    pub fn text(&self, value: f64) -> String {
        if value == 0.0 { "0".to_owned() } else { format!("{}{}", plain(value / self.factor), self.word) }
    }
}

/// A number with its scale: 94,800,000,000 is 948亿 or 94.8bn.
pub fn value_text(value: f64, words: &Locale) -> String {
    Scale::of(value, words).text(value)
}

/// A number with scale and unit: 948亿美元, $94.8bn, 14.2%, 120万人次.
///
/// `unit` is the model's code (ISO 4217, UCUM, `%`, or a classifier, which is written as it stands).
pub fn value_with_unit(value: f64, unit: &str, words: &Locale) -> String {
    let number = value_text(value, words);
    match words.find(&format!("unit.{unit}")) {
        Some(pattern) => pattern.replace("{0}", &number),
        // 3100元/笔: a rate is its upper unit, per the lower; km/h has a name of its own.
        None if unit.contains('/') && words.find(&format!("unit-name.{unit}")).is_none() => {
            let (upper, lower) = unit.split_once('/').unwrap_or((unit, ""));
            format!("{}/{}", value_with_unit(value, upper, words), unit_name(lower, words))
        }
        None if unit.is_empty() || unit == "1" => number,
        None => words.fill("unit.any", &[&number, &unit_name(unit, words)]),
    }
}

/// The unit's own name: 美元, US dollars; empty for bare numbers.
pub fn unit_name(unit: &str, words: &Locale) -> String {
    match words.find(&format!("unit-name.{unit}")) {
        Some(name) => name.to_owned(),
        None if unit.contains('/') => {
            let (upper, lower) = unit.split_once('/').unwrap_or((unit, ""));
            format!("{}/{}", unit_name(upper, words), unit_name(lower, words))
        }
        None if unit == "1" => String::new(),
        None => unit.to_owned(),
    }
}

/// At most six significant digits, no trailing zeros, U+2212 as the minus sign.
pub fn plain(value: f64) -> String {
    if !value.is_finite() {
        return "?".to_owned();
    }
    let magnitude = if value == 0.0 { 0 } else { value.abs().log10().floor() as i32 };
    let decimals = usize::try_from(5 - magnitude).unwrap_or(0).min(9);
    let text = format!("{:.decimals$}", value.abs());
    let text = if text.contains('.') { text.trim_end_matches('0').trim_end_matches('.') } else { &text };
    if value < 0.0 && text != "0" { format!("−{text}") } else { text.to_owned() }
}

/// Rounded to `n_digits` significant digits.
pub fn rounded(value: f64, n_digits: i32) -> f64 {
    if value == 0.0 || !value.is_finite() {
        return value;
    }
    let unit = 10_f64.powi(value.abs().log10().floor() as i32 + 1 - n_digits);
    (value / unit).round() * unit
}

/// The ticks of a value axis: steps of 1, 2 or 5 × 10ⁿ, at most `n_max` steps, from at or below `min` to at or above `max`.
///
/// ```
/// use nianbiao::view::value_text::nice_ticks;
/// assert_eq!(nice_ticks(0.0, 948.0, 6), [0.0, 200.0, 400.0, 600.0, 800.0, 1000.0]);
/// ```
pub fn nice_ticks(min: f64, max: f64, n_max: usize) -> Vec<f64> {
    let (min, max) = if min.is_finite() && max.is_finite() && min < max { (min, max) } else { (0.0, max.max(1.0)) };
    // Zero is always a tick: on both sides of it there is at least one step.
    let n_max = if min < 0.0 && max > 0.0 { n_max.max(2) } else { n_max.max(1) };
    let mut power = ((max - min) / n_max as f64).log10().floor() as i32 - 1;
    loop {
        for digit in [1.0, 2.0, 5.0] {
            let step = digit * 10_f64.powi(power);
            let (first, last) = ((min / step + 1e-9).floor(), (max / step - 1e-9).ceil());
            if last - first <= n_max as f64 {
                // Dividing keeps tenths and hundredths exact where multiplying by 0.1 would not.
                let exact = |count: f64| if power < 0 { count * digit / 10_f64.powi(-power) } else { count * step };
                return (0..=(last - first) as usize).map(|idx| exact(first + idx as f64)).collect();
            }
        }
        power += 1;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::desk::Lang;

    #[track_caller]
    fn check(value: f64, unit: &str, zh: &str, en: &str) {
        assert_eq!(value_with_unit(value, unit, Locale::of(Lang::Zh)), zh);
        assert_eq!(value_with_unit(value, unit, Locale::of(Lang::En)), en);
    }

    #[test]
    fn large_numbers_have_their_words() {
        check(94_800_000_000.0, "USD", "948亿美元", "$94.8bn");
        check(460_000_000.0, "USD", "4.6亿美元", "$460M");
        check(1_200_000.0, "人次", "120万人次", "1.2M 人次");
        check(1_800.0, "名", "1800名", "1.8k 名");
        check(14.2, "%", "14.2%", "14.2%");
        check(-3.5, "%", "−3.5%", "−3.5%");
        check(1.26e13, "CNY", "12.6万亿元", "¥12.6tn");
        check(3100.0, "CNY/笔", "3100元/笔", "¥3.1k/笔");
        check(0.1 + 0.2, "times", "0.3倍", "0.3 times");
        check(4e9, "USD/year", "40亿美元/年", "$4bn/year");
        check(104.58, "deg", "104.58度", "104.58 degrees");
        check(120.0, "km/h", "120公里/小时", "120 km/h");
        check(3e4, "{TEU}", "3万标准箱", "30k TEU");
    }

    #[test]
    fn no_unit_is_shown_as_its_code() {
        let lists = [
            include_str!("../../assets/lexicon/units.toml").parse::<toml::Table>().unwrap(),
            include_str!("../../assets/lexicon/currencies.toml").parse::<toml::Table>().unwrap(),
        ];
        let units = lists.iter().flat_map(|list| list.values()).filter_map(|units| units.as_array()).flatten();
        let codes: Vec<&str> = units.filter_map(|unit| unit.get("code")?.as_str()).collect();
        assert!(codes.len() > 150);
        // What the texts say is a code is written as it stands: 亩, 岁.
        let is_code = |code: &&str| code.starts_with(|first: char| first.is_ascii()) && *code != "1";
        let spans = ["day", "week", "month", "quarter", "year"];
        for code in codes.into_iter().filter(is_code).chain(spans) {
            for lang in [Lang::Zh, Lang::En] {
                assert!(Locale::of(lang).find(&format!("unit-name.{code}")).is_some(), "`{code}` in {lang:?}");
            }
        }
    }

    #[test]
    fn ticks_are_round_and_hold_the_data() {
        assert_eq!(nice_ticks(0.0, 9.48e10, 6), [0.0, 2e10, 4e10, 6e10, 8e10, 1e11]);
        assert_eq!(nice_ticks(-3.0, 4.0, 6), [-4.0, -2.0, 0.0, 2.0, 4.0]);
        assert_eq!(nice_ticks(0.0, 0.25, 6), [0.0, 0.05, 0.1, 0.15, 0.2, 0.25]);
        assert_eq!(nice_ticks(5.0, 5.0, 6).len(), 6);
        assert_eq!(nice_ticks(-3.0, 4.0, 1), [-5.0, 0.0, 5.0]);
    }
}
