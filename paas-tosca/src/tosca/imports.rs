//! Imports: a template and all files that it imports, read together.
//!
//! Files are read depth first, each once, in the order in which they are imported. So what a file imports is known
//! before the file itself is done, and a file that is imported while it is still open imports itself.

use super::{
    builtin::PROFILE,
    copies, document, keywords,
    report::Report,
    repositories,
    scopes::{Imported, Scopes},
};
use crate::{
    Limits, Source,
    resolve::{self, Import, Refusal, Resolver},
    yaml::{self, FileId, NodeRef, Tree},
};
use paas_core::diagnostic::{Code, Diagnostic, Place};
use rustc_hash::FxHashMap;
use std::sync::Arc;

/// The stack has to bear this, whatever the caller allows.
const DEEPEST: usize = 128;
/// How often files may be imported, for each file that there may be: many import the same few.
const IMPORTS_PER_FILE: usize = 16;
/// How often all bytes may be fetched: a file that is imported in many places is fetched for each.
const FETCHED_AGAIN: usize = 8;

/// A template and what it imports.
#[derive(Debug)]
pub(crate) struct Files {
    /// The template first.
    files: Vec<File>,
    /// Each file after all that it imports.
    order: Vec<FileId>,
    /// The texts, the template's first, with those that could not be read as templates.
    pub(crate) sources: Vec<Source>,
}

#[derive(Debug)]
struct File {
    tree: Tree,
    links: Vec<Link>,
}

/// One import.
#[derive(Debug)]
pub(super) struct Link {
    pub(super) prefix: Option<String>,
    pub(super) to: Imported,
    pub(super) place: Place,
}

impl Files {
    /// The roots of all files, the template's first.
    pub(crate) fn roots(&self) -> impl Iterator<Item = NodeRef<'_>> {
        self.files.iter().map(|file| file.tree.root())
    }

    /// How many values a file has.
    pub(super) fn size(&self, file: FileId) -> usize {
        self.files.get(file.0 as usize).map_or(0, |file| file.tree.len())
    }

    /// The root of a file.
    pub(super) fn root(&self, file: FileId) -> Option<NodeRef<'_>> {
        self.files.get(file.0 as usize).map(|file| file.tree.root())
    }

    /// The imports of a file.
    pub(super) fn links(&self, file: FileId) -> &[Link] {
        self.files.get(file.0 as usize).map_or(&[], |file| &file.links)
    }

    /// Each file after all that it imports.
    pub(super) fn order(&self) -> &[FileId] {
        &self.order
    }

    /// Which file sees what.
    pub(super) fn scopes(&self) -> Scopes {
        let mut scopes = Scopes::default();
        for &file in &self.order {
            let links = self.links(file).iter();
            scopes.add(file, links.map(|link| (link.prefix.as_deref(), link.to)));
        }
        scopes
    }
}

/// Reads all that a template imports. `None`: the template is in another language, and nothing more can be said.
pub(crate) fn load(
    source: &Source,
    tree: Tree,
    resolver: &dyn Resolver,
    limits: &Limits,
    report: &Report,
) -> Option<Files> {
    document::head(tree.root(), report)?;
    let name = source.name().clone();
    let mut loader = Loader {
        resolver,
        limits,
        report,
        files: Vec::new(),
        order: Vec::new(),
        sources: vec![source.clone()],
        known: FxHashMap::from_iter([(name.clone(), State::Open)]),
        chain: vec![(name, None)],
        imports: 0,
        fetched: 0,
        bytes: source.text().len(),
        nodes: tree.len(),
        expanded: tree.expanded(),
        is_over: false,
        is_too_deep: false,
    };
    loader.files.push(None);
    loader.read(FileId::TEMPLATE, tree);
    let Loader { files, order, sources, .. } = loader;
    Some(Files { files: files.into_iter().flatten().collect(), order, sources })
}

#[derive(Debug, Clone, Copy)]
enum State {
    /// Its imports are being read.
    Open,
    Done(Imported),
}

struct Loader<'l> {
    resolver: &'l dyn Resolver,
    limits: &'l Limits,
    report: &'l Report,
    files: Vec<Option<File>>,
    order: Vec<FileId>,
    sources: Vec<Source>,
    known: FxHashMap<Arc<str>, State>,
    /// The open files, each with the place where it is imported.
    chain: Vec<(Arc<str>, Option<Place>)>,
    imports: usize,
    fetched: usize,
    bytes: usize,
    nodes: usize,
    expanded: usize,
    /// Whether a limit was reached, after which nothing more is imported.
    is_over: bool,
    is_too_deep: bool,
}

impl Loader<'_> {
    /// Reads the imports of a file, and puts it in.
    fn read(&mut self, id: FileId, tree: Tree) {
        let root = tree.root();
        repositories::check(root, self.report);
        let mut links = Vec::new();
        if let Some(list) = root.get("imports")
            && self.report.expect(list, yaml::Kind::Sequence, "`imports`")
        {
            for item in list.items() {
                links.extend(self.item(root, item));
            }
        }
        if let Some(slot) = self.files.get_mut(id.0 as usize) {
            *slot = Some(File { tree, links });
        }
        self.order.push(id);
    }

    /// One import, in any of its forms: `- file`, `- { file: … }`, and `- name: file` or `- name: { file: … }`.
    fn item(&mut self, root: NodeRef<'_>, item: NodeRef<'_>) -> Option<Link> {
        let import = match item.only_entry() {
            Some((key, value)) if !keywords::IMPORT.iter().any(|word| key.text() == Some(word.name)) => value,
            _ => item,
        };
        let is_plain = import.kind() == yaml::Kind::Scalar;
        let file = if is_plain { Some(import) } else { import.get("file") };
        let text = file.filter(|file| !file.is_null()).and_then(NodeRef::text);
        let (Some(file), Some(text)) = (file, text) else {
            let message = "an import is the name of a file, or a map with a `file`";
            self.report.at(Code::WrongShape, item, message);
            return Some(Link { prefix: None, to: Imported::Nothing, place: item.place() });
        };
        keywords::check(import, keywords::IMPORT, "an import", self.report);
        let prefix = import.get("namespace_prefix").filter(|prefix| !prefix.is_null());
        let prefix = match prefix.map(|node| (node, node.text())) {
            None => None,
            Some((_, Some(text))) if !text.is_empty() && !text.contains(':') => Some(text.to_owned()),
            Some((node, _)) => {
                let message = "`namespace_prefix` is a word without `:`";
                self.report.at(Code::WrongShape, node, message);
                return Some(Link { prefix: None, to: Imported::Nothing, place: file.place() });
            }
        };
        let repository = import.get("repository").filter(|repository| !repository.is_null());
        let to = match repository.map(|node| repositories::find(root, node, self.report)) {
            Some(None) => Imported::Nothing,
            Some(Some(repository)) => self.import(file, text, Some(repository)),
            None if is_profile(text) => Imported::Profile,
            None => self.import(file, text, None),
        };
        Some(Link { prefix, to, place: file.place() })
    }

    fn import(
        &mut self,
        file: NodeRef<'_>,
        text: &str,
        repository: Option<resolve::Repository<'_>>,
    ) -> Imported {
        if self.is_over {
            return Imported::Nothing;
        }
        self.imports += 1;
        if self.imports > self.limits.files.saturating_mul(IMPORTS_PER_FILE) {
            return self.over(file, "files are imported too often".to_owned());
        }
        let from = self.chain.last().map_or_else(|| Arc::from(""), |(name, _)| name.clone());
        let mut import = Import::new(text, &from);
        import.repository = repository;
        let source = match self.resolver.resolve(&import) {
            Ok(source) => source,
            Err(refusal) => return self.refused(file, text, &refusal),
        };
        self.fetched = self.fetched.saturating_add(source.text().len());
        if self.fetched > self.limits.total_bytes.saturating_mul(FETCHED_AGAIN) {
            return self.over(file, "the imported files are read too often".to_owned());
        }
        match self.known.get(source.name()) {
            Some(State::Done(imported)) => *imported,
            Some(State::Open) => self.cycle(file, source.name()),
            None => {
                let name = source.name().clone();
                let imported = self.open(file, source);
                self.known.insert(name, State::Done(imported));
                imported
            }
        }
    }

    /// Reads a file that was not read yet.
    fn open(&mut self, file: NodeRef<'_>, source: Source) -> Imported {
        let limits = self.limits;
        if self.chain.len() > limits.import_depth.min(DEEPEST) {
            if !std::mem::replace(&mut self.is_too_deep, true) {
                let message =
                    format!("more than {} files import each other in one line", limits.import_depth);
                self.tell(file, Code::ImportLimit, message, None);
            }
            return Imported::Nothing;
        }
        if self.sources.len() >= limits.files {
            return self.over(file, format!("more than {} files are imported", limits.files));
        }
        self.bytes = self.bytes.saturating_add(source.text().len());
        if self.bytes > limits.total_bytes {
            let message = format!("the imported files have more than {} bytes together", limits.total_bytes);
            return self.over(file, message);
        }
        let mut left = limits.clone();
        left.nodes = left.nodes.min(limits.total_nodes.saturating_sub(self.nodes));
        left.expanded_nodes = left.expanded_nodes.saturating_sub(self.expanded);
        let loaded = yaml::load(&source, &left);
        let name = source.name().clone();
        self.sources.push(source);
        for mut diagnostic in loaded.diagnostics {
            if loaded.tree.is_none() && diagnostic.is_error() {
                diagnostic = self.chained(diagnostic.label(file.place(), "imported here"));
            }
            self.report.push(diagnostic);
        }
        let Some(tree) = loaded.tree else { return Imported::Nothing };
        self.nodes = self.nodes.saturating_add(tree.len());
        self.expanded = self.expanded.saturating_add(tree.expanded());
        let id = FileId(u32::try_from(self.files.len()).unwrap_or(u32::MAX));
        let mut tree = tree.in_file(id);
        copies::expand(&mut tree);
        if document::head(tree.root(), self.report).is_none() {
            return Imported::Nothing;
        }
        self.files.push(None);
        self.known.insert(name.clone(), State::Open);
        self.chain.push((name, Some(file.place())));
        self.read(id, tree);
        self.chain.pop();
        Imported::File(id)
    }

    fn refused(&self, file: NodeRef<'_>, text: &str, refusal: &Refusal) -> Imported {
        let looks_like_profile =
            text.rsplit(['/', '\\']).next().is_some_and(|name| name.starts_with("paas-profile-"));
        let help = match refusal.what_to_do() {
            _ if looks_like_profile => Some(format!("the profile that is built in is `{PROFILE}`")),
            other => other.map(str::to_owned),
        };
        self.tell(file, refusal.code(), format!("`{text}` cannot be imported: {refusal}"), help);
        Imported::Nothing
    }

    fn cycle(&self, file: NodeRef<'_>, name: &str) -> Imported {
        let start = self.chain.iter().position(|(open, _)| **open == *name).unwrap_or(0);
        let line: Vec<_> = self.chain.iter().skip(start).map(|(open, _)| format!("`{open}`")).collect();
        let message = format!("`{name}` imports itself: {} → `{name}`", line.join(" → "));
        let help = "put what both need into a file that imports neither";
        self.tell(file, Code::ImportCycle, message, Some(help.to_owned()));
        Imported::Nothing
    }

    /// Tells of a limit, after which nothing more is imported.
    fn over(&mut self, file: NodeRef<'_>, message: String) -> Imported {
        self.is_over = true;
        self.tell(file, Code::ImportLimit, message, None);
        Imported::Nothing
    }

    fn tell(&self, file: NodeRef<'_>, code: Code, message: String, help: Option<String>) {
        let diagnostic = Diagnostic::new(code, message).at(file.place()).maybe_help(help);
        self.report.push(self.chained(diagnostic));
    }

    /// Adds the places of the imports that led here.
    fn chained(&self, diagnostic: Diagnostic) -> Diagnostic {
        let chain = self.chain.iter().rev().filter_map(|(name, place)| Some((name, place.clone()?)));
        chain.fold(diagnostic, |diagnostic, (name, place)| {
            diagnostic.label(place, format!("`{name}` is imported here"))
        })
    }
}

/// Whether a path is that of the built-in profile, wherever other tools find theirs.
fn is_profile(text: &str) -> bool {
    let name = text.rsplit('/').next().unwrap_or(text);
    name == PROFILE && !text.starts_with('/') && !text.contains([':', '\\'])
}
