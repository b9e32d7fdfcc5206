//! Archives that are refused, with the entry named.

use super::packing::{Entry, deflate, end, entry, pack};
use paas_tosca::{Limits, csar::Csar};
use proptest::prelude::*;
use std::time::{Duration, Instant};

const TEMPLATE: &str = "tosca_definitions_version: tosca_simple_yaml_1_3";

fn refused(bytes: &[u8]) -> Vec<String> {
    let start = Instant::now();
    let problems = Csar::read("shop.csar", bytes, &Limits::default()).expect_err("refused");
    assert!(start.elapsed() < Duration::from_secs(10));
    problems.iter().map(|problem| format!("{}: {}", problem.code, problem.message)).collect()
}

/// What is said of an archive with a template and one more entry.
fn with(entry: Entry) -> Vec<String> {
    refused(&pack(&[super::packing::entry("shop.yaml", TEMPLATE), entry]))
}

#[test]
fn names_that_lead_out_are_refused() {
    for (name, why) in [
        ("../x.yaml", "leads out with `..`"),
        ("a/../../x.yaml", "leads out with `..`"),
        ("a/../b", "leads out with `..`"),
        ("..", "leads out with `..`"),
        ("../", "leads out with `..`"),
        ("/etc/passwd", "is an absolute path"),
        ("//server/x", "is an absolute path"),
        ("..\\x.yaml", "has a backslash"),
        ("C:\\x.yaml", "has a backslash"),
        ("C:/x.yaml", "has a `:`, as drives and streams have"),
        ("x.yaml:stream", "has a `:`, as drives and streams have"),
        ("./x.yaml", "has steps that say nothing"),
        ("a//x.yaml", "has steps that say nothing"),
        ("", "is empty"),
        ("/", "is empty"),
        ("a\0b", "has a control character"),
    ] {
        assert_eq!(with(entry(name, "")), [format!("csar.name: the name of the entry `{name}` {why}")]);
    }
    assert_eq!(
        with(entry([b'a', 0xFF], "")),
        ["csar.name: the name of the entry `a\u{FFFD}` is not UTF-8 text"]
    );
}

#[test]
fn entries_that_are_no_plain_files_are_refused() {
    let of = |change: fn(&mut Entry)| {
        let mut entry = entry("x", "data");
        change(&mut entry);
        with(entry)
    };
    let expected = |why: &str| [format!("csar.entry: the entry `x` {why}")];
    assert_eq!(of(|entry| entry.mode = 0o120_777), expected("is a link"));
    assert_eq!(of(|entry| entry.mode = 0o020_644), expected("is neither a file nor a folder"));
    assert_eq!(of(|entry| entry.mode = 0o010_644), expected("is neither a file nor a folder"));
    assert_eq!(of(|entry| entry.mode = 0o040_755), expected("is neither a file nor a folder"));
    assert_eq!(of(|entry| entry.flags = 1), expected("is encrypted"));
    assert_eq!(of(|entry| entry.flags = 1 | 1 << 6), expected("is encrypted"));
    assert_eq!(of(|entry| entry.flags = 1 << 13), expected("is encrypted"));
    assert_eq!(of(|entry| entry.method = 12), expected("is packed by a method other than deflate"));
    assert_eq!(of(|entry| entry.method = 99), expected("is packed by a method other than deflate"));
    assert_eq!(with(entry("x/", "data")), ["csar.entry: the entry `x/` is a folder with data"]);
}

#[test]
fn two_entries_in_one_place_are_refused() {
    assert_eq!(with(entry("shop.yaml", "")), ["csar.duplicate: the entry `shop.yaml` is there twice"]);
    let other = |name: &str, second: &str| {
        refused(&pack(&[entry("shop.yaml", TEMPLATE), entry(name, ""), entry(second, "")]))
    };
    let told = |one: &str, two: &str| {
        [format!("csar.duplicate: the entries `{one}` and `{two}` are in each other's place")]
    };
    assert_eq!(other("Ä.txt", "ä.TXT"), told("ä.TXT", "Ä.txt"));
    assert_eq!(other("a", "A/b"), told("A/b", "a"));
    // A long s and a Kelvin sign are letters of other cases too; a dot or space at the end is nothing to some systems.
    assert_eq!(other("keys", "\u{212A}ey\u{17F}"), told("\u{212A}ey\u{17F}", "keys"));
    assert_eq!(other("a", "a."), told("a.", "a"));
    assert_eq!(other("a/b", "a /b"), told("a /b", "a/b"));
    assert_eq!(other("a/b", "a"), told("a", "a/b"));
    assert_eq!(other("a", "a/"), told("a/", "a"));
    assert_eq!(other("a/", "a"), told("a", "a/"));
    // The same folder twice, and files in it, are no harm.
    let bytes = pack(&[entry("a/", ""), entry("a/", ""), entry("a/b", ""), entry("shop.yaml", TEMPLATE)]);
    assert!(Csar::read("shop.csar", &bytes, &Limits::default()).is_ok());
}

#[test]
fn bombs_are_refused_before_they_are_unpacked() {
    let zeros = vec![0; 40 << 20];
    let mut bomb = entry("zeros", &zeros);
    let expected = ["csar.too_large: the entry `zeros` unpacks to more than 200 times its size"];
    assert_eq!(with(bomb.clone()), expected);
    // What it says of its size is not believed.
    bomb.size = Some(4);
    assert_eq!(with(bomb), expected);
    // Each within the ratio, together too large.
    let noise: Vec<u8> =
        (0..9 << 20_u32).map(|at: u32| (at.wrapping_mul(2_654_435_761) >> 24) as u8).collect();
    let entries: Vec<_> = (0..4).map(|at| entry(format!("noise{at}"), &noise)).collect();
    assert_eq!(
        refused(&pack(&entries)),
        ["csar.too_large: the archive unpacks to more than 33554432 bytes, at the entry `noise3`"]
    );
    let many: Vec<_> = (0..5_000).map(|at| entry(format!("{at}"), "")).collect();
    assert_eq!(refused(&pack(&many)), ["csar.too_large: `shop.csar` has more than 4096 entries"]);
}

#[test]
fn entries_that_share_bytes_are_refused() {
    let mut bytes = pack(&[entry("shop.yaml", TEMPLATE), entry("shop.yaml", TEMPLATE)]);
    // The second entry of the directory leads to the first one's header.
    let at = bytes.windows(4).rposition(|window| window == b"PK\x01\x02").expect("a directory") + 42;
    bytes[at..at + 4].fill(0);
    assert_eq!(refused(&bytes), ["csar.not_zip: `shop.csar` is no plain zip archive: its entries overlap"]);
}

/// Readers that go from front to back see what the directory does not have.
#[test]
fn what_hides_between_entries_is_refused() {
    let plain = |why: &str| [format!("csar.not_zip: `shop.csar` is no plain zip archive: {why}")];
    let hidden = pack(&[entry("shop.yaml", "another template")]);
    let hidden =
        &hidden[..hidden.windows(4).position(|window| window == b"PK\x01\x02").expect("a directory")];
    let mut before = entry("a.yaml", "");
    before.behind = hidden.to_vec();
    assert_eq!(with(before.clone()), plain("there is something between its entries"));
    let bytes = pack(&[before, entry("shop.yaml", TEMPLATE)]);
    assert_eq!(refused(&bytes), plain("there is something between its entries"));
    let bytes = [hidden, &*pack(&[])].concat();
    assert_eq!(refused(&bytes), plain("its directory is not where its end says"));
}

#[test]
fn sizes_may_stand_behind_the_data() {
    let mut behind = entry("shop.yaml", TEMPLATE);
    behind.flags = 1 << 3;
    for (length, is_right) in [(12, true), (16, true), (24, true), (0, false), (11, false), (40, false)] {
        behind.behind = vec![0; length];
        let bytes = pack(&[behind.clone(), entry("a", "")]);
        assert_eq!(Csar::read("shop.csar", &bytes, &Limits::default()).is_ok(), is_right, "{length}");
    }
}

#[test]
fn an_entry_with_a_second_name_is_refused() {
    let of = |name: &[u8]| {
        let mut entry = entry("shop.yaml", TEMPLATE);
        let size = u8::try_from(5 + name.len()).expect("short");
        entry.extra = [&[0x75, 0x70, size, 0, 1, 0, 0, 0, 0], name].concat();
        pack(&[entry])
    };
    assert!(Csar::read("shop.csar", &of(b"shop.yaml"), &Limits::default()).is_ok());
    let told = ["csar.not_zip: `shop.csar` is no plain zip archive: an entry has a second name"];
    assert_eq!(refused(&of(b"evil.yaml")), told);
}

#[test]
fn damage_is_told_with_the_entry() {
    let of = |change: fn(&mut Entry)| {
        let mut entry = entry("x", "some data");
        change(&mut entry);
        with(entry)
    };
    let checksum = ["csar.damaged: the entry `x` does not match its checksum"];
    assert_eq!(of(|entry| entry.crc = Some(7)), checksum);
    assert_eq!(of(|entry| entry.packed = Some(deflate(b"same size"))), checksum);
    assert_eq!(
        of(|entry| entry.size = Some(1)),
        ["csar.damaged: the entry `x` is not of the size that the archive says"]
    );
    let broken = ["csar.damaged: the entry `x` cannot be unpacked"];
    assert_eq!(of(|entry| entry.packed = Some(vec![0xFF; 9])), broken);
    assert_eq!(of(|entry| entry.packed = Some(Vec::new())), broken);
    assert_eq!(of(|entry| entry.packed = Some([deflate(b"some data"), vec![0]].concat())), broken);
}

#[test]
fn what_is_no_plain_zip_is_refused() {
    let good = pack(&[entry("shop.yaml", TEMPLATE)]);
    let plain = |why: &str| [format!("csar.not_zip: `shop.csar` is no plain zip archive: {why}")];
    for bytes in [&b""[..], b"PK", b"a: b", &good[..good.len() - 1], &[0; 100]] {
        assert_eq!(refused(bytes), ["csar.not_zip: `shop.csar` is no zip archive"]);
    }
    assert_eq!(refused(&[b"#!/bin/sh\n", &*good].concat()), plain("its directory is not where its end says"));
    let mut named = entry("shop.yaml", TEMPLATE);
    named.local_name = Some(b"evil.yaml".to_vec());
    assert_eq!(refused(&pack(&[named])), plain("an entry differs from what its directory says"));
    assert_eq!(refused(&end(u16::MAX, 0, 0)), plain("it is in the form for more than 4 GiB"));
    assert_eq!(refused(&end(1, 0, 0)), plain("its directory is cut off"));
    assert_eq!(
        refused(&end(0, 0, 0)),
        ["csar.no_template: the archive has no template at its root, and nothing says which it is"]
    );
}

#[test]
fn without_a_template_there_is_nothing_to_read() {
    let meta = |text: &str| {
        refused(&pack(&[entry("TOSCA-Metadata/TOSCA.meta", text), entry("shop.yaml", TEMPLATE)]))
    };
    assert_eq!(
        meta("Entry-Definitions: shops.yaml"),
        [
            "csar.no_template: `TOSCA-Metadata/TOSCA.meta` names the template `shops.yaml`, which is not in the archive"
        ]
    );
    assert_eq!(
        meta("Entry-Definitions: ../../etc/passwd"),
        [
            "csar.no_template: `TOSCA-Metadata/TOSCA.meta` names the template `../../etc/passwd`, which is not in the archive"
        ]
    );
    let metadata = |why: &str| [format!("csar.metadata: `TOSCA-Metadata/TOSCA.meta` {why}")];
    assert_eq!(meta("CSAR-Version: 2.0"), metadata("says `CSAR-Version: 2.0`, where 1.0 and 1.1 are known"));
    assert_eq!(meta("Created-By: Anna"), metadata("does not say `Entry-Definitions`"));
    assert_eq!(meta("Created-By: a\nCreated-By: b"), metadata("says `Created-By` twice"));
    assert_eq!(meta("\n\nnothing"), metadata("has a line 3 that is not `key: value`"));
    assert_eq!(
        with(entry("other.yml", "")),
        ["csar.no_template: the archive has several templates at its root: `other.yml`, `shop.yaml`"]
    );
    assert_eq!(refused(&pack(&[entry("shop.yaml", [0xFF])])), ["yaml.not_utf8: the file is not UTF-8 text"]);
}

proptest! {
    #[test]
    fn no_change_of_bytes_brings_it_down(changes in prop::collection::vec((any::<prop::sample::Index>(), any::<u8>()), 1..8)) {
        let mut bytes = pack(&[entry("shop.yaml", TEMPLATE), entry("types/web.yaml", TEMPLATE)]);
        for (index, byte) in changes {
            let at = index.index(bytes.len());
            bytes[at] = byte;
        }
        if let Ok(csar) = Csar::read("shop.csar", &bytes, &Limits::default()) {
            // Whatever is taken is what was packed, if under another name.
            prop_assert_eq!(csar.entry().text(), TEMPLATE);
        }
    }
}
