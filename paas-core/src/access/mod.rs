//! Who may what: one permission model over the platform, Rancher and the image registries.
//!
//! Keystone owns users, projects (here: tenants) and who has which role. This module says what that allows.
//!
//! | type | what |
//! | --- | --- |
//! | [`Role`], [`Kind`], [`Action`] | the words of the model |
//! | [`Subject`] | a user with its roles: for the platform, in tenants; and its image namespaces |
//! | [`Resource`] | what somebody wants to do something to |
//! | [`decide`] | the [`Decision`], with its reason |
//! | [`AccessEvent`], [`AccessSink`] | what an audit is told of it |
//! | [`interned`] | the same by numbers, for whoever decides millions of times |
//! | [`matrix`] | all rules as a table to read |
//! | [`keystone`] | who has which roles of Keystone where: of groups, inherited and implied ones |
//! | [`RoleNames`] | which role a role of Keystone is here |
//! | [`RancherRoles`], [`HarborRoles`] | which role it is there, and what that role may |
//! | [`IdentityMap`] | who a Keystone user is in Rancher and Harbor |
//! | [`membership`] | what makes the members there those that Keystone says |
//!
//! The rules are one table, [`rules.rs`]. Nothing is allowed that no rule allows; a role in one tenant never
//! reaches another; and the backends give nobody more than the platform does, but for what is
//! [named](Widening), with a reason.
//!
//! [`rules.rs`]: https://docs.rs/crate/paas-core/latest/source/src/access/rules.rs

mod action;
mod backend;
mod decide;
mod event;
mod identity;
pub mod interned;
pub mod keystone;
mod kind;
pub mod matrix;
pub mod membership;
mod names;
mod resource;
mod role;
mod rules;
mod subject;
mod tables;
mod wording;

pub use action::{Action, Actions, UnknownAction};
pub use backend::{
    HarborRole, HarborRoles, RancherRole, RancherRoles, Registry, RoleMap, UnnamedWidening, Widening,
    WidensTooMuch,
};
pub use decide::{Decision, Reason, decide};
pub use event::{AccessEvent, AccessSink};
pub use identity::{
    Identities, IdentityMap, IdentityRule, InvalidIdentityMap, KeystoneUser, RancherIdentity, RancherRule,
};
pub use kind::{Kind, UnknownKind};
pub use names::{RoleNames, Scope};
pub use resource::Resource;
pub use role::{Role, Roles, UnknownRole};
pub use subject::{Subject, TenantGrant};

use wording::{listed, unknown};
