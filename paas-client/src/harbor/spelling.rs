//! Secrets in all ways in which a server may write them.

use secrecy::SecretString;
use zeroize::Zeroizing;

/// A secret as it is, and as JSON has it: some write a text into JSON as it is, some escape it.
pub(super) fn spellings(secret: &str) -> Vec<SecretString> {
    let escaped = serde_json::to_string(secret).map(Zeroizing::new);
    let escaped =
        escaped.ok().and_then(|text| text.strip_prefix('"')?.strip_suffix('"').map(SecretString::from));
    escaped.into_iter().chain([secret.into()]).collect()
}
