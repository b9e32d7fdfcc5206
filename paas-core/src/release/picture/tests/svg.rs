use super::{
    fixture::bank,
    large::large,
    strings::{harmless, names, renamed, service_names},
};
use proptest::prelude::*;
use roxmltree::{Document, Node};
use std::time::{Duration, SystemTime, UNIX_EPOCH};

#[test]
fn the_bank() {
    insta::assert_snapshot!(bank().to_svg());
}

#[test]
fn says_what_it_is_without_being_seen() {
    let picture = bank().to_svg();
    let document = Document::parse(&picture).unwrap();
    let root = document.root_element();
    assert_eq!(root.attribute("role"), Some("img"));
    assert!(root.attribute("viewBox").is_some());
    let children: Vec<Node<'_, '_>> = root.children().filter(Node::is_element).collect();
    assert_eq!((children[0].tag_name().name(), children[0].text()), ("title", Some("retail-banking")));
    assert_eq!(children[1].tag_name().name(), "desc");
    let words = children[1].text().unwrap();
    assert!(words.contains("Stage 3: web-front, entry."));
    assert!(words.contains(
        "nightly-settlement connects to notifications, from network core to network application, port 8090."
    ));
    assert!(words.contains("nightly-settlement depends on ledger."));
}

#[test]
fn runs_nothing_and_loads_nothing() {
    let picture = bank().to_svg();
    for element in Document::parse(&picture).unwrap().descendants().filter(Node::is_element) {
        let known = ["svg", "title", "desc", "g", "rect", "path", "circle", "text"];
        assert!(known.contains(&element.tag_name().name()), "{element:?}");
        for attribute in element.attributes() {
            assert!(
                !attribute.name().starts_with("on") && !attribute.name().contains("href"),
                "{attribute:?}"
            );
            assert!(!attribute.value().contains("url("), "{attribute:?}");
        }
    }
}

#[test]
fn a_thousand_services_take_less_than_a_fifth_of_a_second() {
    let release = large(1000, 7);
    let mut best = Duration::MAX;
    for _ in 0..5 {
        let start = processor_time();
        let picture = release.to_svg();
        best = best.min(processor_time() - start);
        assert!(picture.len() < 2_000_000, "{} bytes", picture.len());
    }
    assert!(best < Duration::from_millis(200), "{best:?}");
}

/// What this thread has used of a core, so that other work beside does not count; without Linux the time of the day.
fn processor_time() -> Duration {
    let used = std::fs::read_to_string("/proc/thread-self/schedstat").ok();
    let nanoseconds = used.and_then(|text| text.split(' ').next()?.parse().ok());
    nanoseconds.map_or_else(|| SystemTime::now().duration_since(UNIX_EPOCH).unwrap(), Duration::from_nanos)
}

proptest! {
    #[test]
    fn gives_back_names_and_nothing_of_them_is_markup(names in names()) {
        let release = renamed(&names);
        let picture = release.to_svg();
        let document = Document::parse(&picture).unwrap();

        // Of all elements that have a title of their own, the last are the services.
        let titles: Vec<&str> = document
            .descendants()
            .filter(|node| node.has_tag_name("title"))
            .map(|node| node.text().unwrap_or_default())
            .collect();
        let expected: Vec<String> = service_names(&release).iter().map(|name| readable(name)).collect();
        prop_assert_eq!(&titles[titles.len() - expected.len()..], expected);

        let plain = renamed(&harmless(&names)).to_svg();
        prop_assert_eq!(skeleton(&document), skeleton(&Document::parse(&plain).unwrap()));
    }
}

/// What XML 1.0 can hold of a string.
fn readable(name: &str) -> String {
    let allowed = |c: char| matches!(c, '\t' | '\n' | '\r' | ' '..='\u{D7FF}' | '\u{E000}'..='\u{FFFD}' | '\u{10000}'..='\u{10FFFF}');
    name.chars().map(|c| if allowed(c) { c } else { '\u{FFFD}' }).collect()
}

/// All nodes but text, in order, with the names of their attributes.
fn skeleton(document: &Document<'_>) -> Vec<String> {
    let nodes = document.descendants().filter(|node| !node.is_text());
    let attributes = |node: Node<'_, '_>| node.attributes().map(|a| a.name().to_owned()).collect::<Vec<_>>();
    nodes
        .map(|node| format!("{:?} {} {:?}", node.node_type(), node.tag_name().name(), attributes(node)))
        .collect()
}
