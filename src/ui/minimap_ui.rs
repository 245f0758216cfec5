//! The map beside the text: every find as a tick, the selection across, what is in view as a block.

use super::{
    cx::Cx,
    reader::{Frame, Reader, TickCache},
};
use crate::view::{
    minimap::{self, TICK_PX, TickKind},
    reading::FindKind,
};
use egui::{CornerRadius, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2, vec2};

/// Width of the map.
pub(super) const WIDTH_PX: f32 = 12.0;

/// Draws the map into `rect`; a click or drag on it scrolls.
pub(super) fn minimap_ui(ui: &mut Ui, cx: &Cx<'_>, reader: &mut Reader, frame: &Frame, rect: Rect) {
    let view_px = f64::from(frame.view.height());
    let page_px = reader.height().max(view_px);
    let response = ui.interact(rect, ui.scope_id().with("map"), Sense::click_and_drag());
    response.widget_info(|| {
        let share = reader.offset / (page_px - view_px).max(1.0);
        let mut info = WidgetInfo::labeled(Role::ScrollBar, true, cx.words.get("source.map"));
        info.value = Some((share * 100.0).round());
        info
    });
    if let Some(pos) = response.interact_pointer_pos()
        && (response.dragged() || response.clicked())
    {
        reader.jump(minimap::offset_at(pos.y - rect.top(), view_px, page_px, rect.height()));
        ui.ctx().request_repaint();
    }
    let theme = cx.theme;
    ui.painter().rect_filled(rect, CornerRadius::ZERO, theme.panel);
    let (top, bottom) = minimap::view_block(reader.offset, view_px, page_px, rect.height());
    let block = Rect::from_min_max(rect.left_top() + vec2(0.0, top), pos2(rect.right(), rect.top() + bottom));
    ui.painter().rect_filled(block.round(), CornerRadius::ZERO, theme.paper);
    ui.painter().vline(rect.left() + 0.5, rect.y_range(), Stroke::new(1.0, theme.hair));
    refresh(reader, &cx.desk.search, page_px, rect.height());
    for tick in &reader.ticks.ticks {
        let (x, width, colour) = match tick.kind {
            TickKind::Time => (3.0, 3.0, theme.time),
            TickKind::Number => (7.0, 3.0, theme.number),
            TickKind::Hit => (2.0, 9.0, theme.warn),
        };
        let at = pos2(rect.left() + x, rect.top() + tick.y_px).round();
        ui.painter().rect_filled(Rect::from_min_size(at, vec2(width, TICK_PX)), CornerRadius::ZERO, colour);
    }
    if let Some(place) = frame.sentence {
        let y = y_of(reader, place.paragraph, place.span.start) / page_px * f64::from(rect.height());
        let line = Rect::from_min_size(pos2(rect.left(), rect.top() + y as f32), vec2(WIDTH_PX, 3.0));
        ui.painter().rect_filled(line.round(), CornerRadius::ZERO, theme.selected);
    }
}

/// Distance of byte `at` of a paragraph from the top of the page, by its share of the paragraph.
fn y_of(reader: &Reader, paragraph: usize, at: usize) -> f64 {
    let top = reader.tops.get(paragraph).copied().unwrap_or(0.0);
    let next = reader.tops.get(paragraph + 1).copied().unwrap_or(top);
    let len = reader.page.paragraphs.get(paragraph).map_or(1, |paragraph| paragraph.text.len().max(1));
    top + (next - top) * (at as f64 / len as f64)
}

fn refresh(reader: &mut Reader, search: &str, page_px: f64, height_px: f32) {
    let key = (reader.version, height_px.to_bits(), search.to_owned());
    if reader.ticks.key.as_ref() == Some(&key) {
        return;
    }
    let finds = reader.page.finds().map(|(paragraph, find)| {
        let kind =
            if matches!(find.kind, FindKind::Number | FindKind::Claim) { TickKind::Number } else { TickKind::Time };
        (kind, y_of(reader, paragraph, find.span.start))
    });
    let hits = reader.page.paragraphs.iter().enumerate().flat_map(|(idx, paragraph)| {
        let found = reader.hits(&paragraph.text);
        found.into_iter().map(move |hit| (TickKind::Hit, idx, hit.start))
    });
    let hits = hits.map(|(kind, idx, at)| (kind, y_of(reader, idx, at)));
    let ticks = minimap::ticks(finds.chain(hits), page_px, height_px);
    reader.ticks = TickCache { key: Some(key), ticks };
}
