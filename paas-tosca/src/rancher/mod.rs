//! Renders a release as the files that Rancher's compose executor takes.
//!
//! | rule | why |
//! | --- | --- |
//! | the first line is `# notemplating` | otherwise the executor runs the text through Go templates, and `{{` in a string is an error or worse |
//! | `version` is `"2"`, and everything is written by the [emitter](crate::yaml::emit) | a string cannot be taken for anything else |
//! | `$` is doubled in every value below `services`; keys keep theirs | values are interpolated, keys are not |
//! | a secret is `${answer}` | its value comes with the answers of the stack call only |
//! | what Docker knows is in `docker-compose.yml`, what Rancher adds in `rancher-compose.yml` | lists that are in both would be joined; `lb_config` in the first would be lost |
//! | what a list says twice is written once | the executor refuses lists that repeat themselves |
//! | secrets of the platform are `external`, written as a text | they are there before the stack, and the executor's type is a text |
//! | what a container passes on stands in the file of its key, in the shape that the executor takes; a key that is none of them is left out | nothing is said twice, or past a policy |
//! | a service has the links of its sidekicks, and names them in `io.rancher.sidekicks` | the executor sends no links of sidekicks |
//! | volumes are `external` | they are made before the stack, and outlive it |
//!
//! What the executor cannot say is refused before, when the template is checked:
//! - the keys `<<`, `""` and line feeds alone in environments and labels, and `=` in the name of a variable,
//! - a comma or `=` in an affinity, `:` in the path of a mount, `/` or `:` in the name of an environment,
//! - a service, certificate, host or environment that a load balancer names and that is a number not in its shortest
//!   form (`007`, `+5`): the executor shortens it.
//!
//! Three things are left to whoever deploys. A scale of 0 is written, but the executor makes it 1 when it creates the
//! service. The batches of an update are a part of the upgrade call: the files say them, but the executor uses
//! `start_first` only. An upgrade does not send changed addresses of external services.

pub(crate) mod affinity;
mod compose;
mod container;
mod fits;
mod folder;
mod health;
mod index;
mod interpolate;
mod labels;
mod links;
mod load_balancer;
mod logs;
pub(crate) mod options;
mod passed;
mod secrets;
mod security;
mod service;
mod shape;
mod stand_in;

pub use compose::{PartFiles, render};
