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

/// A text of the back end's with `***` for each value of a secret, also where it stands within quotes.
pub(crate) fn without_secrets<'a>(text: &str, secrets: impl IntoIterator<Item = &'a SecretString>) -> String {
    let mut text = text.to_owned();
    for secret in secrets {
        let value = secret.expose_secret();
        let quoted = serde_json::to_string(value).unwrap_or_default();
        let quoted = quoted.strip_prefix('"').and_then(|quoted| quoted.strip_suffix('"')).unwrap_or_default();
        for form in [value, quoted] {
            if !form.is_empty() {
                text = text.replace(form, "***");
            }
        }
    }
    text
}

#[cfg(test)]
mod tests {
    use super::without_secrets;
    use paas_client::SecretString;

    #[test]
    fn secrets_are_struck_out_as_they_are_and_as_json_writes_them() {
        let secrets = [SecretString::from("pa\"ss\\word"), SecretString::from("")];
        let text = r#"bad value pa"ss\word in {"P":"pa\"ss\\word"}"#;
        assert_eq!(without_secrets(text, &secrets), r#"bad value *** in {"P":"***"}"#);
    }
}
