//! Whatever strings a template holds: either it is refused, or the files say the very same strings, each in its place, and
//! nothing else. From the template's text to what an independent reader finds in the files.

mod files;
mod template;

use crate::{
    render::{arbitrary, reading::read_with_answers},
    templates::whole,
};
use paas_core::release::{Release, Target};
use paas_tosca::{Options, Source, rancher, translate};
use proptest::{collection::vec, prelude::*, sample::select};
use template::{PLACES, Place, Strings};

/// Translates a template with these strings; `Err`: it was refused, and why.
fn translated(strings: &Strings) -> Result<Release, String> {
    let source = Source::new("t.yaml", template::text(strings));
    let translation = translate(&source, &Options::default(), &Target::default());
    translation.release.ok_or_else(|| whole(&translation.diagnostics))
}

/// Holds all that comes of a template against its strings.
fn assert_said(strings: &Strings, release: &Release) {
    let (parts, expected) = (rancher::render(release), files::expected(strings, &release.stack));
    assert_eq!(parts.len(), expected.len());
    for (part, (environment, docker_compose, rancher_compose)) in parts.iter().zip(expected) {
        assert_eq!(part.environment, environment);
        for (text, expected) in
            [(&part.docker_compose, docker_compose), (&part.rancher_compose, rancher_compose)]
        {
            assert!(text.starts_with("# notemplating\n"));
            // Nothing that some reader takes for the end of a line, or for no text.
            let odd =
                |c: char| c.is_control() && c != '\n' || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}');
            assert!(!text.contains(odd), "{text}");
            assert_eq!(read_with_answers(text), expected, "{strings:?}");
        }
    }
    assert_eq!(files::beside(release), files::expected_beside(strings));
}

fn without_nul(text: &str) -> String {
    text.replace('\0', "")
}

/// Any text, text that is nearly a path, and text that is nearly a name.
fn text() -> impl Strategy<Value = String> {
    prop_oneof![
        4 => arbitrary::text().prop_map(|text| without_nul(&text)),
        2 => arbitrary::text().prop_map(|text| format!("/{}", without_nul(&text))),
        2 => "[a-zA-Z0-9*./:@_=,+$-]{1,12}",
        1 => "[a-z]{1,5}",
    ]
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_string_in_any_place_arrives_or_is_refused(place in select(PLACES), text in text()) {
        let strings = Strings::usual().with(place.name, &text);
        match translated(&strings) {
            Ok(release) => assert_said(&strings, &release),
            Err(why) => prop_assert!(!place.takes_anything && why.contains("error["), "{why}"),
        }
    }
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn any_strings_in_all_free_places_arrive(texts in vec(arbitrary::text(), PLACES.len())) {
        let free = PLACES.iter().zip(&texts).filter(|(place, _)| place.takes_anything);
        let strings = free.fold(Strings::usual(), |strings, (place, text)| {
            strings.with(place.name, &without_nul(text))
        });
        match translated(&strings) {
            Ok(release) => assert_said(&strings, &release),
            Err(why) => prop_assert!(false, "{why}"),
        }
    }
}

#[test]
fn every_place_takes_more_than_its_usual_string() {
    for &Place { name, odd, .. } in PLACES {
        let strings = Strings::usual().with(name, odd);
        let release = translated(&strings).unwrap_or_else(|why| panic!("{name}: {why}"));
        assert_said(&strings, &release);
    }
}

/// Whole numbers come out of the executor in their shortest form, so that they name another certificate.
#[test]
fn numbers_are_no_names_of_certificates() {
    for number in ["7", "007", "+5", "-007", "-0"] {
        let why = translated(&Strings::usual().with("certificate", number)).expect_err(number);
        assert!(why.contains("app.route_certificate"), "{why}");
    }
    for name in ["0x10", "1_000", "1e3", "-", "7a"] {
        let strings = Strings::usual().with("certificate", name);
        assert_said(&strings, &translated(&strings).unwrap());
    }
}

#[test]
fn nul_never_reaches_files() {
    for place in PLACES {
        let strings = Strings::usual().with(place.name, "a\0b");
        // Descriptions and the like may hold it: they stay in the release.
        let Ok(release) = translated(&strings) else { continue };
        assert_said(&strings, &release);
        for files in rancher::render(&release) {
            for text in [files.docker_compose, files.rancher_compose] {
                assert!(!read_with_answers(&text).to_string().contains("\\u0000"), "{}", place.name);
            }
        }
    }
}
