//! What a registry has, and how it behaves.

use paas_client::registry::{Content, Digest, Manifest};
use std::{
    collections::{BTreeMap, BTreeSet},
    sync::{
        Arc,
        atomic::{AtomicUsize, Ordering},
    },
    time::Duration,
};

/// How a registry behaves.
#[derive(Clone, Debug)]
pub(crate) struct Manners {
    /// Whether it has a list of referrers.
    pub(crate) referrers: bool,
    /// Whether it mounts.
    pub(crate) mounts: bool,
    /// Whether it keeps a blob that it has, whatever it is sent: Docker's registry does.
    pub(crate) keeps_blobs: bool,
    /// Whether it gives parts of blobs.
    pub(crate) ranges: bool,
    /// Whether it refuses manifests whose content it does not have.
    pub(crate) checks_content: bool,
    /// What becomes of a chunk that broke off.
    pub(crate) kept: Kept,
    /// How many bytes it takes of a chunk at most.
    pub(crate) takes: u64,
    /// How far uploads are at most, by what it tells of them.
    pub(crate) tells: usize,
    /// By how many bytes it is wrong about an upload that it is asked for.
    pub(crate) ahead: usize,
    /// Whether its list of referrers has no end.
    pub(crate) endless: bool,
    /// Whether it takes the tag of that list for the digest in it.
    pub(crate) tag_is_digest: bool,
    /// The namespaces that there are, if they have to be made.
    pub(crate) namespaces: Option<BTreeSet<String>>,
    /// Tags that cannot be moved.
    pub(crate) immutable: BTreeSet<String>,
    /// For how long a token is good, if one is wanted. It is told that it is good for longer.
    pub(crate) token_lasts: Option<Duration>,
    /// Between two pieces, and before each answer.
    pub(crate) slow: Duration,
}

/// What becomes of a chunk that broke off.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Kept {
    /// What came of it is kept.
    Part,
    /// What came before it is kept.
    Before,
    /// The upload is gone, as in Docker's registry.
    Nothing,
}

impl Default for Manners {
    fn default() -> Self {
        Self {
            referrers: true,
            mounts: true,
            keeps_blobs: false,
            ranges: true,
            checks_content: true,
            kept: Kept::Part,
            takes: u64::MAX,
            tells: usize::MAX,
            ahead: 0,
            endless: false,
            tag_is_digest: false,
            namespaces: None,
            immutable: BTreeSet::new(),
            token_lasts: None,
            slow: Duration::ZERO,
        }
    }
}

/// What a registry has.
#[derive(Clone, Default)]
pub(crate) struct State {
    pub(crate) repositories: BTreeMap<String, Repository>,
    pub(crate) uploads: BTreeMap<u64, Upload>,
    pub(crate) begun: u64,
    pub(crate) tokens: Vec<tokio::time::Instant>,
    /// Manifests that were put although content of them was missing.
    pub(crate) incomplete: Vec<String>,
}

#[derive(Clone, Default)]
pub(crate) struct Repository {
    pub(crate) blobs: BTreeMap<Digest, Arc<Vec<u8>>>,
    pub(crate) manifests: BTreeMap<Digest, Manifest>,
    pub(crate) tags: BTreeMap<String, Digest>,
}

#[derive(Clone)]
pub(crate) struct Upload {
    pub(crate) repository: String,
    pub(crate) bytes: Vec<u8>,
}

impl State {
    pub(crate) fn repository(&mut self, name: &str) -> &mut Repository {
        self.repositories.entry(name.to_owned()).or_default()
    }

    /// What a tag stands for.
    pub(crate) fn tag(&self, repository: &str, tag: &str) -> Option<&Digest> {
        self.repositories.get(repository)?.tags.get(tag)
    }

    /// What is missing of what tags stand for.
    pub(crate) fn missing(&self) -> Vec<String> {
        let mut missing = Vec::new();
        for (name, repository) in &self.repositories {
            for (tag, digest) in &repository.tags {
                match repository.manifests.get(digest) {
                    Some(manifest) => missing.extend(
                        repository
                            .lacks(manifest, true)
                            .into_iter()
                            .map(|what| format!("{name}:{tag} lacks {what}")),
                    ),
                    None => missing.push(format!("{name}:{tag} stands for nothing")),
                }
            }
        }
        missing
    }
}

impl Repository {
    /// What is missing of a manifest.
    pub(crate) fn lacks(&self, manifest: &Manifest, deep: bool) -> Vec<Digest> {
        let mut missing = Vec::new();
        match manifest.content() {
            Ok(Content::Image { config, layers, .. }) => {
                for blob in layers.iter().chain([&config]) {
                    if blob.urls.is_empty() && !self.blobs.contains_key(&blob.digest) {
                        missing.push(blob.digest.clone());
                    }
                }
            }
            Ok(Content::Index { manifests, .. }) => {
                for child in manifests {
                    match self.manifests.get(&child.digest) {
                        Some(manifest) if deep => missing.extend(self.lacks(manifest, true)),
                        Some(_) => {}
                        None if self.blobs.contains_key(&child.digest) => {}
                        None => missing.push(child.digest),
                    }
                }
            }
            _ => {}
        }
        missing
    }
}

/// How many blobs are on their way.
#[derive(Default)]
pub(crate) struct Work {
    reads: Gauge,
    writes: Gauge,
}

#[derive(Default)]
struct Gauge {
    now: AtomicUsize,
    most: AtomicUsize,
}

/// A blob on its way, until it is dropped.
pub(crate) struct Working(Arc<Work>, fn(&Work) -> &Gauge);

impl Work {
    pub(crate) fn reads(self: &Arc<Self>) -> Working {
        Working::begin(self, |work| &work.reads)
    }

    pub(crate) fn writes(self: &Arc<Self>) -> Working {
        Working::begin(self, |work| &work.writes)
    }

    pub(crate) fn most(&self) -> (usize, usize) {
        (self.reads.most.load(Ordering::Relaxed), self.writes.most.load(Ordering::Relaxed))
    }
}

impl Working {
    fn begin(work: &Arc<Work>, gauge: fn(&Work) -> &Gauge) -> Self {
        let counted = gauge(work);
        let now = counted.now.fetch_add(1, Ordering::Relaxed) + 1;
        counted.most.fetch_max(now, Ordering::Relaxed);
        Self(work.clone(), gauge)
    }
}

impl Drop for Working {
    fn drop(&mut self) {
        (self.1)(&self.0).now.fetch_sub(1, Ordering::Relaxed);
    }
}
