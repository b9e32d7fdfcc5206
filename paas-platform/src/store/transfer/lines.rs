//! Items as lines of text.

use super::super::{
    Entry, Epoch, Kind, Message, Record, Result, StoreError, Topic, Version, limits, sum::Sum,
};
use super::{Counts, Item};
use crate::seam::Timestamp;
use serde::{Deserialize, Serialize};
use std::{
    io::{BufRead, Read, Write},
    sync::{Arc, Mutex, PoisonError},
};

/// The format of exports that is written, and the highest that is read.
const FORMAT: u64 = 1;

/// No line of ours is longer: a record in which each byte takes six letters, and what surrounds it.
const MAX_LINE: u64 = limits::MAX_RECORD as u64 * 6 + 64 * 1024;

#[derive(Serialize, Deserialize)]
struct Header {
    paas_store_export: u64,
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case", deny_unknown_fields)]
enum Line {
    Counters {
        version: Version,
        message: u64,
    },
    Record {
        kind: Kind,
        key: String,
        version: Version,
        epoch: Epoch,
        #[serde(flatten)]
        bytes: Bytes,
    },
    Entry {
        stream: String,
        number: u64,
        epoch: Epoch,
        at: Timestamp,
        #[serde(flatten)]
        bytes: Bytes,
    },
    Message {
        topic: Topic,
        id: u64,
        epoch: Epoch,
        at: Timestamp,
        #[serde(flatten)]
        bytes: Bytes,
    },
    Lease {
        name: String,
        epoch: Epoch,
    },
    End {
        lines: u64,
        sum: String,
    },
}

#[derive(Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
enum Bytes {
    Text(String),
    Hex(String),
}

impl From<Vec<u8>> for Bytes {
    fn from(bytes: Vec<u8>) -> Self {
        String::from_utf8(bytes).map_or_else(|error| Self::Hex(hex(error.as_bytes())), Self::Text)
    }
}

impl Bytes {
    fn into_bytes(self) -> Option<Vec<u8>> {
        match self {
            Self::Text(text) => Some(text.into_bytes()),
            Self::Hex(hex) => unhex(&hex),
        }
    }
}

/// Writes lines.
pub(super) struct Writer<W> {
    out: W,
    lines: u64,
    sum: Sum,
    counts: Counts,
}

impl<W: Write> Writer<W> {
    pub(super) fn begin(out: W) -> Result<Self> {
        let mut writer = Self { out, lines: 0, sum: Sum::new(), counts: Counts::default() };
        writer.line(&Header { paas_store_export: FORMAT })?;
        Ok(writer)
    }

    pub(super) fn item(&mut self, item: Item) -> Result<()> {
        self.counts.count(&item);
        self.line(&match item {
            Item::Counters { version, message } => Line::Counters { version, message },
            Item::Record(Record { kind, key, version, epoch, bytes }) => {
                Line::Record { kind, key, version, epoch, bytes: bytes.into() }
            }
            Item::Entry(Entry { stream, number, epoch, at, bytes }) => {
                Line::Entry { stream, number, epoch, at, bytes: bytes.into() }
            }
            Item::Message(Message { topic, id, epoch, at, bytes }) => {
                Line::Message { topic, id, epoch, at, bytes: bytes.into() }
            }
            Item::Lease { name, epoch } => Line::Lease { name, epoch },
        })
    }

    pub(super) fn finish(mut self) -> Result<(W, Counts)> {
        let sum = format!("{:08x}", self.sum.finish());
        self.line(&Line::End { lines: self.lines, sum })?;
        self.out.flush().map_err(unwritable)?;
        Ok((self.out, self.counts))
    }

    fn line(&mut self, line: &impl Serialize) -> Result<()> {
        let mut bytes = serde_json::to_vec(line).map_err(unwritable)?;
        bytes.push(b'\n');
        self.lines = self.lines.saturating_add(1);
        self.sum = self.sum.raw(&bytes);
        self.out.write_all(&bytes).map_err(unwritable)
    }
}

/// Reads lines.
pub(super) struct Reader<R> {
    input: R,
    line: u64,
    sum: Sum,
    counts: Arc<Mutex<Counts>>,
    ended: bool,
}

impl<R: BufRead> Reader<R> {
    pub(super) fn begin(input: R, counts: Arc<Mutex<Counts>>) -> Result<Self> {
        let mut reader = Self { input, line: 0, sum: Sum::new(), counts, ended: false };
        let header: Option<Header> = reader.read()?.and_then(|bytes| serde_json::from_slice(&bytes).ok());
        match header {
            None => Err(reader.bad("does not begin an export of a store")),
            Some(Header { paas_store_export: found }) if found > FORMAT => {
                Err(StoreError::NewerFormat { what: "the export".into(), found, known: FORMAT })
            }
            Some(_) => Ok(reader),
        }
    }

    /// The next item; `None` at a proper end.
    fn item(&mut self) -> Result<Option<Item>> {
        let (lines_before, sum_before) = (self.line, self.sum.finish());
        let Some(bytes) = self.read()? else {
            return Err(self.bad("is missing: the export was cut off"));
        };
        let line: Line =
            serde_json::from_slice(&bytes).map_err(|error| self.bad(format!("cannot be read: {error}")))?;
        let decode = |bytes: Bytes| bytes.into_bytes().ok_or_else(|| self.bad("has `hex` that is none"));
        let item = match line {
            Line::Counters { version, message } => Item::Counters { version, message },
            Line::Record { kind, key, version, epoch, bytes } => {
                Item::Record(Record::new(kind, key, version, epoch, decode(bytes)?))
            }
            Line::Entry { stream, number, epoch, at, bytes } => {
                Item::Entry(Entry::new(stream, number, epoch, at, decode(bytes)?))
            }
            Line::Message { topic, id, epoch, at, bytes } => {
                Item::Message(Message::new(topic, id, epoch, at, decode(bytes)?))
            }
            Line::Lease { name, epoch } => Item::Lease { name, epoch },
            Line::End { lines, sum } => {
                if lines != lines_before {
                    return Err(self.bad(format!("counts {lines} lines, but there were {lines_before}")));
                }
                if sum != format!("{sum_before:08x}") {
                    return Err(self.bad("has another check sum than the lines before it: one was changed"));
                }
                if self.read()?.is_some() {
                    return Err(self.bad("comes after the end"));
                }
                return Ok(None);
            }
        };
        self.counts.lock().unwrap_or_else(PoisonError::into_inner).count(&item);
        Ok(Some(item))
    }

    /// The next line; `None` at the end of the text.
    fn read(&mut self) -> Result<Option<Vec<u8>>> {
        self.line = self.line.saturating_add(1);
        let mut bytes = Vec::new();
        let read = (&mut self.input).take(MAX_LINE).read_until(b'\n', &mut bytes);
        read.map_err(|error| StoreError::Io { what: "reading the export".into(), source: error.into() })?;
        if bytes.is_empty() {
            return Ok(None);
        }
        self.sum = self.sum.raw(&bytes);
        if bytes.pop() != Some(b'\n') {
            return Err(self.bad("has no end: it was cut off, or is longer than any of ours"));
        }
        Ok(Some(bytes))
    }

    fn bad(&self, why: impl Into<String>) -> StoreError {
        StoreError::BadExport { line: self.line, why: why.into() }
    }
}

impl<R: BufRead> Iterator for Reader<R> {
    type Item = Result<Item>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.ended {
            return None;
        }
        let item = self.item().transpose();
        self.ended = !matches!(item, Some(Ok(_)));
        item
    }
}

fn unwritable(error: impl Into<Box<dyn std::error::Error + Send + Sync>>) -> StoreError {
    StoreError::Io { what: "writing the export".into(), source: error.into() }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}

fn unhex(text: &str) -> Option<Vec<u8>> {
    let digits: Vec<u8> = text
        .chars()
        .map(|c| c.to_digit(16).and_then(|digit| u8::try_from(digit).ok()))
        .collect::<Option<_>>()?;
    let pairs = digits.chunks_exact(2);
    let whole = pairs.remainder().is_empty();
    whole.then(|| pairs.map(|pair| pair.iter().fold(0, |byte, digit| byte * 16 + digit)).collect())
}
