//! How a paragraph is set: its type, its lines, and where each byte stands on the screen.

use super::{Theme, fonts, type_scale::Type};
use crate::{
    span::Span,
    text::Role as Kind,
    view::reading::{self, Paragraph},
};
use egui::{
    Color32, FontFamily, FontId, Galley, Pos2, Rect, Ui,
    epaint::text::{LayoutJob, TextFormat, TextWrapping},
    pos2,
};
use std::sync::Arc;

/// Type and measures of the page.
#[derive(Debug, Clone)]
pub(super) struct Look {
    reading: (FontId, f32),
    pub is_printed: bool,
}

/// Type and measures of one paragraph.
pub(super) struct Style {
    font: FontId,
    line_px: f32,
    /// Blank inside its ground, left and right, above and below.
    pub inset: (f32, f32),
}

impl Look {
    pub fn new(reading_size_px: u32, is_printed: bool) -> Self {
        let reading = if is_printed { (Type::Body.font(), 22.0) } else { Type::reading(reading_size_px) };
        Self { reading, is_printed }
    }

    /// Size of the body's type.
    pub fn size_px(&self) -> f32 {
        self.reading.0.size
    }

    /// Height of the body's lines.
    pub fn line_px(&self) -> f32 {
        self.reading.1
    }

    pub fn style(&self, role: Kind) -> Style {
        let style = |font, line_px| Style { font, line_px, inset: (0.0, 0.0) };
        if self.is_printed {
            return style(self.reading.0.clone(), self.reading.1);
        }
        match role {
            Kind::Headline => style(Type::Headline.font(), Type::Headline.line_px()),
            Kind::Deck => style(Type::Deck.font(), Type::Deck.line_px()),
            Kind::Credit => style(Type::Label.font(), 20.0),
            Kind::Subhead => style(Type::Subhead.font(), Type::Subhead.line_px()),
            Kind::Body => style(self.reading.0.clone(), self.reading.1),
            Kind::Caption => {
                let font = FontId::new(14.0, FontFamily::Name(fonts::SERIF.into()));
                Style { font, line_px: 24.0, inset: (12.0, 8.0) }
            }
            Kind::Row => style(Type::Body.font(), 22.0),
        }
    }

    pub fn ink(&self, role: Kind, theme: &Theme) -> Color32 {
        match role {
            _ if self.is_printed => theme.ink,
            // The time in a credit stands on a highlight, where ink_3 is too faint.
            Kind::Deck | Kind::Caption | Kind::Credit => theme.ink_2,
            Kind::Headline | Kind::Subhead | Kind::Body | Kind::Row => theme.ink,
        }
    }

    /// Blank above a paragraph, behind one of role `before`.
    pub fn gap_px(&self, before: Option<Kind>, paragraph: &Paragraph) -> f32 {
        if paragraph.is_continued {
            return 0.0;
        }
        match (before, paragraph.role) {
            (None, _) => 16.0,
            _ if self.is_printed => 0.0,
            (Some(Kind::Headline), Kind::Deck) => 4.0,
            (Some(Kind::Headline | Kind::Deck), Kind::Credit) => 6.0,
            (Some(Kind::Row), Kind::Row) => 2.0,
            (Some(Kind::Credit), Kind::Credit) => 0.0,
            (Some(Kind::Subhead), _) => 8.0,
            (_, Kind::Subhead) => 18.0,
            _ => 12.0,
        }
    }

    /// A guess at the height of a paragraph that has not been broken into lines.
    pub fn estimated_px(&self, paragraph: &Paragraph, width: f32) -> f32 {
        let style = self.style(paragraph.role);
        let per_line = ((width - 2.0 * style.inset.0) / style.font.size).max(1.0);
        (paragraph.n_chars as f32 / per_line).ceil().max(1.0) * style.line_px + 2.0 * style.inset.1
    }
}

/// A paragraph broken into lines.
#[derive(Debug)]
pub(super) struct Laid {
    lines: Vec<Span>,
    /// The lines, with a line break behind each but the last.
    text: String,
    pub height_px: f32,
    pub line_px: f32,
    pub inset: (f32, f32),
}

impl Laid {
    /// Distance of the middle of the line with byte `at` from the paragraph's upper edge.
    pub fn line_middle_px(&self, at: usize) -> f32 {
        let line = self.lines.partition_point(|line| line.end <= at);
        self.inset.1 + (line as f32 + 0.5) * self.line_px
    }
}

/// Breaks a paragraph into the lines of a column `width` wide.
pub(super) fn lay_out(ui: &Ui, look: &Look, width: f32, paragraph: &Paragraph) -> Laid {
    let style = look.style(paragraph.role);
    let room = f64::from(width - 2.0 * style.inset.0);
    let mut lines = ui.fonts_mut(|fonts| {
        let han = f64::from(fonts.glyph_width(&style.font, '国'));
        paragraph.lines(room, |c| match c {
            '\u{4E00}'..='\u{9FFF}' => han,
            _ => f64::from(fonts.glyph_width(&style.font, c)),
        })
    });
    if lines.is_empty() {
        lines.push(Span::new(0, 0));
    }
    let text = lines.iter().map(|line| line.slice(&paragraph.text).trim_end()).collect::<Vec<_>>().join("\n");
    let height_px = lines.len() as f32 * style.line_px + 2.0 * style.inset.1;
    Laid { lines, text, height_px, line_px: style.line_px, inset: style.inset }
}

/// Where selected words stand: the first and the last of their lines.
#[derive(Debug, Clone, Copy)]
pub(super) struct Selected {
    pub first: Rect,
    pub last: Rect,
}

/// A paragraph on the screen: where each byte stands.
pub(super) struct Set<'a> {
    pub paragraph: &'a Paragraph,
    pub laid: &'a Laid,
    pub galley: Arc<Galley>,
    /// Upper left corner of the first line.
    pub at: Pos2,
}

impl Set<'_> {
    pub fn line_top(&self, line: usize) -> f32 {
        self.at.y + line as f32 * self.laid.line_px
    }

    /// The x at which byte `byte` of line `line` begins, or the line ends.
    fn x(&self, line: usize, byte: usize) -> f32 {
        let (Some(row), Some(span)) = (self.galley.rows.get(line), self.laid.lines.get(line)) else { return self.at.x };
        let n_before = self.paragraph.text.get(span.start..byte).map_or(0, |text| text.chars().count());
        let x = match row.glyphs.get(n_before) {
            Some(glyph) => glyph.pos.x,
            None => row.glyphs.last().map_or(0.0, |glyph| glyph.pos.x + glyph.advance_width),
        };
        self.at.x + row.pos.x + x
    }

    /// What `span` covers, line by line, as tall as a highlight.
    pub fn rects(&self, span: Span) -> Vec<Rect> {
        let tall = (self.laid.line_px * 0.83).round();
        reading::pieces(&self.laid.lines, span)
            .into_iter()
            .map(|(line, piece)| {
                let top = self.line_top(line) + ((self.laid.line_px - tall) / 2.0).round();
                let (left, right) = (self.x(line, piece.start), self.x(line, piece.end));
                Rect::from_min_max(pos2(left - 1.0, top), pos2(right + 1.0, top + tall)).round()
            })
            .collect()
    }

    /// The byte under `pos`.
    pub fn byte_at(&self, pos: Pos2) -> usize {
        let line = ((pos.y - self.at.y) / self.laid.line_px).floor().max(0.0) as usize;
        let line = line.min(self.laid.lines.len().saturating_sub(1));
        let (Some(row), Some(span)) = (self.galley.rows.get(line), self.laid.lines.get(line)) else { return 0 };
        let x = pos.x - self.at.x - row.pos.x;
        let n = row.glyphs.iter().take_while(|glyph| glyph.pos.x + glyph.advance_width <= x).count();
        let words = span.slice(&self.paragraph.text);
        words.char_indices().nth(n).map_or(span.end, |(at, _)| span.start + at)
    }
}

/// The lines as egui sets them.
pub(super) fn galley(ui: &Ui, style: &Style, laid: &Laid) -> Arc<Galley> {
    let format = TextFormat {
        font_id: style.font.clone(),
        color: Color32::PLACEHOLDER,
        line_height: Some(style.line_px),
        valign: egui::Align::Center,
        ..TextFormat::default()
    };
    let mut job = LayoutJob::single_section(laid.text.clone(), format);
    job.wrap = TextWrapping::no_max_width();
    ui.painter().layout_job(job)
}
