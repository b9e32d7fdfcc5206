//! What entries of an archive may be.

use super::{Archive, directory::Entry};
use paas_core::diagnostic::Code;
use rustc_hash::FxHashMap;

/// The entry is encrypted, in either way, or its header is.
const ENCRYPTED: u16 = 1 | 1 << 6 | 1 << 13;
/// The entry is a change to another archive.
const PATCH: u16 = 1 << 5;
pub(super) const STORED: u16 = 0;
pub(super) const DEFLATED: u16 = 8;

impl Archive<'_> {
    /// Tells of every entry that is not to be unpacked.
    pub(super) fn check(&mut self, entries: &[Entry<'_>]) {
        // Files by their names as systems without case see them, and the folders that they are in.
        let mut files: FxHashMap<String, &str> = FxHashMap::default();
        let mut folders: FxHashMap<String, &str> = FxHashMap::default();
        for entry in entries {
            let shown = String::from_utf8_lossy(entry.name);
            let Ok(name) = std::str::from_utf8(entry.name) else {
                self.name(&shown, "is not UTF-8 text");
                continue;
            };
            if let Some(why) = wrong_name(name) {
                self.name(name, why);
                continue;
            }
            if let Some(why) = wrong_kind(entry, name) {
                let message = format!("the entry `{name}` {why}");
                self.tell(Code::CsarEntry, message, Some("pack the archive anew, of plain files"));
            }
            let key = folded(name);
            let is_folder = name.ends_with('/');
            let same = if is_folder {
                files.get(&key).copied()
            } else {
                let folder = folders.get(&key).copied();
                folder.or_else(|| files.insert(key.clone(), name))
            };
            if is_folder && same.is_none() {
                folders.insert(key.clone(), name);
            }
            let parents = key.match_indices('/').filter_map(|(at, _)| key.get(..at));
            let mut inside = None;
            for parent in parents {
                inside = inside.or_else(|| files.get(parent).copied());
                folders.entry(parent.to_owned()).or_insert(name);
            }
            if let Some(other) = same.or(inside) {
                let message = if name == other {
                    format!("the entry `{name}` is there twice")
                } else {
                    format!("the entries `{name}` and `{other}` are in each other's place")
                };
                let help = "to some readers and systems, names that differ in case, or in dots and spaces at the end, are the same";
                self.tell(Code::CsarDuplicate, message, Some(help));
            }
        }
    }

    fn name(&mut self, name: &str, why: &str) {
        let message = format!("the name of the entry `{name}` {why}");
        let help = "names are relative paths with `/`, below the root of the archive";
        self.tell(Code::CsarName, message, Some(help));
    }
}

/// The name as systems see it that mind neither case nor dots and spaces at the end. Small letters of large ones, since some
/// letters, such as `ſ`, have a large one that is another's too.
fn folded(name: &str) -> String {
    let steps = name.trim_end_matches('/').split('/');
    let steps: Vec<_> = steps.map(|step| step.trim_end_matches(['.', ' '])).collect();
    steps.join("/").to_uppercase().to_lowercase()
}

fn wrong_name(name: &str) -> Option<&'static str> {
    let path = name.strip_suffix('/').unwrap_or(name);
    if path.is_empty() {
        Some("is empty")
    } else if path.starts_with('/') {
        Some("is an absolute path")
    } else if path.contains('\\') {
        Some("has a backslash")
    } else if path.contains(':') {
        Some("has a `:`, as drives and streams have")
    } else if path.split('/').any(|step| step == "..") {
        Some("leads out with `..`")
    } else if path.split('/').any(|step| matches!(step, "" | ".")) {
        Some("has steps that say nothing")
    } else if path.chars().any(char::is_control) {
        Some("has a control character")
    } else {
        None
    }
}

fn wrong_kind(entry: &Entry<'_>, name: &str) -> Option<&'static str> {
    const KIND: u32 = 0o170_000;
    const FILE: u32 = 0o100_000;
    const FOLDER: u32 = 0o040_000;
    const LINK: u32 = 0o120_000;
    let is_folder = name.ends_with('/');
    match entry.mode & KIND {
        LINK => Some("is a link"),
        0 => None,
        FILE if !is_folder => None,
        FOLDER if is_folder => None,
        _ => Some("is neither a file nor a folder"),
    }
    .or_else(|| (entry.flags & ENCRYPTED != 0).then_some("is encrypted"))
    .or_else(|| (entry.flags & PATCH != 0).then_some("is a change to another archive"))
    .or_else(|| {
        let is_known = matches!(entry.method, STORED | DEFLATED);
        (!is_known).then_some("is packed by a method other than deflate")
    })
    .or_else(|| (is_folder && entry.packed.max(entry.unpacked) > 2).then_some("is a folder with data"))
}
