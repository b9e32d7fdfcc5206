//! Archives that are read.

use super::packing::{Entry, entry, pack};
use paas_tosca::{Limits, Options, check, csar::Csar, resolve::Resolver};
use std::{io::Write as _, sync::Arc};
use zip::{CompressionMethod, ZipWriter, write::SimpleFileOptions};

const TEMPLATE: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
imports: [ ../types/web.yaml, paas-profile-1.0.yaml ]
topology_template: { node_templates: { n: { type: a.Web } } }
";
const TYPES: &str = "
tosca_definitions_version: tosca_simple_yaml_1_3
node_types: { a.Web: { derived_from: Root } }
";

fn read(entries: &[Entry]) -> Csar {
    Csar::read("shop.csar", &pack(entries), &Limits::default()).unwrap_or_else(|all| panic!("{all:?}"))
}

fn told(csar: &Csar) -> Vec<String> {
    let mut options = Options::default();
    options.resolver = Arc::new(csar.clone());
    check(csar.entry(), &options).diagnostics.iter().map(ToString::to_string).collect()
}

#[test]
fn the_template_is_the_one_that_the_metadata_name() {
    for metadata in [
        "TOSCA-Meta-File-Version: 1.0\nCSAR-Version: 1.1\nCreated-By: Anna\nEntry-Definitions: definitions/shop.yaml\n",
        "TOSCA-Meta-File-Version: 1.1\r\nCSAR-Version: 1.1\r\nCreated-By: Anna\r\nEntry-Definitions: definitions/shop.yaml\r\nOther-Definitions: a b\r\n\r\nName: other\r\n",
        "Entry-Definitions: definitions/\n shop.yaml",
    ] {
        let csar = read(&[
            entry("TOSCA-Metadata/", ""),
            entry("TOSCA-Metadata/TOSCA.meta", metadata),
            entry("definitions/shop.yaml", TEMPLATE),
            entry("types/web.yaml", TYPES),
            entry("other.yaml", ""),
            entry("another.yaml", ""),
        ]);
        assert_eq!(&**csar.entry().name(), "shop.csar/definitions/shop.yaml");
        assert_eq!(told(&csar), [""; 0], "{metadata}");
    }
}

#[test]
fn without_metadata_it_is_the_only_one_at_the_root() {
    for name in ["shop.yaml", "shop.yml"] {
        let template = TEMPLATE.replace("../", "");
        let csar = read(&[entry("types/web.yaml", TYPES), entry(name, template), entry("read.me", [0xFF])]);
        assert_eq!(&**csar.entry().name(), &*format!("shop.csar/{name}"));
        assert_eq!(told(&csar), [""; 0]);
        assert_eq!(csar.paths().collect::<Vec<_>>(), ["read.me", name, "types/web.yaml"]);
        assert_eq!(csar.file("read.me"), Some(&[0xFF_u8][..]));
    }
}

#[test]
fn problems_are_told_where_they_are_in_the_archive() {
    let csar = read(&[
        entry("shop.yaml", TEMPLATE.replace("../", "")),
        entry("types/web.yaml", TYPES.replace("Root", "Rot")),
    ]);
    assert_eq!(
        told(&csar),
        ["shop.csar/types/web.yaml:3:38: error[tosca.unknown_type]: `Rot` is not a node type"]
    );
}

#[test]
fn nothing_outside_is_imported() {
    use paas_tosca::resolve::{Import, Reason, Repository};
    let csar = read(&[entry("shop.yaml", TEMPLATE)]);
    assert!(told(&csar)[0].contains("it leads out of the folder"), "{:?}", told(&csar));
    let from = "shop.csar/shop.yaml";
    let refused = |import: &Import<'_>| csar.resolve(import).expect_err("refused").reason();
    assert_eq!(refused(&Import::new("types.yaml", from)), Reason::NotFound);
    assert_eq!(refused(&Import::new("shop.yaml", "elsewhere.yaml")), Reason::Unknown);
    let repository = Repository::new("a", "https://git.bank.test/");
    assert_eq!(refused(&Import::new("shop.yaml", from).in_repository(repository)), Reason::Unknown);
}

#[test]
fn archives_of_others_are_read() {
    let mut writer = ZipWriter::new(std::io::Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    let stored = SimpleFileOptions::default().compression_method(CompressionMethod::Stored);
    writer.add_directory("types", stored).expect("a folder");
    for (name, text, options) in
        [("types/web.yaml", TYPES, stored), ("shop.yaml", &TEMPLATE.replace("../", ""), packed)]
    {
        writer.start_file(name, options).expect("a file");
        writer.write_all(text.as_bytes()).expect("memory");
    }
    writer.set_comment("packed by somebody").expect("a comment");
    let bytes = writer.finish().expect("memory").into_inner();
    assert!(Csar::is_archive(&bytes));
    let csar = Csar::read("shop.zip", &bytes, &Limits::default()).unwrap_or_else(|all| panic!("{all:?}"));
    assert_eq!(told(&csar), [""; 0]);
}
