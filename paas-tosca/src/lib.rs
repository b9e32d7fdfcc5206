//! TOSCA Simple Profile templates in, checked; Rancher's `docker-compose.yml` and `rancher-compose.yml` out.
//!
//! All problems of a template are found in one pass, each at its place. The work on any text is bounded. Nothing here
//! reads a file, a clock or a network.
//!
//! ```
//! use paas_core::release::Target;
//! use paas_tosca::{Options, Source, rancher, translate};
//!
//! let template = "
//! tosca_definitions_version: tosca_simple_yaml_1_3
//! topology_template:
//!   node_templates:
//!     dmz: { type: paas.nodes.Network }
//!     web:
//!       type: paas.nodes.Service
//!       properties: { image: 'registry.bank.test/web:1.4', command: [ serve, '$HOME' ], resources: { cpu_limit: 0.5, memory_limit: 64 MiB } }
//!       requirements: [ { network: dmz } ]
//! ";
//! let translation = translate(&Source::new("shop.yaml", template), &Options::default(), &Target::default());
//! assert!(translation.diagnostics.is_empty());
//!
//! let files = rancher::render(&translation.release.unwrap());
//! assert!(files[0].docker_compose.contains("\"$$HOME\""));
//! ```
//!
//! # The way of a template
//!
//! ```text
//! text ─▶ tree ─▶ document ─▶ application ─▶ release ─▶ files
//!     yaml    tosca      profile      paas_core    rancher
//! ```
//!
//! | module | what |
//! | --- | --- |
//! | [`yaml`] | text to a tree that knows where everything stood; and the emitter that quotes everything |
//! | [`mod@export`] | an application as a template again, for people to read |
//! | [`csar`] | archives with a template and what it imports |
//! | [`resolve`] | where imported files come from |
//! | `tosca` | the language: types, values, functions, requirements, all held against their definitions |
//! | `profile` | what nodes, relationships and policies of the `paas` profile mean |
//! | [`rancher`] | a release as the files that Rancher's executor takes |
//! | [`compose`] | stacks of Rancher: compose files in, an application out |
//! | [`clone`] | a template taken to another tenant |
//! | [`policy_file`] | what a platform lets applications do, as its operator writes it |
//! | [`scaling_file`] | scaling plans by themselves, in YAML or JSON |
//! | [`size`] | sizes as templates write them, for other files |
//! | [`mod@reference`] | the page about the profile, made from its definitions |
//! | [`schema`] | the JSON Schema with which editors complete and check templates |
//!
//! [`check`] goes as far as the application, and plans it to see that it can be translated; [`translate`] gives the
//! release. Planning is [`Release::plan`](paas_core::release::Release::plan).

mod check;
pub mod clone;
pub mod compose;
pub mod csar;
pub mod export;
pub mod policy_file;
mod profile;
pub mod rancher;
pub mod reference;
pub mod resolve;
pub mod scaling_file;
pub mod schema;
pub mod size;
mod source;
mod tosca;
pub mod yaml;

pub use check::{Checked, Options, Translation, check, translate};
pub use source::{Limits, Source, Sources, builtin_text};
