//! Unpacking, within limits.

use super::{Archive, check::STORED, directory::Entry};
use crate::Limits;
use flate2::{Crc, read::DeflateDecoder};
use paas_core::diagnostic::Code;
use std::{collections::BTreeMap, io::Read, sync::Arc};

/// Text as regular as YAML packs to a fiftieth; nulls to a thousandth.
const RATIO: usize = 200;
/// Below this, the ratio says nothing.
const SMALL: usize = 1 << 20;

impl Archive<'_> {
    /// All files. Stops where a limit is reached.
    pub(super) fn unpack(
        &mut self,
        bytes: &[u8],
        entries: &[Entry<'_>],
        limits: &Limits,
    ) -> BTreeMap<String, Arc<[u8]>> {
        let mut files = BTreeMap::new();
        let mut left = limits.total_bytes;
        for entry in entries.iter().filter(|entry| !entry.name.ends_with(b"/")) {
            let name = String::from_utf8_lossy(entry.name).into_owned();
            let packed = bytes.get(entry.data.clone()).unwrap_or_default();
            let most = left.min(packed.len().saturating_mul(RATIO).max(SMALL));
            let unpacked = match unpack(packed, entry.method, most) {
                Unpacked::All(unpacked) => unpacked,
                Unpacked::TooLarge if most < left => {
                    let message = format!("the entry `{name}` unpacks to more than {RATIO} times its size");
                    self.tell(Code::CsarTooLarge, message, None);
                    return files;
                }
                Unpacked::TooLarge => {
                    let message = format!(
                        "the archive unpacks to more than {} bytes, at the entry `{name}`",
                        limits.total_bytes
                    );
                    self.tell(Code::CsarTooLarge, message, None);
                    return files;
                }
                Unpacked::Broken => {
                    self.damaged(&name, "cannot be unpacked");
                    continue;
                }
            };
            left -= unpacked.len().min(left);
            let mut crc = Crc::new();
            crc.update(&unpacked);
            if unpacked.len() != entry.unpacked {
                self.damaged(&name, "is not of the size that the archive says");
            } else if crc.sum() != entry.crc {
                self.damaged(&name, "does not match its checksum");
            }
            files.insert(name, unpacked.into());
        }
        files
    }

    fn damaged(&mut self, name: &str, why: &str) {
        let message = format!("the entry `{name}` {why}");
        self.tell(Code::CsarDamaged, message, Some("fetch the archive once more, or pack it anew"));
    }
}

enum Unpacked {
    All(Vec<u8>),
    TooLarge,
    Broken,
}

fn unpack(packed: &[u8], method: u16, most: usize) -> Unpacked {
    if method == STORED {
        return if packed.len() > most { Unpacked::TooLarge } else { Unpacked::All(packed.to_vec()) };
    }
    let mut decoder = DeflateDecoder::new(packed);
    let mut unpacked = Vec::new();
    let limit = u64::try_from(most).unwrap_or(u64::MAX).saturating_add(1);
    match (&mut decoder).take(limit).read_to_end(&mut unpacked) {
        Ok(_) if unpacked.len() > most => Unpacked::TooLarge,
        // What follows the end of the data is no part of them.
        Ok(_) if decoder.total_in() == u64::try_from(packed.len()).unwrap_or(u64::MAX) => {
            Unpacked::All(unpacked)
        }
        _ => Unpacked::Broken,
    }
}
