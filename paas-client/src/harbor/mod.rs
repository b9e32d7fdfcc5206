//! Harbor, API v2.0.
//!
//! | where | what |
//! | --- | --- |
//! | [`HarborClient`] | projects, their members and storage; users, user groups, rights of one's own; health; images and labels; replication; webhooks |
//! | [`Login`] | as which user or robot it asks |
//! | [`Project`], [`NewProject`], [`ProjectChange`], [`ProjectKey`] | projects, and how they are named |
//! | [`Member`], [`NewMember`], [`ProjectRole`] | who may what in a project |
//! | [`RepositoryKey`], [`Reference`], [`Digest`], [`TagName`] | how images are named |
//! | [`Artifact`], [`ArtifactQuery`], [`Label`], [`ImmutableRule`] | images, their labels, and tags that stay as they are |
//! | [`Registry`], [`ReplicationPolicy`], [`ReplicationExecution`] | copies to and from other registries |
//! | [`WebhookPolicy`], [`WebhookEvent`] | whom Harbor tells of what happens, and reading what it says |
//!
//! ```
//! use paas_client::harbor::{HarborClient, Login, NewMember, NewProject, ProjectRole};
//! # use paas_client::transport::{Canned, Response};
//! # #[tokio::main(flavor = "current_thread")] async fn main() -> Result<(), paas_client::Error> {
//! # let server = Canned::new(|request| Ok(match (request.method.as_str(), request.path()) {
//! #     ("POST", "/api/v2.0/projects") => Response::new(201, "").header("Location", "/api/v2.0/projects/7"),
//! #     ("POST", _) => Response::new(201, "").header("Location", "/api/v2.0/projects/7/members/12"),
//! #     _ => Response::new(200, r#"[{"id":12,"project_id":7,"entity_id":3,"entity_name":"anna","entity_type":"u",
//! #         "role_id":4,"role_name":"maintainer"}]"#).header("X-Total-Count", "1"),
//! # }));
//! let login = Login::robot("robot$paas", "hidden");
//! let client = HarborClient::builder().url("https://harbor.example").login(login).transport(server).build()?;
//!
//! let project = client.create_project(&NewProject::new("retail".parse()?)).await?;
//! client.add_member(project, &NewMember::UserNamed("anna".into()), ProjectRole::Maintainer).await?;
//! for member in client.list_members(project).collect_all().await? {
//!     assert_eq!((member.name.as_str(), member.role), ("anna", ProjectRole::Maintainer));
//! }
//! # Ok(()) }
//! ```

mod builder;
mod client;
mod create;
mod id;
mod image;
mod lenient;
mod login;
mod member;
mod members;
mod page;
mod project;
mod projects;
mod quota;
mod refusal;
mod replication;
mod role;
mod spelling;
mod system;
mod user;
mod webhook;
mod word;

pub use builder::HarborBuilder;
pub use client::HarborClient;
pub use id::{
    AccessoryId, ArtifactId, ExecutionId, GroupId, ImmutableRuleId, LabelId, MemberId, ProjectId, ProjectKey,
    ProjectName, QuotaId, RegistryId, ReplicationPolicyId, RepositoryId, TagId, TaskId, UserId,
    WebhookPolicyId,
};
pub use image::{
    Accessory, Artifact, ArtifactChild, ArtifactParts, ArtifactPlatform, ArtifactQuery, ArtifactTag, Digest,
    ImmutableRule, Label, LabelScope, NewImmutableRule, NewLabel, Reference, Repository, RepositoryKey,
    RepositoryName, RepositoryQuery, Selection, TagName,
};
pub use login::Login;
pub use member::{Holder, Member, NewMember};
pub use project::{Deletable, NewProject, Project, ProjectChange, ProjectQuery};
pub use quota::{Quota, StorageLimit};
pub use replication::{
    ExecutionQuery, NewRegistry, NewReplicationPolicy, Registry, RegistryChange, RegistryCredential,
    RegistryHealth, RegistryInfo, RegistryKind, ReplicationDirection, ReplicationExecution,
    ReplicationFilter, ReplicationPolicy, ReplicationState, ReplicationTask, ReplicationTrigger, TaskLog,
};
pub use role::ProjectRole;
pub use system::{ComponentHealth, Health, SystemInfo};
pub use user::{GroupKind, Permission, User, UserGroup, UserRef};
pub use webhook::{
    LastTrigger, NewWebhookPolicy, NewWebhookTarget, PayloadFormat, ReplicatedArtifact, ReplicationEnd,
    WebhookEvent, WebhookEventKind, WebhookExecution, WebhookPolicy, WebhookReplication, WebhookResource,
    WebhookTarget,
};

use crate::{Error, ErrorKind, System};

fn harbor_error(kind: ErrorKind, message: impl Into<String>) -> Error {
    Error::new(kind, message).with(|details| details.system = System::Harbor)
}

fn configuration(message: impl Into<String>) -> Error {
    harbor_error(ErrorKind::Configuration, message)
}
