//! The page of a PDF in the source pane: as it looks, with the finds and the selection marked on it.

use super::{
    Theme,
    cx::Cx,
    type_scale::Type,
    widgets::{self, Face, Weight, text_at, text_width},
};
use crate::{
    desk::{Command, Mark, PageWish, PageZoom, Sight},
    model::{Area, PageSheet},
    view::{
        page_marks::{self, PageFind},
        reading::{self, FindKind},
    },
};
use egui::{
    Align2, CornerRadius, CursorIcon, EventFilter, Id, Image, Key, Modifiers, Rect, Response, Role, Sense, Stroke,
    StrokeKind, Ui, UiBuilder, Vec2, WidgetInfo, load::SizedTexture, pos2, vec2,
};
use std::sync::{Arc, Mutex};

/// Height of the bar with the page's number.
const BAR_PX: f32 = 36.0;
/// Blank about the page.
const MARGIN_PX: f32 = 12.0;
/// Logical pixels for one point of paper.
const PAPER_SCALE: f32 = 96.0 / 72.0;
/// Where the selection comes to stand, as a share of the height.
const SELECTION_AT: f32 = 0.38;
/// How far an arrow key scrolls.
const STEP_PX: f32 = 48.0;

/// A page that the shell has drawn, or why it could not.
#[derive(Debug, Clone)]
pub struct PagePane {
    /// What was asked for.
    pub wish: PageWish,
    /// What came of it.
    pub shown: Result<PagePicture, PageTrouble>,
}

/// A page that was drawn.
#[derive(Debug, Clone)]
pub struct PagePicture {
    /// Its size, and where the text stands on it.
    pub sheet: Arc<PageSheet>,
    /// Its pixels.
    pub texture: SizedTexture,
}

/// Why a page cannot be shown.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum PageTrouble {
    /// The file is not there any more.
    Gone,
    /// The file is not the one that the text was read from.
    Changed,
    /// Anything else, in its own words.
    Other(String),
}

/// What the pane remembers between frames.
#[derive(Default)]
struct Look {
    /// Document and page that are scrolled.
    at: Option<(usize, usize)>,
    offset: Vec2,
    seen_request: Option<u64>,
    finds: Option<(FindsKey, Arc<Vec<PageFind>>)>,
    hovered: Option<Mark>,
}

/// What the finds of a page depend on: the corpus and the page.
type FindsKey = (u64, usize, usize);

/// Draws it into `room`.
pub(super) fn page_ui(ui: &mut Ui, cx: &mut Cx<'_>, room: Rect) {
    let bar = Rect::from_min_size(room.min, vec2(room.width(), BAR_PX));
    let body = Rect::from_min_max(bar.left_bottom(), room.max);
    let inner = body.shrink(MARGIN_PX);
    if inner.width() < 8.0 || inner.height() < 8.0 {
        return;
    }
    let pixels = ui.pixels_per_point();
    let wish = PageWish {
        doc: cx.desk.source.doc,
        page: cx.desk.page_in_view(cx.corpus),
        zoom: cx.desk.source.page.zoom,
        room_px: [inner.width(), inner.height()].map(|side| (side * pixels).round() as u32),
        paper_scale: (PAPER_SCALE * pixels * 100.0).round() as u32,
    };
    cx.see(Sight::Page(Some(wish)));
    ui.painter().rect_filled(body, CornerRadius::ZERO, cx.theme.paper);
    bar_ui(ui, cx, bar, wish);
    let pane = cx.shell.page.clone().filter(|pane| (pane.wish.doc, pane.wish.page) == (wish.doc, wish.page));
    match pane.map(|pane| pane.shown) {
        Some(Ok(picture)) => {
            ui.scope_builder(UiBuilder::new().max_rect(body).id_salt("page"), |ui| {
                ui.set_clip_rect(body.intersect(ui.clip_rect()));
                picture_ui(ui, cx, body, &picture, wish);
            });
        }
        Some(Err(trouble)) => trouble_ui(ui, cx, inner, &trouble),
        None => {
            let words = cx.words.get("page.drawing");
            text_at(ui, inner.center(), Align2::CENTER_CENTER, words, Type::Body, cx.theme.ink_3);
        }
    }
}

fn trouble_ui(ui: &Ui, cx: &Cx<'_>, room: Rect, trouble: &PageTrouble) {
    let said = match trouble {
        PageTrouble::Gone => cx.words.get("page.gone").to_owned(),
        PageTrouble::Changed => cx.words.get("page.changed").to_owned(),
        PageTrouble::Other(reason) => cx.words.fill("page.trouble", &[reason]),
    };
    let galley = ui.painter().layout(said, Type::Body.font(), cx.theme.ink_2, room.width().min(420.0));
    ui.painter().galley((room.center() - galley.size() / 2.0).round(), galley, cx.theme.ink_2);
}

/// The page's number, buttons to turn it, and how large it is.
fn bar_ui(ui: &mut Ui, cx: &mut Cx<'_>, bar: Rect, wish: PageWish) {
    let mid = bar.center().y;
    let text = cx.corpus.entries.get(wish.doc).map_or("", |entry| entry.text.as_str());
    let counted = crate::desk::n_pages(text);
    let n_pages = match &cx.shell.page {
        Some(PagePane { wish: drawn, shown: Ok(picture) }) if drawn.doc == wish.doc => picture.sheet.n_pages,
        _ => counted,
    };
    let numbers = [(wish.page + 1).to_string(), n_pages.to_string()];
    let numbers = [numbers[0].as_str(), numbers[1].as_str()];
    let mut x = bar.left() + 12.0;
    let turns = [
        ("caret-left", "command.previous-page", -1, wish.page > 0),
        ("caret-right", "command.next-page", 1, wish.page + 1 < counted),
    ];
    for (icon, name, by, is_enabled) in turns {
        let rect = Rect::from_min_size(pos2(x, mid - 14.0), vec2(28.0, 28.0));
        let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt(icon));
        let face = Face::icon(icon, cx.words.get(name));
        let button = child.add_enabled_ui(is_enabled, |ui| widgets::button(ui, cx.theme, face, Weight::Quiet, false));
        if button.inner.clicked() {
            cx.push(Command::TurnPage(by));
        }
        x += 30.0;
    }
    let zooms: Vec<&str> =
        [("page.zoom-width"), ("page.zoom-page"), ("page.zoom-paper")].map(|key| cx.words.get(key)).into();
    let zooms_px: f32 = zooms.iter().map(|text| (text_width(ui, text, Type::Body) + 16.0).max(28.0).round()).sum();
    let zooms_at = bar.right() - 12.0 - zooms_px;
    let long = cx.words.fill("page.number", &numbers);
    let said = if x + 6.0 + text_width(ui, &long, Type::Label) < zooms_at - 8.0 { long } else { numbers.join(" / ") };
    if x + 6.0 + text_width(ui, &said, Type::Label) < zooms_at - 4.0 {
        text_at(ui, pos2(x + 6.0, mid), Align2::LEFT_CENTER, &said, Type::Label, cx.theme.ink_2);
    }
    if zooms_at < x {
        return;
    }
    let rect = Rect::from_min_size(pos2(zooms_at, mid - widgets::CHIP_PX / 2.0), vec2(zooms_px, widgets::CHIP_PX));
    let mut child = ui.new_child(UiBuilder::new().max_rect(rect).id_salt("zoom"));
    let chosen = PageZoom::ALL.iter().position(|zoom| *zoom == wish.zoom).unwrap_or(0);
    let clicked = widgets::segments(&mut child, cx.theme, cx.words.get("page.zoom"), &zooms, chosen);
    if let Some(zoom) = clicked.and_then(|idx| PageZoom::ALL.get(idx)) {
        cx.push(Command::SetPageZoom(*zoom));
    }
    ui.painter().hline(bar.x_range(), bar.bottom() - 0.5, Stroke::new(1.0, cx.theme.hair));
}

fn picture_ui(ui: &mut Ui, cx: &mut Cx<'_>, body: Rect, picture: &PagePicture, wish: PageWish) {
    let shared: Arc<Mutex<Look>> =
        ui.data_mut(|data| data.get_temp_mut_or_default::<Arc<Mutex<Look>>>(Id::unique("nianbiao-page")).clone());
    let Ok(mut look) = shared.lock() else { return };
    let sheet = &picture.sheet;
    let room = body.shrink(MARGIN_PX).size();
    let scale = wish.zoom.scale(sheet.size_pt, room.into(), PAPER_SCALE);
    let size = vec2(sheet.size_pt[0], sheet.size_pt[1]) * scale;
    let most = (size - room).max(Vec2::ZERO);
    let response = look.scroll_ui(ui, cx, body, most, wish);
    look.follow(cx, sheet, scale, room, wish);
    look.offset = look.offset.clamp(Vec2::ZERO, most);

    let blank = ((room - size) / 2.0).max(Vec2::ZERO);
    let top = if wish.zoom == PageZoom::Page { blank.y } else { 0.0 };
    let at = (body.min + Vec2::splat(MARGIN_PX) + vec2(blank.x, top) - look.offset).round();
    let paper = Rect::from_min_size(at, size);
    Image::from_texture(picture.texture).paint_at(ui, paper);
    ui.painter().rect_stroke(paper, CornerRadius::ZERO, Stroke::new(1.0, cx.theme.line), StrokeKind::Outside);
    let key = (cx.shell.generation.wrapping_add(cx.corpus.stamp()), wish.doc, wish.page);
    let finds = match &look.finds {
        Some((known, finds)) if *known == key => finds.clone(),
        _ => Arc::new(page_marks::finds(cx.corpus, wish.doc, sheet)),
    };
    look.finds = Some((key, finds.clone()));
    let on_screen = |area: &Area| {
        let corner = |x: f32, y: f32| at + vec2(x, y) * scale;
        Rect::from_min_max(corner(area.left, area.top), corner(area.right, area.bottom))
    };
    marks_ui(ui, cx, &finds, sheet, &on_screen);
    thumb_ui(ui, cx.theme, body, look.offset, most);
    let pointed = response.hover_pos().map(|pos| (pos - at) / scale);
    let found = pointed.and_then(|point| page_marks::at(&finds, point.x, point.y)).map(|find| find.mark);
    if found.is_some() {
        ui.ctx().set_cursor_icon(CursorIcon::PointingHand);
    }
    if response.clicked()
        && let Some(mark) = found
    {
        cx.push(Command::Select(mark));
    }
    if found != look.hovered {
        look.hovered = found;
        cx.push(Command::Hover(found));
    }
}

/// Paper is white in every theme, so what is marked on it has the colours of the light one.
fn marks_ui(ui: &Ui, cx: &Cx<'_>, finds: &[PageFind], sheet: &PageSheet, on_screen: &dyn Fn(&Area) -> Rect) {
    let ink = Theme::light();
    let emphasis = reading::emphasis(cx.corpus, cx.desk.selection);
    let hovered = cx.desk.hover.map(|mark| mark.parts(cx.corpus)).unwrap_or_default();
    let painter = ui.painter();
    let round = CornerRadius::same(2);
    let passage =
        page_marks::passage(cx.corpus, cx.desk.selection.filter(|mark| mark.doc() == cx.desk.source.doc), sheet);
    for area in &passage {
        painter.rect_filled(on_screen(area), round, Theme::wash(ink.selected, 12));
    }
    for find in finds {
        let colour = match find.kind {
            FindKind::Time | FindKind::Period => ink.time,
            FindKind::Number | FindKind::Claim => ink.number,
            FindKind::Undated => ink.ink_3,
        };
        let is_selected = find.kind != FindKind::Claim && emphasis.selected.contains(&find.mark);
        let is_related = find.kind != FindKind::Claim && emphasis.related.contains(&find.mark);
        for area in &find.areas {
            let rect = on_screen(area);
            if is_selected {
                painter.rect_filled(rect, round, Theme::wash(ink.selected, 24));
                painter.rect_stroke(rect.expand(1.0), round, Stroke::new(2.0, ink.selected), StrokeKind::Outside);
                continue;
            }
            painter.rect_filled(rect, round, Theme::wash(colour, 16));
            let outline = if hovered.contains(&find.mark) { Some(ink.ink) } else { is_related.then_some(ink.selected) };
            if let Some(colour) = outline {
                painter.rect_stroke(rect, round, Stroke::new(1.0, colour), StrokeKind::Outside);
            }
        }
    }
}

/// How far the page is scrolled, where it is longer than the room.
fn thumb_ui(ui: &Ui, theme: &Theme, body: Rect, offset: Vec2, most: Vec2) {
    if most.y <= 0.5 {
        return;
    }
    let (room, whole) = (body.height(), body.height() + most.y);
    let height = (room * room / whole).max(24.0);
    let top = body.top() + (room - height) * (offset.y / most.y);
    let thumb = Rect::from_min_size(pos2(body.right() - 6.0, top), vec2(4.0, height));
    ui.painter().rect_filled(thumb, CornerRadius::same(2), Theme::wash(theme.control, 60));
}

impl Look {
    /// Moves by wheel, drag and keys; keys turn the page at its ends.
    fn scroll_ui(&mut self, ui: &Ui, cx: &mut Cx<'_>, body: Rect, most: Vec2, wish: PageWish) -> Response {
        if self.at != Some((wish.doc, wish.page)) {
            // Turned back, a page is seen from its foot.
            let is_back = self.at.is_some_and(|(doc, page)| doc == wish.doc && page == wish.page + 1);
            self.offset = if is_back && cx.desk.source.page.at.is_some() { vec2(0.0, most.y) } else { Vec2::ZERO };
            self.at = Some((wish.doc, wish.page));
        }
        let id = ui.scope_id().with("page");
        let response = ui.interact(body, id, Sense::click_and_drag());
        let name = cx.words.fill("page.name", &[&(wish.page + 1).to_string()]);
        response.widget_info(|| WidgetInfo::labeled(Role::Image, true, &name));
        self.offset -= response.drag_delta();
        if ui.rect_contains_pointer(body) {
            self.offset -= ui.input(|input| input.smooth_scroll_delta);
        }
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, horizontal_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            let pressed = |key| ui.input_mut(|input| input.consume_key(Modifiers::NONE, key));
            let leap = body.height() - STEP_PX;
            for (key, by) in [
                (Key::ArrowDown, vec2(0.0, STEP_PX)),
                (Key::ArrowUp, vec2(0.0, -STEP_PX)),
                (Key::ArrowRight, vec2(STEP_PX, 0.0)),
                (Key::ArrowLeft, vec2(-STEP_PX, 0.0)),
                (Key::PageDown, vec2(0.0, leap)),
                (Key::PageUp, vec2(0.0, -leap)),
            ] {
                if pressed(key) {
                    let (is_at_foot, is_at_head) = (self.offset.y >= most.y - 0.5, self.offset.y <= 0.5);
                    match key {
                        Key::PageDown if is_at_foot => cx.push(Command::TurnPage(1)),
                        Key::PageUp if is_at_head => cx.push(Command::TurnPage(-1)),
                        _ => self.offset += by,
                    }
                }
            }
            let ring = body.shrink(2.0);
            ui.painter().rect_stroke(ring, CornerRadius::same(2), Stroke::new(2.0, cx.theme.time), StrokeKind::Inside);
        }
        response
    }

    /// Scrolls to the selection when the desk asks for it.
    fn follow(&mut self, cx: &Cx<'_>, sheet: &PageSheet, scale: f32, room: Vec2, wish: PageWish) {
        if self.seen_request == Some(cx.desk.source.scroll_request) {
            return;
        }
        self.seen_request = Some(cx.desk.source.scroll_request);
        let selection = cx.desk.selection.filter(|mark| mark.doc() == wish.doc);
        if let Some(first) = page_marks::passage(cx.corpus, selection, sheet).first() {
            self.offset.y = (first.top + first.bottom) / 2.0 * scale - room.y * SELECTION_AT;
            self.offset.x =
                (first.left * scale - room.x * 0.1).min((first.right * scale - room.x * 0.9).max(0.0)).max(0.0);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{
        corpus::Corpus,
        desk::{Desk, Locale},
        model::PageChar,
        span::Span,
        ui::{Shell, fonts},
        view::reading::tests::corpus_of,
    };
    use egui::{Event, PointerButton, Pos2, TextureId};

    /// A page of one line, each character ten points wide.
    fn pane(text: &str, wish: PageWish) -> PagePane {
        let chars = text.char_indices().enumerate().map(|(idx, (at, c))| {
            let left = 10.0 + idx as f32 * 10.0;
            let area = Area { left, top: 10.0, right: left + 10.0, bottom: 22.0 };
            PageChar { span: Span::new(at, at + c.len_utf8()), area }
        });
        let sheet = PageSheet { page: 0, n_pages: 1, size_pt: [376.0, 500.0], chars: chars.collect() };
        let texture = SizedTexture::new(TextureId::default(), vec2(376.0, 500.0));
        PagePane { wish, shown: Ok(PagePicture { sheet: Arc::new(sheet), texture }) }
    }

    /// What the user did by these events, one frame each.
    fn done(corpus: &Corpus, desk: &Desk, shell: &Shell, events: &[Event]) -> Vec<Command> {
        let ctx = egui::Context::default();
        ctx.set_fonts(fonts::definitions());
        let room = Rect::from_min_size(Pos2::ZERO, vec2(400.0, 700.0));
        let mut commands = Vec::new();
        for (pass, event) in [None, None].into_iter().chain(events.iter().map(Some)).enumerate() {
            let time = Some(pass as f64 * 0.05);
            let events = event.cloned().into_iter().collect();
            let input = egui::RawInput { screen_rect: Some(room), time, events, ..egui::RawInput::default() };
            let mut output = ctx.run_ui(input, |ui| {
                let words = Locale::of(desk.settings.lang);
                let mut cx = Cx { corpus, desk, shell, theme: Theme::light(), words, commands: &mut commands };
                page_ui(ui, &mut cx, room);
            });
            output.textures_delta.clear();
        }
        commands
    }

    fn wish_of(commands: &[Command]) -> PageWish {
        let wish = commands.iter().find_map(|command| match command {
            Command::See(Sight::Page(wish)) => *wish,
            _ => None,
        });
        wish.unwrap_or_else(|| panic!("no page is asked for: {commands:?}"))
    }

    #[test]
    fn a_click_on_a_find_selects_it() {
        let text = "大桥2024年9月2日通车。";
        let corpus = corpus_of(text);
        let mut desk = Desk::default();
        desk.source.page.is_shown = true;
        let wish = wish_of(&done(&corpus, &desk, &Shell::default(), &[]));
        assert_eq!((wish.doc, wish.page, wish.room_px), (0, 0, [376, 640]));
        let shell = Shell { is_pdf: true, page: Some(pane(text, wish)), ..Shell::default() };
        let click = |x: f32, y: f32| {
            let pos = pos2(x, BAR_PX + MARGIN_PX + y);
            let button = |pressed| Event::PointerButton {
                pos,
                button: PointerButton::Primary,
                pressed,
                modifiers: Modifiers::NONE,
            };
            done(&corpus, &desk, &shell, &[Event::PointerMoved(pos), button(true), button(false)])
        };
        let on_date = click(MARGIN_PX + 65.0, 16.0);
        assert!(on_date.contains(&Command::Select(Mark::Time { doc: 0, time: 0 })), "{on_date:?}");
        let beside = click(MARGIN_PX + 15.0, 16.0);
        assert!(!beside.iter().any(|command| matches!(command, Command::Select(_))), "{beside:?}");
    }

    #[test]
    fn no_room_is_too_small_and_what_went_wrong_is_said() {
        let corpus = corpus_of("大桥2024年9月2日通车。");
        let wish = wish_of(&done(&corpus, &Desk::default(), &Shell::default(), &[]));
        for trouble in [PageTrouble::Gone, PageTrouble::Changed, PageTrouble::Other("it is torn".to_owned())] {
            let page = Some(PagePane { wish, shown: Err(trouble) });
            done(&corpus, &Desk::default(), &Shell { page, ..Shell::default() }, &[]);
        }
    }
}
