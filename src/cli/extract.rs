//! `nianbiao extract`: documents in, JSON or CSV out.

use super::complain;
use crate::{
    corpus::{Entry, ReadOptions, read},
    edtf::Edtf,
    model::SCHEMA,
    store::{
        atomic::WholeFile,
        csv,
        json::{self, CorpusFile},
        load::{self, Failure},
    },
    text::Source,
    warn::Reporter,
};
use clap::ValueEnum;
use rayon::prelude::*;
use serde::Deserialize;
use std::{
    fs::File,
    io::{self, BufRead, BufReader, IsTerminal as _, Read as _, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

/// How many lines or files are read before their results are written, in order.
const PORTION: usize = 512;

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
    #[arg(long, value_name = "DATE|DATETIME", value_parser = dct_from_text)]
    dct: Option<Edtf>,
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
    /// Files or folders (txt, md, html, parsed corpora); '-' is standard input
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
}

/// `2025-06-22`, `2025-06-22T18:00:00`, also with a blank for the T and a zone behind, which is dropped: what a
/// newspaper prints is local time.
fn dct_from_text(text: &str) -> Result<Edtf, String> {
    let joined = text.trim().replacen(' ', "T", 1);
    let (date, time) = joined.split_once('T').unwrap_or((&joined, ""));
    let time = time.split(['Z', '+', '.']).next().unwrap_or_default();
    let time = time.split('-').next().unwrap_or_default();
    let plain = if time.is_empty() { date.to_owned() } else { format!("{date}T{time}") };
    let edtf: Option<Edtf> = plain.parse().ok();
    edtf.filter(|edtf| edtf.interval().is_some())
        .ok_or_else(|| format!("write it as 2025-06-22, 2025-06 or 2025-06-22T18:00:00, not '{text}'"))
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
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
            Self::Failed(format!("cannot write: {error}"))
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
            let failed = |error: io::Error| Stop::Failed(format!("cannot write: {error}: \"{}\"", path.display()));
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
    let mut sink = Sink { format: args.format, out, kept: Vec::new() };
    sink.begin()?;
    let stdin = [PathBuf::from("-")];
    let paths: &[PathBuf] = if args.paths.is_empty() { &stdin } else { &args.paths };
    if args.records {
        for path in paths {
            records(args, path, &mut sink, count)?;
        }
    } else {
        documents(args, paths, &mut sink, count)?;
    }
    sink.end()
}

/// Writes documents as they come, in order.
struct Sink<'a> {
    format: Format,
    out: &'a mut dyn Write,
    /// All documents, where they are written together at the end.
    kept: Vec<Entry>,
}

impl Sink<'_> {
    fn begin(&mut self) -> Result<(), Stop> {
        if self.format == Format::Csv {
            self.out.write_all(csv::findings_head().as_bytes())?;
        }
        Ok(())
    }

    fn add(&mut self, entries: Vec<Entry>) -> Result<(), Stop> {
        if self.format == Format::Json {
            self.kept.extend(entries);
            return Ok(());
        }
        let is_csv = self.format == Format::Csv;
        let texts: Vec<Result<String, String>> =
            entries.par_iter().map(|entry| if is_csv { Ok(csv::findings(entry)) } else { line(entry) }).collect();
        for text in texts {
            self.out.write_all(text.map_err(Stop::Failed)?.as_bytes())?;
        }
        Ok(())
    }

    fn end(&mut self) -> Result<(), Stop> {
        if self.format != Format::Json {
            return Ok(());
        }
        let file = CorpusFile::new(&self.kept);
        debug_assert_eq!(file.schema, SCHEMA);
        serde_json::to_writer(&mut *self.out, &file).map_err(io::Error::from)?;
        Ok(self.out.write_all(b"\n")?)
    }
}

fn line(entry: &Entry) -> Result<String, String> {
    let json = serde_json::to_string(&json::public(entry)).map_err(|error| error.to_string())?;
    Ok(json + "\n")
}

fn tell(failure: &Failure, count: &mut Count) {
    count.n_failed += 1;
    complain(format_args!("{}: \"{}\"", failure.error, failure.path.display()));
}

fn documents(args: &ExtractArgs, paths: &[PathBuf], sink: &mut Sink<'_>, count: &mut Count) -> Result<(), Stop> {
    let options = ReadOptions { dct: args.dct.clone(), id: None };
    let (files, failures) = load::files(paths);
    for failure in &failures {
        tell(failure, count);
    }
    for portion in files.chunks(PORTION) {
        let results: Vec<_> = portion.par_iter().map(|path| (path, one_file(path, &options))).collect();
        for (path, result) in results {
            match result {
                Ok(entries) => {
                    count.n_read += 1;
                    sink.add(entries)?;
                }
                Err(error) => tell(&Failure { path: path.clone(), error }, count),
            }
        }
    }
    Ok(())
}

fn one_file(path: &Path, options: &ReadOptions) -> Result<Vec<Entry>, load::LoadError> {
    if path.as_os_str() != "-" {
        return load::file(path, options);
    }
    let mut bytes = Vec::new();
    io::stdin().lock().read_to_end(&mut bytes)?;
    load::bytes("-", &bytes, options)
}

/// Reads records portion by portion, so that a file of any length passes through.
fn records(args: &ExtractArgs, path: &Path, sink: &mut Sink<'_>, count: &mut Count) -> Result<(), Stop> {
    let mut input: Box<dyn BufRead> = if path.as_os_str() == "-" {
        Box::new(BufReader::new(io::stdin().lock()))
    } else {
        match File::open(path) {
            Ok(file) => Box::new(BufReader::new(file)),
            Err(error) => {
                tell(&Failure { path: path.to_owned(), error: error.into() }, count);
                return Ok(());
            }
        }
    };
    let mut line_no = 0;
    loop {
        let mut lines: Vec<(usize, Vec<u8>)> = Vec::with_capacity(PORTION);
        while lines.len() < PORTION {
            let mut bytes = Vec::new();
            match input.read_until(b'\n', &mut bytes) {
                Ok(0) => break,
                Ok(_) => {
                    line_no += 1;
                    if !bytes.trim_ascii().is_empty() {
                        lines.push((line_no, bytes));
                    }
                }
                Err(error) => {
                    tell(&Failure { path: path.to_owned(), error: error.into() }, count);
                    break;
                }
            }
        }
        if lines.is_empty() {
            return Ok(());
        }
        let read: Vec<_> = lines.par_iter().map(|(no, bytes)| (*no, one_record(bytes, args.dct.as_ref()))).collect();
        let mut entries = Vec::with_capacity(read.len());
        for (line_no, result) in read {
            match result {
                Ok(entry) => {
                    count.n_read += 1;
                    entries.push(entry);
                }
                Err(reason) => {
                    count.n_failed += 1;
                    complain(format_args!("line {line_no} is left out: {reason}: \"{}\"", path.display()));
                }
            }
        }
        sink.add(entries)?;
    }
}

fn one_record(line: &[u8], dct: Option<&Edtf>) -> Result<Entry, String> {
    let line = line.strip_prefix(b"\xEF\xBB\xBF").unwrap_or(line);
    let Record { id, text, dct: own } = serde_json::from_slice(line).map_err(|error| error.to_string())?;
    let mut reporter = Reporter::new();
    let own = own.filter(|own| !own.is_empty()).and_then(|own| {
        dct_from_text(&own).map_err(|_| reporter.whole("record-dct", format!("this is no date: \"{own}\""))).ok()
    });
    let source = Source { path: String::new(), text, encoding: "UTF-8".to_owned(), sha256: String::new() };
    Ok(read(source, &ReadOptions { dct: own.or_else(|| dct.cloned()), id: Some(id) }, reporter))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn writing_dates_are_taken_as_people_write_them() {
        let read = |text: &str| dct_from_text(text).map(|edtf| edtf.as_str().to_owned());
        assert_eq!(read("2025-06-22").unwrap(), "2025-06-22");
        assert_eq!(read("1998-01").unwrap(), "1998-01");
        assert_eq!(read("2012-08-10 12:14:00").unwrap(), "2012-08-10T12:14:00");
        assert_eq!(read("2013-02-12T04:30:00.000-02:00").unwrap(), "2013-02-12T04:30:00");
        assert_eq!(read("2013-02-12T04:30:00Z").unwrap(), "2013-02-12T04:30:00");
        assert!(read("gestern").is_err());
        assert!(read("XXXX-06-22").is_err());
    }
}
