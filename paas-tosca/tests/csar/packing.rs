//! Archives by hand, byte for byte, so that they can be wrong in every way.

use flate2::{Compression, Crc, write::DeflateEncoder};
use std::io::Write as _;

/// An entry of an archive, right unless it is said otherwise.
#[derive(Debug, Clone)]
pub(super) struct Entry {
    pub(super) name: Vec<u8>,
    pub(super) data: Vec<u8>,
    /// Its name in its own header, if another.
    pub(super) local_name: Option<Vec<u8>>,
    pub(super) flags: u16,
    pub(super) method: u16,
    pub(super) mode: u32,
    pub(super) crc: Option<u32>,
    /// The unpacked size that the archive claims.
    pub(super) size: Option<u32>,
    /// Data as they are packed, if others than follow from `data`.
    pub(super) packed: Option<Vec<u8>>,
    /// The extra fields in its own header.
    pub(super) extra: Vec<u8>,
    /// What stands behind its data.
    pub(super) behind: Vec<u8>,
}

pub(super) fn entry(name: impl AsRef<[u8]>, data: impl AsRef<[u8]>) -> Entry {
    let is_folder = name.as_ref().ends_with(b"/");
    Entry {
        name: name.as_ref().to_vec(),
        data: data.as_ref().to_vec(),
        local_name: None,
        flags: 0,
        method: if is_folder { 0 } else { 8 },
        mode: if is_folder { 0o040_755 } else { 0o100_644 },
        crc: None,
        size: None,
        packed: None,
        extra: Vec::new(),
        behind: Vec::new(),
    }
}

/// An archive.
pub(super) fn pack(entries: &[Entry]) -> Vec<u8> {
    let (mut bytes, mut directory) = (Vec::new(), Vec::new());
    for entry in entries {
        let offset = small(bytes.len());
        let mut crc = Crc::new();
        crc.update(&entry.data);
        let packed = entry.packed.clone().unwrap_or_else(|| match entry.method {
            8 => deflate(&entry.data),
            _ => entry.data.clone(),
        });
        let mut middle = Vec::new();
        for number in [entry.flags, entry.method, 0, 0x21] {
            middle.extend(number.to_le_bytes());
        }
        let size = entry.size.unwrap_or(small(entry.data.len()));
        for number in [entry.crc.unwrap_or(crc.sum()), small(packed.len()), size] {
            middle.extend(number.to_le_bytes());
        }
        let local_name = entry.local_name.as_ref().unwrap_or(&entry.name);
        bytes.extend(b"PK\x03\x04\x14\x00");
        bytes.extend(&middle);
        bytes.extend(
            [short(local_name.len()), short(entry.extra.len())]
                .iter()
                .flat_map(|number| number.to_le_bytes()),
        );
        bytes.extend(local_name);
        bytes.extend(&entry.extra);
        bytes.extend(&packed);
        bytes.extend(&entry.behind);

        directory.extend(b"PK\x01\x02\x14\x03\x14\x00");
        directory.extend(&middle);
        directory
            .extend([short(entry.name.len()), 0, 0, 0, 0].iter().flat_map(|number| number.to_le_bytes()));
        directory.extend([entry.mode << 16, offset].iter().flat_map(|number| number.to_le_bytes()));
        directory.extend(&entry.name);
    }
    let (start, size) = (small(bytes.len()), small(directory.len()));
    bytes.extend(directory);
    bytes.extend(end(short(entries.len()), size, start));
    bytes
}

/// The record at the end.
pub(super) fn end(count: u16, size: u32, start: u32) -> Vec<u8> {
    let mut bytes = b"PK\x05\x06\0\0\0\0".to_vec();
    bytes.extend([count, count].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend([size, start].iter().flat_map(|number| number.to_le_bytes()));
    bytes.extend([0, 0]);
    bytes
}

pub(super) fn deflate(data: &[u8]) -> Vec<u8> {
    let mut encoder = DeflateEncoder::new(Vec::new(), Compression::default());
    encoder.write_all(data).expect("memory");
    encoder.finish().expect("memory")
}

fn small(number: usize) -> u32 {
    number.try_into().expect("small")
}

fn short(number: usize) -> u16 {
    number.try_into().expect("short")
}
