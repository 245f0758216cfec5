//! Finds the streams of a PDF file that would inflate beyond every measure, before a reader inflates them.

use super::super::{FormatError, error::bytes_words, limits::MAX_PDF_STREAM_BYTES};
use flate2::read::ZlibDecoder;
use std::io::{self, Read};

/// Deflate makes at most so many bytes of one.
const MAX_RATIO: u64 = 1032;
/// Before a stream its dictionary is looked for in so many bytes.
const DICTIONARY_BYTES: usize = 512;

/// # Errors
/// A stream inflates to more than [`MAX_PDF_STREAM_BYTES`].
pub(super) fn check(bytes: &[u8]) -> Result<(), FormatError> {
    for at in memchr::memmem::find_iter(bytes, b"stream") {
        let before = bytes.get(at.saturating_sub(DICTIONARY_BYTES)..at).unwrap_or_default();
        if before.ends_with(b"end") {
            continue;
        }
        let rest = bytes.get(at + 6..).unwrap_or_default();
        let data = rest.strip_prefix(b"\r\n").or_else(|| rest.strip_prefix(b"\n")).unwrap_or(rest);
        let data = memchr::memmem::find(data, b"endstream").and_then(|end| data.get(..end)).unwrap_or(data);
        let dictionary = memchr::memmem::rfind(before, b"obj").and_then(|obj| before.get(obj..)).unwrap_or(before);
        let n_layers = memchr::memmem::find_iter(dictionary, b"Fl").count().clamp(1, 4);
        let most = (0..n_layers).fold(data.len() as u64, |n, _| n.saturating_mul(MAX_RATIO));
        if most > MAX_PDF_STREAM_BYTES && inflates_beyond(data, n_layers) {
            let what = format!("the stream at byte {at} of the PDF, inflated,");
            return Err(FormatError::TooLarge { what, limit: bytes_words(MAX_PDF_STREAM_BYTES) });
        }
    }
    Ok(())
}

fn inflates_beyond(data: &[u8], n_layers: usize) -> bool {
    let mut reader: Box<dyn Read + '_> = Box::new(data);
    for _ in 0..n_layers {
        reader = Box::new(ZlibDecoder::new(reader).take(MAX_PDF_STREAM_BYTES + 1));
    }
    // What is no deflate stream, or a broken one, ends early.
    let mut n_bytes = 0;
    let mut buffer = vec![0; 1 << 16];
    loop {
        match reader.read(&mut buffer) {
            Ok(0) => return n_bytes > MAX_PDF_STREAM_BYTES,
            Ok(n) => n_bytes += n as u64,
            Err(error) if error.kind() == io::ErrorKind::Interrupted => {}
            Err(_) => return n_bytes > MAX_PDF_STREAM_BYTES,
        }
    }
}
