//! Who it is, and which roles: asked of Keystone afresh for each token, never kept.

use super::{ask::Refusal, credentials::Method};
use crate::holder;
use paas_client::{
    Error, ErrorKind,
    keystone::{AuthToken, KeystoneClient, Login, ProjectKey, Scope, ScopeRequest, Token},
};
use paas_core::access::{RoleNames, Subject};
use std::time::SystemTime;

/// Somebody whom Keystone knows.
pub(super) struct Session<'a> {
    keystone: &'a KeystoneClient,
    names: &'a RoleNames,
    /// With which roles for other scopes are got. None: what was shown is good for its own scope only.
    widest: Option<AuthToken>,
    /// What Keystone says of what was shown.
    pub(super) token: Token,
    /// The user with the roles that were found so far.
    pub(super) subject: Subject,
    /// When the first of the tokens ends that the roles come from.
    pub(super) until: SystemTime,
}

impl<'a> Session<'a> {
    pub(super) async fn begin(
        keystone: &'a KeystoneClient,
        names: &'a RoleNames,
        method: &Method,
    ) -> Result<Self, Refusal> {
        let (token, shown) = match method {
            Method::Password(login) | Method::ApplicationCredential(login) => {
                let issued = keystone.authenticate(login).await.map_err(|error| refusal(&error))?;
                (issued.details, issued.token)
            }
            Method::Token(shown) => {
                (keystone.validate_self(shown).await.map_err(|error| refusal(&error))?, shown.clone())
            }
        };
        // A token that has a scope is not to be used for another, though Keystone may allow that.
        let widest = (token.scope == Scope::Unscoped).then_some(shown);
        let (subject, until) = (holder(&token, names), token.expires_at);
        Ok(Self { keystone, names, widest, token, subject, until })
    }

    /// Finds out which roles there are in a tenant.
    pub(super) async fn ask_for_tenant(&mut self, tenant: &str) -> Result<(), Refusal> {
        // An id that Keystone cannot have: nobody has roles there.
        let Ok(id) = tenant.parse() else { return Ok(()) };
        self.ask(ScopeRequest::Project(ProjectKey::Id(id))).await
    }

    /// Finds out which roles there are for the whole platform.
    pub(super) async fn ask_for_platform(&mut self) -> Result<(), Refusal> {
        self.ask(ScopeRequest::System).await
    }

    async fn ask(&mut self, scope: ScopeRequest) -> Result<(), Refusal> {
        let Some(widest) = &self.widest else { return Ok(()) };
        match self.keystone.authenticate(&Login::token(widest.clone()).scope(scope)).await {
            Ok(issued) if issued.details.user.id == self.token.user.id => {
                let found = holder(&issued.details, self.names);
                self.subject.platform = self.subject.platform.union(found.platform);
                self.subject.tenants.extend(found.tenants);
                self.until = self.until.min(issued.details.expires_at);
                Ok(())
            }
            // A token of somebody else gives nobody anything.
            Ok(_) => Ok(()),
            // There is no role: Keystone answers as to a wrong login.
            Err(error) => match refusal(&error) {
                Refusal::NotAccepted => Ok(()),
                other => Err(other),
            },
        }
    }
}

/// Whether Keystone said no, or nothing that counts.
fn refusal(error: &Error) -> Refusal {
    // What has no words of Keystone is of somebody in between, and says nothing of a login.
    if error.status().is_some() && error.server_code().is_none() {
        return Refusal::Unavailable;
    }
    match error.kind() {
        ErrorKind::Unauthorized
        | ErrorKind::TokenInvalid
        | ErrorKind::Forbidden
        | ErrorKind::NotFound
        | ErrorKind::Invalid
        | ErrorKind::Configuration => Refusal::NotAccepted,
        _ => Refusal::Unavailable,
    }
}
