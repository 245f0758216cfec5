//! `nianbiao figure`: a timeline, series, or both as PNG, SVG or PDF, drawn without a window.

use super::complain;
use crate::{
    app::{BatchOptions, BatchOutcome, BatchProgress, drawn, figure_table, write_batch},
    corpus::{Entry, ReadOptions},
    desk::{
        Annotation, Captions, FigureBatch, FigureFormat, FigureKind, FigureSize, FigureSpec, Lang, Locale, Look, Preset,
    },
    figure::{Drawn, MAX_FIGURE_SIDE_PX, TooLarge},
    store::{atomic, atomic::WholeFile, carried, load, sample},
    view::figure::{Chosen, NoFigure, limit},
};
use clap::{Args, ValueEnum};
use rayon::prelude::*;
use std::{
    path::{Path, PathBuf},
    process::ExitCode,
    sync::{
        Arc,
        atomic::{AtomicBool, Ordering},
    },
    thread,
    time::{Duration, Instant},
};

const EXAMPLES: &str = "\
Examples:
  nianbiao figure series report.txt -o trade.png
      the series with the most points, 1600 × 900 pixels, with a title that says what was found
  nianbiao figure timeline news/ --from 2012 --to 2025-06 --preset square -o events.png
      the events of a folder within a stretch of time, for a feed
  nianbiao figure series report.txt --series 贸易 --lang en --theme dark --transparent -o trade.svg
      the first series whose name contains 贸易, as SVG with text as text
  nianbiao figure both report.txt --preset a4 --theme print -o trade.pdf
      events above the series on one time axis, black on white, on an A4 sheet
  nianbiao figure series news/ --all --format svg -o figures/
      every series of the folder in a file of its own, named after it; --each-document for one of every document

--size is in logical pixels; the file has --scale times as many: --size 1920x1080 --scale 2 gives 3840 × 2160.
A PNG carries its description as alt text, an SVG as <title> and <desc>.";

/// Arguments of `nianbiao figure`.
#[derive(Debug, Args)]
#[command(after_help = EXAMPLES)]
pub struct FigureArgs {
    /// What to draw
    #[arg(value_enum)]
    kind: Kind,
    /// Where the figure goes; the ending says what it is. With --all and --each-document a folder
    #[arg(short, long, value_name = "OUT.png|OUT.svg|OUT.pdf|FOLDER")]
    output: PathBuf,
    /// A figure of every series (of two points at least), into the folder -o
    #[arg(long, conflicts_with_all = ["each_document", "series", "annotate"])]
    all: bool,
    /// A figure of every document, into the folder -o
    #[arg(long, conflicts_with_all = ["series", "annotate"])]
    each_document: bool,
    /// What the files of --all and --each-document are
    #[arg(long, value_enum, default_value = "png")]
    format: FormatArg,
    /// A ready-made size and type
    #[arg(long, value_enum, default_value = "article")]
    preset: PresetArg,
    /// An own size in logical pixels, sides from 240 to 12000
    #[arg(long, value_name = "WxH", conflicts_with = "preset", value_parser = size_from_text)]
    size: Option<[f32; 2]>,
    /// Physical pixels for one logical one, from 0.25 to 8
    #[arg(long, value_name = "F", default_value_t = 2.0, value_parser = scale_from_text)]
    scale: f32,
    /// Colours
    #[arg(long, value_enum, default_value = "light")]
    theme: LookArg,
    /// Language of titles, dates and notes; the documents' own words stay as they are
    #[arg(long, value_enum, default_value = "zh")]
    lang: FigureLangArg,
    /// No ground
    #[arg(long)]
    transparent: bool,
    /// Which series: its name, part of its name, or its number as `nianbiao extract` lists them, from 0; several times for several
    #[arg(long, value_name = "NAME|INDEX")]
    series: Vec<String>,
    /// Leave out what ended before this date (EDTF: 2012, 2012-11, -0137)
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = date_from_text)]
    from: Option<String>,
    /// Leave out what began after this date
    #[arg(long, value_name = "DATE", allow_hyphen_values = true, value_parser = date_from_text)]
    to: Option<String>,
    /// Instead of the title made from the data
    #[arg(long)]
    title: Option<String>,
    /// Instead of the line below it
    #[arg(long)]
    subtitle: Option<String>,
    /// Instead of the source line
    #[arg(long)]
    source: Option<String>,
    /// Instead of the notes
    #[arg(long)]
    note: Option<String>,
    /// Instead of the description for those who do not see the figure
    #[arg(long)]
    alt: Option<String>,
    /// Words at a moment of the first series: 2008-11=四万亿计划; several times for several
    #[arg(long, value_name = "DATE=TEXT", allow_hyphen_values = true, value_parser = annotation_from_text)]
    annotate: Vec<Annotation>,
    /// Also write what is plotted, beside the figure: NAME.csv, and NAME.json with all sources
    #[arg(long)]
    data: bool,
    /// Leave out the data and sources that the file carries
    #[arg(long)]
    no_metadata: bool,
    /// Leave out the wordmark
    #[arg(long)]
    no_wordmark: bool,
    /// In an SVG, text as outlines instead of text with font names
    #[arg(long)]
    outlines: bool,
    /// Documents, folders or parsed corpora; the bundled sample if none
    paths: Vec<PathBuf>,
}

/// What to draw.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Kind {
    /// Events along an axis
    Timeline,
    /// One measure over time, or several
    Series,
    /// Events above measures, on one time axis
    Both,
}

impl From<Kind> for FigureKind {
    fn from(kind: Kind) -> Self {
        match kind {
            Kind::Timeline => Self::Timeline,
            Kind::Series => Self::Series,
            Kind::Both => Self::Both,
        }
    }
}

/// The presets.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum PresetArg {
    /// 800 × 450, for a report or an article
    Article,
    /// 540 × 540, for a feed
    Square,
    /// 400 × 320, one column of a journal
    Column,
    /// 960 × 540, for a slide
    Slide,
    /// 1123 × 794, an A4 sheet on its side
    A4,
    /// 794 × 1123, an A4 sheet
    Page,
}

impl From<PresetArg> for Preset {
    fn from(arg: PresetArg) -> Self {
        match arg {
            PresetArg::Article => Self::Article,
            PresetArg::Square => Self::Square,
            PresetArg::Column => Self::Column,
            PresetArg::Slide => Self::Slide,
            PresetArg::A4 => Self::A4,
            PresetArg::Page => Self::Page,
        }
    }
}

/// The languages of a figure.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum FigureLangArg {
    /// Chinese
    Zh,
    /// English
    En,
    /// Chinese, and the words around the plot in English, too
    Both,
}

/// The formats of a batch.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum FormatArg {
    /// Pixels
    Png,
    /// Shapes; see --outlines
    Svg,
    /// Shapes on a page
    Pdf,
}

/// The colours of a figure.
#[derive(Debug, Clone, Copy, ValueEnum)]
enum LookArg {
    /// Dark ink on white
    Light,
    /// Light ink on a dark ground
    Dark,
    /// Black on white, strokes instead of colours
    Print,
}

impl From<LookArg> for Look {
    fn from(arg: LookArg) -> Self {
        match arg {
            LookArg::Light => Self::Light,
            LookArg::Dark => Self::Dark,
            LookArg::Print => Self::Print,
        }
    }
}

/// The format that the arguments ask for.
fn format(args: &FigureArgs) -> Result<FigureFormat, Refusal> {
    let format = if batch(args).is_some() {
        Some(match args.format {
            FormatArg::Png => FigureFormat::Png,
            FormatArg::Svg => FigureFormat::Svg,
            FormatArg::Pdf => FigureFormat::Pdf,
        })
    } else {
        let extension = args.output.extension().map(|extension| extension.to_string_lossy().into_owned());
        extension.as_deref().and_then(FigureFormat::of_extension)
    };
    match format {
        Some(FigureFormat::Svg) if args.outlines => Ok(FigureFormat::SvgOutlines),
        Some(format) => Ok(format),
        None => {
            let path = args.output.display();
            Err(Refusal::Arguments(format!("the name must end in .png, .svg or .pdf, not \"{path}\"")))
        }
    }
}

/// Whether many figures are asked for, and which.
const fn batch(args: &FigureArgs) -> Option<FigureBatch> {
    match (args.all, args.each_document) {
        (true, _) => Some(FigureBatch::Series),
        (_, true) => Some(FigureBatch::Documents),
        _ => None,
    }
}

fn size_from_text(text: &str) -> Result<[f32; 2], String> {
    let (width, height) = text.split_once(['x', 'X', '×']).ok_or("write it as WIDTHxHEIGHT, such as 1920x1080")?;
    let side = |side: &str| match side.trim().parse::<f32>() {
        Ok(side) if (240.0..=12_000.0).contains(&side) => Ok(side),
        _ => Err(format!("each side is a number from 240 to 12000, not '{side}'")),
    };
    Ok([side(width)?, side(height)?])
}

fn scale_from_text(text: &str) -> Result<f32, String> {
    match text.parse::<f32>() {
        Ok(scale) if (0.25..=8.0).contains(&scale) => Ok(scale),
        _ => Err("it is a number from 0.25 to 8".to_owned()),
    }
}

fn date_from_text(text: &str) -> Result<String, String> {
    match limit(text) {
        Ok(Some(_)) => Ok(text.to_owned()),
        _ => Err("it is a date in EDTF: 2012, 2012-11, 2012-11-08, -0137".to_owned()),
    }
}

fn annotation_from_text(text: &str) -> Result<Annotation, String> {
    let (date, words) = text.split_once('=').ok_or("write it as DATE=TEXT, such as 2008-11=开工")?;
    Ok(Annotation { date: date_from_text(date)?, text: words.trim().to_owned() })
}

/// Why there is no figure.
enum Refusal {
    /// The arguments ask for what is not there: status 2.
    Arguments(String),
    /// Nothing could be done: status 1.
    Nothing(String),
}

impl From<NoFigure> for Refusal {
    fn from(reason: NoFigure) -> Self {
        Self::Nothing(reason.to_string())
    }
}

/// Runs it.
pub fn run(args: &FigureArgs) -> ExitCode {
    let result = format(args).and_then(|format| {
        let entries = read(&args.paths)?;
        let spec = spec(args, format, &entries)?;
        match batch(args) {
            Some(batch) => write_many(args, batch, &spec, &entries),
            None => write_one(args, &spec, &entries),
        }
    });
    match result {
        Ok(()) => ExitCode::SUCCESS,
        Err(Refusal::Arguments(message)) => {
            complain(message);
            ExitCode::from(2)
        }
        Err(Refusal::Nothing(message)) => {
            complain(message);
            ExitCode::FAILURE
        }
    }
}

fn write_one(args: &FigureArgs, spec: &FigureSpec, entries: &[Entry]) -> Result<(), Refusal> {
    let chosen = Chosen::new(entries, spec, Locale::of(Lang::Zh))?;
    let drawn = drawn(entries, spec, &chosen).map_err(|error| Refusal::Arguments(error.to_string()))?;
    if args.data {
        let json = carried::carried(entries, &chosen.docs(), spec, &drawn.figure.captions).ok();
        write_data(&args.output, &figure_table::csv(&chosen, entries), json.as_deref())?;
    }
    write(&args.output, &drawn)
}

/// Draws a batch and says on standard error how far it is.
fn write_many(args: &FigureArgs, batch: FigureBatch, spec: &FigureSpec, entries: &[Entry]) -> Result<(), Refusal> {
    // Every figure has the same size: what is too large is too large before the first.
    let side = spec.size.logical().map(|side| f64::from(side) * f64::from(spec.scale));
    if spec.format == FigureFormat::Png && side.iter().any(|side| *side > MAX_FIGURE_SIDE_PX as f64) {
        return Err(Refusal::Arguments(TooLarge { width_px: side[0], height_px: side[1] }.to_string()));
    }
    let options = BatchOptions { with_data: args.data, keeps_existing: false };
    let progress = Arc::new(BatchProgress::default());
    let is_done = Arc::new(AtomicBool::new(false));
    let teller = thread::spawn({
        let (progress, is_done) = (Arc::clone(&progress), Arc::clone(&is_done));
        move || tell(&progress, &is_done)
    });
    let outcome = write_batch(entries, spec, batch, (&args.output, options), Locale::of(Lang::Zh), &progress);
    is_done.store(true, Ordering::Relaxed);
    // It only tells; that it died would be no harm.
    let _ = teller.join();
    let BatchOutcome { n_written, n_left_out, failure } = outcome;
    if let Some((path, reason)) = failure {
        return Err(Refusal::Nothing(format!("cannot write: {reason}: \"{}\"", path.display())));
    }
    if n_written == 0 {
        return Err(Refusal::Nothing("nothing to draw: no series of two points, no dated event".to_owned()));
    }
    let left_out = if n_left_out > 0 { format!("; {n_left_out} had nothing to draw") } else { String::new() };
    complain(format_args!("{n_written} figures in \"{}\"{left_out}", args.output.display()));
    Ok(())
}

/// Says on standard error how far it is, every second or two, as long as it lasts.
fn tell(progress: &BatchProgress, is_done: &AtomicBool) {
    let mut since = Instant::now();
    while !is_done.load(Ordering::Relaxed) {
        thread::sleep(Duration::from_millis(20));
        if since.elapsed() > Duration::from_secs(2) {
            since = Instant::now();
            let (n_done, n_all) = progress.counts();
            complain(format_args!("{n_done} of {n_all} figures"));
        }
    }
}

/// Reads all documents; what cannot be read is told, and an error only if nothing is left.
fn read(paths: &[PathBuf]) -> Result<Vec<Entry>, Refusal> {
    if paths.is_empty() {
        return Ok(sample::entries());
    }
    let (files, failures) = load::files(paths);
    for load::Failure { path, error } in &failures {
        complain(format_args!("{error}: \"{}\"", path.display()));
    }
    let options = ReadOptions::default();
    let loaded: Vec<_> = files.par_iter().flat_map_iter(|path| load::file(path, &options)).collect();
    let mut entries = Vec::new();
    for result in loaded {
        match result {
            Ok(entry) => entries.push(entry),
            Err(load::Failure { path, error }) => complain(format_args!("{error}: \"{}\"", path.display())),
        }
    }
    if entries.is_empty() {
        return Err(Refusal::Nothing("no document could be read, so there is nothing to draw".to_owned()));
    }
    Ok(entries)
}

/// The choices that the arguments make.
fn spec(args: &FigureArgs, format: FigureFormat, entries: &[Entry]) -> Result<FigureSpec, Refusal> {
    let given = |text: &Option<String>| text.clone().unwrap_or_default();
    let has_wishes = args.kind != Kind::Timeline && batch(args).is_none();
    let series = if !has_wishes { Vec::new() } else { chosen_series(&args.series, entries)? };
    Ok(FigureSpec {
        kind: args.kind.into(),
        size: args.size.map_or_else(|| FigureSize::Preset(args.preset.into()), FigureSize::Own),
        scale: args.scale,
        look: args.theme.into(),
        transparent: args.transparent,
        lang: Some(if args.lang == FigureLangArg::En { Lang::En } else { Lang::Zh }),
        bilingual: args.lang == FigureLangArg::Both,
        format,
        wordmark: !args.no_wordmark,
        carries_data: !args.no_metadata,
        captions: Captions {
            title: given(&args.title),
            subtitle: given(&args.subtitle),
            note: given(&args.note),
            source: given(&args.source),
            alt: given(&args.alt),
        },
        series,
        from: given(&args.from),
        to: given(&args.to),
        annotations: args.annotate.clone(),
        ..FigureSpec::default()
    })
}

/// Where the series asked for stand; none without a wish.
fn chosen_series(wishes: &[String], entries: &[Entry]) -> Result<Vec<(usize, usize)>, Refusal> {
    let all: Vec<((usize, usize), &str)> = entries
        .iter()
        .enumerate()
        .flat_map(|(doc, entry)| {
            entry.document.series.iter().enumerate().map(move |(idx, series)| ((doc, idx), series))
        })
        .filter(|(_, series)| !series.points.is_empty())
        .map(|(place, series)| (place, series.name.as_str()))
        .collect();
    if all.is_empty() {
        return Err(NoFigure::NoSeries.into());
    }
    let found = |wish: &String| {
        let by_name = || all.iter().find(|(_, name)| name == wish);
        let by_part = || all.iter().find(|(_, name)| name.contains(wish.as_str()));
        let by_index = || wish.parse::<usize>().ok().and_then(|idx| all.get(idx));
        let found = by_name().or_else(by_index).or_else(by_part);
        found.map(|(place, _)| *place).ok_or_else(|| {
            let names: Vec<String> =
                all.iter().take(12).enumerate().map(|(idx, (_, name))| format!("{idx} {name}")).collect();
            let more = if all.len() > 12 { format!(" and {} more", all.len() - 12) } else { String::new() };
            Refusal::Arguments(format!("no series \"{wish}\"; there are: {}{more}", names.join(", ")))
        })
    };
    wishes.iter().map(found).collect()
}

/// The data beside the figure, as a table and as what the figure carries.
fn write_data(path: &Path, csv: &str, carried: Option<&str>) -> Result<(), Refusal> {
    let files = [("csv", Some(csv)), ("json", carried)];
    for (path, text) in files.into_iter().filter_map(|(ending, text)| Some((path.with_extension(ending), text?))) {
        atomic::write(&path, text.as_bytes()).map_err(|error| {
            Refusal::Nothing(format!("cannot write: {}: \"{}\"", load::io_words(&error), path.display()))
        })?;
    }
    Ok(())
}

fn write(path: &Path, drawn: &Drawn) -> Result<(), Refusal> {
    let refused = |error: String| Refusal::Nothing(format!("cannot write: {error}: \"{}\"", path.display()));
    let mut file = WholeFile::create(path).map_err(|error| refused(load::io_words(&error)))?;
    drawn.write(&mut file).map_err(|error| refused(error.to_string()))?;
    file.finish().map_err(|error| refused(load::io_words(&error)))
}
