//! TOSCA Simple Profile in YAML: types, values, functions, topology.
//!
//! ```text
//! tree ─ version ─▶ types (built in, then the template's) ─▶ inputs ─▶ nodes: properties, capabilities, requirements
//!                                                                  ─▶ groups, policies, outputs
//! ```
//! Everything is checked against its definition in one pass; a value that is wrong is diagnosed once, where it
//! stands, and is [`Data::Invalid`](value::Data) from then on, so that nothing that uses it complains again.

mod artifacts;
mod attributes;
mod builtin;
mod conflicts;
mod constraint;
mod container;
mod convert;
mod copies;
mod deferred;
mod definition;
mod directives;
mod document;
mod function;
mod groups;
mod imports;
mod index;
mod inputs;
mod interfaces;
mod json_schema;
mod keywords;
mod library;
mod nodes;
mod outputs;
mod policies;
mod reading;
mod refinement;
mod relationships;
mod report;
mod repositories;
mod requirement;
mod schema;
mod scopes;
mod substitution;
mod topology;
mod triggers;
mod typedefs;
mod unit;
mod value;
mod versions;
mod workflows;

pub(crate) use builtin::{builtin, builtin_text};
pub(crate) use copies::expand;
pub(crate) use deferred::{Attribute, Deferred, Entity, Piece};
pub(crate) use document::{Document, Mode, read};
pub(crate) use imports::{Files, load};
pub(crate) use json_schema::{Narrowed, template_schema};
pub(crate) use library::{Kind, Library, TypeId};
pub(crate) use reading::Names;
pub(crate) use report::Report;
pub(crate) use topology::{Artifact, Node, OutputValue, Policy, Requirement, Topology, find};
pub(crate) use unit::{Quantity, Wrong as WrongUnit, size, size_units};
pub(crate) use value::{Data, Value};
