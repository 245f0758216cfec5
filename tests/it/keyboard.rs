//! Every command by the keyboard alone: called from the palette by its name in either language, and by its shortcuts;
//! each time what it did is looked for on the desk, and the keyboard is free again.

use crate::driver::{Window, command, fixture, program, settle, window};
use egui::{Event, Key, Modifiers};
use nianbiao::{
    desk::{
        ChartMode, Command, Correction, Desk, FigureKind, FoldChoice, Grouping, Hint, Lang, Listed, Locale, Mark,
        Overlay, Pane, Passage, Shortcut, TimelineMode, find_commands,
    },
    span::Span,
};

/// Commands that ask the system for something a test must not: a dialog, the clipboard's owner, another screen.
const OUTWARD: &[&str] = &["open-files", "open-folder", "save-corpus", "save-project", "full-screen", "quit"];

/// What a command may change beside the desk.
struct Seen {
    desk: Desk,
    n_documents: usize,
    n_changes: usize,
    has_said: bool,
}

impl Seen {
    fn of(harness: &Window) -> Self {
        let program = program(harness);
        let edits = program.corpus().edits();
        Self {
            desk: program.desk().clone(),
            n_documents: program.corpus().entries.len(),
            n_changes: edits.docs().map(|doc| edits.changes(doc).len()).sum(),
            has_said: !program.shell().toasts.is_empty() || program.shell().banner.is_some(),
        }
    }
}

/// Whether a command did what it says, by what was seen before and after.
type Check = fn(&Seen, &Seen) -> bool;

/// Events and words of the fixture that commands are tried on.
struct Subjects {
    /// An event of the first lane and one of the last.
    top: Mark,
    bottom: Mark,
    /// Two events of one document.
    pair: [Mark; 2],
    event_words: Passage,
    value_words: Passage,
}

impl Subjects {
    fn of(harness: &Window) -> Self {
        let document = &program(harness).corpus().entries[0].document;
        let lanes: Vec<usize> = document.events.iter().map(|event| event.article).collect();
        let event = |article: Option<&usize>| {
            let event = lanes.iter().position(|lane| Some(lane) == article).unwrap();
            Mark::Event { doc: 0, event }
        };
        let words = |article: usize, span: Span| Passage { doc: 0, article, span };
        let quantity = document.quantities.first().unwrap();
        let first = document.events.first().unwrap();
        Self {
            top: event(lanes.iter().min()),
            bottom: event(lanes.iter().max()),
            pair: [4, 5].map(|event| Mark::Event { doc: 0, event }),
            event_words: words(first.article, first.span),
            value_words: words(quantity.article, quantity.span),
        }
    }
}

fn opens(overlay: Overlay) -> Check {
    match overlay {
        Overlay::Correct => |_, now| now.desk.overlay == Some(Overlay::Correct),
        Overlay::Rename => |_, now| now.desk.overlay == Some(Overlay::Rename),
        Overlay::Note => |_, now| now.desk.overlay == Some(Overlay::Note),
        Overlay::Tag => |_, now| now.desk.overlay == Some(Overlay::Tag),
        Overlay::Changes => |_, now| now.desk.overlay == Some(Overlay::Changes),
        Overlay::Search => |_, now| now.desk.overlay == Some(Overlay::Search),
        Overlay::Palette => |_, now| now.desk.overlay == Some(Overlay::Palette),
        Overlay::WritingDate => |_, now| now.desk.overlay == Some(Overlay::WritingDate),
        Overlay::Columns => |_, now| now.desk.overlay == Some(Overlay::Columns),
        Overlay::Encoding => |_, now| now.desk.overlay == Some(Overlay::Encoding),
        Overlay::Summary => |_, now| now.desk.overlay == Some(Overlay::Summary),
        Overlay::Warnings => |_, now| now.desk.overlay == Some(Overlay::Warnings),
        Overlay::Settings => |_, now| now.desk.overlay == Some(Overlay::Settings),
        Overlay::Shortcuts => |_, now| now.desk.overlay == Some(Overlay::Shortcuts),
        Overlay::About => |_, now| now.desk.overlay == Some(Overlay::About),
        _ => |_, _| false,
    }
}

/// What is done before a command is tried, and what it must have done then. A command that is not known here is known
/// by what it opens; one that opens nothing fails, so that each new command is described.
fn expected(listed: &Listed, subjects: &Subjects) -> (Vec<Command>, Check) {
    let near = || vec![Command::ZoomIn, Command::ZoomIn];
    let corrects: Check = |before, now| before.n_changes != now.n_changes;
    let selects: Check = |before, now| now.desk.selection.is_some() && before.desk.selection != now.desk.selection;
    let moves: Check = |before, now| before.desk.timeline.window != now.desk.timeline.window;
    let says: Check = |_, now| now.has_said;
    match listed.id {
        "open-sample" => (vec![Command::CloseAll], |_, now| now.n_documents == 1),
        "close-all" => (vec![], |_, now| now.n_documents == 0),
        // Nothing is on the clipboard of a test, and nothing is being read.
        "paste-text" | "stop-reading" => (vec![], |before, now| now.n_documents == before.n_documents),
        "read-again" | "copy-quantities" | "copy-points" | "copy-citation" | "copy-words" | "copy-figure" => {
            (vec![], says)
        }
        "undo" => (vec![Command::ToggleHidden], |before, now| before.desk.shows_hidden && !now.desk.shows_hidden),
        "redo" => (vec![Command::ToggleHidden, Command::Undo], |_, now| now.desk.shows_hidden),
        "hide" | "star" => (vec![], corrects),
        "toggle-hidden" => (vec![], |before, now| before.desk.shows_hidden != now.desk.shows_hidden),
        "merge" => (vec![Command::Pick(subjects.pair[0])], |_, now| now.desk.overlay == Some(Overlay::Merge)),
        "split" => {
            let [kept, other] = subjects.pair;
            (vec![Command::Correct(Correction::Merge { kept, others: vec![other] }), Command::Select(kept)], corrects)
        }
        "add-event" => (vec![Command::SelectWords(Some(subjects.event_words))], corrects),
        "add-point" => (vec![Command::SelectWords(Some(subjects.value_words))], corrects),
        "export-timeline" => (vec![], |_, now| exports(now, FigureKind::Timeline)),
        "export-series" => (vec![], |_, now| exports(now, FigureKind::Series)),
        "export-both" => (vec![], |_, now| exports(now, FigureKind::Both)),
        "next-event" | "previous-event" | "first-event" | "last-event" | "next-find" | "previous-find" => {
            (vec![], selects)
        }
        "next-article" => (vec![], |before, now| now.desk.source.article == before.desk.source.article + 1),
        "previous-article" => (vec![Command::ShowArticle { doc: 0, article: 2 }], |before, now| {
            now.desk.source.article + 1 == before.desk.source.article
        }),
        "back" => (vec![Command::Select(subjects.top)], selects),
        "forward" => (vec![Command::Select(subjects.top), Command::Back], selects),
        "zoom-in" | "zoom-to-selection" => (vec![], moves),
        "zoom-out" | "pan-left" | "pan-right" => (near(), moves),
        "zoom-to-fit" => (near(), |_, now| now.desk.timeline.window.is_none()),
        "centre-selection" => (vec![Command::ZoomToSelection, Command::Pan(0.25)], moves),
        "show-source" => (vec![Command::TogglePane(Pane::Source)], |_, now| now.desk.panes.source),
        "lane-below" => (vec![Command::Select(subjects.top)], selects),
        "lane-above" => (vec![Command::Select(subjects.bottom)], selects),
        "fold-lane" | "fold-lanes" => (vec![], |_, now| !now.desk.timeline.folded_lanes.is_empty()),
        "open-lanes" => (vec![Command::FoldLanes], |before, now| {
            !before.desk.timeline.folded_lanes.is_empty() && now.desk.timeline.folded_lanes.is_empty()
        }),
        "move-lane-up" => (vec![Command::Select(subjects.bottom)], reorders),
        "move-lane-down" => (vec![Command::Select(subjects.top)], reorders),
        "toggle-far" => (vec![], |before, now| before.desk.timeline.shows_far != now.desk.timeline.shows_far),
        "toggle-same-height" => {
            (vec![], |before, now| before.desk.timeline.has_same_height != now.desk.timeline.has_same_height)
        }
        "toggle-timeline-mode" => (vec![], |before, now| before.desk.seen.is_list != now.desk.seen.is_list),
        "toggle-fold" => (vec![], |before, now| before.desk.seen.is_folded != now.desk.seen.is_folded),
        "next-grouping" => (vec![], |before, now| before.desk.timeline.grouping != now.desk.timeline.grouping),
        "toggle-chart-scale" => (vec![], |before, now| before.desk.chart.scale != now.desk.chart.scale),
        "next-chart-measure" => (vec![], |before, now| before.desk.chart.measure != now.desk.chart.measure),
        "toggle-fitted" => (vec![], |before, now| before.desk.chart.is_fitted != now.desk.chart.is_fitted),
        "compare-none" => (vec![], |_, now| now.desk.chart.beside.is_empty()),
        "toggle-chart-link" => (vec![], |before, now| before.desk.chart.is_linked != now.desk.chart.is_linked),
        "show-plot" => {
            (vec![Command::SetChartMode(ChartMode::Points)], |_, now| now.desk.chart.mode == ChartMode::Plot)
        }
        "show-points" => (vec![], |_, now| now.desk.chart.mode == ChartMode::Points),
        "show-quantities" => (vec![], |_, now| now.desk.chart.mode == ChartMode::Quantities),
        "toggle-as-printed" => {
            (vec![], |before, now| before.desk.source.is_as_printed != now.desk.source.is_as_printed)
        }
        "toggle-page" => (vec![], |before, now| before.desk.source.page.is_shown != now.desk.source.page.is_shown),
        // The fixture is no PDF: it has one page, which is turned to.
        "next-page" | "previous-page" => (vec![], |_, now| now.desk.source.page.at == Some(0)),
        "next-page-zoom" => (vec![], |before, now| before.desk.source.page.zoom != now.desk.source.page.zoom),
        // No event of the fixture is told twice; the window says so.
        "toggle-sources" => (vec![], says),
        "toggle-why" => (vec![], |before, now| before.desk.seen.why_is_folded != now.desk.seen.why_is_folded),
        "clear-filters" => (vec![Command::TogglePlace("天津".to_owned())], |before, now| {
            before.desk.is_filtered() && !now.desk.is_filtered()
        }),
        "toggle-sidebar" => (vec![], |before, now| before.desk.panes.sidebar != now.desk.panes.sidebar),
        "toggle-timeline" => (vec![], |before, now| before.desk.panes.timeline != now.desk.panes.timeline),
        "toggle-chart" => (vec![], |before, now| before.desk.panes.chart != now.desk.panes.chart),
        "toggle-source" => (vec![], |before, now| before.desk.panes.source != now.desk.panes.source),
        "show-hints" => (vec![Command::DismissHint(Hint::Zoom)], |_, now| now.desk.hints.next(&now.desk).is_some()),
        "toggle-lang" => (vec![], |before, now| before.desk.settings.lang != now.desk.settings.lang),
        "toggle-theme" => (vec![], |before, now| before.desk.settings.theme != now.desk.settings.theme),
        "larger-interface" | "smaller-interface" => {
            (vec![], |before, now| before.desk.settings.ui_scale_percent != now.desk.settings.ui_scale_percent)
        }
        "reset-interface" => (vec![Command::LargerInterface], |_, now| now.desk.settings.ui_scale_percent == 100),
        "escape" => (vec![], |_, now| now.desk.overlay.is_none() && now.desk.selection.is_none()),
        _ => match listed.command {
            Command::Open(overlay) => (vec![], opens(overlay)),
            _ => (vec![], |_, _| false),
        },
    }
}

fn exports(now: &Seen, kind: FigureKind) -> bool {
    now.desk.overlay == Some(Overlay::Export) && now.desk.figure.kind == kind
}

fn reorders(before: &Seen, now: &Seen) -> bool {
    before.desk.timeline.lane_order != now.desk.timeline.lane_order
}

/// All panes open, all lanes open, nothing filtered, an event selected, everything in view.
fn reset(harness: &mut Window, lang: Lang, subjects: &Subjects) {
    let Desk { panes, shows_hidden, overlay, source, .. } = program(harness).desk().clone();
    let mut commands: Vec<Command> = overlay.map(Command::Open).into_iter().collect();
    commands.extend(shows_hidden.then_some(Command::ToggleHidden));
    commands.extend(source.is_as_printed.then_some(Command::ToggleAsPrinted));
    for (pane, is_open) in [(Pane::Timeline, panes.timeline), (Pane::Chart, panes.chart), (Pane::Source, panes.source)]
    {
        commands.extend((!is_open).then_some(Command::TogglePane(pane)));
    }
    commands.extend([
        Command::SetLang(lang),
        Command::ResetInterface,
        Command::ClearFilters,
        Command::SetTimelineMode(TimelineMode::Axis),
        Command::SetGrouping(Grouping::Article),
        Command::SetFold(FoldChoice::Auto),
        Command::OpenLanes,
        Command::SetTimeWindow(None),
        Command::SetChartMode(ChartMode::Plot),
        Command::SelectWords(None),
        Command::ClearSelection,
        Command::Select(subjects.pair[0]),
        Command::Select(subjects.pair[1]),
    ]);
    let ctx = harness.ctx.clone();
    commands.into_iter().for_each(|command| harness.state_mut().as_mut().unwrap().run(&ctx, command));
    harness.run_steps(3);
}

/// Tries one command: `call` is how it is reached.
fn attempt(harness: &mut Window, lang: Lang, listed: &Listed, how: &str, call: impl FnOnce(&mut Window)) {
    // What closed the document or took another is made good first.
    if program(harness).corpus().entries.first().is_none_or(|entry| entry.document.source.path.is_empty()) {
        command(harness, Command::CloseAll);
        command(harness, Command::OpenPaths(vec![fixture()]));
        settle(harness);
    }
    let subjects = Subjects::of(harness);
    reset(harness, lang, &subjects);
    let (first, check) = expected(listed, &subjects);
    for one in first {
        command(harness, one);
    }
    let before = Seen::of(harness);
    call(harness);
    harness.run_steps(3);
    settle(harness);
    let now = Seen::of(harness);
    assert!(
        check(&before, &now),
        "{} {how}, in {lang:?}: not done. Before {:?}, after {:?}",
        listed.id,
        before.desk,
        now.desk
    );
    // The keyboard is free, unless something with a field was opened.
    if now.desk.overlay.is_none() {
        assert!(!harness.ctx.text_edit_focused(), "{} {how} leaves the keyboard in a field", listed.id);
    }
    // What was corrected is taken back, so that the next one finds the same events.
    while Seen::of(harness).n_changes > 0 {
        command(harness, Command::Undo);
    }
}

fn from_palette(harness: &mut Window, lang: Lang, id: &str) {
    harness.key_press_modifiers(Modifiers::COMMAND, Key::K);
    harness.run_steps(2);
    assert_eq!(program(harness).desk().overlay, Some(Overlay::Palette), "before {id}");
    let name = Locale::of(lang).get(&format!("command.{id}")).to_owned();
    harness.event(Event::Text(name));
    harness.run_steps(2);
    harness.key_press(Key::Enter);
    harness.run_steps(3);
    let is_open = program(harness).desk().overlay == Some(Overlay::Palette);
    assert_eq!(is_open, id == "palette", "after {id}");
}

fn every_command_from_the_palette(lang: Lang) {
    let mut harness = window(vec![fixture()], None);
    for listed in Command::listed().into_iter().filter(|listed| !OUTWARD.contains(&listed.id)) {
        attempt(&mut harness, lang, &listed, "from the palette", |harness| from_palette(harness, lang, listed.id));
    }
}

#[test]
fn every_command_is_done_from_the_palette_by_its_chinese_name() {
    every_command_from_the_palette(Lang::Zh);
}

#[test]
fn every_command_is_done_from_the_palette_by_its_english_name() {
    every_command_from_the_palette(Lang::En);
}

#[test]
fn every_shortcut_does_what_its_command_says() {
    let mut harness = window(vec![fixture()], None);
    for listed in Command::listed().into_iter().filter(|listed| !OUTWARD.contains(&listed.id)) {
        for shortcut in listed.shortcuts {
            let Shortcut { ctrl, shift, alt, key } = *shortcut;
            let modifiers = Modifiers { alt, ctrl, shift, mac_cmd: false, command: ctrl };
            let key = Key::from_name(key).unwrap();
            let how = format!("by {}", shortcut.text());
            attempt(&mut harness, Lang::Zh, &listed, &how, |harness| harness.key_press_modifiers(modifiers, key));
        }
    }
}

#[test]
fn every_name_finds_its_own_command_first() {
    for listed in Command::listed() {
        for lang in [Lang::Zh, Lang::En] {
            let name = Locale::of(lang).get(&format!("command.{}", listed.id)).to_owned();
            let found: Vec<&str> = find_commands(&name).into_iter().map(|found| found.id).collect();
            assert_eq!(found.first(), Some(&listed.id), "“{name}” finds {found:?}");
        }
    }
}
