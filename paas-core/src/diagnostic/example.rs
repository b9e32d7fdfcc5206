//! Examples of codes: a file that gives the code, and the same file put right.
//!
//! They lie in `codes/CODE/wrong.yaml` and `right.yaml` of this crate, one folder for each code of the table. Most are
//! templates; those of `tenant` and `resource` are tenant files, those of `policy_file` policy files, those of `clone` mapping
//! files. Where a problem comes
//! of what was said beside the file, the first line is a comment that says it: the command (`# paas translate shop.yaml
//! --stack web_shop`), or the limits that the library was given; a policy file that the command names stands in the second
//! line. Where it comes of the world, a second comment says how that is. Templates leave out what is not their point, such
//! as limits, of which the default policy warns.

/// A file that gives a code, and the same file put right.
///
/// ```
/// use paas_core::diagnostic::Code;
///
/// let example = Code::UnknownType.example();
/// assert!(example.wrong.contains("paas.nodes.Servce"));
/// assert!(example.right.contains("paas.nodes.Service"));
/// ```
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct Example {
    /// What gives the code.
    pub wrong: &'static str,
    /// The same, put right.
    pub right: &'static str,
}

impl Example {
    pub(super) const fn new(wrong: &'static str, right: &'static str) -> Self {
        Self { wrong, right }
    }
}

#[cfg(test)]
mod tests {
    use crate::diagnostic::Code;
    use std::{collections::BTreeSet, fs, path::Path};

    #[test]
    fn no_example_is_left_over() {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("codes");
        let entries = fs::read_dir(&folder).expect("examples");
        let found: BTreeSet<_> =
            entries.map(|entry| entry.expect("entry").file_name().into_string().expect("UTF-8")).collect();
        let codes: BTreeSet<_> = Code::ALL.iter().map(|code| code.as_str().to_owned()).collect();
        assert_eq!(found, codes);
    }

    #[test]
    fn examples_are_short_and_differ() {
        for code in Code::ALL {
            let example = code.example();
            assert_ne!(example.wrong, example.right, "{code}");
            for text in [example.wrong, example.right] {
                assert!(text.ends_with('\n') && text.lines().count() <= 30, "{code}");
                assert!(text.lines().all(|line| line.trim_end() == line), "{code}");
            }
        }
    }
}
