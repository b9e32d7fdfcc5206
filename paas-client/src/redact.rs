//! Strangers' words, made fit to be shown: bounded, in one line, without our keys.

use secrecy::{ExposeSecret, SecretString};
use std::fmt;

/// What stands where a secret was.
const STRUCK_OUT: &str = "[redacted]";

/// Strikes out the keys of one client.
#[derive(Clone, Default)]
pub(crate) struct Redactor {
    /// The longest first, so that no part of one is left by another.
    secrets: Vec<SecretString>,
}

impl Redactor {
    pub(crate) fn new(mut secrets: Vec<SecretString>) -> Self {
        secrets.retain(|secret| !secret.expose_secret().is_empty());
        secrets.sort_by_key(|secret| std::cmp::Reverse(secret.expose_secret().len()));
        Self { secrets }
    }

    /// One that strikes out these too.
    pub(crate) fn and(&self, more: impl IntoIterator<Item = SecretString>) -> Self {
        Self::new(self.secrets.iter().cloned().chain(more).collect())
    }

    /// The text without secrets, in one line, of at most so many characters.
    pub(crate) fn clean(&self, text: &str, most: usize) -> String {
        let mut text = text.to_owned();
        for secret in &self.secrets {
            if text.contains(secret.expose_secret()) {
                text = text.replace(secret.expose_secret(), STRUCK_OUT);
            }
        }
        let words = text.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty());
        let mut line = String::new();
        let mut length = 0;
        for word in words {
            let gap = usize::from(!line.is_empty());
            let room = most.saturating_sub(length + gap);
            if room == 0 {
                line.push('…');
                break;
            }
            if gap == 1 {
                line.push(' ');
            }
            let fits = word.chars().take(room).collect::<String>();
            let is_cut = fits.len() < word.len();
            length += gap + fits.chars().count();
            line.push_str(&fits);
            if is_cut {
                line.push('…');
                break;
            }
        }
        // What tells a user of a quoted word where it ends.
        line.replace('`', "'")
    }
}

impl fmt::Debug for Redactor {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "Redactor({} secrets)", self.secrets.len())
    }
}

#[cfg(test)]
mod tests {
    use super::Redactor;

    #[test]
    fn secrets_go_and_lines_are_bounded() {
        let redactor = Redactor::new(vec!["key".into(), "key-and-more".into(), "".into()]);
        assert_eq!(redactor.clean("a\n\tkey-and-more\u{7} `b` key", 100), "a [redacted] 'b' [redacted]");
        assert_eq!(redactor.clean("abcdef ghi", 4), "abcd…");
        assert_eq!(redactor.clean("ab cd ef", 5), "ab cd…");
        assert_eq!(redactor.clean("äöü", 3), "äöü");
        assert_eq!(redactor.clean("", 3), "");
        assert_eq!(format!("{redactor:?}"), "Redactor(2 secrets)");
    }
}
