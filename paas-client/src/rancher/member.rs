//! Members of environments, and the identities that they are.

use super::{
    NewMember,
    client::encode,
    lenient::{or_default, resource_type},
};
use crate::{
    Error, ErrorKind, Result,
    body::{self, Expected},
    redact::Redactor,
    transport::Response,
};
use serde::{Deserialize, Serialize, de::IgnoredAny};

/// A member of an environment.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Member {
    /// The type, as the API calls it: `projectMember`, or `identity` where the server looked up who it is.
    #[serde(rename = "type", deserialize_with = "resource_type")]
    pub resource_type: String,
    /// What kind of id it is: `rancher_id`, `openldap_user`, `ldap_group` …
    pub external_id_type: String,
    /// The id.
    pub external_id: String,
    /// `owner`, `member`, `restricted`, `readonly`, or one that a later server knows.
    pub role: String,
    /// The name, to show.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
}

/// Somebody who could be a member.
#[derive(Clone, Debug, PartialEq, Eq, Deserialize)]
#[serde(rename_all = "camelCase")]
#[non_exhaustive]
pub struct Identity {
    /// The type, as the API calls it.
    #[serde(rename = "type", deserialize_with = "resource_type")]
    pub resource_type: String,
    /// What kind of id it is: `rancher_id`, `openldap_user`, `ldap_group` …
    pub external_id_type: String,
    /// The id.
    pub external_id: String,
    /// The name with which it logs in.
    #[serde(default, deserialize_with = "or_default")]
    pub login: String,
    /// The name, to show.
    #[serde(default, deserialize_with = "or_default")]
    pub name: String,
}

/// The input of `setmembers`.
pub(super) fn input(members: &[NewMember]) -> Result<Vec<u8>> {
    #[derive(Serialize)]
    struct Input<'a> {
        members: &'a [NewMember],
    }
    if !members.iter().any(|member| member.role == "owner") {
        let message = "an environment needs an owner, and none of the members is one";
        return Err(Error::new(ErrorKind::Configuration, message));
    }
    encode(&Input { members })
}

/// The answer to `setmembers`. Servers differ in what they tell, so nothing is read of it; but a page of somebody in
/// between is no answer.
pub(super) struct Set;

impl Expected for Set {
    fn read(answer: &Response, limit: usize, redactor: &Redactor) -> Result<Self> {
        if answer.body.trim_ascii().is_empty() {
            return Ok(Self);
        }
        body::read::<IgnoredAny>(answer, limit, redactor).map(|_| Self)
    }
}
