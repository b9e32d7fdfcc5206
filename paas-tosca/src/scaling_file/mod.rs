//! Files with scaling plans, read strictly: all their problems at once, each at its place.
//!
//! A file holds one plan or a list of them, in YAML or JSON, in the form of
//! [`ScalingPolicy`] in `release.json`.
//!
//! ```
//! use paas_core::scaling::check;
//! use paas_tosca::{Source, scaling_file};
//!
//! let text = "
//! service: web
//! time_zone: Asia/Shanghai
//! bounds: { min: 1, max: 8 }
//! windows:
//!   - name: office
//!     cycle: { weekly: [ mon, tue, wed, thu, fri ] }      # daily if not given
//!     from: '08:00'
//!     to: '20:00'
//!     rule:
//!       kind: metric
//!       metric: cpu
//!       upper: { value: 0.7, sustained_for_ms: 60000, step: 2 }
//!       lower: 0.25                                        # for a minute, one at a time
//!       bounds: { min: 2, max: 8 }
//!   - { name: night, from: '20:00', to: '08:00', rule: { kind: fixed, count: min } }
//! ";
//! let source = Source::new("web.yaml", text);
//! assert!(scaling_file::is_one(&source));
//! let file = scaling_file::read(&source);
//! assert!(file.diagnostics.is_empty());
//! assert!(check(&file.policies[0]).is_empty());
//!
//! let file = scaling_file::read(&Source::new("web.yaml", text.replace("'20:00'", "8 pm")));
//! assert!(file.policies.is_empty());
//! let problem = file.diagnostics.iter().next().unwrap();
//! assert_eq!(
//!     problem.to_string(),
//!     "web.yaml:9:9: error[scaling_file.wrong_value]: `to` cannot be `8 pm`: a time of day is written `HH:MM`, from `00:00` to `23:59`"
//! );
//! ```

mod keys;
mod map;
mod plan;
mod rule;

use crate::{
    Limits, Source,
    yaml::{self, Kind, NodeRef},
};
use paas_core::{
    diagnostic::{Code, Diagnostic, Diagnostics},
    scaling::ScalingPolicy,
};

/// More problems than this help nobody.
const MOST: usize = 1_000;

/// What [`read`] gives.
#[derive(Debug, Clone, PartialEq)]
#[non_exhaustive]
pub struct ScalingFile {
    /// The plans that could be read as a whole, in the order of the file. They know their places; what they say is for
    /// [`check`](paas_core::scaling::check) to judge.
    pub policies: Vec<ScalingPolicy>,
    /// All problems of the file, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// Reads a file with scaling plans.
pub fn read(source: &Source) -> ScalingFile {
    let loaded = yaml::load(source, &Limits::default());
    let mut report = Report { diagnostics: loaded.diagnostics, told: 0 };
    let mut policies = Vec::new();
    if let Some(tree) = loaded.tree {
        let root = tree.root();
        if root.kind() == Kind::Sequence {
            policies.extend(root.items().filter_map(|plan| plan::read(plan, &mut report)));
        } else {
            policies.extend(plan::read(root, &mut report));
        }
    }
    let mut diagnostics = report.diagnostics;
    diagnostics.sort();
    ScalingFile { policies, diagnostics }
}

/// Whether a text is one rather than a template: a list, or a map with keys of a plan that does not say which TOSCA it is.
pub fn is_one(source: &Source) -> bool {
    let Some(tree) = yaml::load(source, &Limits::default()).tree else { return false };
    let root = tree.root();
    let has = |key: &str| root.entry(key).is_some();
    root.kind() == Kind::Sequence
        || (!has("tosca_definitions_version") && keys::PLAN.iter().any(|key| has(key.name)))
}

/// What is told of a file.
struct Report {
    diagnostics: Diagnostics,
    told: usize,
}

impl Report {
    fn push(&mut self, diagnostic: Diagnostic) {
        if self.told < MOST {
            self.told += 1;
            self.diagnostics.push(diagnostic);
        }
    }

    fn help(&mut self, code: Code, at: NodeRef<'_>, message: String, help: impl Into<String>) {
        self.push(Diagnostic::new(code, message).at(at.place()).help(help));
    }
}
