//! Every text that the window draws stands out from what is painted below it, in both themes and in every state that
//! can be reached: measured on the shapes themselves, so that no pair of colours is forgotten.

use crate::driver::{Window, command, fixture, program, window};
use egui::{Color32, Rect, Shape, epaint::ClippedShape};
use egui_kittest::kittest::NodeT as _;
use nianbiao::{
    desk::{ChartMode, Command, FigureKind, Lang, Mark, Overlay, ThemeChoice, TimelineMode},
    ui::{Theme, theme::contrast},
};
use std::collections::BTreeMap;

/// What is filled, in the order in which it is painted.
struct Fills(Vec<(Rect, Color32)>);

impl Fills {
    fn add(&mut self, clip: Rect, shape: &Shape) {
        match shape {
            Shape::Vec(all) => all.iter().for_each(|shape| self.add(clip, shape)),
            Shape::Rect(rect) if rect.fill != Color32::TRANSPARENT => {
                self.0.push((rect.rect.intersect(clip), rect.fill));
            }
            _ => {}
        }
    }

    /// What is seen at a place.
    fn at(&self, at: egui::Pos2, ground: Color32) -> Color32 {
        let below = self.0.iter().filter(|(rect, _)| rect.contains(at));
        below.fold(ground, |seen, (_, fill)| seen.blend(*fill))
    }
}

/// One pair of colours on screen: the least contrast it has, and a text that has it.
type Pairs = BTreeMap<([u8; 3], [u8; 3]), (f64, f32, String)>;

/// What is switched off is faint, but never fainter than this.
const OFF: f64 = 3.0;

/// Where something is that is switched off, and its name.
type Off = (Rect, String);

fn texts(clip: Rect, shape: &Shape, (fills, ground, off): (&Fills, Color32, &[Off]), pairs: &mut Pairs) {
    let Shape::Text(text) = shape else {
        if let Shape::Vec(all) = shape {
            all.iter().for_each(|shape| texts(clip, shape, (fills, ground, off), pairs));
        }
        return;
    };
    // A glyph does not tell its section: they are counted off.
    let job = &text.galley.job;
    let mut at_byte = 0;
    for row in &text.galley.rows {
        for glyph in &row.row.glyphs {
            let here = at_byte;
            at_byte += glyph.chr.len_utf8();
            let at = text.pos + row.pos.to_vec2() + glyph.pos.to_vec2();
            let at = at + egui::vec2(glyph.advance_width / 2.0, -glyph.font_ascent * 0.3);
            let section = job.sections.iter().find(|section| {
                let range = &section.byte_range;
                (range.start.0..range.end.0).contains(&here)
            });
            let is_off = off.iter().find(|(rect, _)| rect.contains(at));
            if glyph.chr.is_whitespace() || !clip.contains(at) {
                continue;
            }
            let Some(format) = section.or(job.sections.last()).map(|section| &section.format) else { continue };
            let own = if format.color == Color32::PLACEHOLDER { text.fallback_color } else { format.color };
            let ink = text.override_text_color.unwrap_or(own).gamma_multiply(text.opacity_factor);
            let below =
                if format.background == Color32::TRANSPARENT { fills.at(at, ground) } else { format.background };
            if let Some((_, name)) = is_off {
                let seen = contrast(below.blend(ink), below);
                // What lies below a popover is not its button's.
                let is_own = name.contains(text.galley.text());
                assert!(!is_own || seen >= OFF, "switched off, {name:?}: {seen:.2}, {ink:?} on {below:?}");
                continue;
            }
            // What is dimmed by a search says so by being faint.
            if ink.a() < 255 {
                continue;
            }
            let rgb = |colour: Color32| [colour.r(), colour.g(), colour.b()];
            let found = (contrast(ink, below), format.font_id.size, text.galley.text().chars().take(20).collect());
            pairs.entry((rgb(ink), rgb(below))).or_insert(found);
        }
        at_byte += usize::from(row.ends_with_newline);
    }
}

/// The pairs of colours of one picture.
fn look(harness: &Window, theme: &Theme, pairs: &mut Pairs) {
    // What is switched off is faint on purpose.
    let nodes = harness.root().children_recursive();
    let off = nodes.filter(|node| node.accesskit_node().is_disabled());
    let off: Vec<Off> = off.map(|node| (node.rect(), node.accesskit_node().label().unwrap_or_default())).collect();
    let mut fills = Fills(Vec::new());
    for ClippedShape { clip_rect, shape, .. } in &harness.output().shapes {
        texts(*clip_rect, shape, (&fills, theme.paper, &off), pairs);
        fills.add(*clip_rect, shape);
    }
}

#[test]
fn every_text_that_is_drawn_has_its_contrast() {
    let mut fails = Vec::new();
    for (choice, is_high) in
        [(ThemeChoice::Light, false), (ThemeChoice::Dark, false), (ThemeChoice::Light, true), (ThemeChoice::Dark, true)]
    {
        let mut harness = window(vec![fixture()], None);
        command(&mut harness, Command::SetTheme(choice));
        command(&mut harness, Command::SetHighContrast(is_high));
        // What fades in is whole at once.
        command(&mut harness, Command::SetLessMotion(true));
        let theme = Theme::of(program(&harness).desk(), false);
        let mut pairs = Pairs::new();
        look(&harness, theme, &mut pairs);
        let event = Mark::Event { doc: 0, event: 3 };
        let states = [
            vec![Command::Select(event), Command::Star],
            vec![Command::SetTimelineMode(TimelineMode::List)],
            vec![Command::SetTimelineMode(TimelineMode::Axis), Command::FoldLanes],
            vec![Command::OpenLanes, Command::TogglePlace("中亚".to_owned())],
            vec![Command::ClearFilters, Command::SetChartMode(ChartMode::Points)],
            vec![Command::SetChartMode(ChartMode::Quantities)],
            vec![Command::SetChartMode(ChartMode::Plot), Command::ToggleAsPrinted],
            vec![Command::ToggleAsPrinted, Command::Search("中亚".to_owned()), Command::Open(Overlay::Search)],
            vec![Command::Escape, Command::Escape, Command::Select(event)],
        ];
        for commands in states {
            commands.into_iter().for_each(|next| command(&mut harness, next));
            look(&harness, theme, &mut pairs);
        }
        for overlay in [
            Overlay::Palette,
            Overlay::Settings,
            Overlay::Shortcuts,
            Overlay::Warnings,
            Overlay::WritingDate,
            Overlay::Encoding,
            Overlay::About,
            Overlay::Summary,
            Overlay::Correct,
            Overlay::Rename,
            Overlay::Note,
            Overlay::Tag,
            Overlay::Changes,
        ] {
            command(&mut harness, Command::Open(overlay));
            look(&harness, theme, &mut pairs);
            command(&mut harness, Command::Escape);
            command(&mut harness, Command::Select(event));
        }
        command(&mut harness, Command::ExportFigure(FigureKind::Series));
        look(&harness, theme, &mut pairs);
        command(&mut harness, Command::Escape);
        command(&mut harness, Command::OpenPaths(vec!["no-such-file.txt".into()]));
        crate::driver::settle(&mut harness);
        look(&harness, theme, &mut pairs);
        command(&mut harness, Command::SetLang(Lang::En));
        command(&mut harness, Command::CloseAll);
        look(&harness, theme, &mut pairs);

        assert!(pairs.len() > 20, "{choice:?}: hardly anything was looked at: {pairs:?}");
        // Large text, 24 px or 18.7 px bold, may have less; the bold face is not told apart here.
        let is_weak = |contrast: f64, size_px: f32| contrast < if size_px >= 24.0 { 3.0 } else { 4.5 };
        let weak = pairs.iter().filter(|(_, (contrast, size_px, _))| is_weak(*contrast, *size_px));
        fails.extend(weak.map(|((ink, below), (contrast, size_px, words))| {
            format!("{choice:?} {is_high} {ink:?} on {below:?}: {contrast:.2} at {size_px} px: {words}")
        }));
    }
    assert!(fails.is_empty(), "{}", fails.join("\n"));
}
