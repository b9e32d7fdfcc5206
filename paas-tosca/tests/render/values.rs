//! Whatever the strings of a release are, the files say them and nothing else.

use super::{arbitrary, expected, reading::read_with_answers};
use paas_tosca::rancher::render;
use proptest::prelude::*;

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn files_say_what_the_release_says(release in arbitrary::release(arbitrary::text)) {
        let files = render(&release);
        prop_assert_eq!(files.len(), release.parts.len());
        for (files, part) in files.iter().zip(&release.parts) {
            prop_assert_eq!(read_with_answers(&files.docker_compose), expected::docker_compose(&release, part));
            prop_assert_eq!(read_with_answers(&files.rancher_compose), expected::rancher_compose(&release, part));
        }
    }

    #[test]
    fn files_are_printable(release in arbitrary::release(arbitrary::text)) {
        for files in render(&release) {
            for text in [&files.docker_compose, &files.rancher_compose] {
                prop_assert!(text.starts_with("# notemplating\n"));
                let odd = text.chars().find(|&c| c != '\n' && (c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{FEFF}')));
                prop_assert_eq!(odd, None);
            }
        }
    }
}
