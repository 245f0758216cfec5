//! The colours, as data: the one place where a colour becomes egui's.

use crate::desk::{Desk, Look, ThemeChoice};
use egui::{Color32, CornerRadius, Stroke, Visuals};
use serde::{Deserialize, Deserializer, de::Error as _};
use std::sync::LazyLock;

/// A colour written `#RRGGBB`.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
struct Hex(Color32);

impl<'de> Deserialize<'de> for Hex {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        let text = String::deserialize(deserializer)?;
        Color32::from_hex(&text).map(Self).map_err(|_| D::Error::custom(format!("not a colour: `{text}`")))
    }
}

fn colour<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Color32, D::Error> {
    Hex::deserialize(deserializer).map(|hex| hex.0)
}

fn colours<'de, D: Deserializer<'de>>(deserializer: D) -> Result<Vec<Color32>, D::Error> {
    Vec::<Hex>::deserialize(deserializer).map(|all| all.into_iter().map(|hex| hex.0).collect())
}

macro_rules! tokens {
    ($($(#[$doc:meta])* $name:ident,)*) => {
        /// Every colour token of a theme (DESIGN: ink on paper, three colours that mean something).
        #[derive(Debug, Clone, PartialEq, Deserialize)]
        pub struct Tokens {
            /// Whether the grounds are dark.
            pub is_dark: bool,
            /// Whether series are told apart by their strokes, for want of colours.
            #[serde(default)]
            pub has_patterns: bool,
            $($(#[$doc])* #[serde(deserialize_with = "colour")] pub $name: Color32,)*
            /// The six colours of series, each paired with a mark.
            #[serde(deserialize_with = "colours")]
            pub series: Vec<Color32>,
        }
    };
}

tokens! {
    /// The window behind the panes, the selected tree row.
    paper,
    /// Toolbar, sidebar, status bar, every second lane.
    panel,
    /// Timeline, chart, source, cards, fields.
    sheet,
    /// Grid lines and separators.
    hair,
    /// Outlines of buttons and cards, leaders.
    line,
    /// Outlines of fields, the axis line, ticks.
    control,
    /// Text, and the fill of primary buttons.
    ink,
    /// Secondary text, icons.
    ink_2,
    /// Ticks, hints, captions.
    ink_3,
    /// Event glyphs and dates.
    time,
    /// Quantities and the first series.
    number,
    /// The selection, and nothing else.
    selected,
    /// A claim that holds; something finished.
    ok,
    /// Warnings, always with a sign.
    warn,
    /// Errors, always with a sign and words.
    error,
    /// Ground of time highlights.
    time_soft,
    /// Ground of number highlights.
    number_soft,
    /// Ground of the selection.
    selected_soft,
    /// Ground of `ok`.
    ok_soft,
    /// Ground of `warn`, and of search hits.
    warn_soft,
    /// Ground of `error`.
    error_soft,
}

/// A theme ready for use.
#[derive(Debug, Clone, PartialEq)]
pub struct Theme {
    /// Its colours.
    pub tokens: Tokens,
    /// Stronger lines, and highlights with an outline.
    pub has_high_contrast: bool,
}

impl std::ops::Deref for Theme {
    type Target = Tokens;

    fn deref(&self) -> &Tokens {
        &self.tokens
    }
}

static LIGHT: LazyLock<Theme> = LazyLock::new(|| load(include_str!("../../assets/theme/light.toml")));
static DARK: LazyLock<Theme> = LazyLock::new(|| load(include_str!("../../assets/theme/dark.toml")));
static LIGHT_HIGH: LazyLock<Theme> = LazyLock::new(|| LIGHT.with_high_contrast());
static DARK_HIGH: LazyLock<Theme> = LazyLock::new(|| DARK.with_high_contrast());
static PRINT: LazyLock<Theme> = LazyLock::new(|| load(include_str!("../../assets/theme/print.toml")));

#[expect(clippy::expect_used, reason = "the file is part of the program, and a test reads it")]
fn load(toml: &str) -> Theme {
    Theme { tokens: toml::from_str(toml).expect("a bundled theme that parses"), has_high_contrast: false }
}

impl Theme {
    /// Dark ink on paper.
    pub fn light() -> &'static Self {
        &LIGHT
    }

    /// Light ink on a dark ground.
    pub fn dark() -> &'static Self {
        &DARK
    }

    /// Black on white, for figures that are printed without colour.
    pub fn print() -> &'static Self {
        &PRINT
    }

    /// The theme of a figure.
    pub fn of_look(look: Look) -> &'static Self {
        match look {
            Look::Light => Self::light(),
            Look::Dark => Self::dark(),
            Look::Print => Self::print(),
        }
    }

    /// The theme that `desk` asks for; `system_is_dark` decides where it is left to the system.
    pub fn of(desk: &Desk, system_is_dark: bool) -> &'static Self {
        let is_dark = match desk.settings.theme {
            ThemeChoice::Light => false,
            ThemeChoice::Dark => true,
            ThemeChoice::System => system_is_dark,
        };
        match (is_dark, desk.settings.has_high_contrast) {
            (false, false) => &LIGHT,
            (false, true) => &LIGHT_HIGH,
            (true, false) => &DARK,
            (true, true) => &DARK_HIGH,
        }
    }

    /// Every line in the next stronger colour.
    fn with_high_contrast(&self) -> Self {
        let mut theme = self.clone();
        theme.tokens.hair = self.tokens.control;
        theme.tokens.line = self.tokens.ink_2;
        theme.has_high_contrast = true;
        theme
    }

    /// `colour` at `percent` of its strength, for washes and dimming.
    pub fn wash(colour: Color32, percent: u8) -> Color32 {
        colour.gamma_multiply(f32::from(percent) / 100.0)
    }

    /// A column of density that is so much of the highest: the lowest still stands out from its ground.
    pub fn density(&self, share: f32) -> Color32 {
        Self::wash(self.tokens.time, (72.0 + 23.0 * share.clamp(0.0, 1.0)) as u8)
    }

    /// `ink` of what is switched off: fainter, and still to be read.
    pub fn off(ink: Color32) -> Color32 {
        Self::wash(ink, 55)
    }

    /// Gives egui's own widgets (text fields, scroll bars, tooltips) this theme's colours.
    pub fn apply(&self, ctx: &egui::Context) {
        let tokens = &self.tokens;
        let mut visuals = if tokens.is_dark { Visuals::dark() } else { Visuals::light() };
        visuals.override_text_color = Some(tokens.ink);
        // Our buttons say themselves that they are off; twice faded they could not be read.
        visuals.disabled_alpha = 1.0;
        visuals.panel_fill = tokens.panel;
        visuals.window_fill = tokens.sheet;
        visuals.extreme_bg_color = tokens.sheet;
        visuals.faint_bg_color = tokens.panel;
        visuals.window_stroke = Stroke::new(1.0, tokens.line);
        visuals.window_shadow = egui::Shadow::NONE;
        visuals.popup_shadow = egui::Shadow::NONE;
        visuals.window_corner_radius = CornerRadius::same(6);
        visuals.menu_corner_radius = CornerRadius::same(4);
        visuals.selection.bg_fill = tokens.time_soft;
        visuals.selection.stroke = Stroke::new(1.0, tokens.time);
        visuals.hyperlink_color = tokens.time;
        visuals.warn_fg_color = tokens.warn;
        visuals.error_fg_color = tokens.error;
        let widgets = &mut visuals.widgets;
        for (widget, fill, outline) in [
            (&mut widgets.noninteractive, tokens.panel, tokens.hair),
            (&mut widgets.inactive, tokens.sheet, tokens.line),
            (&mut widgets.hovered, tokens.paper, tokens.control),
            (&mut widgets.active, tokens.paper, tokens.ink_2),
            (&mut widgets.open, tokens.paper, tokens.control),
        ] {
            widget.bg_fill = fill;
            widget.weak_bg_fill = fill;
            widget.bg_stroke = Stroke::new(1.0, outline);
            widget.fg_stroke = Stroke::new(1.0, tokens.ink);
            widget.corner_radius = CornerRadius::same(4);
            widget.expansion = 0.0;
        }
        ctx.set_visuals(visuals);
    }
}

/// WCAG 2 relative luminance.
fn luminance(colour: Color32) -> f64 {
    let channel = |value: u8| {
        let v = f64::from(value) / 255.0;
        if v <= 0.040_45 { v / 12.92 } else { ((v + 0.055) / 1.055).powf(2.4) }
    };
    0.2126 * channel(colour.r()) + 0.7152 * channel(colour.g()) + 0.0722 * channel(colour.b())
}

/// How far two colours stand apart, as WCAG 2 counts it: 1 for the same, 21 for black on white; text needs 4.5.
pub fn contrast(a: Color32, b: Color32) -> f64 {
    let (a, b) = (luminance(a), luminance(b));
    (a.max(b) + 0.05) / (a.min(b) + 0.05)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_keeps_its_contrast_on_every_ground() {
        for theme in [&*LIGHT, &*DARK, &*LIGHT_HIGH, &*DARK_HIGH] {
            let inks = [
                theme.ink,
                theme.ink_2,
                theme.ink_3,
                theme.time,
                theme.number,
                theme.selected,
                theme.ok,
                theme.warn,
                theme.error,
            ];
            for ground in [theme.paper, theme.panel, theme.sheet] {
                for ink in inks {
                    assert!(contrast(ink, ground) >= 4.5, "{ink:?} on {ground:?}: {:.2}", contrast(ink, ground));
                }
            }
            // What stands on a soft ground: ink, secondary ink, and the ground's own colour.
            for (own, soft) in [
                (theme.time, theme.time_soft),
                (theme.number, theme.number_soft),
                (theme.selected, theme.selected_soft),
                (theme.ok, theme.ok_soft),
                (theme.warn, theme.warn_soft),
                (theme.error, theme.error_soft),
            ] {
                assert!(contrast(theme.ink, soft) >= 7.0);
                for ink in [theme.ink_2, own] {
                    assert!(contrast(ink, soft) >= 4.5, "{ink:?} on {soft:?}: {:.2}", contrast(ink, soft));
                }
            }
            // Words on a filled button, on a toast, on the flag of the selection.
            for filled in [theme.ink, theme.selected, theme.time] {
                assert!(contrast(theme.sheet, filled) >= 4.5, "on {filled:?}: {:.2}", contrast(theme.sheet, filled));
            }
        }
    }

    #[test]
    fn marks_lines_and_the_focus_ring_are_seen_on_every_ground() {
        for theme in [&*LIGHT, &*DARK, &*LIGHT_HIGH, &*DARK_HIGH] {
            assert_eq!(theme.series.len(), 6);
            for colour in &theme.series {
                let seen = contrast(*colour, theme.sheet);
                assert!(seen >= 3.0, "series {colour:?}: {seen:.2}");
            }
            for ground in [theme.paper, theme.panel, theme.sheet] {
                // Glyphs, the ring of keyboard focus, ticks and outlines of fields.
                for mark in [theme.time, theme.number, theme.selected, theme.control] {
                    let seen = contrast(mark, ground);
                    assert!(seen >= 3.0, "{mark:?} on {ground:?}: {seen:.2}");
                }
            }
            // Lanes are on sheet or panel; the lowest column is the faintest.
            for ground in [theme.panel, theme.sheet] {
                let seen = contrast(ground.blend(theme.density(0.0)), ground);
                assert!(seen >= 3.0, "density on {ground:?}: {seen:.2}");
            }
        }
    }
}
