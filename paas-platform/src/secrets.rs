//! Where the values of secret inputs come from.
//!
//! They are asked for when a stack is created, sent with that one call, and kept nowhere: not in the store, not in the
//! journal, not in an error.

use crate::BoxFuture;
use paas_client::{ExposeSecret, SecretString};
use std::{collections::BTreeMap, env, fmt};

/// Gives the values of secret inputs.
pub trait SecretSource: fmt::Debug + Send + Sync {
    /// The value of a secret input, if it is there. It is asked for each time it is needed.
    fn secret<'a>(&'a self, request: &'a SecretRequest<'a>) -> BoxFuture<'a, Option<SecretString>>;
}

/// Which secret is asked for.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
#[non_exhaustive]
pub struct SecretRequest<'a> {
    /// The tenant.
    pub tenant: &'a str,
    /// The application.
    pub application: &'a str,
    /// The input of its template.
    pub input: &'a str,
}

impl<'a> SecretRequest<'a> {
    /// For a secret of this name.
    #[must_use]
    pub const fn new(tenant: &'a str, application: &'a str, input: &'a str) -> Self {
        Self { tenant, application, input }
    }
}

/// Secrets that the program has at hand, by the names of the inputs. `Debug` shows the names only.
///
/// ```
/// use paas_platform::{SecretRequest, SecretSource, Secrets};
///
/// let secrets: Secrets = [("database_password", "hunter22hunter22")].into_iter().collect();
/// assert_eq!(format!("{secrets:?}"), r#"Secrets["database_password"]"#);
/// # tokio::runtime::Builder::new_current_thread().build().unwrap().block_on(async {
/// assert!(secrets.secret(&SecretRequest::new("meridian", "bank", "database_password")).await.is_some());
/// assert!(secrets.secret(&SecretRequest::new("meridian", "bank", "other")).await.is_none());
/// # });
/// ```
#[derive(Clone, Default)]
pub struct Secrets(BTreeMap<String, SecretString>);

impl Secrets {
    /// What environment variables say whose names begin so: `PAAS_SECRET_database_password` is the value of the input
    /// `database_password` for the prefix `PAAS_SECRET_`. Variables that are no text are left out.
    #[must_use]
    pub fn from_environment(prefix: &str) -> Self {
        env::vars_os()
            .filter_map(|(name, value)| {
                let name = name.into_string().ok()?.strip_prefix(prefix)?.to_owned();
                Some((name, value.into_string().ok()?))
            })
            .collect()
    }

    /// These, and where they have none, the others.
    #[must_use]
    pub fn or(mut self, others: Self) -> Self {
        for (name, value) in others.0 {
            self.0.entry(name).or_insert(value);
        }
        self
    }
}

impl<N: Into<String>, V: Into<SecretString>> FromIterator<(N, V)> for Secrets {
    fn from_iter<I: IntoIterator<Item = (N, V)>>(secrets: I) -> Self {
        Self(secrets.into_iter().map(|(name, value)| (name.into(), value.into())).collect())
    }
}

impl SecretSource for Secrets {
    fn secret<'a>(&'a self, request: &'a SecretRequest<'a>) -> BoxFuture<'a, Option<SecretString>> {
        Box::pin(async move { self.0.get(request.input).cloned() })
    }
}

impl fmt::Debug for Secrets {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secrets")?;
        f.debug_list().entries(self.0.keys()).finish()
    }
}

/// What stands where the value of a secret was.
const STRUCK_OUT: &str = "***";

/// The values of the secrets of one application, by their inputs, to be sent where they belong and struck out of all
/// else. `Debug` shows the names only.
#[derive(Clone, Default)]
pub(crate) struct Values {
    by_input: BTreeMap<String, SecretString>,
    /// The values as servers and clients write them, the longest first, so that no part of one is left by another.
    written: Vec<SecretString>,
}

impl Values {
    /// Asks for the secrets of these inputs; those that are not to be had are left out.
    pub(crate) async fn of(
        source: &dyn SecretSource,
        (tenant, application): (&str, &str),
        inputs: impl IntoIterator<Item = &str>,
    ) -> Self {
        let mut by_input = BTreeMap::new();
        for input in inputs {
            if !by_input.contains_key(input)
                && let Some(value) = source.secret(&SecretRequest::new(tenant, application, input)).await
            {
                by_input.insert(input.to_owned(), value);
            }
        }
        let mut written: Vec<String> =
            by_input.values().flat_map(|value| forms(value.expose_secret())).collect();
        written.sort_by_key(|text| std::cmp::Reverse(text.len()));
        written.dedup();
        Self { by_input, written: written.into_iter().map(SecretString::from).collect() }
    }

    pub(crate) fn get(&self, input: &str) -> Option<&SecretString> {
        self.by_input.get(input)
    }

    /// A text without the values, also where one was cut off in the middle.
    pub(crate) fn clean(&self, text: &str) -> String {
        let mut text = text.to_owned();
        for value in &self.written {
            let value = value.expose_secret();
            if text.contains(value) {
                text = text.replace(value, STRUCK_OUT);
            }
            text = clean_cuts(text, value);
        }
        text
    }
}

/// Strikes out the beginning of a value where `…` says that the rest is cut off.
fn clean_cuts(mut text: String, value: &str) -> String {
    /// What is shorter tells nothing.
    const SHORTEST: usize = 3;
    let mut ends: Vec<usize> = value.char_indices().map(|(at, _)| at).skip(SHORTEST).collect();
    ends.reverse();
    for end in ends {
        let Some(beginning) = value.get(..end) else { continue };
        let cut = format!("{beginning}…");
        if text.contains(&cut) {
            text = text.replace(&cut, &format!("{STRUCK_OUT}…"));
        }
    }
    text
}

/// A value as it may come back: as it is, in one line without the quotes of messages, and as JSON writes it.
fn forms(value: &str) -> Vec<String> {
    let words: Vec<&str> =
        value.split(|c: char| c.is_whitespace() || c.is_control()).filter(|word| !word.is_empty()).collect();
    let line = words.join(" ");
    let json = serde_json::Value::from(value).to_string();
    let json = json.trim_start_matches('"').strip_suffix('"').unwrap_or_default().to_owned();
    [value.to_owned(), line.replace('`', "'"), json.replace('`', "'")]
        .into_iter()
        .filter(|form| !form.is_empty())
        .collect()
}

impl fmt::Debug for Values {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Values")?;
        f.debug_list().entries(self.by_input.keys()).finish()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_struck_out_in_all_their_forms() {
        let values = |list: &[&str]| Values {
            by_input: BTreeMap::new(),
            written: list.iter().flat_map(|value| forms(value)).map(SecretString::from).collect(),
        };
        for (secret, text, clean) in [
            ("hunter22hunter22", "a hunter22hunter22 b hunter22hunter22", "a *** b ***"),
            ("hunter22hunter22", "cut: hunter22hun…", "cut: ***…"),
            ("hunter22hunter22", "cut: hun…", "cut: ***…"),
            ("hunter22hunter22", "no cut: hunter22", "no cut: hunter22"),
            ("two  words\nand `three`", "`two words and 'three'`", "`***`"),
            ("a\"b\\c", r#"{"x":"a\"b\\c"}"#, r#"{"x":"***"}"#),
            ("größe-é-x", "cut: größe-é…", "cut: ***…"),
            ("", "nothing", "nothing"),
        ] {
            assert_eq!(values(&[secret]).clean(text), clean, "{secret}");
        }
    }
}
