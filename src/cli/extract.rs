//! `nianbiao extract`: documents in, JSON out.

use crate::{
    corpus::{ReadOptions, read},
    edtf::Edtf,
    store::json,
    text::{self, Source},
    warn::Reporter,
};
use rayon::prelude::*;
use serde::Deserialize;
use std::{
    io::{Read as _, Write as _},
    path::PathBuf,
    process::ExitCode,
};

/// Arguments of `nianbiao extract`.
#[derive(Debug, clap::Args)]
pub struct ExtractArgs {
    /// Document creation time, where the text gives none
    #[arg(long, value_name = "DATE|DATETIME")]
    dct: Option<String>,
    /// The inputs are JSON Lines {"id","text","dct"?}; one output line a record, same order
    #[arg(long)]
    records: bool,
    /// jsonl: one document a line; json: one parsed corpus; csv: one finding a line
    #[arg(long, default_value = "jsonl")]
    format: String,
    /// Where to write; standard output if not given
    #[arg(short, value_name = "FILE")]
    output: Option<PathBuf>,
    /// Files or folders; '-' is standard input
    paths: Vec<PathBuf>,
}

#[derive(Debug, Deserialize)]
struct Record {
    id: String,
    text: String,
    #[serde(default)]
    dct: Option<String>,
}

/// Runs it.
pub fn run(args: &ExtractArgs) -> ExitCode {
    let mut lines: Vec<String> = Vec::new();
    for path in &args.paths {
        let bytes = if path.as_os_str() == "-" {
            let mut bytes = Vec::new();
            if std::io::stdin().read_to_end(&mut bytes).is_err() {
                return ExitCode::from(1);
            }
            bytes
        } else {
            match std::fs::read(path) {
                Ok(bytes) => bytes,
                Err(error) => {
                    eprintln!("nianbiao: cannot read: {error}: \"{}\"", path.display());
                    continue;
                }
            }
        };
        if args.records {
            let text = String::from_utf8_lossy(&bytes);
            let records: Vec<Record> = text.lines().filter_map(|line| serde_json::from_str(line).ok()).collect();
            lines.par_extend(records.into_par_iter().map(|record| one_record(record, args.dct.as_deref())));
            continue;
        }
        let mut reporter = Reporter::new();
        match text::decode(&path.to_string_lossy(), &bytes, &mut reporter) {
            Ok(source) => {
                let options = ReadOptions { dct: args.dct.as_deref().and_then(edtf_from_arg), id: None };
                let entry = read(source, &options, reporter);
                lines.push(serde_json::to_string(&json::public(&entry)).unwrap_or_default());
            }
            Err(error) => eprintln!("nianbiao: {error}: \"{}\"", path.display()),
        }
    }
    let mut out = std::io::stdout().lock();
    for line in lines {
        if writeln!(out, "{line}").is_err() {
            return ExitCode::from(1);
        }
    }
    ExitCode::SUCCESS
}

fn one_record(record: Record, dct: Option<&str>) -> String {
    let Record { id, text, dct: own } = record;
    let source = Source { path: String::new(), text, encoding: "UTF-8".to_owned(), sha256: String::new() };
    let options = ReadOptions { dct: own.as_deref().or(dct).and_then(edtf_from_arg), id: Some(id) };
    let entry = read(source, &options, Reporter::new());
    serde_json::to_string(&json::public(&entry)).unwrap_or_default()
}

fn edtf_from_arg(text: &str) -> Option<Edtf> {
    text.parse().ok()
}
