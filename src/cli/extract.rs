//! `nianbiao extract`: documents in, JSON or CSV out.

use super::complain;
use crate::{
    corpus::{Entry, ReadOptions},
    edtf::Edtf,
    model::{SCHEMA, TableChoice},
    store::{
        atomic::WholeFile,
        csv,
        interchange::{self, Target},
        json::{self, CorpusFile},
        load::{self, Failure, Loaded},
        record::{read_record, writing_date},
    },
};
use clap::ValueEnum;
use rayon::prelude::*;
use std::{
    fs::{self, File},
    io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Write},
    path::{Path, PathBuf},
    process::ExitCode,
    sync::mpsc,
    thread,
};

/// How many lines or files are read at most before their results are written, in order.
const PORTION: usize = 512;
/// And how many bytes, so that memory stays bounded by a few documents, whatever their number.
const PORTION_BYTES: u64 = 8 << 20;

const EXAMPLES: &str = "\
Examples:
  nianbiao extract 报纸.txt                          one JSON document on standard output
  nianbiao extract 2024/ -o 2024.jsonl               every document of a folder, one a line
  nianbiao extract 2024/ --format json -o 2024.json  one file that the window opens again: nianbiao 2024.json
  nianbiao extract --format csv *.txt > found.csv    one finding a row, for a spreadsheet
  echo '昨天通车' | nianbiao extract --dct 2025-06-22 -
  nianbiao extract --records < sentences.jsonl       {\"id\",\"text\",\"dct\"?} a line in, a document a line out

A line of --records that is no such object is told on standard error with its number and left out; the other lines
keep their order. A file that cannot be read is told there, too, and does not stop the others.
Exit status: 0 done, 1 nothing could be read or written, 2 the arguments are wrong.";

/// Arguments of `nianbiao extract`.
#[derive(Debug, clap::Args)]
#[command(after_help = EXAMPLES)]
pub struct ExtractArgs {
    /// When the documents were written, where they do not say so themselves (2025-06-22, 2025-06, 2025-06-22T18:00)
    #[arg(long, value_name = "DATE|DATETIME", value_parser = writing_date)]
    dct: Option<Edtf>,
    /// What the columns of tables of records are for: text, title, dct, id or ignore; the others are told by their names
    #[arg(long, value_name = "USE=COLUMN,…")]
    columns: Vec<TableChoice>,
    /// The inputs are JSON Lines {"id","text","dct"?}; one output line a record, same order
    #[arg(long)]
    records: bool,
    /// What is written
    #[arg(long, value_enum, default_value = "jsonl")]
    format: Format,
    /// Where to write, whole or not at all; standard output if not given
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// How many cores to use; all if not given
    #[arg(long, value_name = "N", value_parser = clap::value_parser!(u16).range(1..))]
    jobs: Option<u16>,
    /// Files or folders (text, Markdown, HTML, PDF, DOCX, ODT, EPUB, CSV, JSON, zip archives of these, parsed corpora);
    /// '-' is standard input
    paths: Vec<PathBuf>,
}

/// What is written.
#[derive(Debug, Clone, Copy, PartialEq, Eq, ValueEnum)]
enum Format {
    /// One document a line
    Jsonl,
    /// All documents with their texts, and their series and events joined
    Json,
    /// One finding a row: times, quantities, events
    Csv,
    /// One event a row
    EventsCsv,
    /// One event a line
    EventsJsonl,
    /// One event a row, as Apache Parquet
    EventsParquet,
    /// One point of a series a row, as Apache Parquet
    SeriesParquet,
    /// One point of a series a row
    SeriesCsv,
    /// One point of a series a line
    SeriesJsonl,
    /// Events as iCalendar
    Ics,
    /// Events as the JSON of TimelineJS
    Timelinejs,
    /// Findings as W3C Web Annotations, one a line
    Annotations,
}

impl Format {
    /// The format for other programs, where it is one.
    fn target(self) -> Option<Target> {
        Some(match self {
            Self::Jsonl | Self::Json | Self::Csv => return None,
            Self::EventsCsv => Target::EventsCsv,
            Self::EventsJsonl => Target::EventsJsonl,
            Self::EventsParquet => Target::EventsParquet,
            Self::SeriesParquet => Target::SeriesParquet,
            Self::SeriesCsv => Target::SeriesCsv,
            Self::SeriesJsonl => Target::SeriesJsonl,
            Self::Ics => Target::Ics,
            Self::Timelinejs => Target::TimelineJs,
            Self::Annotations => Target::Annotations,
        })
    }
}

/// Why nothing more can be done.
enum Stop {
    /// Nobody reads what we write any more (`| head`); that is no failure.
    Unheard,
    /// This is one.
    Failed(String),
}

impl From<io::Error> for Stop {
    fn from(error: io::Error) -> Self {
        if error.kind() == io::ErrorKind::BrokenPipe {
            Self::Unheard
        } else {
            Self::Failed(format!("cannot write: {}", load::io_words(&error)))
        }
    }
}

/// Counts for the exit status.
#[derive(Debug, Default)]
struct Count {
    n_read: usize,
    n_failed: usize,
}

/// Runs it.
pub fn run(args: &ExtractArgs) -> ExitCode {
    if let Some(jobs) = args.jobs {
        // Fails only if the pool is there already, and then it is as good.
        let _ = rayon::ThreadPoolBuilder::new().num_threads(usize::from(jobs)).build_global();
    }
    if args.paths.is_empty() && io::stdin().is_terminal() {
        complain("no document was named; give files or folders, or '-' for standard input (see --help)");
        return ExitCode::from(2);
    }
    let mut count = Count::default();
    match write_all(args, &mut count) {
        Ok(()) | Err(Stop::Unheard) if count.n_read > 0 || count.n_failed == 0 => ExitCode::SUCCESS,
        Ok(()) | Err(Stop::Unheard) => ExitCode::FAILURE,
        Err(Stop::Failed(message)) => {
            complain(message);
            ExitCode::FAILURE
        }
    }
}

fn write_all(args: &ExtractArgs, count: &mut Count) -> Result<(), Stop> {
    match &args.output {
        Some(path) => {
            let failed = |error: io::Error| {
                Stop::Failed(format!("cannot write: {}: \"{}\"", load::io_words(&error), path.display()))
            };
            let mut out = WholeFile::create(path).map_err(failed)?;
            extract(args, &mut out, count)?;
            // An empty file in place of an old one helps nobody.
            if count.n_read == 0 && count.n_failed > 0 {
                return Ok(());
            }
            out.finish().map_err(failed)
        }
        None => {
            let mut out = io::BufWriter::new(io::stdout().lock());
            extract(args, &mut out, count)?;
            Ok(out.flush()?)
        }
    }
}

fn extract(args: &ExtractArgs, out: &mut dyn Write, count: &mut Count) -> Result<(), Stop> {
    let other = args.format.target().map(interchange::Writer::new);
    let mut sink = Sink { out, other, kept: Vec::new() };
    sink.begin(args.format)?;
    let stdin = [PathBuf::from("-")];
    let paths: &[PathBuf] = if args.paths.is_empty() { &stdin } else { &args.paths };
    // The next portions are read while one is written; what waits in between is bounded.
    let (send, receive) = mpsc::sync_channel::<Portion>(1);
    thread::scope(|scope| {
        scope.spawn(move || {
            // Nobody receives any more where writing has failed.
            let mut hand_on = |portion: Portion| send.send(portion).is_ok();
            if args.records {
                paths.iter().all(|path| records(args, path, &mut hand_on));
            } else {
                documents(args, paths, &mut hand_on);
            }
        });
        let receive = receive;
        receive.iter().try_for_each(|portion| sink.add(portion, count))
    })?;
    sink.end(args.format)
}

/// Writes documents as they come, in order.
struct Sink<'a> {
    out: &'a mut dyn Write,
    /// For formats of other programs.
    other: Option<interchange::Writer>,
    /// All documents, where they are written together at the end.
    kept: Vec<Entry>,
}

/// What becomes of one input, ready to be written.
enum Done {
    /// Its lines.
    Text(Vec<u8>),
    /// Its documents, where all are written together.
    Entries(Vec<Entry>),
    /// It could not be read, and what to say of it.
    Failed(String),
}

impl Done {
    /// Of documents that were read; made where they were read, so that writing waits for nothing.
    fn of(entries: Vec<Entry>, format: Format) -> Result<Self, String> {
        let text = match format {
            Format::Jsonl => {
                let mut lines = Vec::new();
                entries.into_iter().try_for_each(|entry| line(entry, &mut lines))?;
                lines
            }
            Format::Csv => entries.iter().map(csv::findings).collect::<String>().into_bytes(),
            _ => return Ok(Self::Entries(entries)),
        };
        Ok(Self::Text(text))
    }
}

impl Sink<'_> {
    fn begin(&mut self, format: Format) -> Result<(), Stop> {
        if format == Format::Csv {
            self.out.write_all(csv::findings_head().as_bytes())?;
        }
        if let Some(writer) = &mut self.other {
            writer.begin(&mut self.out)?;
        }
        Ok(())
    }

    fn add(&mut self, portion: Portion, count: &mut Count) -> Result<(), Stop> {
        for done in portion.map_err(Stop::Failed)? {
            match (done, &mut self.other) {
                (Done::Text(text), _) => self.out.write_all(&text)?,
                (Done::Entries(entries), Some(writer)) => {
                    let out = &mut self.out;
                    entries.iter().try_for_each(|entry| writer.add(out, entry))?;
                }
                (Done::Entries(entries), None) => self.kept.extend(entries),
                (Done::Failed(message), _) => {
                    count.n_failed += 1;
                    complain(message);
                    continue;
                }
            }
            count.n_read += 1;
        }
        Ok(())
    }

    fn end(&mut self, format: Format) -> Result<(), Stop> {
        if let Some(writer) = &mut self.other {
            return Ok(writer.end(&mut self.out)?);
        }
        if format != Format::Json {
            return Ok(());
        }
        let file = CorpusFile::new(&self.kept);
        debug_assert_eq!(file.schema, SCHEMA);
        serde_json::to_writer(&mut *self.out, &file).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }
}

/// What becomes of some inputs, in their order; or why nothing can be made of any.
type Portion = Result<Vec<Done>, String>;

/// Appends the line of `entry`.
fn line(entry: Entry, out: &mut Vec<u8>) -> Result<(), String> {
    // What is written is mostly two to three times as long as what was read.
    out.reserve(3 * entry.text.len() + 1024);
    serde_json::to_writer(&mut *out, &json::published(entry)).map_err(|error| error.to_string())?;
    out.push(b'\n');
    Ok(())
}

fn failed(failure: &Failure) -> Done {
    Done::Failed(format!("{}: \"{}\"", failure.error, failure.path.display()))
}

/// Reads all files, portion by portion.
fn documents(args: &ExtractArgs, paths: &[PathBuf], hand_on: &mut dyn FnMut(Portion) -> bool) {
    let options = ReadOptions { dct: args.dct.clone(), tables: args.columns.clone(), ..ReadOptions::default() };
    let (files, failures) = load::files(paths);
    if !hand_on(Ok(failures.iter().map(failed).collect())) {
        return;
    }
    let mut rest = files.as_slice();
    while !rest.is_empty() {
        let (portion, others) = rest.split_at(n_in_portion(rest));
        let read = |path: &PathBuf| done(one_file(path, &options), args.format);
        let portion: Result<Vec<Vec<Done>>, String> = portion.par_iter().map(read).collect();
        if !hand_on(portion.map(|done| done.into_iter().flatten().collect())) {
            return;
        }
        rest = others;
    }
}

/// What becomes of a file: its documents together, then what in it could not be read.
fn done(loaded: Vec<Loaded>, format: Format) -> Result<Vec<Done>, String> {
    let (mut entries, mut done) = (Vec::with_capacity(loaded.len()), Vec::new());
    for result in loaded {
        match result {
            Ok(entry) => entries.push(entry),
            Err(failure) => done.push(failed(&failure)),
        }
    }
    if !entries.is_empty() || done.is_empty() {
        done.insert(0, Done::of(entries, format)?);
    }
    Ok(done)
}

/// How many of `files`, at least one, are read at a time.
fn n_in_portion(files: &[PathBuf]) -> usize {
    let mut n_bytes = 0;
    let fits = |path: &&PathBuf| {
        n_bytes += fs::metadata(path).map_or(0, |metadata| metadata.len());
        n_bytes <= PORTION_BYTES
    };
    files.iter().take(PORTION).take_while(fits).count().max(1)
}

fn one_file(path: &Path, options: &ReadOptions) -> Vec<Loaded> {
    if path.as_os_str() != "-" {
        return load::file(path, options);
    }
    let mut bytes = Vec::new();
    match io::stdin().lock().read_to_end(&mut bytes) {
        Ok(_) => load::bytes("-", &bytes, options),
        Err(error) => vec![Err(Failure { path: path.to_owned(), error: error.into() })],
    }
}

/// Reads records portion by portion, so that a file of any length passes through; `false` where nobody takes them.
fn records(args: &ExtractArgs, path: &Path, hand_on: &mut dyn FnMut(Portion) -> bool) -> bool {
    let error_of = |error: io::Error| failed(&Failure { path: path.to_owned(), error: error.into() });
    let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin().lock()))
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::with_capacity(1 << 16, file)),
            Err(error) => return hand_on(Ok(vec![error_of(error)])),
        }
    };
    let mut line_no = 0;
    loop {
        let (lines, fault) = next_lines(&mut *input, &mut line_no);
        let is_over = lines.is_empty() || fault.is_some();
        let read = |(line_no, bytes): &(usize, Vec<u8>)| match read_record(bytes, args.dct.as_ref()) {
            Ok(entry) => Done::of(vec![entry], args.format),
            Err(reason) => Ok(Done::Failed(format!("line {line_no} is left out: {reason}: \"{}\"", path.display()))),
        };
        let portion: Portion = lines.par_iter().map(read).chain(fault.map(error_of).map(Ok)).collect();
        if !hand_on(portion) {
            return false;
        }
        if is_over {
            return true;
        }
    }
}

/// The next lines that are not blank, with their numbers; and why there are no more, if that is a fault.
fn next_lines(input: &mut dyn BufRead, line_no: &mut usize) -> (Vec<(usize, Vec<u8>)>, Option<io::Error>) {
    let mut lines: Vec<(usize, Vec<u8>)> = Vec::new();
    let mut n_bytes = 0;
    while lines.len() < PORTION && n_bytes < PORTION_BYTES {
        let mut bytes = Vec::new();
        match input.read_until(b'\n', &mut bytes) {
            Ok(0) => break,
            Ok(n) => {
                *line_no += 1;
                n_bytes += n as u64;
                if !bytes.trim_ascii().is_empty() {
                    lines.push((*line_no, bytes));
                }
            }
            Err(error) => return (lines, Some(error)),
        }
    }
    (lines, None)
}
