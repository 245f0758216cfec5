//! A number with its unit and place, before its surroundings are read.

use crate::{
    extract::quantity::{
        decimal::Decimal,
        lexicon::{Class, Unit},
    },
    model::{QuantityKind, QuantityMod},
    span::Span,
};

/// A number with its unit and place, before its surroundings are read.
#[derive(Debug, Clone)]
pub struct Draft {
    /// From the currency's name or 约 to the unit.
    pub at: Span,
    /// Figures as printed.
    pub figures: Span,
    /// 万/亿 and unit as printed.
    pub unit_at: Span,
    /// Value in `code`, or the lower end.
    pub low: Decimal,
    /// The upper end.
    pub high: Option<Decimal>,
    /// The unit's code.
    pub code: String,
    /// What sort of quantity.
    pub kind: QuantityKind,
    /// What the number's own words say (多, 几, 上).
    pub modifier: Option<QuantityMod>,
    /// Whether it was a range of two numbers.
    pub is_range: bool,
    /// The rule that found it.
    pub rule: &'static str,
}

impl Draft {
    pub(super) fn set_plain(&mut self, code: &str, kind: QuantityKind, rule: &'static str) {
        code.clone_into(&mut self.code);
        self.kind = kind;
        self.rule = rule;
    }

    pub(super) fn set_unit(&mut self, unit: &Unit) {
        // 75折 and 九九折 are 7.5 and 9.9 tenths.
        let tenths =
            unit.kind == QuantityKind::Percent && unit.factor == Decimal::new(1, 1) && self.low.to_f64() > 10.0;
        // 半折 is half the price.
        let is_half_price = unit.names_discount() && self.low.to_f64() < 1.0;
        let factor = if is_half_price {
            Decimal::new(100, 0)
        } else if tenths {
            Decimal::ONE
        } else {
            unit.factor
        };
        if unit.code == "番" {
            // 翻两番 is four times as much.
            let power = self.low.to_f64().clamp(0.0, 64.0);
            self.low = Decimal::from_f64(power.exp2());
            self.set_plain("times", QuantityKind::Ratio, "number/doubling");
            return;
        }
        self.low = self.low.times(factor);
        self.high = self.high.map(|high| high.times(factor));
        unit.code.clone_into(&mut self.code);
        self.kind = unit.kind;
        self.rule = match unit.class {
            Class::Unit => "number/unit",
            Class::Currency => "number/currency",
            Class::Classifier | Class::Time => "number/classifier",
        };
    }

    pub(super) fn extend_to(&mut self, end: usize) {
        self.at.end = end;
        self.unit_at.end = end;
    }
}
