#![doc = include_str!("../../README.md")]
//!
//! # Where is what
//!
//! | | |
//! | --- | --- |
//! | [`check`], [`translate`] | text to [`Application`], text to [`Release`]; all problems as [`Diagnostics`] |
//! | [`Source`], [`Options`], [`Limits`] | the text, what is said to it, and what it may cost |
//! | [`Target`] | where the release goes: version of Rancher, names of environments and stack |
//! | [`rancher`] | the release as `docker-compose.yml` and `rancher-compose.yml` |
//! | [`files`] | reads a template from disk, writes a translation: all files or none |
//! | [`report`] | diagnostics as text for people, as JSON, as one line each |
//! | [`core`], [`tosca`] | the crates behind it, for the types that the ones above are made of |
//!
//! Only [`files`] touches the disk. Nothing here reads a clock or a network.
//!
//! # Features
//!
//! - `report` (on): [`report::human`], which needs a few crates that draw.

pub mod files;
pub mod report;

pub use paas_core as core;
pub use paas_tosca as tosca;

pub use paas_core::{
    application::Application,
    diagnostic::{Code, Diagnostic, Diagnostics, Severity},
    release::{Release, Target},
};
pub use paas_tosca::{Checked, Limits, Options, Source, Translation, check, rancher, translate};
