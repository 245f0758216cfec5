//! What can be done with words selected in the text: a strip above them. 加为事件 N · 加为数据点 D · 复制.

use super::{
    cx::Cx,
    reader::{Frame, Reader},
    typeset::Selected,
    widgets::{self, Face, Weight},
};
use crate::{
    corpus::edits::dense,
    desk::{Command, Passage},
};
use egui::{Align2, Area, CornerRadius, Frame as Card, Id, Margin, Order, Rect, Stroke, Ui, pos2, vec2};

/// Height of the strip's buttons.
const BUTTON_PX: f32 = 24.0;

/// Tells the desk which words are selected, and draws the strip above them.
pub(super) fn passage_ui(ui: &Ui, cx: &mut Cx<'_>, reader: &mut Reader, frame: &Frame, selected: Option<Selected>) {
    if reader.words != reader.told_words {
        reader.told_words = reader.words;
        let passage = passage(cx, reader);
        cx.push(Command::SelectWords(passage));
        return;
    }
    if reader.words.is_some() && cx.desk.passage.is_none() {
        // Something was made of them, or Escape let them go.
        (reader.words, reader.told_words) = (None, None);
        return;
    }
    let is_dragging = ui.input(|input| input.pointer.any_down());
    let Some(selected) = selected.filter(|_| cx.desk.passage.is_some() && !is_dragging) else { return };
    let visible = selected.first.intersect(frame.view);
    if visible.is_negative() && selected.last.intersect(frame.view).is_negative() {
        return;
    }
    strip_ui(ui, cx, reader, frame.view, selected);
}

/// The selected words as bytes of the document.
fn passage(cx: &Cx<'_>, reader: &Reader) -> Option<Passage> {
    let (idx, span) = reader.words?;
    let doc = reader.page.doc;
    let entry = cx.corpus.entries.get(doc)?;
    let span = reader.page.source_span(entry, idx, span)?;
    let articles = &entry.document.articles;
    let here = articles.iter().position(|article| article.spans.iter().any(|part| part.overlaps(span)));
    let article = if reader.page.is_printed { here? } else { reader.page.article };
    (!dense(span.slice(&entry.text)).is_empty()).then_some(Passage { doc, article, span })
}

fn strip_ui(ui: &Ui, cx: &mut Cx<'_>, reader: &Reader, view: Rect, selected: Selected) {
    // Above the words; below them where they stand at the upper edge.
    let is_above = selected.first.top() - 40.0 > view.top();
    let (at, pivot) = if is_above {
        (pos2(selected.first.left(), selected.first.top() - 6.0), Align2::LEFT_BOTTOM)
    } else {
        (pos2(selected.last.left(), selected.last.bottom() + 6.0), Align2::LEFT_TOP)
    };
    let name = cx.words.get("edit.words");
    let area = Area::new(Id::unique("selected words"))
        .order(Order::Middle)
        .pivot(pivot)
        .fixed_pos(at.round())
        .accessible_name(name)
        .constrain_to(view.shrink(4.0));
    let theme = cx.theme;
    area.show(ui.ctx(), |ui| {
        let card = Card::new()
            .fill(theme.sheet)
            .stroke(Stroke::new(1.0, theme.line))
            .corner_radius(CornerRadius::same(4))
            .inner_margin(Margin::same(1));
        card.show(ui, |ui| {
            ui.spacing_mut().item_spacing = vec2(0.0, 0.0);
            ui.horizontal(|ui| {
                let mut strip = |cx: &Cx<'_>, face: Face<'_>| {
                    widgets::button_sized(ui, cx.theme, face, Weight::Quiet, false, BUTTON_PX).clicked()
                };
                if strip(cx, Face::words(cx.words.get("edit.added-event")).with_key("N")) {
                    cx.push(Command::AddEvent);
                }
                if strip(cx, Face::words(cx.words.get("edit.added-point")).with_key("D")) {
                    cx.push(Command::AddPoint);
                }
                if strip(cx, Face::words(cx.words.get("edit.copy")))
                    && let Some((idx, span)) = reader.words
                {
                    cx.commands.extend(reader.cited(cx, idx, span).map(Command::CopyText));
                }
            });
        });
    });
}
