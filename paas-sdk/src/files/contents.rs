//! Which files make a translation.

use super::manifest::{Manifest, is_plain_name, sha256};
use super::transaction::STAGING;
use paas_core::{
    diagnostic::{Code, Diagnostic},
    release::Release,
};
use paas_tosca::rancher::PartFiles;
use std::collections::HashSet;

/// A file that is to be there.
pub(super) struct NewFile {
    /// Below the folder of the translation, with `/`: a name, or a folder and a name.
    pub(super) path: String,
    /// What is in it.
    pub(super) bytes: Vec<u8>,
    /// The check sum of that.
    pub(super) sum: String,
}

impl NewFile {
    /// A file of this content.
    pub(super) fn new(path: impl Into<String>, bytes: impl Into<Vec<u8>>) -> Self {
        let bytes = bytes.into();
        Self { path: path.into(), sum: sha256(&bytes), bytes }
    }
}

pub(super) const RELEASE: &str = "release.json";

/// The files of a translation.
pub(super) fn contents(release: &Release, parts: &[PartFiles]) -> Result<Vec<NewFile>, Box<Diagnostic>> {
    let mut files = vec![NewFile::new(RELEASE, release_json(release)?)];
    let mut folders = HashSet::from([RELEASE, Manifest::NAME, STAGING]);
    for part in parts {
        let folder = &part.folder;
        if !is_plain_name(folder) || !folders.insert(folder) {
            let message = format!("`{folder}` cannot be the folder of the network `{}`", part.network);
            return Err(Box::new(
                Diagnostic::new(Code::FileUnwritable, message).help("give the network another name"),
            ));
        }
        files.push(NewFile::new(format!("{folder}/docker-compose.yml"), part.docker_compose.as_bytes()));
        files.push(NewFile::new(format!("{folder}/rancher-compose.yml"), part.rancher_compose.as_bytes()));
    }
    Ok(files)
}

fn release_json(release: &Release) -> Result<Vec<u8>, Box<Diagnostic>> {
    let mut bytes = serde_json::to_vec_pretty(release).map_err(|error| {
        Diagnostic::new(Code::FileUnwritable, format!("the release cannot be written as JSON: {error}"))
    })?;
    bytes.push(b'\n');
    Ok(bytes)
}
