//! What the source pane remembers between frames: the page that is laid out, how far it is scrolled, what is selected.

use super::{
    cx::Cx,
    typeset::{Laid, Look, Selected, lay_out},
};
use crate::{
    corpus::{
        Corpus, Entry,
        edits::{Edit, Hidden, TargetKind},
    },
    desk::{
        Mark,
        reading_order::{self, ReadingPlace},
        sources_of,
    },
    span::Span,
    view::{
        cite,
        minimap::Tick,
        query::Query,
        reading::{self, Emphasis, Page, Place},
        why::{self, Why},
    },
};
use egui::{CornerRadius, EventFilter, Key, Modifiers, Rect, Role, Sense, Stroke, Ui, WidgetInfo, pos2};
use std::{
    hash::{DefaultHasher, Hash as _, Hasher as _},
    sync::Arc,
};

/// Blank left of the reading column.
const INSET_LEFT_PX: f32 = 24.0;
/// Blank between the reading column and the map.
const INSET_RIGHT_PX: f32 = 22.0;
/// The column is at most so many characters wide.
const MAX_HAN: f32 = 38.0;
/// Where the selection comes to stand, as a share of the height.
const SELECTION_AT: f64 = 0.38;
/// Blank below the last paragraph.
const FOOT_PX: f64 = 32.0;
/// Room for the line numbers left of the text.
pub(super) const NUMBERS_PX: f32 = 36.0;

/// The ticks of the map beside the text, kept until the page, its layout or the search changes.
#[derive(Debug, Default)]
pub(super) struct TickCache {
    pub key: Option<(u64, u32, String)>,
    pub ticks: Vec<Tick>,
}

/// What the pane remembers between frames: the page that is laid out, and how far it is scrolled.
#[derive(Default)]
pub(super) struct Reader {
    /// Hash of all that the page depends on.
    page_key: u64,
    pub page: Page,
    /// Places of all finds of the document as one reads, for “n of m”.
    pub finds: Vec<ReadingPlace>,
    /// Hash of all that the lines depend on.
    lines_key: u64,
    /// Lines of the paragraphs that have been in view.
    pub laid: Vec<Option<Arc<Laid>>>,
    /// Upper edges of the paragraphs, the page's height last; estimated where not laid out yet.
    pub tops: Vec<f64>,
    /// Counts up when `tops` changes.
    pub version: u64,
    pub offset: f64,
    /// Where it is scrolling to.
    target: Option<f64>,
    seen_request: u64,
    /// Selected by dragging: paragraph and bytes.
    pub words: Option<(usize, Span)>,
    /// Times and numbers that are hidden: only a faint line shows where they stand.
    pub hidden: Vec<Place>,
    /// Where the selected words were drawn in this frame.
    pub selected: Option<Selected>,
    /// The words that the desk was told of.
    pub told_words: Option<(usize, Span)>,
    /// Where the drag began.
    pub drag_from: Option<(usize, usize)>,
    /// The text of the search field, and what it asks for.
    query: (String, Option<Query>),
    /// What the pointer was over.
    pub hovered: Option<Mark>,
    emphasis: Option<(Option<Mark>, u64, Arc<Emphasis>)>,
    why: Option<(Mark, u64, Option<Arc<Why>>)>,
    /// Who tells the selection, kept under it and the corpus's stamp.
    sources: Option<(Mark, u64, Arc<Vec<Mark>>)>,
    pub ticks: TickCache,
}

/// What a frame of the pane works with besides [`Cx`].
pub(super) struct Frame {
    pub emphasis: Arc<Emphasis>,
    /// What the pointer is over, here or in another pane, as times and quantities.
    pub hovered: Vec<Mark>,
    /// The sentence of the selection.
    pub sentence: Option<Place>,
    /// The reading column.
    pub column: Rect,
    /// The text's part of the pane.
    pub view: Rect,
    pub look: Look,
}

impl Reader {
    /// Sets the page that the desk asks for, where it is not set already.
    pub fn open(&mut self, cx: &Cx<'_>) {
        let source = &cx.desk.source;
        if self.query.0 != cx.desk.search {
            // Dates and numbers are marked as finds already; here only the words count.
            self.query = (cx.desk.search.clone(), Query::new(&cx.desk.search, None));
        }
        let mut hasher = DefaultHasher::new();
        (source.doc, source.is_as_printed, cx.corpus.entries.len()).hash(&mut hasher);
        if !source.is_as_printed {
            source.article.hash(&mut hasher);
        }
        content_key(cx.corpus, source.doc).hash(&mut hasher);
        let key = hasher.finish();
        if key == self.page_key {
            return;
        }
        let page = if source.is_as_printed {
            reading::printed(cx.corpus, source.doc)
        } else {
            reading::page(cx.corpus, source.doc, source.article)
        };
        let entry = cx.corpus.entries.get(source.doc);
        let finds = entry.map(|entry| reading_order::finds(&entry.document, source.doc)).unwrap_or_default();
        let finds = finds.into_iter().map(|(place, _)| place).collect();
        let seen_request = if cx.desk.selection.is_some() { u64::MAX } else { cx.desk.source.scroll_request };
        let hidden = entry.map(|entry| hidden_places(cx.corpus, source.doc, entry, &page)).unwrap_or_default();
        let query = std::mem::take(&mut self.query);
        // A correction leaves the text where it is.
        let is_same = |a: &Page, b: &Page| (a.doc, a.article, a.is_printed) == (b.doc, b.article, b.is_printed);
        let stays = is_same(&page, &self.page) && page.paragraphs.len() == self.page.paragraphs.len();
        let (offset, tops) = if stays { (self.offset, std::mem::take(&mut self.tops)) } else { (0.0, Vec::new()) };
        let seen_request = if stays { self.seen_request } else { seen_request };
        let version = self.version;
        *self =
            Self { page_key: key, page, finds, seen_request, query, version, offset, tops, hidden, ..Self::default() };
    }

    /// Where the words that are searched for stand in `text`.
    pub fn hits(&self, text: &str) -> Vec<Span> {
        self.query.1.iter().flat_map(|query| query.places(text)).collect()
    }

    /// Words of a paragraph with their source.
    pub fn cited(&self, cx: &Cx<'_>, idx: usize, span: Span) -> Option<String> {
        let entry = cx.corpus.entries.get(self.page.doc)?;
        let words = span.slice(&self.page.paragraphs.get(idx)?.text);
        let source = self.page.source_span(entry, idx, span);
        // A line of the file may belong to any article.
        let articles = &entry.document.articles;
        let has = |part: Span| articles.iter().position(|article| article.spans.iter().any(|own| own.overlaps(part)));
        let article = if self.page.is_printed { source.and_then(has).unwrap_or(usize::MAX) } else { self.page.article };
        Some(cite::quoted(entry, article, (words, source), cx.words))
    }

    /// Where the selection stands among the finds; `None` where it is in another document.
    pub fn place(&self, cx: &Cx<'_>) -> Option<ReadingPlace> {
        let mark = cx.desk.selection.filter(|mark| mark.doc() == self.page.doc)?;
        let document = &cx.corpus.entries.get(self.page.doc)?.document;
        Some(reading_order::place(document, mark.article(cx.corpus)?, mark.span(cx.corpus)?))
    }

    /// All that tell the selection.
    pub fn sources(&mut self, cx: &Cx<'_>) -> Arc<Vec<Mark>> {
        let Some(mark) = cx.desk.selection else { return Arc::default() };
        let key = cx.corpus.stamp() + u64::from(cx.corpus.index().has_groups());
        if let Some((known, known_key, sources)) = &self.sources
            && (*known, *known_key) == (mark, key)
        {
            return sources.clone();
        }
        let found = Arc::new(sources_of(cx.corpus, mark));
        self.sources = Some((mark, key, found.clone()));
        found
    }

    pub fn why(&mut self, cx: &Cx<'_>) -> Option<Arc<Why>> {
        let mark = cx.desk.selection?;
        let mut hasher = DefaultHasher::new();
        (content_key(cx.corpus, mark.doc()), cx.words.key(), &cx.desk.settings.time_style).hash(&mut hasher);
        let key = hasher.finish();
        if let Some((known, known_key, why)) = &self.why
            && (*known, *known_key) == (mark, key)
        {
            return why.clone();
        }
        let made = why::styled(cx.corpus, mark, cx.words, &cx.desk.settings.time_style).map(Arc::new);
        self.why = Some((mark, key, made.clone()));
        made
    }

    /// Works out what this frame needs, and breaks into lines what is in view.
    pub fn frame(&mut self, ui: &Ui, cx: &Cx<'_>, view: Rect) -> Frame {
        let look = Look::new(cx.desk.settings.reading_size_px, self.page.is_printed);
        let numbers_px = if self.page.is_printed { NUMBERS_PX } else { 0.0 };
        let room = view.width() - INSET_LEFT_PX - INSET_RIGHT_PX - numbers_px;
        let width = room.min(MAX_HAN * look.size_px()).max(look.size_px()).floor();
        let left = view.left() + INSET_LEFT_PX + numbers_px + ((room - width) / 2.0).floor().max(0.0);
        let column = Rect::from_min_max(pos2(left, view.top()), pos2(left + width, view.bottom()));
        self.lay_out(ui, &look, width, view);

        let selection = cx.desk.selection.filter(|mark| mark.doc() == self.page.doc);
        let emphasis = match &self.emphasis {
            Some((known, key, emphasis)) if *known == selection && *key == self.page_key => emphasis.clone(),
            _ => Arc::new(reading::emphasis(cx.corpus, selection)),
        };
        self.emphasis = Some((selection, self.page_key, emphasis.clone()));
        let hovered = cx.desk.hover.map(|mark| mark.parts(cx.corpus)).unwrap_or_default();
        let place = selection.and_then(|mark| self.place_of(cx.corpus, mark, &emphasis));
        let sentence = place.and_then(|place| {
            let paragraph = self.page.paragraphs.get(place.paragraph)?;
            Some(Place { span: paragraph.sentence_at(place.span.start)?, ..place })
        });
        let frame = Frame { emphasis, hovered, sentence, column, view, look };
        if self.seen_request != cx.desk.source.scroll_request {
            self.seen_request = cx.desk.source.scroll_request;
            match place {
                Some(place) => self.scroll_to(ui, &frame, place),
                None if selection.is_none() => self.target = Some(0.0),
                None => {}
            }
        }
        frame
    }

    /// The first selected words, else the beginning of what is selected.
    fn place_of(&self, corpus: &Corpus, mark: Mark, emphasis: &Emphasis) -> Option<Place> {
        let entry = corpus.entries.get(self.page.doc)?;
        let spans = emphasis.selected.iter().chain(&emphasis.related).filter_map(|part| part.span(corpus));
        let whole = mark.span(corpus);
        let inside = spans.filter(|span| whole.is_none_or(|whole| whole.overlaps(*span))).min();
        self.page.place(entry, inside.or(whole)?)
    }

    /// Makes room for the paragraphs, with estimated heights where the column has changed, and breaks those in
    /// view into lines. What stands at the top stays there.
    fn lay_out(&mut self, ui: &Ui, look: &Look, width: f32, view: Rect) {
        let mut hasher = DefaultHasher::new();
        (self.page_key, width.to_bits(), look.size_px().to_bits(), ui.pixels_per_point().to_bits()).hash(&mut hasher);
        let key = hasher.finish();
        if key != self.lines_key {
            let share = self.anchor();
            self.lines_key = key;
            self.laid = vec![None; self.page.paragraphs.len()];
            self.sum(look, width);
            if self.page.paragraphs.len() <= 400 {
                self.lay_range(ui, look, width, 0, self.page.paragraphs.len());
            }
            self.return_to(share);
        }
        // Each round replaces estimates in view by heights; that may bring others into view.
        for _ in 0..6 {
            let (first, last) = self.in_view(f64::from(view.height()));
            if !self.lay_range(ui, look, width, first, last) {
                break;
            }
        }
        self.offset = self.offset.clamp(0.0, self.max_offset(f64::from(view.height())));
    }

    fn max_offset(&self, view_px: f64) -> f64 {
        (self.height() + FOOT_PX - view_px).max(0.0)
    }

    /// Height of the page without its foot.
    pub fn height(&self) -> f64 {
        self.tops.last().copied().unwrap_or(0.0)
    }

    /// Breaks the paragraphs `first..last` into lines; whether there was anything to do.
    fn lay_range(&mut self, ui: &Ui, look: &Look, width: f32, first: usize, last: usize) -> bool {
        let mut is_changed = false;
        for idx in first..last {
            if let (Some(slot), Some(paragraph)) = (self.laid.get_mut(idx), self.page.paragraphs.get(idx))
                && slot.is_none()
            {
                *slot = Some(Arc::new(lay_out(ui, look, width, paragraph)));
                is_changed = true;
            }
        }
        if is_changed {
            let anchor = self.anchor();
            self.sum(look, width);
            self.return_to(anchor);
        }
        is_changed
    }

    /// Adds the heights up.
    fn sum(&mut self, look: &Look, width: f32) {
        self.version += 1;
        self.tops.clear();
        let mut y = 0.0;
        let mut before = None;
        for (paragraph, laid) in self.page.paragraphs.iter().zip(&self.laid) {
            y += f64::from(look.gap_px(before, paragraph));
            self.tops.push(y);
            y += match laid {
                Some(laid) => f64::from(laid.height_px),
                None => f64::from(look.estimated_px(paragraph, width)),
            };
            before = Some(paragraph.role);
        }
        self.tops.push(y);
    }

    /// The paragraph at the top of the view and how far it is scrolled.
    fn anchor(&self) -> (usize, f64) {
        let idx = self.tops.partition_point(|&top| top <= self.offset).saturating_sub(1);
        (idx, self.offset - self.tops.get(idx).copied().unwrap_or(0.0))
    }

    fn return_to(&mut self, (idx, within): (usize, f64)) {
        let before = self.offset;
        if self.offset > 0.0 {
            self.offset = self.tops.get(idx).copied().unwrap_or(0.0) + within;
        }
        let moved = self.offset - before;
        self.target = self.target.map(|target| target + moved);
    }

    /// The paragraphs in view, as a half-open range.
    pub fn in_view(&self, view_px: f64) -> (usize, usize) {
        let n = self.page.paragraphs.len();
        let first = self.tops.partition_point(|&top| top <= self.offset).saturating_sub(1);
        let last = self.tops.partition_point(|&top| top < self.offset + view_px);
        (first.min(n), last.min(n))
    }

    /// Scrolls so that `place` stands at 38 % of the height.
    fn scroll_to(&mut self, ui: &Ui, frame: &Frame, place: Place) {
        let view_px = f64::from(frame.view.height());
        // Heights around the place must be known, or it would move when they become so.
        let around = 3 + (view_px / f64::from(frame.look.line_px())) as usize;
        let first = place.paragraph.saturating_sub(around);
        let last = (place.paragraph + around).min(self.page.paragraphs.len());
        self.lay_range(ui, &frame.look, frame.column.width(), first, last);
        let Some(laid) = self.laid.get(place.paragraph).cloned().flatten() else { return };
        let top = self.tops.get(place.paragraph).copied().unwrap_or(0.0);
        let middle = top + f64::from(laid.line_middle_px(place.span.start));
        let target = (middle - view_px * SELECTION_AT).clamp(0.0, self.max_offset(view_px));
        // From far away there is nothing to see on the way.
        if (target - self.offset).abs() > 4.0 * view_px {
            self.offset = target;
        }
        self.target = Some(target);
    }

    /// Moves towards the target, and by wheel and keys.
    pub fn scroll_ui(&mut self, ui: &Ui, cx: &Cx<'_>, frame: &Frame) {
        let view_px = f64::from(frame.view.height());
        let id = ui.scope_id().with("scroll");
        let response = ui.interact(frame.view, id, Sense::focusable_noninteractive());
        response.widget_info(|| WidgetInfo::labeled(Role::ScrollView, true, cx.words.get("source.text")));
        let mut by = 0.0;
        if ui.rect_contains_pointer(frame.view) {
            by -= f64::from(ui.input(|input| input.smooth_scroll_delta.y));
        }
        if response.has_focus() {
            let filter = EventFilter { vertical_arrows: true, ..EventFilter::default() };
            ui.memory_mut(|memory| memory.set_focus_lock_filter(id, filter));
            by += keys(ui, f64::from(frame.look.line_px()), view_px);
            let ring = frame.view.shrink(2.0);
            let stroke = Stroke::new(2.0, cx.theme.time);
            ui.painter().rect_stroke(ring, CornerRadius::same(2), stroke, egui::StrokeKind::Inside);
        }
        if by != 0.0 {
            self.target = None;
            self.offset += by;
        }
        if let Some(target) = self.target {
            let is_still = ui.style().animation_time <= 0.0;
            let share = if is_still { 1.0 } else { 1.0 - (-f64::from(ui.input(|i| i.stable_dt)) / 0.035).exp() };
            self.offset += (target - self.offset) * share;
            if (target - self.offset).abs() < 0.5 {
                self.offset = target;
                self.target = None;
            }
            ui.ctx().request_repaint();
        }
        self.offset = self.offset.clamp(0.0, self.max_offset(view_px));
        self.lay_out(ui, &frame.look, frame.column.width(), frame.view);
    }

    /// Jumps to an offset, as the map does.
    pub fn jump(&mut self, offset: f64) {
        self.target = None;
        self.offset = offset;
    }
}

/// How far the keys scroll, in pixels.
fn keys(ui: &Ui, line_px: f64, view_px: f64) -> f64 {
    let steps = [
        (Key::ArrowDown, line_px),
        (Key::ArrowUp, -line_px),
        (Key::PageDown, view_px - line_px),
        (Key::PageUp, line_px - view_px),
    ];
    ui.input_mut(|input| {
        steps.iter().filter(|(key, _)| input.consume_key(Modifiers::NONE, *key)).map(|(_, by)| by).sum()
    })
}

/// Where on the page the hidden times and numbers of a document stand.
fn hidden_places(corpus: &Corpus, doc: usize, entry: &Entry, page: &Page) -> Vec<Place> {
    let edits = corpus.edits();
    let Some(read) = edits.read(doc).filter(|_| edits.hidden() == Hidden::LeftOut) else { return Vec::new() };
    let spans = edits.changes(doc).iter().filter_map(|change| match &change.edit {
        Edit::Hide { target } if target.kind != TargetKind::Event => {
            let idx = target.find(read, &entry.text)?;
            let time = || read.times.get(idx).map(|time| time.span);
            let quantity = || read.quantities.get(idx).map(|quantity| quantity.span);
            if target.kind == TargetKind::Time { time() } else { quantity() }
        }
        _ => None,
    });
    spans.filter_map(|span| page.place(entry, span)).collect()
}

/// Changes whenever a document is read anew.
fn content_key(corpus: &Corpus, doc: usize) -> u64 {
    let mut hasher = DefaultHasher::new();
    if let Some(entry) = corpus.entries.get(doc) {
        let document = &entry.document;
        (entry.text.as_ptr() as usize, entry.text.len(), document.articles.len()).hash(&mut hasher);
        (document.times.len(), document.quantities.len(), document.events.len()).hash(&mut hasher);
        (document.series.len(), document.claims.len(), corpus.edits().version()).hash(&mut hasher);
        (&document.source.path, &document.source.sha256).hash(&mut hasher);
        document.dct.as_ref().map(|dct| dct.as_str().to_owned()).hash(&mut hasher);
    }
    hasher.finish()
}
