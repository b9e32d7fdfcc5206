//! Which file sees the names of which.
//!
//! A file sees its own names and those of what it imports, and of what that imports in turn. With a
//! `namespace_prefix` they are there under `prefix:name` only.

use crate::yaml::FileId;
use rustc_hash::FxHashMap;
use std::collections::hash_map::Entry;

/// A set of files.
#[derive(Debug, Clone, Default)]
struct FileSet(Vec<u64>);

/// What a file sees.
#[derive(Debug, Clone, Default)]
struct Scope {
    /// Files whose names it sees as they are.
    files: FileSet,
    /// Whether something could not be imported that it would see as it is.
    lacks: bool,
    prefixes: FxHashMap<String, Prefixed>,
}

/// What a file sees behind a prefix.
#[derive(Debug, Clone, Default)]
struct Prefixed {
    /// The files that were imported with it.
    files: FileSet,
    /// Whether the built-in profile is there.
    profile: bool,
    /// Whether something could not be imported.
    lacks: bool,
}

/// What each file sees. Without any, each sees itself.
#[derive(Debug, Default)]
pub(super) struct Scopes {
    files: Vec<Scope>,
}

/// What an import gives.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Imported {
    File(FileId),
    /// The built-in profile, which is seen by all without a prefix.
    Profile,
    /// It could not be imported.
    Nothing,
}

/// Where a name with prefixes leads.
#[derive(Debug)]
pub(super) struct Behind<'n> {
    files: FileSet,
    /// Whether it may be one of the built-in profile.
    pub(super) profile: bool,
    lacks: bool,
    /// The name without prefixes.
    pub(super) name: &'n str,
}

impl Behind<'_> {
    pub(super) fn files(&self) -> impl Iterator<Item = FileId> {
        self.files.iter()
    }
}

impl Scopes {
    /// Puts a file in. What it imports must be in already.
    pub(super) fn add<'p>(
        &mut self,
        file: FileId,
        imports: impl Iterator<Item = (Option<&'p str>, Imported)>,
    ) {
        let mut scope = Scope::default();
        scope.files.insert(file);
        for (prefix, imported) in imports {
            match (prefix, imported) {
                (None, Imported::Profile) => {}
                (None, Imported::Nothing) => scope.lacks = true,
                (None, Imported::File(file)) => {
                    if let Some(other) = self.scope(file) {
                        scope.take(other);
                    }
                }
                (Some(prefix), imported) => {
                    let prefixed = scope.prefixes.entry(prefix.to_owned()).or_default();
                    match imported {
                        Imported::File(file) => prefixed.files.insert(file),
                        Imported::Profile => prefixed.profile = true,
                        Imported::Nothing => prefixed.lacks = true,
                    }
                }
            }
        }
        let index = file.0 as usize;
        if self.files.len() <= index {
            self.files.resize_with(index + 1, Scope::default);
        }
        if let Some(slot) = self.files.get_mut(index) {
            *slot = scope;
        }
    }

    /// Whether a file sees the names of another as they are.
    pub(super) fn sees(&self, file: FileId, other: FileId) -> bool {
        file == other || self.scope(file).is_some_and(|scope| scope.files.contains(other))
    }

    /// Where a name with prefixes leads; `None`: its first prefix is none.
    pub(super) fn behind<'n>(&self, file: FileId, name: &'n str) -> Option<Behind<'n>> {
        let (prefix, rest) = name.split_once(':')?;
        let first = self.scope(file)?.prefixes.get(prefix)?;
        let mut behind =
            Behind { files: first.files.clone(), profile: first.profile, lacks: first.lacks, name: rest };
        // In sets, so that many ways to the same file cost no more than one.
        while let Some((prefix, rest)) = behind.name.split_once(':') {
            let mut next = Prefixed::default();
            for scope in behind.files.iter().filter_map(|file| self.scope(file)) {
                // What is not there may hold the prefix.
                next.lacks |= scope.lacks;
                if let Some(further) = scope.prefixes.get(prefix) {
                    next.take(further);
                }
            }
            let lacks = behind.lacks || next.lacks;
            behind = Behind { files: next.files, profile: next.profile, lacks, name: rest };
        }
        Some(behind)
    }

    /// Whether a name may be in a file that could not be imported.
    pub(super) fn lacks(&self, file: FileId, name: &str) -> bool {
        let Some(scope) = self.scope(file) else { return false };
        let within = |behind: &Behind<'_>| {
            behind.lacks || behind.files().any(|file| self.scope(file).is_some_and(|scope| scope.lacks))
        };
        scope.lacks || self.behind(file, name).is_some_and(|behind| within(&behind))
    }

    /// The prefixes that a file sees, with the files behind each.
    pub(super) fn prefixes(&self, file: FileId) -> impl Iterator<Item = (&str, FileId)> {
        let prefixes = self.scope(file).into_iter().flat_map(|scope| &scope.prefixes);
        prefixes.flat_map(|(prefix, behind)| behind.files.iter().map(move |file| (prefix.as_str(), file)))
    }

    /// Whether there are several files.
    pub(super) fn are_several(&self) -> bool {
        self.files.len() > 1
    }

    fn scope(&self, file: FileId) -> Option<&Scope> {
        self.files.get(file.0 as usize)
    }
}

impl Scope {
    fn take(&mut self, other: &Self) {
        self.files.add(&other.files);
        self.lacks |= other.lacks;
        for (prefix, files) in &other.prefixes {
            match self.prefixes.entry(prefix.clone()) {
                Entry::Occupied(mut own) => own.get_mut().take(files),
                Entry::Vacant(place) => _ = place.insert(files.clone()),
            }
        }
    }
}

impl Prefixed {
    fn take(&mut self, other: &Self) {
        self.files.add(&other.files);
        self.profile |= other.profile;
        self.lacks |= other.lacks;
    }
}

impl FileSet {
    fn insert(&mut self, file: FileId) {
        let (word, bit) = (file.0 as usize / 64, file.0 % 64);
        if self.0.len() <= word {
            self.0.resize(word + 1, 0);
        }
        if let Some(word) = self.0.get_mut(word) {
            *word |= 1 << bit;
        }
    }

    fn contains(&self, file: FileId) -> bool {
        self.0.get(file.0 as usize / 64).is_some_and(|word| word & (1 << (file.0 % 64)) != 0)
    }

    fn add(&mut self, other: &Self) {
        if self.0.len() < other.0.len() {
            self.0.resize(other.0.len(), 0);
        }
        for (own, other) in self.0.iter_mut().zip(&other.0) {
            *own |= other;
        }
    }

    fn iter(&self) -> impl Iterator<Item = FileId> {
        (0..).zip(&self.0).flat_map(|(index, word): (u32, &u64)| {
            (0..64).filter(move |bit| word & (1 << bit) != 0).map(move |bit| FileId(index * 64 + bit))
        })
    }
}
