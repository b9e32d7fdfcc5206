//! The directory at the end of a zip archive (APPNOTE 6.3, sections 4.3 and 4.4).
//!
//! Written here, and not taken from a crate, because readers at large keep entries by name: of two with one name they
//! silently show the last. What other readers make good in their own way is refused instead: bytes before the first
//! entry, a directory that is not where the end says, sizes beyond 4 GiB, several disks.

use std::ops::Range;

/// An entry as the directory has it.
#[derive(Debug)]
pub(super) struct Entry<'b> {
    pub(super) name: &'b [u8],
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) crc: u32,
    pub(super) packed: usize,
    pub(super) unpacked: usize,
    /// What kind of file it is on Unix; 0: it is not said.
    pub(super) mode: u32,
    /// What else is said of it.
    extra: &'b [u8],
    /// Where its own header begins.
    pub(super) offset: usize,
    /// Where its data are, and its header with them.
    pub(super) data: Range<usize>,
}

/// Why there is nothing to read.
#[derive(Debug, Clone, Copy)]
pub(super) enum Broken {
    NotZip,
    /// The end of a sentence.
    Unusual(&'static str),
    TooMany(usize),
}

/// Real archives have a few dozen.
const ENTRIES: usize = 4_096;
const END: [u8; 4] = *b"PK\x05\x06";
const DIRECTORY: [u8; 4] = *b"PK\x01\x02";
const LOCAL: [u8; 4] = *b"PK\x03\x04";
const END_SIZE: usize = 22;
/// Checksum and sizes of the entry stand behind its data.
const DESCRIBED_BEHIND: u16 = 1 << 3;
/// How long they can be: with or without a signature, with sizes of 4 or 8 bytes.
const DESCRIPTIONS: &[usize] = &[12, 16, 20, 24];

/// Reads the directory, and the header of each entry.
pub(super) fn read(bytes: &[u8]) -> Result<Vec<Entry<'_>>, Broken> {
    let end = find_end(bytes).ok_or(Broken::NotZip)?;
    let header = bytes.get(end..).ok_or(Broken::NotZip)?;
    let cut = || Broken::Unusual("its directory is cut off");
    let (disk, start_disk) = (u16_at(header, 4), u16_at(header, 6));
    let (here, all) = (u16_at(header, 8), u16_at(header, 10));
    let (size, offset) = (u32_at(header, 12).ok_or_else(cut)?, u32_at(header, 16).ok_or_else(cut)?);
    if (disk, start_disk) != (Some(0), Some(0)) || here != all {
        return Err(Broken::Unusual("it is one of several disks"));
    }
    let count = usize::from(all.ok_or_else(cut)?);
    if count == usize::from(u16::MAX) || offset == u32::MAX || size == u32::MAX {
        return Err(Broken::Unusual("it is in the form for more than 4 GiB"));
    }
    if count > ENTRIES {
        return Err(Broken::TooMany(ENTRIES));
    }
    let (size, offset) = (index(size), index(offset));
    if offset.checked_add(size) != Some(end) {
        return Err(Broken::Unusual("its directory is not where its end says"));
    }
    let mut rest = bytes.get(offset..end).ok_or_else(cut)?;
    let mut entries = Vec::with_capacity(count);
    for _ in 0..count {
        let (entry, after) = entry(rest).ok_or_else(cut)?;
        entries.push(entry);
        rest = after;
    }
    if !rest.is_empty() {
        return Err(Broken::Unusual("its directory has more entries than its end says"));
    }
    for entry in &mut entries {
        locate(bytes, offset, entry)?;
    }
    side_by_side(&entries, offset)?;
    Ok(entries)
}

/// The end record: the last one whose comment reaches to the end of the file.
fn find_end(bytes: &[u8]) -> Option<usize> {
    let last = bytes.len().checked_sub(END_SIZE)?;
    let first = last.saturating_sub(usize::from(u16::MAX));
    (first..=last).rev().find(|&at| {
        let header = bytes.get(at..).unwrap_or_default();
        let comment = u16_at(header, 20).map(usize::from);
        header.starts_with(&END) && comment.is_some_and(|comment| at + END_SIZE + comment == bytes.len())
    })
}

fn entry(bytes: &[u8]) -> Option<(Entry<'_>, &[u8])> {
    const SIZE: usize = 46;
    if !bytes.starts_with(&DIRECTORY) {
        return None;
    }
    let length = |at| u16_at(bytes, at).map(usize::from);
    let (name, extra, comment) = (length(28)?, length(30)?, length(32)?);
    let made_on_unix = matches!(bytes.get(5)?, 3 | 19);
    let attributes = u32_at(bytes, 38)?;
    let entry = Entry {
        name: bytes.get(SIZE..SIZE + name)?,
        flags: u16_at(bytes, 8)?,
        method: u16_at(bytes, 10)?,
        crc: u32_at(bytes, 16)?,
        packed: index(u32_at(bytes, 20)?),
        unpacked: index(u32_at(bytes, 24)?),
        mode: if made_on_unix { attributes >> 16 } else { 0 },
        offset: index(u32_at(bytes, 42)?),
        extra: bytes.get(SIZE + name..SIZE + name + extra)?,
        data: 0..0,
    };
    Some((entry, bytes.get(SIZE + name + extra + comment..)?))
}

/// Finds the data of an entry. Its own header must say the same as the directory.
fn locate(bytes: &[u8], end: usize, entry: &mut Entry<'_>) -> Result<(), Broken> {
    const SIZE: usize = 30;
    let differs = || Broken::Unusual("an entry differs from what its directory says");
    let header = bytes.get(entry.offset..end).ok_or_else(differs)?;
    let length = |at| u16_at(header, at).map(usize::from);
    let (name, extra) = (length(26).ok_or_else(differs)?, length(28).ok_or_else(differs)?);
    let is_same = header.starts_with(&LOCAL)
        && header.get(SIZE..SIZE + name) == Some(entry.name)
        && u16_at(header, 8) == Some(entry.method)
        && u16_at(header, 6) == Some(entry.flags);
    let local = header.get(SIZE + name..SIZE + name + extra).ok_or_else(differs)?;
    if [entry.extra, local].into_iter().any(|extra| has_other_name(extra, entry.name)) {
        return Err(Broken::Unusual("an entry has a second name"));
    }
    let start = entry.offset + SIZE + name + extra;
    match start.checked_add(entry.packed) {
        Some(after) if is_same && after <= end => {
            entry.data = start..after;
            Ok(())
        }
        _ => Err(differs()),
    }
}

/// Whether an extra field of an entry gives it another name, which some readers take (APPNOTE 4.6.9).
fn has_other_name(extra: &[u8], name: &[u8]) -> bool {
    const UNICODE_NAME: u16 = 0x7075;
    /// A version and a checksum before the name.
    const BEFORE: usize = 5;
    let mut rest = extra;
    while let (Some(id), Some(size)) = (u16_at(rest, 0), u16_at(rest, 2)) {
        let end = 4 + usize::from(size);
        if id == UNICODE_NAME && rest.get(4 + BEFORE..end) != Some(name) {
            return true;
        }
        rest = rest.get(end..).unwrap_or_default();
    }
    false
}

/// No two entries share bytes: that is how a small archive unpacks to a very large one. Nor is anything between them that
/// readers from front to back would take for an entry.
fn side_by_side(entries: &[Entry<'_>], directory: usize) -> Result<(), Broken> {
    let mut all: Vec<_> = entries.iter().collect();
    all.sort_unstable_by_key(|entry| (entry.offset, entry.data.end));
    let mut end = 0;
    // What may stand behind the data that end here.
    let mut behind: &[usize] = &[0];
    let starts = all.iter().map(|entry| entry.offset).chain([directory]);
    for (start, entry) in starts.zip(all.iter().map(Some).chain([None])) {
        let Some(between) = start.checked_sub(end) else {
            return Err(Broken::Unusual("its entries overlap"));
        };
        if !behind.contains(&between) {
            return Err(Broken::Unusual(match end {
                0 => "there is something before its first entry",
                _ => "there is something between its entries",
            }));
        }
        if let Some(entry) = entry {
            end = entry.data.end;
            behind = if entry.flags & DESCRIBED_BEHIND != 0 { DESCRIPTIONS } else { &[0] };
        }
    }
    Ok(())
}

fn u16_at(bytes: &[u8], at: usize) -> Option<u16> {
    bytes.get(at..at + 2).and_then(|two| two.try_into().ok()).map(u16::from_le_bytes)
}

fn u32_at(bytes: &[u8], at: usize) -> Option<u32> {
    bytes.get(at..at + 4).and_then(|four| four.try_into().ok()).map(u32::from_le_bytes)
}

fn index(number: u32) -> usize {
    usize::try_from(number).unwrap_or(usize::MAX)
}
