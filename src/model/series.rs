//! Measures with values at times, and claims that can be checked against them.

use crate::{
    edtf::{Edtf, Interval},
    span::Span,
};
use serde::{Deserialize, Serialize};

/// How a value that was not printed was reached.
#[derive(Debug, Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Derivation {
    /// The sum as a person would write it: `948亿 − 54亿`.
    pub formula: String,
    /// The operands, in `Document::quantities`.
    pub from: Vec<usize>,
}

/// One value at one time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Point {
    /// When, in EDTF; `~` where approximate.
    pub edtf: Option<Edtf>,
    /// When, as a stretch of time.
    pub interval: Option<Interval>,
    /// In the series' unit.
    pub value: f64,
    /// The upper end where the text gives a range.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub upper: Option<f64>,
    /// The printed quantity, in `Document::quantities`; `None` for a derived point.
    pub quantity: Option<usize>,
    /// How it was derived; `None` for a printed one.
    pub derived: Option<Derivation>,
}

/// One measure over time.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Series {
    /// What is measured.
    pub name: String,
    /// The unit of every value.
    pub unit: String,
    /// By time.
    pub points: Vec<Point>,
}

/// What a claim says.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Stated {
    /// The number claimed: 上百倍 is 100.
    pub value: f64,
    /// Its bound.
    #[serde(rename = "mod")]
    pub modifier: Option<super::QuantityMod>,
}

/// What checking a claim gave.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Verdict {
    /// The numbers bear it out, within the rounding of what is printed.
    Consistent,
    /// They do not.
    Inconsistent,
    /// The numbers are not there.
    Unverifiable,
}

/// A statement that can be checked against numbers in the text.
#[derive(Debug, Clone, PartialEq, Serialize, Deserialize)]
pub struct Claim {
    /// Where it stands.
    pub span: Span,
    /// The words.
    pub text: String,
    /// What is claimed.
    pub stated: Stated,
    /// What the numbers give.
    pub computed: Option<f64>,
    /// The outcome.
    pub verdict: Verdict,
    /// The operands, in `Document::quantities`.
    pub from: Vec<usize>,
    /// The sum as a person would write it: `948 ÷ 4.6`.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub formula: Option<String>,
}
