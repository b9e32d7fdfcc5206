//! Keystone, API v3.
//!
//! | where | what |
//! | --- | --- |
//! | [`KeystoneClient`] | tokens made, validated, revoked; users, groups, projects, domains, roles, role assignments |
//! | [`Login`], [`ScopeRequest`] | who logs in, and for what |
//! | [`Token`] | what Keystone says of a token: user, scope, effective roles |
//! | [`AuthToken`] | a token as it is sent; never shown |
//! | [`AccessRule`] | what an application credential may be used for |
//! | [`Configuration`] | `clouds.yaml` and the variables `OS_*`, as users of OpenStack have them |
//!
//! ```
//! use paas_client::keystone::{AuthToken, KeystoneClient, Login, Scope, ScopeRequest, UserKey};
//! # use paas_client::transport::{Canned, Response};
//! # const TOKEN: &str = r#"{"token":{"methods":["password"],"user":{"id":"u1","name":"anna","domain":{"id":"d1","name":"bank"}},
//! #     "audit_ids":["a"],"issued_at":"2026-11-21T20:50:08.000000Z","expires_at":"2026-11-21T21:50:08.000000Z",
//! #     "project":{"id":"p1","name":"retail","domain":{"id":"d1","name":"bank"}},"roles":[{"id":"r1","name":"member"}]}}"#;
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
//! # let server = Canned::new(|request| Ok(match request.method.as_str() {
//! #     "POST" => Response::new(201, TOKEN).header("X-Subject-Token", "gAAAAAB-own"),
//! #     _ => Response::new(200, TOKEN),
//! # }));
//! let login = Login::password(UserKey::named("gateway", "Default"), "hidden").scope(ScopeRequest::System);
//! let client = KeystoneClient::builder().url("https://keystone.example/v3").login(login).transport(server).build()?;
//!
//! let theirs: AuthToken = "gAAAAAB-of-a-request".parse()?;
//! let token = client.validate(&theirs).await?;
//! assert!(matches!(&token.scope, Scope::Project(project) if project.id.as_str() == "p1"));
//! assert!(token.has_role("member") && !token.has_role("admin"));
//! # Ok(()) }
//! ```

mod access_rule;
mod answer;
mod assignment;
mod auth_token;
mod builder;
mod client;
mod config;
mod directory;
mod grant;
mod id;
mod login;
mod own;
mod page;
mod refusal;
mod revocation;
mod token;

pub use access_rule::AccessRule;
pub use answer::Issued;
pub use assignment::{Assignee, AssignmentQuery, AssignmentScope, RoleAssignment};
pub use auth_token::AuthToken;
pub use builder::KeystoneBuilder;
pub use client::{KeystoneClient, Validation};
pub use config::{CloudFiles, Configuration};
pub use directory::{Domain, Group, GroupQuery, Project, ProjectQuery, Role, RoleInference, User, UserQuery};
pub use grant::{Grant, GrantScope};
pub use id::{DomainId, GroupId, ProjectId, RoleId, UserId};
pub use login::{ApplicationCredentialKey, DomainKey, Login, ProjectKey, ScopeRequest, UserKey};
pub use revocation::Revocation;
pub use token::{ApplicationCredential, DomainRef, ProjectRef, RoleRef, Scope, Token, Trust, UserRef};

use crate::{Error, ErrorKind, System};

fn keystone_error(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message).with(|details| details.system = System::Keystone)
}

fn configuration(message: impl Into<String>) -> Error {
    keystone_error(ErrorKind::Configuration, message)
}
