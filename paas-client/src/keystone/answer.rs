//! Answers about tokens: some of what they tell stands in a header.

use super::{AuthToken, Token};
use crate::{
    Error, ErrorKind, Result,
    body::{self, Expected},
    redact::Redactor,
    transport::Response,
};
use serde::Deserialize;

/// Where Keystone puts a new token.
const SUBJECT: &str = "x-subject-token";

/// A token that was made, with what Keystone says of it.
#[derive(Clone, Debug)]
#[non_exhaustive]
pub struct Issued {
    /// The token.
    pub token: AuthToken,
    /// What Keystone says of it.
    pub details: Token,
}

/// The body about a token.
#[derive(Deserialize)]
pub(super) struct Described {
    pub(super) token: Token,
}

impl Expected for Issued {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        let Some(header) = answer.first(SUBJECT) else {
            return Err(Error::new(ErrorKind::Protocol, "the answer has no header `X-Subject-Token`"));
        };
        // From here on the new token is a secret of ours too.
        let redactor = redactor.and([header.into()]);
        let token = header
            .parse()
            .map_err(|_| Error::new(ErrorKind::Protocol, "the header `X-Subject-Token` holds no token"))?;
        let Described { token: details } = body::read(answer, limit, &redactor)?;
        Ok(Self { token, details })
    }
}
