//! The source pane: the text set for reading, its marks and the why card.

use super::{
    arrangement::{Arrangement, HEADER_PX},
    as_printed_ui,
    cx::Cx,
    minimap_ui, page_ui, paragraph_ui,
    passage_ui::passage_ui,
    reader::{Frame, Reader},
    sources_ui, tabs,
    type_scale::Type,
    why_ui,
    widgets::{self, Face, Weight, text_at, text_width},
};
use crate::desk::{Command, Overlay, Pane, Sight};
use egui::{Align2, CornerRadius, Id, Rect, Role, Sense, Stroke, Ui, UiBuilder, WidgetInfo, pos2, vec2};
use std::sync::{Arc, Mutex};

/// A pane so wide has room for the page of a PDF beside the text.
const BESIDE_FROM_PX: f32 = 720.0;
/// Draws it into the whole of `ui`.
pub fn source_ui(ui: &mut Ui, cx: &mut Cx<'_>, arrangement: &Arrangement) {
    let pane = ui.max_rect();
    ui.painter().rect_filled(pane, CornerRadius::ZERO, cx.theme.sheet);
    let shared: Arc<Mutex<Reader>> =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<Reader>>>(Id::unique("nianbiao-source")).clone());
    let Ok(mut reader) = shared.lock() else { return };
    reader.open(cx);
    let header = Rect::from_min_size(pane.min, vec2(pane.width(), HEADER_PX));
    let sources = reader.sources(cx);
    let compares = cx.desk.source.compares_sources && sources.len() > 1;
    cx.see(Sight::Sources(compares));
    if compares {
        let tabs_end = tabs::tabs_ui(ui, cx, header, Pane::Source, arrangement);
        sources_ui::sources_ui(ui, cx, (pane, tabs_end), &sources);
        return;
    }
    header_ui(ui, cx, header, &reader, arrangement);

    let body = Rect::from_min_max(header.left_bottom(), pane.max);
    let map = Rect::from_min_max(pos2(body.right() - minimap_ui::WIDTH_PX, body.top()), body.max);
    let why = reader.why(cx);
    let card = why.as_ref().map(|why| why_ui::WhyCard::new(ui, cx, why, body).with_sources(sources.len()));
    if let Some(card) = card.as_ref() {
        cx.see(Sight::WhyFolded(card.is_folded));
    }
    let foot = card.as_ref().map_or(body.bottom(), |card| card.rect.top() - 8.0);
    let rest = Rect::from_min_max(body.min, pos2(body.right(), foot.max(body.top())));
    let (page, text) = page_and_text(cx, rest);
    match page {
        Some(page) => page_ui::page_ui(ui, cx, page),
        None => cx.see(Sight::Page(None)),
    }
    if let Some(text) = text {
        let view = text.with_max_x(map.left());
        let frame = reader.frame(ui, cx, view);
        reader.scroll_ui(ui, cx, &frame);
        ui.scope_builder(UiBuilder::new().max_rect(view).id_salt("text"), |ui| {
            ui.set_clip_rect(view.intersect(ui.clip_rect()));
            text_ui(ui, cx, &mut reader, &frame);
        });
        minimap_ui::minimap_ui(ui, cx, &mut reader, &frame, map);
    }
    if let Some(card) = card {
        card.ui(ui, cx);
    }
    ui.painter().hline(header.x_range(), header.bottom() - 0.5, Stroke::new(1.0, cx.theme.hair));
}

/// Where the page of a PDF and its text stand: beside each other where there is room for both.
fn page_and_text(cx: &Cx<'_>, body: Rect) -> (Option<Rect>, Option<Rect>) {
    if !cx.shell.is_pdf || !cx.desk.source.page.is_shown {
        return (None, Some(body));
    }
    if body.width() < BESIDE_FROM_PX {
        return (Some(body), None);
    }
    let text_px = (body.width() * 0.42).min(580.0).round();
    let (page, text) = body.split_left_right_at_x(body.right() - text_px);
    (Some(page), Some(text))
}

fn header_ui(ui: &mut Ui, cx: &mut Cx<'_>, header: Rect, reader: &Reader, arrangement: &Arrangement) {
    let mid = header.center().y;
    let tabs_end = tabs::tabs_ui(ui, cx, header, Pane::Source, arrangement);
    let left = tabs_end.unwrap_or_else(|| {
        let at = pos2(header.left() + 20.0, mid);
        text_at(ui, at, Align2::LEFT_CENTER, cx.words.get("tabs.source"), Type::PaneTitle, cx.theme.ink).right() + 9.0
    });
    for (x, icon, name, command) in [
        (36.0, "caret-down", "source.next", Command::NextFind),
        (68.0, "caret-up", "source.previous", Command::PreviousFind),
    ] {
        let rect = Rect::from_min_size(pos2(header.right() - x, mid - 14.0), vec2(28.0, 28.0));
        if icon_button(ui, cx, rect, icon, cx.words.get(name), false) {
            cx.push(command);
        }
    }
    let room = header.right() - 72.0;
    let n = reader.finds.len().to_string();
    let at = reader.place(cx).map(|place| reader.finds.partition_point(|find| *find <= place));
    let (long, short) = match at {
        Some(at) => {
            let at = at.to_string();
            (cx.words.fill("source.find", &[&at, &n]), cx.words.fill("source.find-short", &[&at, &n]))
        }
        None => (cx.words.fill("source.finds", &[&n]), n.clone()),
    };
    let count = if tabs_end.is_some() { short } else { long };
    let count_px = text_width(ui, &count, Type::Label);
    text_at(ui, pos2(room, mid), Align2::RIGHT_CENTER, &count, Type::Label, cx.theme.ink_2);
    let mut room = room - count_px - 8.0;
    let page = Rect::from_min_size(pos2(room - 28.0, mid - 14.0), vec2(28.0, 28.0));
    if cx.shell.is_pdf && page.left() > left {
        let is_shown = cx.desk.source.page.is_shown;
        let name = cx.words.get(if is_shown { "source.text-alone" } else { "source.page" });
        if icon_button(ui, cx, page, "file", name, is_shown) {
            cx.push(Command::TogglePage);
        }
        room = page.left() - 2.0;
    }
    if tabs_end.is_some() {
        return;
    }
    let n_articles = cx.corpus.entries.get(reader.page.doc).map_or(0, |entry| entry.document.articles.len());
    let story = (cx.desk.source.article + 1).to_string();
    let story = cx.words.fill("source.story", &[&story, &n_articles.to_string()]);
    let toggle = Rect::from_min_size(pos2(room - 28.0, mid - 14.0), vec2(28.0, 28.0));
    if n_articles > 0 && text_width(ui, &story, Type::Label) + left < toggle.left() {
        text_at(ui, pos2(left, mid), Align2::LEFT_CENTER, &story, Type::Label, cx.theme.ink_2);
    }
    let is_printed = cx.desk.source.is_as_printed;
    let name = cx.words.get(if is_printed { "source.for-reading" } else { "source.as-printed" });
    if toggle.left() > left && icon_button(ui, cx, toggle, "file-text", name, is_printed) {
        cx.push(Command::ToggleAsPrinted);
    }
}

fn icon_button(ui: &mut Ui, cx: &Cx<'_>, rect: Rect, icon: &str, name: &str, is_on: bool) -> bool {
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(("button", icon)));
    widgets::button(&mut child, cx.theme, Face::icon(icon, name), Weight::Quiet, is_on).clicked()
}

/// The paragraphs in view.
fn text_ui(ui: &mut Ui, cx: &mut Cx<'_>, reader: &mut Reader, frame: &Frame) {
    if reader.page.paragraphs.is_empty() {
        return no_text_ui(ui, cx, reader, frame.column);
    }
    let (first, last) = reader.in_view(f64::from(frame.view.height()));
    let mut hovered = None;
    for idx in first..last {
        let Some(laid) = reader.laid.get(idx).cloned().flatten() else { continue };
        let top = reader.tops.get(idx).copied().unwrap_or_default() - reader.offset;
        let at = pos2(frame.column.left(), frame.view.top() + top as f32);
        if reader.page.is_printed {
            as_printed_ui::line_number_ui(ui, cx, reader, idx, at);
        }
        if let Some(mark) = paragraph_ui::paragraph_ui(ui, cx, reader, frame, idx, &laid, at) {
            hovered = Some(mark);
        }
    }
    let selected = reader.selected.take();
    passage_ui(ui, cx, reader, frame, selected);
    if hovered != reader.hovered {
        reader.hovered = hovered;
        cx.push(Command::Hover(hovered));
    }
    let copies = ui.input(|input| input.events.iter().any(|event| matches!(event, egui::Event::Copy)));
    if copies && !ui.ctx().text_edit_focused() {
        match reader.words {
            Some((idx, span)) => cx.commands.extend(reader.cited(cx, idx, span).map(Command::CopyText)),
            None if cx.desk.selection.is_some() => cx.push(Command::CopyCitation),
            None => {}
        }
    }
}

/// What is said where there is nothing to read; of a document without any text also why that may be, with what helps.
fn no_text_ui(ui: &mut Ui, cx: &mut Cx<'_>, reader: &Reader, column: Rect) {
    let Some(entry) = cx.corpus.entries.get(reader.page.doc) else { return };
    let has_stories = !entry.document.articles.is_empty();
    let key = match (has_stories, cx.shell.is_pdf) {
        (true, _) => "source.empty",
        (false, true) => "source.no-text-pdf",
        (false, false) => "source.no-text",
    };
    let at = column.left_top() + vec2(0.0, 16.0);
    let galley = ui.painter().layout(cx.words.get(key).to_owned(), Type::Body.font(), cx.theme.ink_2, column.width());
    let sentence = Rect::from_min_size(at, galley.size());
    let response = ui.interact(sentence, ui.scope_id().with("no text"), Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Label, true, cx.words.get(key)));
    ui.painter().galley(at, galley, cx.theme.ink_2);
    if has_stories {
        return;
    }
    let ways = [
        Some(("folder-open", "command.open-files", Command::OpenFiles)),
        (!cx.shell.is_pdf).then_some(("text-aa", "source.other-encoding", Command::Open(Overlay::Encoding))),
        cx.shell.is_pdf.then_some(("file", "source.page", Command::TogglePage)),
    ];
    let below = Rect::from_min_max(sentence.left_bottom() + vec2(0.0, 14.0), column.max);
    ui.scope_builder(UiBuilder::new().max_rect(below).id_salt("ways"), |ui| {
        ui.spacing_mut().item_spacing.y = 8.0;
        for (icon, key, command) in ways.into_iter().flatten() {
            let face = Face::labelled(icon, cx.words.get(key));
            if widgets::button(ui, cx.theme, face, Weight::Secondary, false).clicked() {
                cx.push(command);
            }
        }
    });
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::Corpus,
        desk::{Desk, Locale, Mark},
        ui::{Shell, Theme, fonts},
        view::reading::tests::corpus_of,
    };

    /// Runs the pane a few times at `size` and returns the names that a screen reader finds in it.
    fn names(corpus: &Corpus, desk: &Desk, size: egui::Vec2) -> Vec<String> {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions());
        ctx.enable_accesskit();
        let mut commands = Vec::new();
        let mut names = Vec::new();
        for pass in 0..3 {
            let rect = Rect::from_min_size(egui::Pos2::ZERO, size);
            let input =
                egui::RawInput { screen_rect: Some(rect), time: Some(f64::from(pass)), ..egui::RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| {
                let mut cx = Cx {
                    corpus,
                    desk,
                    shell: &Shell::default(),
                    theme: Theme::light(),
                    words: Locale::of(desk.settings.lang),
                    commands: &mut commands,
                };
                let arrangement = Arrangement {
                    sidebar: None,
                    timeline: None,
                    chart: None,
                    source: Some(rect),
                    has_right_tabs: false,
                    has_one_pane: false,
                };
                source_ui(ui, &mut cx, &arrangement);
            });
            output.textures_delta.clear();
            let update = output.platform_output.accesskit_update.take();
            names = update
                .map(|update| update.nodes.iter().filter_map(|(_, node)| node.label().map(str::to_owned)).collect())
                .unwrap_or_default();
        }
        names
    }

    #[test]
    fn finds_are_links_and_the_card_is_a_region() {
        let corpus = corpus_of("2024年，两地的贸易总额为948亿美元。\n\n近年来往来更多。");
        let desk = Desk { selection: Some(Mark::Time { doc: 0, time: 0 }), ..Desk::default() };
        let found = names(&corpus, &desk, vec2(404.0, 800.0));
        for expected in ["时间，2024年，已选中", "数量，948亿美元", "正文", "全文略图", "引用"] {
            assert!(found.iter().any(|name| name == expected), "no `{expected}` among {found:?}");
        }
        assert!(found.iter().any(|name| name.contains("是整年")), "no card among {found:?}");
    }

    #[test]
    fn no_size_and_no_text_is_too_small_or_too_large() {
        let long = corpus_of(&"这一年，2024年9月，产量为120万吨，比上年增长3%。".repeat(4_000));
        for corpus in [&Corpus::default(), &corpus_of(""), &long] {
            for size in [vec2(40.0, 30.0), vec2(280.0, 200.0), vec2(580.0, 1300.0)] {
                for is_as_printed in [false, true] {
                    let mut desk = Desk { selection: Some(Mark::Time { doc: 0, time: 50 }), ..Desk::default() };
                    desk.source.is_as_printed = is_as_printed;
                    names(corpus, &desk, size);
                }
            }
        }
    }
}
