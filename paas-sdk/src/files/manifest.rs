//! `.paas-files.json`: which files of a folder we wrote, and with what content.

use serde::{Deserialize, Serialize};
use sha2::{Digest, Sha256};
use std::{
    collections::BTreeMap,
    fmt::Write as _,
    fs::File,
    io::{self, Read},
    path::{Component, Path},
};

/// The files that we wrote. While files are being replaced it knows the old and the new content of each, so that
/// neither is taken for somebody else's if the machine stops half-way.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub(super) struct Manifest(BTreeMap<String, Vec<String>>);

impl Manifest {
    /// Where it is, below the folder of the translation.
    pub(super) const NAME: &str = ".paas-files.json";
    const FORMAT: u32 = 1;
    /// The largest that is read. It has some 120 bytes for each file.
    const LARGEST: u64 = 4 << 20;

    /// The bytes of the file at a path, if it is not too large to be a manifest.
    pub(super) fn bytes(path: &Path) -> io::Result<Vec<u8>> {
        let mut bytes = Vec::new();
        File::open(path)?.take(Self::LARGEST).read_to_end(&mut bytes)?;
        Ok(bytes)
    }

    /// Reads it; `None` if this is no manifest that we know.
    pub(super) fn parse(bytes: &[u8]) -> Option<Self> {
        let stored: Stored = serde_json::from_slice(bytes).ok()?;
        if stored.format != Self::FORMAT {
            return None;
        }
        let mut manifest = Self::default();
        for file in stored.files {
            if is_below(&file.path) {
                manifest.add(&file.path, &file.sha256);
            }
        }
        Some(manifest)
    }

    /// As it is stored.
    pub(super) fn to_bytes(&self) -> Vec<u8> {
        let files = self.0.iter().flat_map(|(path, sums)| {
            sums.iter().map(|sum| StoredFile { path: path.clone(), sha256: sum.clone() })
        });
        let stored = Stored { format: Self::FORMAT, files: files.collect() };
        let mut bytes = serde_json::to_vec_pretty(&stored).unwrap_or_default();
        bytes.push(b'\n');
        bytes
    }

    /// Says that we wrote this.
    pub(super) fn add(&mut self, path: &str, sum: &str) {
        let sums = self.0.entry(path.to_owned()).or_default();
        if !sums.iter().any(|known| known == sum) {
            sums.push(sum.to_owned());
        }
    }

    /// Both together.
    pub(super) fn with(&self, other: &Self) -> Self {
        let mut both = self.clone();
        for (path, sums) in &other.0 {
            for sum in sums {
                both.add(path, sum);
            }
        }
        both
    }

    /// Whether we wrote a file at this path.
    pub(super) fn knows(&self, path: &str) -> bool {
        self.0.contains_key(path)
    }

    /// Whether we wrote this file with this content.
    pub(super) fn has(&self, path: &str, sum: &str) -> bool {
        self.0.get(path).is_some_and(|sums| sums.iter().any(|known| known == sum))
    }

    /// The files.
    pub(super) fn paths(&self) -> impl Iterator<Item = &str> {
        self.0.keys().map(String::as_str)
    }
}

#[derive(Serialize, Deserialize)]
struct Stored {
    format: u32,
    files: Vec<StoredFile>,
}

#[derive(Serialize, Deserialize)]
struct StoredFile {
    path: String,
    sha256: String,
}

/// Whether a path of a manifest names a file of the folder or of a folder in it: a manifest may be forged, and what it
/// names may be removed.
fn is_below(path: &str) -> bool {
    let parts: Vec<_> = path.split('/').collect();
    parts.len() <= 2 && parts.iter().all(|part| is_plain_name(part))
}

/// Whether this is the name of one file or folder: not a way to another place.
pub(super) fn is_plain_name(name: &str) -> bool {
    let mut parts = Path::new(name).components();
    matches!((parts.next(), parts.next()), (Some(Component::Normal(only)), None) if only == name)
}

/// The check sum of bytes.
pub(super) fn sha256(bytes: &[u8]) -> String {
    hex(&Sha256::digest(bytes))
}

/// The check sum of a file.
pub(super) fn sha256_of_file(path: &Path) -> io::Result<String> {
    let mut file = File::open(path)?;
    let mut sum = Sha256::new();
    let mut buffer = vec![0; 64 << 10];
    loop {
        let count = file.read(&mut buffer)?;
        match buffer.get(..count) {
            Some([]) | None => return Ok(hex(&sum.finalize())),
            Some(bytes) => sum.update(bytes),
        }
    }
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().fold(String::with_capacity(2 * bytes.len()), |mut text, byte| {
        let _ = write!(text, "{byte:02x}");
        text
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sums_are_those_of_sha256() {
        let known = "ba7816bf8f01cfea414140de5dae2223b00361a396177a9cb410ff61f20015ad";
        assert_eq!(sha256(b"abc"), known);
        let folder = tempfile::tempdir().expect("folder");
        let path = folder.path().join("abc");
        std::fs::write(&path, "abc").expect("written");
        assert_eq!(sha256_of_file(&path).expect("read"), known);
    }

    #[test]
    fn comes_back_as_it_was_written() {
        let mut manifest = Manifest::default();
        manifest.add("release.json", "aa");
        manifest.add("dmz/docker-compose.yml", "bb");
        manifest.add("dmz/docker-compose.yml", "cc");
        assert_eq!(Manifest::parse(&manifest.to_bytes()), Some(manifest));
    }

    #[test]
    fn forged_paths_are_ignored_and_other_formats_refused() {
        let forged = r#"{"format":1,"files":[{"path":"../a","sha256":""},{"path":"/etc/passwd","sha256":""},
            {"path":"a/../b","sha256":""},{"path":"a//b","sha256":""},{"path":"a/b/c","sha256":""},
            {"path":"","sha256":""},{"path":".","sha256":""},{"path":"kept","sha256":""}],"more":1}"#;
        let manifest = Manifest::parse(forged.as_bytes()).expect("a manifest");
        assert_eq!(manifest.paths().collect::<Vec<_>>(), ["kept"]);
        for other in ["", "[]", r#"{"format":2,"files":[]}"#] {
            assert_eq!(Manifest::parse(other.as_bytes()), None, "{other}");
        }
    }
}
