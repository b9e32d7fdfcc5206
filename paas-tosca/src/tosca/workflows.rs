//! Workflows (TOSCA 1.3, section 3.8.7): checked, and not executed.

use super::{definition, function::Evaluation, groups::Groups, keywords, report::Report, triggers::activity};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};
use rustc_hash::FxHashSet;

/// Checks the workflows of a topology.
pub(super) fn check<'t>(topology: NodeRef<'t>, evaluation: &Evaluation<'_, 't>, groups: &Groups<'t>) {
    let report = evaluation.report;
    let Some((word, workflows)) = topology.entry("workflows") else { return };
    if workflows.kind() != yaml::Kind::Mapping {
        return;
    }
    let message = "workflows are read, but not executed";
    report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    let names = Names::of(workflows);
    for (key, workflow) in workflows.entries() {
        let name = key.text().unwrap_or_default();
        if workflow.is_null()
            || !report.expect(workflow, yaml::Kind::Mapping, &format!("the workflow `{name}`"))
        {
            continue;
        }
        keywords::check(workflow, keywords::WORKFLOW, "a workflow", report);
        definition::properties("inputs", workflow, keywords::INPUT, evaluation.library, report);
        let targets = Targets { evaluation, groups };
        if let Some(list) = workflow.get("preconditions").filter(|list| !list.is_null()) {
            preconditions(list, &targets);
        }
        if let Some(all) = workflow.get("steps").filter(|steps| !steps.is_null())
            && report.expect(all, yaml::Kind::Mapping, "`steps`")
        {
            steps(all, &names, &targets);
        }
    }
}

/// The keys of a map, of which very many may be asked for.
struct Names<'t>(FxHashSet<&'t str>);

impl<'t> Names<'t> {
    fn of(map: NodeRef<'t>) -> Self {
        Self(map.entries().filter_map(|(key, _)| key.text()).collect())
    }

    /// Looks for a name; that it is not there is diagnosed.
    fn check(&self, at: NodeRef<'_>, what: &str, report: &Report) {
        let name = at.text().unwrap_or_default();
        if !self.0.contains(name) {
            let help = report.suggest(name, self.0.iter().copied());
            report.help(Code::Workflow, at, format!("`{name}` is not {what}"), help);
        }
    }
}

/// What steps and preconditions can be about.
struct Targets<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    groups: &'e Groups<'t>,
}

impl Targets<'_, '_, '_> {
    fn check(&self, owner: NodeRef<'_>, key: NodeRef<'_>, what: &str) {
        let report = self.evaluation.report;
        let Some(target) = owner.get("target").filter(|target| !target.is_null()) else {
            if !keywords::is_misspelt(owner, "target", report) {
                report.at(Code::Workflow, key, format!("{what} has no `target`"));
            }
            return;
        };
        let Some(name) = target.text() else {
            report.at(Code::WrongShape, target, "`target` is the name of a node template or group");
            return;
        };
        if !self.evaluation.index.contains_key(name) && !self.groups.contains_key(name) {
            let names = self.evaluation.index.keys().chain(self.groups.keys()).copied();
            let help = report.suggest(name, names);
            report.help(
                Code::UnknownMember,
                target,
                format!("`{name}` is not a node template or group"),
                help,
            );
        }
    }
}

fn preconditions(list: NodeRef<'_>, targets: &Targets<'_, '_, '_>) {
    let report = targets.evaluation.report;
    if !report.expect(list, yaml::Kind::Sequence, "`preconditions`") {
        return;
    }
    for item in list.items() {
        if report.expect(item, yaml::Kind::Mapping, "a precondition") {
            keywords::check(item, keywords::PRECONDITION, "a precondition", report);
            targets.check(item, item, "the precondition");
        }
    }
}

fn steps(all: NodeRef<'_>, workflows: &Names<'_>, targets: &Targets<'_, '_, '_>) {
    let report = targets.evaluation.report;
    let names = Names::of(all);
    for (key, step) in all.entries() {
        let name = key.text().unwrap_or_default();
        if !report.expect(step, yaml::Kind::Mapping, &format!("the step `{name}`")) {
            continue;
        }
        keywords::check(step, keywords::STEP, "a step", report);
        targets.check(step, key, &format!("the step `{name}`"));
        match step.get("activities") {
            Some(list) if report.expect(list, yaml::Kind::Sequence, "`activities`") => {
                list.items().for_each(|item| check_activity(item, workflows, report));
            }
            Some(_) => {}
            None if keywords::is_misspelt(step, "activities", report) => {}
            None => report.at(Code::Workflow, key, format!("the step `{name}` has no `activities`")),
        }
        for word in ["on_success", "on_failure"] {
            follow(step, word, &names, report);
        }
    }
}

fn check_activity(item: NodeRef<'_>, workflows: &Names<'_>, report: &Report) {
    let Some((kind, value)) = activity(item, Code::Workflow, report) else { return };
    if kind == "inline" {
        workflows.check(value, "a workflow", report);
    }
    let name = value.text().unwrap_or_default();
    if kind == "call_operation" && !name.contains('.') {
        let message = format!("`{name}` is no operation: it is written `interface.operation`");
        report.at(Code::Workflow, value, message);
    }
}

/// The steps that come after a step, as a list or a single name.
fn follow(step: NodeRef<'_>, word: &str, all: &Names<'_>, report: &Report) {
    let Some(next) = step.get(word).filter(|next| !next.is_null()) else { return };
    let single = (next.kind() == yaml::Kind::Scalar).then_some(next);
    if single.is_none() && !report.expect(next, yaml::Kind::Sequence, &format!("`{word}`")) {
        return;
    }
    for name in next.items().chain(single) {
        all.check(name, "a step of this workflow", report);
    }
}
