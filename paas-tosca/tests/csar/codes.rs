//! Every code of archives is given by its own example, and by nothing that is right.

use super::packing::{entry, pack};
use paas_core::diagnostic::Code;
use paas_tosca::{
    Limits, Options, Source, check,
    csar::Csar,
    yaml::{self, NodeRef},
};
use std::sync::Arc;

#[test]
fn examples_give_their_code_and_no_other() {
    let codes: Vec<_> = Code::ALL.iter().filter(|code| code.as_str().starts_with("csar.")).collect();
    assert!(codes.len() >= 8);
    for &&code in &codes {
        let read = |text: &str| Csar::read("shop.csar", &archive(text), &Limits::default());
        let problems = read(code.example().wrong).expect_err(code.as_str());
        assert!(problems.iter().all(|problem| problem.code == code), "{code}: {problems:?}");
        assert!(problems.iter().all(|problem| problem.place().is_some()), "{code}");
        let right = read(code.example().right).unwrap_or_else(|problems| panic!("{code}: {problems:?}"));
        let mut options = Options::default();
        options.resolver = Arc::new(right.clone());
        assert!(check(right.entry(), &options).diagnostics.is_empty(), "{code}");
    }
}

/// The archive that an example describes.
fn archive(text: &str) -> Vec<u8> {
    let loaded = yaml::load(&Source::new("example.yaml", text), &Limits::default());
    let tree = loaded.tree.expect("YAML");
    let text = |node: NodeRef<'_>, key: &str| node.get(key).and_then(NodeRef::text).map(str::to_owned);
    let mut entries = Vec::new();
    for node in tree.root().get("entries").expect("entries").items() {
        let times = text(node, "times").map_or(1, |times| times.parse().expect("a number"));
        let data = text(node, "text").expect("text").repeat(times);
        let mut entry = entry(text(node, "name").expect("a name"), data);
        if text(node, "link").is_some() {
            entry.mode = 0o120_777;
        }
        entry.crc = text(node, "checksum").map(|crc| crc.parse().expect("a number"));
        entries.push(entry);
    }
    let before = text(tree.root(), "before").unwrap_or_default();
    [before.into_bytes(), pack(&entries)].concat()
}
