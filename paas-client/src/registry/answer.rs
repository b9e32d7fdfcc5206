//! An answer as it is, for calls that are answered by headers and raw bytes.

use super::{refusal::VERSION, registry_error, way::wrong};
use crate::{
    Error, ErrorKind, Result,
    body::{Expected, describe},
    call::{Call, resolved},
    redact::Redactor,
    transport::Response,
};
use secrecy::{ExposeSecret, SecretString};

/// Headers that only registries send.
const MARKS: [&str; 3] = ["docker-content-digest", "docker-upload-uuid", VERSION];

/// A good answer.
pub(super) struct Answer {
    pub(super) response: Response,
    /// Where it came from.
    url: SecretString,
}

impl Expected for Answer {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        Self::read_at(answer, limit, redactor, &SecretString::default())
    }

    fn read_at(answer: &Response, limit: usize, _: &Redactor, url: &SecretString) -> Result<Self> {
        if answer.is_cut || answer.body.len() > limit {
            return Err(Error::new(ErrorKind::TooLarge, format!("the answer is larger than {limit} bytes")));
        }
        Ok(Self { response: answer.clone(), url: url.clone() })
    }
}

impl Answer {
    /// A header; empty ones count as missing.
    pub(super) fn header(&self, name: &str) -> Option<&str> {
        header(&self.response, name)
    }

    /// Refuses what is somebody else's page in place of the registry's answer to a change: a login in front of it, for
    /// instance. It may have been done all the same. Quay calls its own answers pages, too; they have a registry's marks.
    pub(super) fn no_page(self, call: &Call) -> Result<Self> {
        let kind = self.header("content-type").unwrap_or_default();
        if !kind.starts_with("text/html") || MARKS.iter().any(|mark| self.header(mark).is_some()) {
            return Ok(self);
        }
        let what = describe(&self.response.body, &Redactor::default());
        let error = wrong(
            ErrorKind::Protocol,
            format!("the answer does not come from a registry; it is {what}"),
            call,
        );
        Err(error.with(|details| {
            details.status = Some(self.response.status);
            details.outcome_unknown = !call.only_reads();
        }))
    }

    /// Where the header `Location` leads: the whole address, with its query.
    pub(super) fn location(&self, call: &Call) -> Result<Option<SecretString>> {
        let Some(location) = self.header("location") else { return Ok(None) };
        let Some(location) = resolved(&self.url, location) else {
            return Err(wrong(ErrorKind::Protocol, "the registry names an address that is none", call));
        };
        stays_secure(&self.url, &location).map_err(|error| wrong(error.kind(), error.message(), call))?;
        Ok(Some(location))
    }
}

pub(super) fn header<'a>(response: &'a Response, name: &str) -> Option<&'a str> {
    response.first(name).map(str::trim).filter(|value| !value.is_empty())
}

/// Refuses to go from an address with TLS to one without.
pub(super) fn stays_secure(from: &SecretString, to: &SecretString) -> Result<()> {
    let is_secure = |url: &SecretString| url.expose_secret().starts_with("https:");
    if is_secure(from) && !is_secure(to) {
        return Err(registry_error(
            ErrorKind::Redirect,
            "the registry sends from `https:` to `http:`; it may not know that there is TLS in front of it",
        ));
    }
    Ok(())
}
