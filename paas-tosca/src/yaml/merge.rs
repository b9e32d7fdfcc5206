//! What is done when a map ends: keys are checked, duplicates diagnosed, merge keys followed.

use super::{
    load::{Fatal, Loader},
    scalar::Style,
    tree::{Data, NodeId},
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::FxHashMap;

/// Up to so many entries are compared each with each; more go through a hash map.
const FEW: usize = 12;

/// Puts the entries of a map, which lie on the loader's stack from `first` on, in order: one entry for each key, the
/// first that was given, and entries of merged maps after the map's own.
pub(super) fn finish_mapping(loader: &mut Loader<'_>, first: usize) -> Result<(), Fatal> {
    let pairs: &[NodeId] = loader.stack().get(first..).unwrap_or_default();
    if is_simple(loader, pairs) { Ok(()) } else { rebuild(loader, first) }
}

/// Whether all keys are scalars, all different, and none is a merge key: nearly always so.
fn is_simple(loader: &Loader<'_>, pairs: &[NodeId]) -> bool {
    if pairs.len() > 2 * FEW {
        let mut seen = rustc_hash::FxHashSet::default();
        seen.reserve(pairs.len() / 2);
        return pairs.iter().step_by(2).all(|&key| {
            loader.text_of(key).is_some_and(|text| seen.insert(text) && !is_merge(loader, key, text))
        });
    }
    let keys = pairs.iter().step_by(2);
    keys.clone().enumerate().all(|(index, &key)| {
        loader.text_of(key).is_some_and(|text| {
            !is_merge(loader, key, text)
                && keys.clone().take(index).all(|&earlier| !loader.says(earlier, text))
        })
    })
}

fn is_merge(loader: &Loader<'_>, key: NodeId, text: &str) -> bool {
    text == "<<"
        && loader
            .nodes
            .get(key.0 as usize)
            .is_some_and(|node| matches!(node.data, Data::Source(Style::Plain) | Data::Owned(Style::Plain)))
}

fn rebuild(loader: &mut Loader<'_>, first: usize) -> Result<(), Fatal> {
    let pairs: Vec<NodeId> = loader.stack_mut().drain(first..).collect();
    let mut kept: Vec<NodeId> = Vec::with_capacity(pairs.len());
    let mut seen: FxHashMap<String, NodeId> = FxHashMap::default();
    let mut merges = Vec::new();
    for pair in pairs.chunks_exact(2) {
        let &[key, value] = pair else { continue };
        let Some(text) = loader.text_of(key).map(str::to_owned) else {
            let diagnostic = Diagnostic::new(Code::KeyNotScalar, "a key must be a single word")
                .at(place(loader, key))
                .help("put text that begins with `{` or `[` in quotes");
            loader.tell(diagnostic);
            continue;
        };
        if let Some(&earlier) = seen.get(&text) {
            let mut diagnostic =
                Diagnostic::new(Code::DuplicateKey, format!("`{text}` is given twice in this map"))
                    .label(place(loader, key), "given again here")
                    .label(place(loader, earlier), "first given here")
                    .help("remove or rename one of them");
            if loader.last_wins() {
                diagnostic =
                    diagnostic.severity(Severity::Warning).help("the last one counts; remove the others");
                let old = kept.chunks_exact(2).position(|pair| pair.first() == Some(&earlier));
                if let Some(old) = old.and_then(|pair| kept.get_mut(2 * pair + 1)) {
                    *old = value;
                }
            }
            loader.tell(diagnostic);
            continue;
        }
        if is_merge(loader, key, &text) {
            merges.push((key, value));
            seen.insert(text, key);
            continue;
        }
        seen.insert(text, key);
        kept.extend([key, value]);
    }
    for (key, value) in merges {
        merge(loader, key, value, &mut kept, &mut seen)?;
    }
    loader.stack_mut().extend(kept);
    Ok(())
}

/// Adds the entries of the merged map or maps; what is there already wins.
fn merge(
    loader: &mut Loader<'_>,
    key: NodeId,
    value: NodeId,
    kept: &mut Vec<NodeId>,
    seen: &mut FxHashMap<String, NodeId>,
) -> Result<(), Fatal> {
    let sources: Vec<NodeId> = match data(loader, value) {
        Some(Data::Mapping) => vec![value],
        Some(Data::Sequence) => children(loader, value),
        _ => vec![value],
    };
    for source in sources {
        if data(loader, source) != Some(Data::Mapping) {
            let diagnostic = Diagnostic::new(Code::MergeKey, "`<<` takes a map or a list of maps")
                .at(place(loader, source))
                .label(place(loader, key), "for this merge");
            loader.tell(diagnostic);
            continue;
        }
        let entries = children(loader, source);
        let at = loader.nodes.get(key.0 as usize).map_or((0, 0), |node| (node.start, node.end));
        loader.spend(entries.len(), at.0, at.1)?;
        for pair in entries.chunks_exact(2) {
            let &[key, value] = pair else { continue };
            let Some(text) = loader.text_of(key).map(str::to_owned) else { continue };
            if let std::collections::hash_map::Entry::Vacant(entry) = seen.entry(text) {
                entry.insert(key);
                kept.extend([key, value]);
            }
        }
    }
    Ok(())
}

fn data(loader: &Loader<'_>, id: NodeId) -> Option<Data> {
    loader.nodes.get(id.0 as usize).map(|node| node.data)
}

fn children(loader: &Loader<'_>, id: NodeId) -> Vec<NodeId> {
    let range =
        loader.nodes.get(id.0 as usize).map(|node| node.first as usize..(node.first + node.len) as usize);
    range.and_then(|range| loader.children.get(range)).unwrap_or_default().to_vec()
}

fn place(loader: &Loader<'_>, id: NodeId) -> Option<paas_core::diagnostic::Place> {
    loader.nodes.get(id.0 as usize).map(|node| loader.source.place(node.start, node.end))
}
