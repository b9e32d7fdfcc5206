//! What comes of making members those that Keystone says.

use super::Place;
use crate::error::Error;
use paas_core::{
    access::{keystone::Frozen, membership::MembershipPlan},
    diagnostic::Diagnostic,
};
use serde::Serialize;

/// What would become of a tenant's members, or has.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MembersReport {
    /// The tenant.
    pub tenant: String,
    /// Why nobody has a role in it, if that is so: then nobody is to be a member that the platform put there.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub frozen: Option<Frozen>,
    /// What is to be done, or was.
    pub plan: MembershipPlan,
    /// Where something could not be read or done. Nothing else waits for it: it is tried again the next time.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub failures: Vec<MembersFailure>,
}

/// Why members could not be read or changed somewhere.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
#[non_exhaustive]
pub struct MembersFailure {
    /// Where.
    pub place: Place,
    /// What kind of failure it is.
    pub code: String,
    /// What happened.
    pub message: String,
    /// Whether it may pass by itself.
    pub retryable: bool,
}

impl MembersFailure {
    pub(super) fn of(place: Place, error: &Error) -> Self {
        Self {
            place,
            code: error.code().to_owned(),
            message: error.to_string(),
            retryable: error.is_retryable(),
        }
    }

    pub(super) fn of_client(place: Place, error: paas_client::Error) -> Self {
        Self::of(place, &Error::from(error))
    }

    pub(super) fn of_diagnostic(place: Place, problem: &Diagnostic) -> Self {
        let mut message = problem.message.clone();
        if let Some(help) = &problem.help {
            message = format!("{message}: {help}");
        }
        Self { place, code: problem.code.as_str().to_owned(), message, retryable: false }
    }
}
