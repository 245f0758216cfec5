//! Tables as Apache Parquet, which data frames and databases read without being told the columns.
//!
//! ```text
//! PAR1 │ column chunk │ column chunk │ … │ footer: names, types, where each chunk lies │ length │ PAR1
//! ```
//!
//! As much of the format as our tables need: flat columns of text, whole numbers, decimals and flags, each value there
//! or not, one page a chunk, deflated. The crate that writes all of Parquet takes longer to build than the rest of the
//! program without its window.

use flate2::{Compression, write::GzEncoder};
use std::io::{self, Write};

/// A group of rows is written when it holds so many.
const GROUP_ROWS: usize = 1 << 16;

/// What a column holds, by its number in the format.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum Kind {
    /// Yes or no.
    Flag = 0,
    /// Whole numbers of 64 bits.
    Whole = 2,
    /// Decimals of 64 bits.
    Decimal = 5,
    /// Text in UTF-8.
    Text = 6,
}

/// A value of a row; `None` is none.
#[derive(Debug, Clone, PartialEq)]
pub enum Value {
    /// For [`Kind::Flag`].
    Flag(bool),
    /// For [`Kind::Whole`].
    Whole(Option<i64>),
    /// For [`Kind::Decimal`].
    Decimal(Option<f64>),
    /// For [`Kind::Text`].
    Text(Option<String>),
}

impl From<usize> for Value {
    fn from(number: usize) -> Self {
        Self::Whole(i64::try_from(number).ok())
    }
}

impl From<Option<usize>> for Value {
    fn from(number: Option<usize>) -> Self {
        Self::Whole(number.and_then(|number| i64::try_from(number).ok()))
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        Self::Text(Some(text.to_owned()))
    }
}

impl From<Option<String>> for Value {
    fn from(text: Option<String>) -> Self {
        Self::Text(text)
    }
}

impl From<String> for Value {
    fn from(text: String) -> Self {
        Self::Text(Some(text))
    }
}

/// The values of a column in the group under way.
#[derive(Debug, Default)]
struct Column {
    is_there: Vec<bool>,
    flags: Vec<bool>,
    bytes: Vec<u8>,
}

/// A chunk that was written: what the footer says of it.
#[derive(Debug)]
struct Chunk {
    offset: i64,
    n_bytes: i64,
    n_packed: i64,
}

#[derive(Debug)]
struct Group {
    n_rows: usize,
    chunks: Vec<Chunk>,
}

/// A table under way.
#[derive(Debug)]
pub struct Table {
    names: &'static [(&'static str, Kind)],
    columns: Vec<Column>,
    n_rows: usize,
    groups: Vec<Group>,
    n_written: i64,
}

impl Table {
    /// A table with these columns, without rows yet.
    pub fn new(names: &'static [(&'static str, Kind)]) -> Self {
        let columns = names.iter().map(|_| Column::default()).collect();
        Self { names, columns, n_rows: 0, groups: Vec::new(), n_written: 0 }
    }

    /// Writes what stands before the first row.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn begin(&mut self, out: &mut impl Write) -> io::Result<()> {
        self.put(out, b"PAR1")
    }

    fn put(&mut self, out: &mut impl Write, bytes: &[u8]) -> io::Result<()> {
        out.write_all(bytes)?;
        self.n_written += number(bytes.len());
        Ok(())
    }

    /// Adds a row, its values in the order of the columns; writes the rows before where they are enough.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn add(&mut self, out: &mut impl Write, row: impl IntoIterator<Item = Value>) -> io::Result<()> {
        for (column, value) in self.columns.iter_mut().zip(row) {
            column.add(value);
        }
        self.n_rows += 1;
        if self.n_rows < GROUP_ROWS { Ok(()) } else { self.end_group(out) }
    }

    fn end_group(&mut self, out: &mut impl Write) -> io::Result<()> {
        let n_rows = std::mem::take(&mut self.n_rows);
        let mut chunks = Vec::with_capacity(self.columns.len());
        let columns: Vec<Column> = self.columns.iter_mut().map(std::mem::take).collect();
        for column in columns {
            let page = column.page();
            let mut packed = GzEncoder::new(Vec::with_capacity(page.len() / 3), Compression::fast());
            packed.write_all(&page)?;
            let packed = packed.finish()?;
            let header = page_header(n_rows, page.len(), packed.len());
            let offset = self.n_written;
            self.put(out, &header)?;
            self.put(out, &packed)?;
            let n_bytes = number(header.len() + page.len());
            chunks.push(Chunk { offset, n_bytes, n_packed: self.n_written - offset });
        }
        self.groups.push(Group { n_rows, chunks });
        Ok(())
    }

    /// Writes what is left, and the footer.
    ///
    /// # Errors
    /// What `out` reports.
    pub fn end(&mut self, out: &mut impl Write) -> io::Result<()> {
        if self.n_rows > 0 {
            self.end_group(out)?;
        }
        let footer = self.footer();
        self.put(out, &footer)?;
        self.put(out, &length(footer.len()))?;
        self.put(out, b"PAR1")
    }

    fn footer(&self) -> Vec<u8> {
        let mut thrift = Thrift::default();
        thrift.int(1, 2);
        thrift.list(2, STRUCT, self.names.len() + 1);
        thrift.nested(|root| {
            root.text(4, "table");
            root.int(5, number(self.names.len()));
        });
        for (name, kind) in self.names {
            thrift.nested(|column| {
                column.int(1, *kind as i64);
                column.int(3, OPTIONAL);
                column.text(4, name);
                if *kind == Kind::Text {
                    column.int(6, CONVERTED_UTF8);
                }
            });
        }
        thrift.long(3, self.groups.iter().map(|group| number(group.n_rows)).sum());
        thrift.list(4, STRUCT, self.groups.len());
        for group in &self.groups {
            thrift.nested(|row_group| {
                row_group.list(1, STRUCT, group.chunks.len());
                for (chunk, (name, kind)) in group.chunks.iter().zip(self.names) {
                    row_group.nested(|column| {
                        column.long(2, chunk.offset);
                        column.open(3);
                        column.chunk(chunk, group.n_rows, name, *kind);
                        column.close();
                    });
                }
                row_group.long(2, group.chunks.iter().map(|chunk| chunk.n_bytes).sum());
                row_group.long(3, number(group.n_rows));
            });
        }
        thrift.text(6, concat!("nianbiao version ", env!("CARGO_PKG_VERSION")));
        thrift.finish()
    }
}

impl Column {
    fn add(&mut self, value: Value) {
        let is_there = match value {
            Value::Flag(flag) => {
                self.flags.push(flag);
                true
            }
            Value::Whole(number) => self.extend(number.map(i64::to_le_bytes)),
            Value::Decimal(number) => self.extend(number.map(f64::to_le_bytes)),
            Value::Text(text) => {
                let length = text.as_ref().map(|text| length(text.len()));
                self.extend(length);
                self.extend(text.map(String::into_bytes))
            }
        };
        self.is_there.push(is_there);
    }

    fn extend(&mut self, bytes: Option<impl AsRef<[u8]>>) -> bool {
        self.bytes.extend(bytes.iter().flat_map(|bytes| bytes.as_ref()));
        bytes.is_some()
    }

    /// Which values are there, as runs; then those that are.
    fn page(&self) -> Vec<u8> {
        let mut runs = Vec::new();
        for run in self.is_there.chunk_by(|a, b| a == b) {
            varint(&mut runs, (run.len() as u64) << 1);
            runs.push(u8::from(run.first() == Some(&true)));
        }
        let mut page = length(runs.len()).to_vec();
        page.extend(runs);
        page.extend(&self.bytes);
        let eight = |flags: &[bool]| flags.iter().rev().fold(0, |byte, flag| byte << 1 | u8::from(*flag));
        page.extend(self.flags.chunks(8).map(eight));
        page
    }
}

fn number(n: usize) -> i64 {
    i64::try_from(n).unwrap_or(i64::MAX)
}

fn length(n: usize) -> [u8; 4] {
    u32::try_from(n).unwrap_or(u32::MAX).to_le_bytes()
}

fn varint(out: &mut Vec<u8>, mut value: u64) {
    while value >= 0x80 {
        out.push(value as u8 | 0x80);
        value >>= 7;
    }
    out.push(value as u8);
}

// Numbers of the format.
const OPTIONAL: i64 = 1;
const CONVERTED_UTF8: i64 = 0;
const DATA_PAGE: i64 = 0;
const PLAIN: i64 = 0;
const RLE: i64 = 3;
const GZIP: i64 = 2;

// Types of fields in Thrift's compact protocol.
const I32: u8 = 5;
const I64: u8 = 6;
const BINARY: u8 = 8;
const LIST: u8 = 9;
const STRUCT: u8 = 12;

fn page_header(n_rows: usize, n_bytes: usize, n_packed: usize) -> Vec<u8> {
    let mut thrift = Thrift::default();
    thrift.int(1, DATA_PAGE);
    thrift.int(2, number(n_bytes));
    thrift.int(3, number(n_packed));
    thrift.open(5);
    thrift.int(1, number(n_rows));
    thrift.int(2, PLAIN);
    thrift.int(3, RLE);
    thrift.int(4, RLE);
    thrift.close();
    thrift.finish()
}

/// Writes structures in Thrift's compact protocol. Fields must come in the order of their numbers.
#[derive(Debug, Default)]
struct Thrift {
    out: Vec<u8>,
    last: u8,
    outer: Vec<u8>,
}

impl Thrift {
    fn field(&mut self, id: u8, kind: u8) {
        self.out.push((id - self.last) << 4 | kind);
        self.last = id;
    }

    fn zigzag(&mut self, value: i64) {
        varint(&mut self.out, (value << 1 ^ value >> 63).cast_unsigned());
    }

    fn int(&mut self, id: u8, value: i64) {
        self.field(id, I32);
        self.zigzag(value);
    }

    fn long(&mut self, id: u8, value: i64) {
        self.field(id, I64);
        self.zigzag(value);
    }

    fn bytes(&mut self, text: &str) {
        varint(&mut self.out, text.len() as u64);
        self.out.extend(text.as_bytes());
    }

    fn text(&mut self, id: u8, text: &str) {
        self.field(id, BINARY);
        self.bytes(text);
    }

    fn list(&mut self, id: u8, kind: u8, len: usize) {
        self.field(id, LIST);
        match u8::try_from(len) {
            Ok(len @ 0..15) => self.out.push(len << 4 | kind),
            _ => {
                self.out.push(0xf0 | kind);
                varint(&mut self.out, len as u64);
            }
        }
    }

    fn open(&mut self, id: u8) {
        self.field(id, STRUCT);
        self.outer.push(std::mem::take(&mut self.last));
    }

    fn close(&mut self) {
        self.out.push(0);
        self.last = self.outer.pop().unwrap_or(0);
    }

    /// A structure in a list.
    fn nested(&mut self, write: impl FnOnce(&mut Self)) {
        self.outer.push(std::mem::take(&mut self.last));
        write(self);
        self.close();
    }

    fn chunk(&mut self, chunk: &Chunk, n_rows: usize, name: &str, kind: Kind) {
        self.int(1, kind as i64);
        self.list(2, I32, 2);
        self.zigzag(PLAIN);
        self.zigzag(RLE);
        self.list(3, BINARY, 1);
        self.bytes(name);
        self.int(4, GZIP);
        self.long(5, number(n_rows));
        self.long(6, chunk.n_bytes);
        self.long(7, chunk.n_packed);
        self.long(9, chunk.offset);
    }

    fn finish(mut self) -> Vec<u8> {
        self.out.push(0);
        self.out
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use std::io::Read as _;

    #[test]
    fn a_table_holds_its_rows_between_its_marks() {
        const NAMES: &[(&str, Kind)] =
            &[("a", Kind::Text), ("b", Kind::Whole), ("c", Kind::Decimal), ("d", Kind::Flag)];
        let (mut table, mut out) = (Table::new(NAMES), Vec::new());
        table.begin(&mut out).unwrap();
        for n in 0..3_usize {
            let text = (n != 1).then(|| format!("第{n}行"));
            let row = [text.into(), n.into(), Value::Decimal(Some(0.5)), Value::Flag(n == 2)];
            table.add(&mut out, row).unwrap();
        }
        table.end(&mut out).unwrap();
        assert!(out.starts_with(b"PAR1") && out.ends_with(b"PAR1"));
        let foot = u32::from_le_bytes(out[out.len() - 8..out.len() - 4].try_into().unwrap()) as usize;
        assert!(out[out.len() - 8 - foot..].windows(5).any(|bytes| bytes == b"table"));
        assert_eq!(table.groups.len(), 1);
        let first = &table.groups[0].chunks[0];
        // The header of the first page ends where gzip begins.
        let chunk = &out[4..4 + usize::try_from(first.n_packed).unwrap()];
        let gzip = chunk.windows(2).position(|bytes| bytes == [0x1f, 0x8b]).unwrap();
        let mut page = Vec::new();
        flate2::read::GzDecoder::new(&chunk[gzip..]).read_to_end(&mut page).unwrap();
        let expected =
            [&[6, 0, 0, 0, 2, 1, 2, 0, 2, 1, 7, 0, 0, 0], "第0行".as_bytes(), &[7, 0, 0, 0], "第2行".as_bytes()];
        assert_eq!(page, expected.concat());
    }

    #[test]
    fn numbers_are_written_as_thrift_does() {
        let mut out = Vec::new();
        varint(&mut out, 300);
        assert_eq!(out, [0xac, 2]);
        let mut thrift = Thrift::default();
        thrift.int(1, -1);
        thrift.long(3, 150);
        assert_eq!(thrift.finish(), [0x15, 1, 0x26, 0xac, 2, 0]);
    }
}
