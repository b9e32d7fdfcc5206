//! Inputs that bring careless readers down. None of them is a template, so every check must end with an error.

use crate::{Result, files};
use std::{
    fmt::Write as _,
    fs::File,
    io::{BufWriter, Write as _},
    path::{Path, PathBuf},
};

const HEAD: &str = "tosca_definitions_version: tosca_simple_yaml_1_3\n";

/// An input and what to call it.
pub(super) struct Nasty {
    pub(super) name: String,
    pub(super) path: PathBuf,
}

/// Writes all of them into a folder, except for those that are no files.
pub(super) fn write_all(folder: &Path) -> Result<Vec<Nasty>> {
    let mut inputs = Vec::new();
    for (name, bytes) in small() {
        let path = folder.join(format!("{}.yaml", name.replace(' ', "-")));
        files::write(&path, bytes)?;
        inputs.push(Nasty { name: name.to_owned(), path });
    }
    inputs.push(huge(folder)?);
    let empty_folder = folder.join("folder.yaml");
    files::make_folder(&empty_folder)?;
    inputs.push(Nasty { name: "a folder".to_owned(), path: empty_folder });
    inputs.push(Nasty { name: "a missing file".to_owned(), path: folder.join("missing.yaml") });
    Ok(inputs)
}

fn small() -> Vec<(&'static str, Vec<u8>)> {
    let text = |text: String| text.into_bytes();
    vec![
        ("empty", Vec::new()),
        ("only a byte order mark", vec![0xEF, 0xBB, 0xBF]),
        ("only blanks and comments", text("  \n# nothing\n\n".repeat(100))),
        ("binary", binary()),
        ("zero bytes", vec![0; 4096]),
        ("utf-16", HEAD.encode_utf16().flat_map(u16::to_le_bytes).collect()),
        ("two documents", text(format!("{HEAD}---\n{HEAD}"))),
        ("two empty documents", text("---\n---\n".to_owned())),
        ("alias bomb of nine levels", text(alias_bomb())),
        ("alias of itself", text(format!("{HEAD}metadata: &a [ *a ]\n"))),
        ("alias of nothing", text(format!("{HEAD}metadata: *nobody\n"))),
        ("merge of itself", text(format!("{HEAD}metadata: &a {{ <<: *a }}\n"))),
        ("100000 nested brackets", text(format!("{HEAD}metadata: {}", "[".repeat(100_000)))),
        ("100000 nested and closed brackets", text(nested("[", "]"))),
        ("100000 nested braces", text(format!("{HEAD}metadata: {}", "{a: ".repeat(100_000)))),
        ("10000 nested dashes", text(format!("{HEAD}metadata:\n  {}x\n", "- ".repeat(10_000)))),
        ("1000 nested maps", text(indented(1_000))),
        ("unclosed quote", text(format!("{HEAD}description: \"{}", "and so on ".repeat(10_000)))),
        ("one line of a megabyte", text(format!("{HEAD}{}: 1\n", "k".repeat(1 << 20)))),
        (
            "number of 100000 digits",
            text(format!("{HEAD}metadata: {{ a: {} }}\nx: 1\n", "9".repeat(100_000))),
        ),
        ("2000 unknown keys", text(unknown_keys(2_000))),
        ("tabs", text(format!("{HEAD}\ttopology_template:\n\t\tnode_templates: {{}}\n"))),
        ("a list", text("- tosca_definitions_version\n- tosca_simple_yaml_1_3\n".to_owned())),
        ("a word", text("tosca\n".to_owned())),
        ("keys that are no words", text(format!("{HEAD}? [ a, b ]\n: c\n? {{ d: e }}\n: f\n~: g\n"))),
        ("imports itself", text(format!("{HEAD}imports: [ imports-itself.yaml ]\n"))),
        ("imports a folder", text(format!("{HEAD}imports: [ . ]\n"))),
        (
            "imports what is above it",
            text(format!("{HEAD}imports: [ ../../../../../../../../etc/passwd ]\n")),
        ),
        ("type derived from itself", text(own_type())),
        ("types derived in a circle", text(circle_of_types())),
        ("properties that ask each other", text(circle_of_properties())),
        ("pattern that explodes", text(exploding_pattern())),
    ]
}

/// 50 MB that begin like a template. Written in pieces: the chores' own memory counts towards what they measure.
fn huge(folder: &Path) -> Result<Nasty> {
    let path = folder.join("huge.yaml");
    let mut file = BufWriter::new(File::create(&path)?);
    file.write_all(HEAD.as_bytes())?;
    let line = format!("# {}\n", "x".repeat(1021));
    for _ in 0..50 * 1024 {
        file.write_all(line.as_bytes())?;
    }
    file.flush()?;
    Ok(Nasty { name: "50 MB".to_owned(), path })
}

/// Every byte, in an order without order.
fn binary() -> Vec<u8> {
    let mut state: u32 = 0x9E37_79B9;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 17;
        state ^= state << 5;
        state.to_le_bytes()
    };
    (0..16_384).flat_map(|_| next()).collect()
}

/// A billion strings, if aliases are copied.
fn alias_bomb() -> String {
    let mut text = format!("{HEAD}dsl_definitions:\n  a0: &a0 [ {} ]\n", ["lol"; 10].join(", "));
    for level in 1..9 {
        let below = format!("*a{}", level - 1);
        let list = [below.as_str(); 10].join(", ");
        let _ = writeln!(text, "  a{level}: &a{level} [ {list} ]");
    }
    text + "metadata: { bomb: *a8 }\n"
}

fn nested(open: &str, close: &str) -> String {
    format!("{HEAD}metadata: {}{}\n", open.repeat(100_000), close.repeat(100_000))
}

fn indented(levels: usize) -> String {
    let mut text = format!("{HEAD}metadata:\n");
    for level in 1..=levels {
        let _ = writeln!(text, "{}a:", " ".repeat(level));
    }
    text
}

fn unknown_keys(count: usize) -> String {
    let mut text = HEAD.to_owned();
    for number in 0..count {
        let _ = writeln!(text, "unknown_{number}: {number}");
    }
    text
}

fn own_type() -> String {
    format!(
        "{HEAD}node_types:\n  a.Loop: {{ derived_from: a.Loop }}\ntopology_template:\n  node_templates:\n    n: {{ type: a.Loop }}\n"
    )
}

fn circle_of_types() -> String {
    let mut text = format!("{HEAD}node_types:\n");
    for number in 0..1_000 {
        let _ = writeln!(text, "  t{number}: {{ derived_from: t{} }}", (number + 1) % 1_000);
    }
    text + "topology_template:\n  node_templates:\n    n: { type: t0 }\n"
}

fn circle_of_properties() -> String {
    let mut text = format!("{HEAD}topology_template:\n  node_templates:\n");
    for (name, other) in [("a", "b"), ("b", "a")] {
        let _ = write!(
            text,
            "    {name}:\n      type: paas.nodes.Service\n      properties:\n        image: {{ get_property: [ {other}, image ] }}\n"
        );
    }
    text
}

fn exploding_pattern() -> String {
    format!(
        "{HEAD}topology_template:\n  inputs:\n    a:\n      type: string\n      default: {}!\n      constraints: [ pattern: '((a{{1,999}}){{1,999}}){{1,999}}' ]\n",
        "a".repeat(1_000)
    )
}
