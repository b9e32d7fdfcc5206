//! Values as bytes, with the version of their format.

use super::{Result, StoreError};
use serde::{Deserialize, Serialize, de::DeserializeOwned};
use serde_json::Value;

/// A value that is kept in a record, an entry or a message.
pub trait Document: Serialize {
    /// What errors call it.
    const NAME: &'static str;
    /// The version of how it is written. It goes up when an older program would misread it.
    const FORMAT: u64;
}

/// A [`Document`] that can be read again, whatever program wrote it before.
pub trait FromDocument: Document + DeserializeOwned {
    /// Brings an older value to how [`Document::FORMAT`] is written. As it is, if nothing else is said.
    ///
    /// # Errors
    /// What is wrong with the value.
    fn upgrade(format: u64, value: Value) -> Result<Value, String> {
        let _ = format;
        Ok(value)
    }
}

#[derive(Serialize)]
struct Written<'a, T> {
    format: u64,
    value: &'a T,
}

#[derive(Deserialize)]
struct Read {
    format: u64,
    value: Value,
}

/// A document as bytes: JSON, so that people can read a store.
///
/// ```
/// use paas_platform::store::{Document, FromDocument, decode, encode};
/// use serde::{Deserialize, Serialize};
///
/// #[derive(Debug, PartialEq, Serialize, Deserialize)]
/// struct Tenant { zone: String }
/// impl Document for Tenant {
///     const NAME: &'static str = "tenant";
///     const FORMAT: u64 = 1;
/// }
/// impl FromDocument for Tenant {}
///
/// let bytes = encode(&Tenant { zone: "z1".into() })?;
/// assert_eq!(bytes, br#"{"format":1,"value":{"zone":"z1"}}"#);
/// assert_eq!(decode::<Tenant>("tenant `acme`", &bytes)?, Tenant { zone: "z1".into() });
///
/// let newer = br#"{"format":2,"value":["z1"]}"#;
/// let error = decode::<Tenant>("tenant `acme`", newer).unwrap_err();
/// assert_eq!(error.code(), "store.newer_format");
/// # Ok::<(), paas_platform::store::StoreError>(())
/// ```
///
/// # Errors
/// `store.invalid` for a value that JSON has no form for, such as a map whose keys are no text.
pub fn encode<T: Document>(value: &T) -> Result<Vec<u8>> {
    serde_json::to_vec(&Written { format: T::FORMAT, value })
        .map_err(|error| StoreError::invalid(format!("a {} cannot be written: {error}", T::NAME)))
}

/// A document from bytes; `what` names it in errors.
///
/// # Errors
/// `store.newer_format`, `store.corrupt`.
pub fn decode<T: FromDocument>(what: &str, bytes: &[u8]) -> Result<T> {
    let corrupt = |why: String| StoreError::corrupt(what, why);
    let read: Read = serde_json::from_slice(bytes).map_err(|error| corrupt(error.to_string()))?;
    let value = match read.format {
        newer if newer > T::FORMAT => {
            return Err(StoreError::NewerFormat { what: what.into(), found: newer, known: T::FORMAT });
        }
        older if older < T::FORMAT => T::upgrade(older, read.value).map_err(corrupt)?,
        _ => read.value,
    };
    serde_json::from_value(value).map_err(|error| corrupt(error.to_string()))
}
