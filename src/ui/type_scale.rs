//! The type scale: which face and size each role has.

use super::fonts;
use egui::{FontFamily, FontId};

/// What a piece of text is for; its face, size and line height follow.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash)]
pub enum Type {
    /// The one line of the empty window.
    Display,
    /// An article's headline.
    Headline,
    /// Below the headline.
    Deck,
    /// A heading inside the source text.
    Subhead,
    /// The title of a pane: 时间线, 原文.
    PaneTitle,
    /// Buttons, tree, cards, menus.
    Body,
    /// As [`Type::Body`], with weight.
    BodyBold,
    /// Event titles, facets, chips, status.
    Label,
    /// As [`Type::Label`], with weight: the selected title.
    LabelBold,
    /// Ticks, counts, sub-lines, key caps.
    Small,
    /// As [`Type::Small`], with weight: counts in clusters, flags.
    SmallBold,
    /// Icons in controls.
    Icon,
    /// Icons in the toolbar.
    IconLarge,
    /// Icons inside a line of text.
    IconSmall,
}

impl Type {
    /// Face and size in logical pixels.
    pub fn font(self) -> FontId {
        let named = |name: &str, size| FontId::new(size, FontFamily::Name(name.into()));
        match self {
            Self::Display => named(fonts::SERIF, 28.0),
            Self::Headline => named(fonts::SERIF, 22.0),
            Self::Deck => named(fonts::SERIF, 14.0),
            Self::Subhead => named(fonts::BOLD, 15.0),
            Self::PaneTitle => named(fonts::BOLD, 14.0),
            Self::Body => FontId::proportional(13.0),
            Self::BodyBold => named(fonts::BOLD, 13.0),
            Self::Label => FontId::proportional(12.0),
            Self::LabelBold => named(fonts::BOLD, 12.0),
            Self::Small => FontId::proportional(11.0),
            Self::SmallBold => named(fonts::BOLD, 11.0),
            Self::Icon => named(fonts::ICON, 16.0),
            Self::IconLarge => named(fonts::ICON, 18.0),
            Self::IconSmall => named(fonts::ICON, 14.0),
        }
    }

    /// Line height in logical pixels.
    pub const fn line_px(self) -> f32 {
        match self {
            Self::Display => 40.0,
            Self::Headline => 32.0,
            Self::Deck => 22.0,
            Self::Subhead => 24.0,
            Self::PaneTitle | Self::Body | Self::BodyBold | Self::IconLarge => 20.0,
            Self::Label | Self::LabelBold | Self::Small | Self::SmallBold | Self::Icon | Self::IconSmall => 16.0,
        }
    }

    /// The filled icon of 16 pixels, for the few signs that need weight.
    pub fn icon_fill() -> FontId {
        FontId::new(16.0, FontFamily::Name(fonts::ICON_FILL.into()))
    }

    /// Type of the source text at the user's size: Serif, line = size × 1.8, rounded.
    pub fn reading(size_px: u32) -> (FontId, f32) {
        let size = size_px as f32;
        (FontId::new(size, FontFamily::Name(fonts::SERIF.into())), (size * 1.8).round())
    }
}
