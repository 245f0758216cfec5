//! The export sheet: the figure itself at the left, every choice about it at the right.

use super::{
    cx::Cx,
    popover::card,
    type_scale::Type,
    widgets::{self, Face, Weight, button, text_at, text_width},
};
use crate::desk::{
    Captions, Command, FigureBatch, FigureFormat, FigureKind, FigureSize, FigureSpec, Lang, Look, Overlay, Preset,
};
use egui::{
    Align2, Area, CornerRadius, DragValue, Id, Image, Key, Order, Rect, RichText, Role, ScrollArea, Sense, Stroke,
    TextEdit, Ui, UiBuilder, Vec2, WidgetInfo, load::SizedTexture, pos2, vec2,
};

/// The figure as it will be written, at the size of the sheet.
#[derive(Debug, Clone)]
pub struct FigurePreview {
    /// Its pixels, or in words why there are none.
    pub picture: Result<SizedTexture, String>,
    /// Its words, made ones included.
    pub captions: Captions,
    /// The file's size in pixels.
    pub size_px: [u32; 2],
    /// Whether the file would have more pixels on a side than a figure may have.
    pub is_too_large: bool,
}

/// Width of the column of choices.
const CHOICES_PX: f32 = 392.0;
/// Blank around the sheet's parts.
const INSET_PX: f32 = 16.0;
/// Height of the sheet's title line, and of its buttons below.
const TITLE_PX: f32 = 44.0;
const FOOT_PX: f32 = 52.0;

/// Size of the sheet in a window.
fn sheet_size(window: Vec2) -> Vec2 {
    vec2((window.x - 48.0).min(1240.0), (window.y - 64.0).min(760.0)).max(vec2(300.0, 240.0))
}

/// How much room the preview has in a window of this size, in logical pixels.
pub fn preview_room(window: Vec2) -> Vec2 {
    let sheet = sheet_size(window);
    let choices = if sheet.x >= 760.0 { CHOICES_PX } else { 0.0 };
    vec2(sheet.x - choices - 2.0 * INSET_PX, sheet.y - TITLE_PX - FOOT_PX - INSET_PX).max(vec2(120.0, 80.0))
}

/// Draws it over the window.
pub fn export_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let window = ui.max_rect();
    let size = sheet_size(window.size());
    let at = (window.center() - size / 2.0).round();
    // The window behind steps back.
    let veil = Area::new(Id::unique("behind the export sheet")).order(Order::Middle).fixed_pos(window.min);
    veil.show(ui.ctx(), |ui| {
        let (rect, response) = ui.allocate_exact_size(window.size(), Sense::click());
        ui.painter().rect_filled(rect, 0.0, super::Theme::wash(cx.theme.ink, if cx.theme.is_dark { 10 } else { 25 }));
        if response.clicked() {
            cx.push(Command::Escape);
        }
    });
    let area = Area::new(Id::unique(("overlay", Overlay::Export))).order(Order::Foreground).fixed_pos(at);
    area.accessible_name(cx.words.get("export.title")).show(ui.ctx(), |ui| {
        card(cx.theme).inner_margin(0).show(ui, |ui| {
            let (rect, _) = ui.allocate_exact_size(size, Sense::hover());
            ui.painter().text(
                rect.min + vec2(INSET_PX, TITLE_PX / 2.0),
                Align2::LEFT_CENTER,
                cx.words.get("export.title"),
                Type::PaneTitle.font(),
                cx.theme.ink,
            );
            let room = preview_room(window.size());
            let left = Rect::from_min_size(rect.min + vec2(INSET_PX, TITLE_PX), room);
            preview_ui(ui, cx, left);
            if size.x >= 760.0 {
                let right = Rect::from_min_max(
                    pos2(rect.right() - CHOICES_PX, rect.top() + TITLE_PX),
                    pos2(rect.right(), rect.bottom() - FOOT_PX),
                );
                let line = Stroke::new(1.0, cx.theme.hair);
                ui.painter().vline(right.left() + 0.5, right.y_range(), line);
                let inner = right.shrink2(vec2(INSET_PX, 0.0));
                ui.scope_builder(UiBuilder::new().max_rect(inner), |ui| {
                    ScrollArea::vertical().auto_shrink([false, false]).show(ui, |ui| choices_ui(ui, cx));
                });
            }
            foot_ui(ui, cx, rect);
        });
    });
}

/// The picture in the middle of its room, on the ground of a transparent one where it is that.
fn preview_ui(ui: &Ui, cx: &Cx<'_>, room: Rect) {
    ui.painter().rect_filled(room, CornerRadius::same(4), cx.theme.paper);
    match cx.shell.preview.as_ref().map(|preview| &preview.picture) {
        Some(Ok(texture)) => {
            let at = Rect::from_center_size(room.center(), texture.size);
            let scale = ui.pixels_per_point();
            let at = Rect::from_min_size((at.min.to_vec2() * scale).round().to_pos2() / scale, texture.size);
            if cx.desk.figure.transparent {
                checkers(ui, cx, at);
            }
            Image::from_texture(*texture).paint_at(ui, at);
            let response = ui.interact(at, ui.scope_id().with("figure"), Sense::hover());
            let alt = cx.shell.preview.as_ref().map_or("", |preview| preview.captions.alt.as_str());
            response.widget_info(|| WidgetInfo::labeled(Role::Image, true, alt));
        }
        Some(Err(reason)) => {
            text_at(ui, room.center(), Align2::CENTER_CENTER, reason, Type::Body, cx.theme.ink_2);
        }
        None => {
            let words = cx.words.get("export.preview-drawing");
            text_at(ui, room.center(), Align2::CENTER_CENTER, words, Type::Body, cx.theme.ink_3);
        }
    }
}

/// Squares that say: nothing is here.
fn checkers(ui: &Ui, cx: &Cx<'_>, rect: Rect) {
    let painter = ui.painter().with_clip_rect(rect);
    painter.rect_filled(rect, 0.0, cx.theme.sheet);
    let side = 8.0;
    let (columns, rows) = ((rect.width() / side).ceil() as u32, (rect.height() / side).ceil() as u32);
    let mut mesh = egui::Mesh::default();
    for (row, column) in (0..rows).flat_map(|row| (0..columns).map(move |column| (row, column))) {
        if (row + column) % 2 == 1 {
            let at = rect.min + vec2(column as f32 * side, row as f32 * side);
            mesh.add_colored_rect(Rect::from_min_size(at, Vec2::splat(side)), cx.theme.panel);
        }
    }
    painter.add(mesh);
}

fn choices_ui(ui: &mut Ui, cx: &mut Cx<'_>) {
    let mut spec = cx.desk.figure.clone();
    ui.spacing_mut().item_spacing.y = 6.0;
    words_ui(ui, cx, &mut spec.captions);
    ui.add_space(4.0);
    let kinds = [FigureKind::Series, FigureKind::Timeline, FigureKind::Both];
    choice_ui(ui, cx, "export.kind", &kinds, ["series", "timeline", "both"], &mut spec.kind);
    if spec.kind != FigureKind::Timeline {
        series_ui(ui, cx, &mut spec);
    }
    size_ui(ui, cx, &mut spec);
    let looks = [Look::Light, Look::Dark, Look::Print];
    choice_ui(ui, cx, "export.look", &looks, ["light", "dark", "print"], &mut spec.look);
    lang_ui(ui, cx, &mut spec);
    let formats = ["png", "svg", "svg-outlines", "pdf"];
    choice_ui(ui, cx, "export.format", &FigureFormat::ALL, formats, &mut spec.format);
    if spec.format == FigureFormat::Png {
        scale_ui(ui, cx, &mut spec);
    }
    for (key, value) in [
        ("export.transparent", &mut spec.transparent),
        ("export.wordmark", &mut spec.wordmark),
        ("export.carries-data", &mut spec.carries_data),
    ] {
        row_ui(ui, cx, "", |ui, cx| {
            ui.checkbox(value, RichText::new(cx.words.get(key)).font(Type::Body.font()));
        });
    }
    dates_ui(ui, cx, &mut spec);
    alt_ui(ui, cx, &mut spec.captions.alt);
    batch_ui(ui, cx, &spec);
    ui.add_space(8.0);
    if spec != cx.desk.figure {
        cx.push(Command::SetFigure(Box::new(spec)));
    }
}

/// Title, subtitle, note, source, alt text: made ones stand in the fields, to be changed.
fn words_ui(ui: &mut Ui, cx: &mut Cx<'_>, captions: &mut Captions) {
    let made = cx.shell.preview.as_ref().map(|preview| preview.captions.clone()).unwrap_or_default();
    let frame = ui.ctx().cumulative_frame_nr();
    let is_new = ui.data_mut(|data| {
        let id = Id::unique("export sheet was open");
        let last: Option<u64> = data.get_temp(id);
        data.insert_temp(id, frame);
        last.is_none_or(|last| last + 2 < frame)
    });
    // The other language stands on a line of its own.
    let n_lines = if cx.desk.figure.bilingual { 2 } else { 1 };
    let Captions { title, subtitle, note, source, .. } = captions;
    let fields = [
        ("export.field-title", title, made.title, n_lines),
        ("export.field-subtitle", subtitle, made.subtitle, n_lines),
        ("export.field-note", note, made.note, 2),
        ("export.field-source", source, made.source, n_lines),
    ];
    for (idx, (key, value, made, n_rows)) in fields.into_iter().enumerate() {
        let name = cx.words.get(key);
        row_ui(ui, cx, key, |ui, cx| {
            let shown = if value.is_empty() { &made } else { &*value };
            let mut text = shown.clone();
            let field = if n_rows == 1 { TextEdit::singleline(&mut text) } else { TextEdit::multiline(&mut text) };
            let field =
                field.id(Id::unique(("export field", idx))).desired_rows(n_rows).desired_width(ui.available_width());
            let response = ui.add(field.font(Type::Body.font()));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            widgets::focus_ring(ui, cx.theme, &response, 4);
            if idx == 0 && is_new {
                response.request_focus();
                // A long title is read from its beginning, not its end.
                let mut state = TextEdit::load_state(ui.ctx(), response.id).unwrap_or_default();
                state.cursor.set_char_range(Some(egui::text::CCursorRange::one(egui::text::CCursor::default())));
                state.store(ui.ctx(), response.id);
            }
            if response.changed() {
                // The made words again are no words of the user's; an empty field takes the made ones.
                let text = if n_lines > 1 { text } else { text.replace(['\n', '\r'], "") };
                *value = if text == made { String::new() } else { text };
            }
            if idx == 0 && response.lost_focus() && ui.input(|input| input.key_pressed(Key::Enter)) {
                cx.push(Command::SaveFigure);
            }
        });
    }
}

/// The description for those who do not see the figure; long ones scroll.
fn alt_ui(ui: &mut Ui, cx: &mut Cx<'_>, alt: &mut String) {
    let name = cx.words.get("export.field-alt");
    let made = cx.shell.preview.as_ref().map(|preview| preview.captions.alt.clone()).unwrap_or_default();
    row_ui(ui, cx, "export.field-alt", |ui, cx| {
        ScrollArea::vertical().id_salt("alt text").max_height(84.0).show(ui, |ui| {
            let mut text = if alt.is_empty() { made.clone() } else { alt.clone() };
            let field = TextEdit::multiline(&mut text).id(Id::unique("export alt")).desired_rows(4);
            let response = ui.add(field.desired_width(ui.available_width() - 8.0).font(Type::Body.font()));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            widgets::focus_ring(ui, cx.theme, &response, 4);
            if response.changed() {
                *alt = if text == made { String::new() } else { text.replace(['\n', '\r'], "") };
            }
        });
    });
}

/// Chinese, English, or the one with the other below it.
fn lang_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &mut FigureSpec) {
    row_ui(ui, cx, "export.lang", |ui, cx| {
        let is_en = spec.lang.unwrap_or(cx.desk.settings.lang) == Lang::En;
        let chosen = if spec.bilingual { 2 } else { usize::from(is_en) };
        let names = ["中文", "English", cx.words.get("export.lang-both")];
        let Some(idx) = widgets::segments(ui, cx.theme, cx.words.get("export.lang"), &names, chosen) else { return };
        spec.bilingual = idx == 2;
        match idx {
            0 => spec.lang = Some(Lang::Zh),
            1 => spec.lang = Some(Lang::En),
            _ => {}
        }
    });
}

/// Many figures like this one, into a folder.
fn batch_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &FigureSpec) {
    let n_series = || cx.corpus.index().total().series;
    let has_series = spec.kind != FigureKind::Timeline && n_series() > 1;
    let has_documents = cx.corpus.entries.len() > 1;
    if !(has_series || has_documents) {
        return;
    }
    row_ui(ui, cx, "export.batch", |ui, cx| {
        let choices = [
            (has_series, "export.batch-series", FigureBatch::Series),
            (has_documents, "export.batch-documents", FigureBatch::Documents),
        ];
        for (_, key, batch) in choices.into_iter().filter(|(is_there, ..)| *is_there) {
            let is_idle = cx.shell.drawing.is_none();
            let face = Face::words(cx.words.get(key));
            let clicked =
                ui.add_enabled_ui(is_idle, |ui| button(ui, cx.theme, face, Weight::Secondary, false).clicked());
            if clicked.inner {
                cx.push(Command::SaveFigures(batch));
            }
        }
    });
}

/// A ready-made size or an own one.
fn size_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &mut FigureSpec) {
    let keys = ["article", "square", "column", "slide", "a4", "page"];
    let n_presets = Preset::ALL.len();
    let chosen = match spec.size {
        FigureSize::Preset(preset) => Preset::ALL.iter().position(|one| *one == preset).unwrap_or(0),
        FigureSize::Own(_) => n_presets,
    };
    // Two rows: seven names do not fit in one.
    let names: Vec<&str> = keys.iter().copied().chain(["own"]).map(|key| cx.words.get(preset_key(key))).collect();
    for (row, range) in [0..4, 4..7].into_iter().enumerate() {
        row_ui(ui, cx, if row == 0 { "export.size" } else { "" }, |ui, cx| {
            let first = range.start;
            let in_row = if range.contains(&chosen) { chosen - first } else { usize::MAX - 1 };
            let name = format!("{} {}", cx.words.get("export.size"), row + 1);
            let Some(names) = names.get(range) else { return };
            if let Some(idx) = widgets::segments(ui, cx.theme, &name, names, in_row).map(|idx| idx + first) {
                spec.size = match Preset::ALL.get(idx) {
                    Some(preset) => FigureSize::Preset(*preset),
                    None => FigureSize::Own(spec.size.logical()),
                };
            }
        });
    }
    if let FigureSize::Own([width, height]) = &mut spec.size {
        row_ui(ui, cx, "", |ui, cx| {
            for (value, key) in [(width, "export.width"), (height, "export.height")] {
                let name = cx.words.get(key);
                ui.label(RichText::new(name).font(Type::Label.font()).color(cx.theme.ink_2));
                let response = ui.add(DragValue::new(value).range(240.0..=12_000.0).speed(4.0).fixed_decimals(0));
                response.widget_info(|| WidgetInfo::labeled(Role::SpinButton, true, name));
            }
        });
    }
}

const fn preset_key(key: &str) -> &str {
    match key.as_bytes() {
        b"article" => "export.preset-article",
        b"square" => "export.preset-square",
        b"column" => "export.preset-column",
        b"slide" => "export.preset-slide",
        b"a4" => "export.preset-a4",
        b"page" => "export.preset-page",
        _ => "export.preset-own",
    }
}

/// Pixels for one logical one, with what that gives.
fn scale_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &mut FigureSpec) {
    let scales = [1.0_f32, 2.0, 3.0, 4.0];
    let chosen = scales.iter().position(|scale| *scale == spec.scale).unwrap_or(usize::MAX - 1);
    row_ui(ui, cx, "export.scale", |ui, cx| {
        let names = ["1×", "2×", "3×", "4×"];
        if let Some(idx) = widgets::segments(ui, cx.theme, cx.words.get("export.scale"), &names, chosen) {
            spec.scale = scales.get(idx).copied().unwrap_or(spec.scale);
        }
        let [width, height] = spec.size.logical().map(|side| (side * spec.scale).round());
        let text = cx.words.fill("export.pixels", &[&width.to_string(), &height.to_string()]);
        let is_too_large = cx.shell.preview.as_ref().is_some_and(|preview| preview.is_too_large);
        let ink = if is_too_large { cx.theme.error } else { cx.theme.ink_3 };
        ui.label(RichText::new(text).font(Type::Label.font()).color(ink));
    });
}

/// From when to when.
fn dates_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &mut FigureSpec) {
    row_ui(ui, cx, "export.dates", |ui, cx| {
        let name = cx.words.get("export.dates");
        for (idx, (value, hint)) in [(&mut spec.from, "1992"), (&mut spec.to, "2025-06")].into_iter().enumerate() {
            if idx > 0 {
                ui.label(RichText::new("—").color(cx.theme.ink_3));
            }
            let field = TextEdit::singleline(value).id(Id::unique(("export dates", idx))).hint_text(hint);
            let response = ui.add(field.desired_width(96.0).font(Type::Body.font()));
            response.widget_info(|| WidgetInfo::labeled(Role::TextInput, true, name));
            widgets::focus_ring(ui, cx.theme, &response, 4);
        }
    });
}

/// Which series: a button that opens the list of all.
fn series_ui(ui: &mut Ui, cx: &mut Cx<'_>, spec: &mut FigureSpec) {
    let corpus = cx.corpus;
    let name_of = |&(doc, idx): &(usize, usize)| {
        corpus.entries.get(doc).and_then(|entry| Some(entry.document.series.get(idx)?.name.clone()))
    };
    let shown = match spec.series.as_slice() {
        [] => cx.words.get("export.series-best").to_owned(),
        [one] => name_of(one).unwrap_or_default(),
        [first, ..] => {
            let name = name_of(first).unwrap_or_default();
            cx.words.fill("export.series-several", &[&name, &spec.series.len().to_string()])
        }
    };
    row_ui(ui, cx, "export.series", |ui, cx| {
        let shown = widgets::elided(ui, &shown, Type::Body, ui.available_width() - 48.0);
        let response = button(ui, cx.theme, Face::words(&shown).with_caret(), Weight::Secondary, false);
        egui::Popup::menu(&response)
            .close_behavior(egui::PopupCloseBehavior::CloseOnClickOutside)
            .gap(2.0)
            .show(|ui| series_menu_ui(ui, cx, spec));
    });
}

/// How many series the list offers; more than that is found through the chart.
const MAX_LISTED: usize = 200;

fn series_menu_ui(ui: &mut Ui, cx: &Cx<'_>, spec: &mut FigureSpec) {
    ui.set_min_width(300.0);
    ScrollArea::vertical().max_height(320.0).show(ui, |ui| {
        // Those of most points first, as everywhere; a measure that several documents tell is one.
        for group in cx.corpus.index().groups().iter().take(MAX_LISTED) {
            let Some(place) = group.main_part() else { continue };
            let mut is_chosen = spec.series.iter().any(|known| group.has(*known));
            let name = widgets::elided(ui, &group.name, Type::Body, 250.0);
            if ui.checkbox(&mut is_chosen, RichText::new(name).font(Type::Body.font())).changed() {
                spec.series.retain(|known| !group.has(*known));
                if is_chosen {
                    spec.series.push(place);
                }
            }
        }
    });
}

/// Copy, cancel, save; and how large the file's picture will be.
fn foot_ui(ui: &mut Ui, cx: &mut Cx<'_>, sheet: Rect) {
    let foot = Rect::from_min_max(pos2(sheet.left(), sheet.bottom() - FOOT_PX), sheet.max);
    ui.painter().hline(foot.x_range(), foot.top() + 0.5, Stroke::new(1.0, cx.theme.hair));
    let inner = foot.shrink2(vec2(INSET_PX, 12.0));
    ui.scope_builder(UiBuilder::new().max_rect(inner).layout(egui::Layout::right_to_left(egui::Align::Center)), |ui| {
        let words = cx.words;
        if let Some(counts) = cx.shell.drawing {
            return drawing_ui(ui, cx, counts);
        }
        let is_too_large = |preview: &FigurePreview| preview.is_too_large && cx.desk.figure.format == FigureFormat::Png;
        let preview = cx.shell.preview.as_ref();
        let has_picture = preview.is_some_and(|preview| preview.picture.is_ok() && !is_too_large(preview));
        ui.add_enabled_ui(has_picture, |ui| {
            let face = Face::labelled("floppy-disk", words.get("export.save"));
            if button(ui, cx.theme, face, Weight::Primary, false).clicked() {
                cx.push(Command::SaveFigure);
            }
            let face = Face::labelled("copy", words.get("export.copy"));
            if button(ui, cx.theme, face, Weight::Secondary, false).clicked() {
                cx.push(Command::CopyFigure(cx.desk.figure.kind));
            }
        });
        if button(ui, cx.theme, Face::words(words.get("export.cancel")), Weight::Quiet, false).clicked() {
            cx.push(Command::Escape);
        }
        if let Some(preview) = preview.filter(|preview| is_too_large(preview)) {
            let [width, height] = preview.size_px.map(|side| side.to_string());
            let text = words.fill("export.too-large", &[&width, &height, MAX_SIDE]);
            ui.label(RichText::new(text).font(Type::Label.font()).color(cx.theme.error));
        }
    });
}

/// How far the drawing is, and a way to stop it. One figure alone is done before one could.
fn drawing_ui(ui: &mut Ui, cx: &mut Cx<'_>, (n_done, n_all): (usize, usize)) {
    let words = cx.words;
    if n_all > 0
        && button(ui, cx.theme, Face::labelled("stop", words.get("export.stop")), Weight::Secondary, false).clicked()
    {
        cx.push(Command::StopFigures);
    }
    let text = match n_all {
        0 => words.get("export.drawing").to_owned(),
        _ => words.fill("export.drawing-of", &[&n_done.to_string(), &n_all.to_string()]),
    };
    let width = 180.0;
    let (rect, response) = ui.allocate_exact_size(vec2(width, 6.0), Sense::hover());
    let share = n_done as f32 / n_all.max(1) as f32;
    ui.painter().rect_filled(rect, CornerRadius::same(3), cx.theme.hair);
    let done = Rect::from_min_size(rect.min, vec2(width * share, rect.height()));
    ui.painter().rect_filled(done, CornerRadius::same(3), cx.theme.control);
    response.widget_info(|| WidgetInfo::labeled(Role::ProgressIndicator, true, &text));
    ui.label(RichText::new(&text).font(Type::Label.font()).color(cx.theme.ink_2));
}

/// The most pixels a figure may have on a side (`figure` holds to it).
const MAX_SIDE: &str = "12000";

/// A choice of one among some; the words of each are `export.<key>`.
fn choice_ui<T: Copy + PartialEq, const N: usize>(
    ui: &mut Ui,
    cx: &mut Cx<'_>,
    key: &str,
    values: &[T; N],
    keys: [&str; N],
    value: &mut T,
) {
    let keys = keys.map(|one| format!("{key}-{one}"));
    row_ui(ui, cx, key, |ui, cx| {
        let names: Vec<&str> = keys.iter().map(|key| cx.words.get(key)).collect();
        let chosen = values.iter().position(|one| one == value).unwrap_or(0);
        if let Some(idx) = widgets::segments(ui, cx.theme, cx.words.get(key), &names, chosen) {
            *value = values.get(idx).copied().unwrap_or(*value);
        }
    });
}

/// A name at the left, a control behind it.
fn row_ui(ui: &mut Ui, cx: &mut Cx<'_>, key: &str, add: impl FnOnce(&mut Ui, &mut Cx<'_>)) {
    ui.horizontal(|ui| {
        let (rect, _) = ui.allocate_exact_size(vec2(72.0, 28.0), Sense::hover());
        if !key.is_empty() {
            let name = cx.words.get(key);
            let kind = if text_width(ui, name, Type::Label) <= 72.0 { Type::Label } else { Type::Small };
            text_at(ui, rect.left_center(), Align2::LEFT_CENTER, name, kind, cx.theme.ink_2);
        }
        add(ui, cx);
    });
}
