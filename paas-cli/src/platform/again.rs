//! Commands for people to copy.

use crate::args::{PlatformArgs, SecretsArgs};
use paas_sdk::{OperationId, report::printable};

/// The options of a command that the next one needs, too.
#[derive(Debug, Clone, Default)]
pub(crate) struct Again {
    platform: String,
    secrets: String,
}

impl Again {
    pub(crate) fn new(platform: &PlatformArgs, secrets: Option<&SecretsArgs>) -> Self {
        let mut options = String::new();
        let mut add = |name: &str, value: Option<String>| {
            if let Some(value) = value {
                options.push_str(&format!(" {name} {}", quoted(&value)));
            }
        };
        let path = |path: &Option<std::path::PathBuf>| path.as_ref().map(|path| path.display().to_string());
        add("--store", path(&platform.store));
        add("--credentials", path(&platform.credentials));
        add("--as", platform.actor.as_ref().map(ToString::to_string));
        if platform.allow_plain_http {
            options.push_str(" --allow-plain-http");
        }
        let secrets = secrets.and_then(|secrets| path(&secrets.secrets));
        let secrets = secrets.map(|path| format!(" --secrets {}", quoted(&path))).unwrap_or_default();
        Self { platform: options, secrets }
    }

    /// How to go on with an operation.
    pub(crate) fn resume(&self, id: &OperationId) -> String {
        format!("paas operations resume {id}{}{}", self.secrets, self.platform)
    }

    /// How to give an operation up.
    pub(crate) fn abandon(&self, id: &OperationId) -> String {
        format!("paas operations abandon {id}{}", self.platform)
    }
}

/// As a shell takes it for one word.
fn quoted(word: &str) -> String {
    let word = printable(word);
    let is_plain = |c: char| c.is_alphanumeric() || "/._-+:@=,".contains(c);
    if !word.is_empty() && word.chars().all(is_plain) {
        word.into_owned()
    } else {
        format!("'{}'", word.replace('\'', r"'\''"))
    }
}

#[cfg(test)]
mod tests {
    use super::quoted;

    #[test]
    fn words_are_quoted_where_a_shell_would_break_them() {
        assert_eq!(quoted("target/bank.db"), "target/bank.db");
        assert_eq!(quoted("my store.db"), "'my store.db'");
        assert_eq!(quoted("it's"), r"'it'\''s'");
        assert_eq!(quoted(""), "''");
    }
}
