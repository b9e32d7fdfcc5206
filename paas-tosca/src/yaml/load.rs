//! From text to tree.

use super::{
    merge,
    scalar::Style,
    text::{SourceText, offset},
    tree::{Data, FileId, Node, NodeId, Tree},
};
use crate::{Limits, Source};
use paas_core::diagnostic::{Code, Diagnostic, Diagnostics};
use rustc_hash::FxHashMap;
use saphyr_parser::{Event, Parser, ScalarStyle, ScanError, Span, Tag};

/// What [`load`] gives.
#[derive(Debug)]
#[non_exhaustive]
pub struct Loaded {
    /// The tree, unless the text cannot be read at all.
    pub tree: Option<Tree>,
    /// All problems of the text.
    pub diagnostics: Diagnostics,
}

/// Reads the one document of a text.
pub fn load(source: &Source, limits: &Limits) -> Loaded {
    load_with(source, limits, Duplicates::Refused)
}

/// Reads the one document of a text in which the last value of a key counts, as some readers have it: what is given
/// twice is a warning, but in the outermost map.
pub(crate) fn load_last_wins(source: &Source, limits: &Limits) -> Loaded {
    load_with(source, limits, Duplicates::LastWins)
}

/// What becomes of keys that are given twice.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub(super) enum Duplicates {
    /// An error; the first counts.
    Refused,
    /// A warning; the last counts.
    LastWins,
}

fn load_with(source: &Source, limits: &Limits, duplicates: Duplicates) -> Loaded {
    let mut diagnostics = Diagnostics::default();
    let file = || paas_core::diagnostic::Place::start_of(source.name().clone());
    let text = source.text();
    if text.len() > limits.bytes {
        let message = format!("the text has {} bytes, more than the limit of {}", text.len(), limits.bytes);
        diagnostics.push(Diagnostic::new(Code::TooLarge, message).at(file()).help(Code::TooLarge.meaning()));
        return Loaded { tree: None, diagnostics };
    }
    let source = SourceText::new(source.name().clone(), source.shared_text());
    let mut loader = Loader::new(source, limits, duplicates);
    let tree = match loader.run() {
        Ok(root) => Some(Tree {
            own_children: loader.children.len(),
            source: loader.source,
            nodes: loader.nodes,
            children: loader.children,
            strings: loader.strings,
            root,
            file: FileId::TEMPLATE,
            expanded: loader.expanded,
        }),
        Err(problem) => {
            loader.diagnostics.push(*problem);
            None
        }
    };
    diagnostics.extend(loader.diagnostics);
    Loaded { tree, diagnostics }
}

/// So many problems are told.
const MOST: usize = 10_000;

/// A problem after which reading cannot go on.
pub(super) type Fatal = Box<Diagnostic>;

pub(super) struct Loader<'l> {
    pub(super) source: SourceText,
    duplicates: Duplicates,
    limits: &'l Limits,
    pub(super) nodes: Vec<Node>,
    pub(super) children: Vec<NodeId>,
    strings: String,
    diagnostics: Diagnostics,
    /// Whether an error is among the diagnostics.
    has_error: bool,
    /// What all values so far stand for once aliases are followed.
    weight: usize,
    /// Finished anchors, each with what it stands for; an anchor that has begun and not ended is not in here.
    anchors: FxHashMap<usize, (NodeId, usize)>,
    /// Open lists and maps.
    open: Vec<Open>,
    /// Children of the open ones, in one stack.
    stack: Vec<NodeId>,
    expanded: usize,
    /// Where the text begins in the source: after a byte order mark.
    skipped: usize,
}

struct Open {
    id: NodeId,
    anchor: usize,
    first: usize,
    /// [`Loader::weight`] before it began.
    weight: usize,
}

impl<'l> Loader<'l> {
    fn new(source: SourceText, limits: &'l Limits, duplicates: Duplicates) -> Self {
        Self {
            source,
            duplicates,
            limits,
            nodes: Vec::new(),
            children: Vec::new(),
            strings: String::new(),
            diagnostics: Diagnostics::default(),
            has_error: false,
            weight: 0,
            anchors: FxHashMap::default(),
            open: Vec::new(),
            stack: Vec::new(),
            expanded: 0,
            skipped: 0,
        }
    }

    fn run(&mut self) -> Result<NodeId, Fatal> {
        let text: std::sync::Arc<str> = self.source.shared();
        if let Some(nul) = text.find('\0') {
            let message = "the text holds a NUL character: this is no text file";
            return Err(Box::new(Diagnostic::new(Code::YamlSyntax, message).at(self.place(nul, nul + 1))));
        }
        let text: &str = match text.strip_prefix('\u{FEFF}') {
            Some(rest) => {
                self.skipped = 1;
                rest
            }
            None => &text,
        };
        // About one value in ten bytes of a real template; one allocation is enough then.
        self.nodes.reserve(text.len() / 10);
        self.children.reserve(text.len() / 10);
        let mut parser = Parser::new_from_str(text);
        let mut root = None;
        loop {
            let (event, span) = match parser.next_event() {
                None => break,
                Some(Ok(event)) => event,
                Some(Err(error)) => return Err(self.syntax(&error)),
            };
            let finished = match event {
                Event::Scalar(text, style, anchor, tag) => {
                    self.tag(tag.as_deref(), &["str", "int", "float", "bool", "null"], &span);
                    self.scalar(&text, style, anchor, tag.as_deref(), &span)?
                }
                Event::MappingStart(anchor, tag) => {
                    self.tag(tag.as_deref(), &["map"], &span);
                    self.begin(Data::Mapping, anchor, &span)?;
                    continue;
                }
                Event::SequenceStart(anchor, tag) => {
                    self.tag(tag.as_deref(), &["seq"], &span);
                    self.begin(Data::Sequence, anchor, &span)?;
                    continue;
                }
                Event::MappingEnd | Event::SequenceEnd => match self.end(&span)? {
                    Some(id) => id,
                    None => continue,
                },
                Event::Alias(anchor) => self.alias(anchor, &span)?,
                Event::DocumentStart(_) => {
                    if root.is_some() {
                        self.second_document(&span);
                        break;
                    }
                    continue;
                }
                Event::StreamEnd => break,
                Event::Nothing | Event::StreamStart | Event::DocumentEnd => continue,
            };
            if self.open.is_empty() {
                root = Some(finished);
            } else {
                self.stack.push(finished);
            }
        }
        match root {
            Some(root) if !self.says_nothing(root) => Ok(root),
            _ => {
                let message = "the file holds nothing to read";
                Err(Box::new(Diagnostic::new(Code::Empty, message).at(self.place(0, 0))))
            }
        }
    }

    /// An empty document is one scalar without text.
    fn says_nothing(&self, root: NodeId) -> bool {
        let node = self.nodes.get(root.0 as usize);
        node.is_some_and(|node| matches!(node.data, Data::Source(Style::Plain)) && node.len == 0)
    }

    fn scalar(
        &mut self,
        text: &str,
        style: ScalarStyle,
        anchor: usize,
        tag: Option<&Tag>,
        span: &Span,
    ) -> Result<NodeId, Fatal> {
        let (start, end) = self.bytes(span);
        let (end, quote) = match style {
            ScalarStyle::SingleQuoted => (self.end_of_quoted(start, end, b'\'', text), 1),
            ScalarStyle::DoubleQuoted => (self.end_of_quoted(start, end, b'"', text), 1),
            _ => (end, 0),
        };
        let style = match style {
            ScalarStyle::Plain => Style::Plain,
            ScalarStyle::SingleQuoted | ScalarStyle::DoubleQuoted => Style::Quoted,
            ScalarStyle::Literal | ScalarStyle::Folded => Style::Block,
        };
        // A tag says what quotes would say, or takes from them what they say.
        let style = match (tag.filter(|tag| tag.is_yaml_core_schema()).map(|tag| tag.suffix.as_str()), style)
        {
            (Some("str"), Style::Plain) => Style::Quoted,
            (Some("int" | "float" | "bool" | "null"), Style::Quoted) => Style::Plain,
            _ => style,
        };
        let inner = (start as usize + quote)..(end as usize).saturating_sub(quote);
        // Most scalars stand in the source just as they are read: those are not stored again.
        let (first, data) = if self.source.text().get(inner.clone()) == Some(text) {
            (inner.start, Data::Source(style))
        } else {
            let first = self.strings.len();
            self.strings.push_str(text);
            (first, Data::Owned(style))
        };
        // A block ends before the line breaks that the scanner takes with it.
        let end = if style == Style::Block { self.trimmed(start, end) } else { end };
        let node = Node { start, end, first: offset(first), len: offset(text.len()), data };
        // Long texts that are used again weigh more: whoever follows an alias may copy them.
        let weight = 1 + text.len() / 16;
        let id = self.add(node, weight)?;
        if anchor != 0 {
            self.anchors.insert(anchor, (id, weight));
        }
        Ok(id)
    }

    /// Notes a problem; more than [`MOST`] help nobody, but the first error is never one too many.
    pub(super) fn tell(&mut self, diagnostic: Diagnostic) {
        let is_first_error = diagnostic.is_error() && !self.has_error;
        if self.diagnostics.len() < MOST || is_first_error {
            self.has_error |= is_first_error;
            self.diagnostics.push(diagnostic);
        }
    }

    /// The scanner takes white space and comments after a quoted scalar with it.
    fn end_of_quoted(&self, start: u32, end: u32, quote: u8, text: &str) -> u32 {
        if (end - start) as usize == text.len() + 2 {
            return end;
        }
        let written = self.source.text().as_bytes().get(start as usize..end as usize).unwrap_or_default();
        // Before the first quote there may be an anchor and a tag.
        let mut bytes = (0..).zip(written).skip_while(|(_, byte)| **byte != quote).skip(1).peekable();
        while let Some((at, &byte)) = bytes.next() {
            let is_doubled =
                |next: Option<&(u32, &u8)>| quote == b'\'' && next.is_some_and(|(_, next)| **next == quote);
            if byte == b'\\' && quote == b'"' || byte == quote && is_doubled(bytes.peek()) {
                bytes.next();
            } else if byte == quote {
                return start + at + 1;
            }
        }
        end
    }

    fn begin(&mut self, data: Data, anchor: usize, span: &Span) -> Result<(), Fatal> {
        let (start, end) = self.bytes(span);
        if self.open.len() >= self.limits.depth {
            let message = format!("more than {} lists and maps inside each other", self.limits.depth);
            return Err(Box::new(Diagnostic::new(Code::TooDeep, message).at(self.source.place(start, end))));
        }
        let weight = self.weight;
        let id = self.add(Node { start, end, first: 0, len: 0, data }, 1)?;
        self.open.push(Open { id, anchor, first: self.stack.len(), weight });
        Ok(())
    }

    fn end(&mut self, span: &Span) -> Result<Option<NodeId>, Fatal> {
        let Some(Open { id, anchor, first, weight }) = self.open.pop() else { return Ok(None) };
        let (bracket, _) = self.bytes(span);
        let last_end =
            self.stack.last().and_then(|last| self.nodes.get(last.0 as usize)).map(|node| node.end);
        let is_flow = !span.is_empty();
        let is_mapping = self.nodes.get(id.0 as usize).is_some_and(|node| node.data == Data::Mapping);
        if is_mapping {
            merge::finish_mapping(self, first)?;
        }
        let own = self.stack.get(first..).unwrap_or_default();
        let (start_of_children, count) = (self.children.len(), own.len());
        self.children.extend_from_slice(own);
        self.stack.truncate(first);
        if let Some(node) = self.nodes.get_mut(id.0 as usize) {
            // A block collection's end event stands at the next token; its own end is that of its last child.
            node.end = if is_flow { bracket + 1 } else { last_end.unwrap_or(node.end).max(node.start) };
            node.first = offset(start_of_children);
            node.len = offset(count);
        }
        if anchor != 0 {
            self.anchors.insert(anchor, (id, self.weight.saturating_sub(weight)));
        }
        Ok(Some(id))
    }

    fn alias(&mut self, anchor: usize, span: &Span) -> Result<NodeId, Fatal> {
        let (start, end) = self.bytes(span);
        let Some(&(id, weight)) = self.anchors.get(&anchor) else {
            let message = "the alias stands inside the value that it names";
            return Err(Box::new(
                Diagnostic::new(Code::RecursiveAlias, message).at(self.source.place(start, end)),
            ));
        };
        self.spend(weight, start, end)?;
        self.weight = self.weight.saturating_add(weight);
        Ok(id)
    }

    /// Counts values that come by following aliases and merges.
    pub(super) fn spend(&mut self, weight: usize, start: u32, end: u32) -> Result<(), Fatal> {
        self.expanded = self.expanded.saturating_add(weight);
        if self.expanded > self.limits.expanded_nodes {
            let message = format!("aliases expand to more than {} values", self.limits.expanded_nodes);
            return Err(Box::new(
                Diagnostic::new(Code::AliasExpansion, message).at(self.source.place(start, end)),
            ));
        }
        Ok(())
    }

    fn add(&mut self, node: Node, weight: usize) -> Result<NodeId, Fatal> {
        if self.nodes.len() >= self.limits.nodes {
            let message = format!("more than {} values in one document", self.limits.nodes);
            let place = self.source.place(node.start, node.end);
            return Err(Box::new(Diagnostic::new(Code::TooManyNodes, message).at(place)));
        }
        let id = NodeId(offset(self.nodes.len()));
        self.nodes.push(node);
        self.weight = self.weight.saturating_add(weight);
        Ok(id)
    }

    /// Tags that say what the value is in any case have a meaning; others have none.
    fn tag(&mut self, tag: Option<&Tag>, known: &[&str], span: &Span) {
        let Some(tag) = tag else { return };
        if !(tag.is_yaml_core_schema() && known.contains(&tag.suffix.as_str())) {
            let (start, end) = self.bytes(span);
            let shown = if tag.is_yaml_core_schema() { format!("!!{}", tag.suffix) } else { tag.to_string() };
            let message = format!("the tag `{shown}` is not known here");
            self.tell(
                Diagnostic::new(Code::UnknownTag, message)
                    .at(self.source.place(start, end))
                    .help("remove the tag: types come from the template's definitions"),
            );
        }
    }

    fn second_document(&mut self, span: &Span) {
        let (start, end) = self.bytes(span);
        self.tell(
            Diagnostic::new(Code::SeveralDocuments, "a second document begins here")
                .at(self.source.place(start, end))
                .help("keep one document in a file"),
        );
    }

    fn syntax(&self, error: &ScanError) -> Fatal {
        let at = self.source.byte_of(error.marker().index() + self.skipped);
        let end =
            self.source.text().get(at as usize..).and_then(|rest| rest.chars().next()).map_or(at, |next| {
                if next == '\n' || next == '\r' { at } else { at + offset(next.len_utf8()) }
            });
        let reason = error.info();
        if reason.contains("recursion limit") {
            // The scanner looks ahead and has a limit of its own, which no one can raise.
            let message = "too many lists and maps inside each other";
            return Box::new(Diagnostic::new(Code::TooDeep, message).at(self.source.place(at, end)));
        }
        Box::new(
            Diagnostic::new(Code::YamlSyntax, format!("the text is not YAML: {reason}"))
                .at(self.source.place(at, end))
                .help("check indentation, quotes, brackets and tabs up to here"),
        )
    }

    fn bytes(&self, span: &Span) -> (u32, u32) {
        let start = self.source.byte_of(span.start.index() + self.skipped);
        let end = self.source.byte_of(span.end.index() + self.skipped);
        (start, end.max(start))
    }

    fn trimmed(&self, start: u32, end: u32) -> u32 {
        let text = self.source.text().get(start as usize..end as usize).unwrap_or_default();
        start + offset(text.trim_end().len())
    }

    fn place(&self, start: usize, end: usize) -> paas_core::diagnostic::Place {
        self.source.place(offset(start), offset(end))
    }

    /// The text of a scalar node, for finding keys while maps are finished.
    pub(super) fn text_of(&self, id: NodeId) -> Option<&str> {
        let node = self.nodes.get(id.0 as usize)?;
        let range = node.first as usize..(node.first + node.len) as usize;
        match node.data {
            Data::Source(_) => self.source.text().get(range),
            Data::Owned(_) => self.strings.get(range),
            Data::Sequence | Data::Mapping => None,
        }
    }

    /// Whether a node is a scalar of this text. Most keys differ in length, which is quick to see.
    pub(super) fn says(&self, id: NodeId, text: &str) -> bool {
        let len = self.nodes.get(id.0 as usize).map_or(0, |node| node.len as usize);
        len == text.len() && self.text_of(id) == Some(text)
    }

    /// Whether a key of the map that has just ended may be given twice.
    pub(super) fn last_wins(&self) -> bool {
        self.duplicates == Duplicates::LastWins && !self.open.is_empty()
    }

    pub(super) fn stack_mut(&mut self) -> &mut Vec<NodeId> {
        &mut self.stack
    }

    pub(super) fn stack(&self) -> &[NodeId] {
        &self.stack
    }
}
