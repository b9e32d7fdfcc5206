#![cfg_attr(feature = "platform", doc = include_str!("../../README.md"))]
//!
//! # Where is what
//!
//! | | |
//! | --- | --- |
//! | [`check`], [`translate`] | text to [`Application`], text to [`Release`]; all problems as [`Diagnostics`] |
//! | [`Source`], [`Options`], [`Limits`] | the text, what is said to it, and what it may cost |
//! | [`access`] | who may what: roles, decisions with reasons, the matrix, members in Rancher and Harbor |
//! | [`TemplatePolicy`] | what a platform lets templates do: [`files::read_policy`] reads one, `Options` and the platform take it |
//! | [`Target`] | where the release goes: version of Rancher, names of environments and stack |
//! | [`clone_template`] | a template taken to another tenant by a [`Mapping`]: the same text, other names |
//! | [`Difference`] | what is different in another release, and what an update does |
//! | [`rancher`] | the release as `docker-compose.yml` and `rancher-compose.yml` |
//! | [`mod@compose`] | a stack of Rancher (`docker-compose.yml`, `rancher-compose.yml`) as an [`Application`], with what is not the same |
//! | [`mod@export`] | an [`Application`] as a template again, for people to read; [`Release::application`] gives one |
#![cfg_attr(
    feature = "platform",
    doc = "| [`Platform`] | plans and deploys for tenants, from a durable journal: [`Acting`], [`Deploy`], [`Operation`], [`Event`] |"
)]
#![cfg_attr(
    feature = "platform",
    doc = "| [`RancherClient`], [`Credentials`] | the back end, and the key to it |"
)]
#![cfg_attr(
    feature = "platform",
    doc = "| [`Tenant`], [`Actor`], [`Secrets`] | for whom, by whom, and what is kept nowhere |"
)]
#![cfg_attr(
    feature = "platform",
    doc = "| [`platform`], [`client`] | the crates behind it: the store, errors, seams for tests |"
)]
//! | [`scaling`] | the engine that carries scaling plans out, and what a plan does on a day's load |
//! | [`codes`] | what the code of an error or a diagnostic means, and what to do |
//! | [`files`] | reads templates, tenant files and secrets from disk; writes a translation: all files or none |
//! | [`report`] | as text for people: diagnostics, differences, plans, progress, states |
//! | [`core`], [`tosca`] | the crates behind it, for the types that the ones above are made of |
//!
//! Only [`files`] and what is begun with a `Platform` touch the disk, a clock or a network.
//!
//! # Features
//!
//! - `platform` (on): deploying. Without it the library translates, and pulls in no store, client or runtime.
//! - `tls-ring` (on): the client talks over sockets, with cryptography by ring where the program has chosen no other;
//!   `http`: without ring. With neither, the program brings a transport of its own.
//! - `keystone`: the client of Keystone (`KeystoneClient`); `gateway`: also the gateway, as `gateway`.
//! - `report` (on): [`report::human`], which needs a few crates that draw.
//! - `schema`: JSON Schemas of the documents, as `core::schema` and `platform::schema`.

pub mod codes;
pub mod files;
#[cfg(all(feature = "gateway", feature = "platform"))]
mod namespaces;
pub mod report;

#[cfg(all(feature = "gateway", feature = "platform"))]
pub use namespaces::PlatformNamespaces;
#[cfg(any(feature = "platform", feature = "keystone"))]
pub use paas_client as client;
pub use paas_core as core;
#[cfg(feature = "gateway")]
pub use paas_gateway as gateway;
#[cfg(feature = "platform")]
pub use paas_platform as platform;
pub use paas_scaling as scaling;
pub use paas_tosca as tosca;

#[cfg(feature = "keystone")]
pub use paas_client::KeystoneClient;
#[cfg(feature = "platform")]
pub use paas_client::{Credentials, RancherClient};
pub use paas_core::{
    access,
    actor::Actor,
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    policy::TemplatePolicy,
    release::{LinkStrategy, Release, Target, difference::Difference},
    tenant::Tenant,
};
#[cfg(feature = "platform")]
pub use paas_platform::{
    Acting, ApplicationStatus, Deploy, Event, ExecutionPolicy, Operation, OperationId, OperationStatus,
    Planned, Planning, Platform, Secrets,
};
pub use paas_tosca::{
    Checked, Limits, Options, Source, Sources, Translation, check,
    clone::{Cloned, Mapping, clone_template},
    compose, export, policy_file, rancher, translate,
};

/// The program in the guide to scaling runs.
#[cfg(doctest)]
#[doc = include_str!("../../docs/scaling.md")]
pub struct ScalingGuide;
