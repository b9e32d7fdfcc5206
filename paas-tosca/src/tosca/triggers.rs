//! Triggers of policies and policy types (TOSCA 1.3, section 3.6.22; older forms too): checked, and not executed.

use super::{
    function::Evaluation,
    groups::Groups,
    keywords,
    library::{Kind, Library},
    report::Report,
    typedefs::reference,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// The kinds of activities, in actions of triggers and steps of workflows.
const ACTIVITIES: [&str; 4] = ["delegate", "set_state", "call_operation", "inline"];

/// Checks the triggers of a policy.
pub(super) fn check_of_policy<'t>(evaluation: &Evaluation<'_, 't>, policy: NodeRef<'t>, groups: &Groups<'t>) {
    let is_known = |target: NodeRef<'_>| {
        let name = target.text().unwrap_or_default();
        evaluation.index.contains_key(name)
            || groups.contains_key(name)
            || evaluation.library.named(Kind::Node, target).is_some()
            || evaluation.library.may_lack(target)
    };
    check(policy, "a policy", evaluation.report, |target| {
        let report = evaluation.report;
        let name = target.text().unwrap_or_default();
        // Readers of TOSCA 1.0 take any word here.
        if !is_known(target) {
            let names = evaluation.index.keys().copied().chain(groups.keys().copied());
            let help = report.suggest(name, names);
            let message = format!("`{name}` is neither a node template nor a node type");
            let diagnostic = Diagnostic::new(Code::UnknownNode, message).at(target.place());
            report.push(diagnostic.severity(Severity::Warning).maybe_help(help));
        }
    });
}

/// Checks the triggers of a policy type.
pub(super) fn check_of_type<'t>(ty: NodeRef<'t>, library: &Library<'t>, report: &Report) {
    check(ty, "a policy type", report, |target| _ = reference(target, &[Kind::Node], library, report));
}

fn check(owner: NodeRef<'_>, of: &str, report: &Report, check_target: impl Fn(NodeRef<'_>)) {
    let Some((word, triggers)) = owner.entry("triggers").filter(|(_, triggers)| !triggers.is_null()) else {
        return;
    };
    let message = format!("`triggers` of {of} are read, but not executed");
    report.push(Diagnostic::new(Code::NotExecuted, message).at(word.place()).severity(Severity::Warning));
    if !report.expect(triggers, yaml::Kind::Mapping, "`triggers`") {
        return;
    }
    for (key, trigger) in triggers.entries() {
        let name = key.text().unwrap_or_default();
        if !report.expect(trigger, yaml::Kind::Mapping, &format!("the trigger `{name}`")) {
            continue;
        }
        keywords::check(trigger, keywords::TRIGGER, "a trigger", report);
        // Of TOSCA 1.0, which readers took without events and actions, as they took measured values.
        let is_older = ["metric", "event_type", "meter_name"].iter().any(|word| trigger.get(word).is_some());
        for word in ["event", "action"] {
            if trigger.get(word).is_none_or(NodeRef::is_null)
                && !is_older
                && !keywords::is_misspelt(trigger, word, report)
            {
                report.at(Code::Trigger, key, format!("the trigger `{name}` has no `{word}`"));
            }
        }
        if let Some(schedule) = trigger.get("schedule").filter(|schedule| !schedule.is_null())
            && report.expect(schedule, yaml::Kind::Mapping, "`schedule`")
        {
            keywords::check(schedule, keywords::SCHEDULE, "a schedule", report);
        }
        if let Some(filter) = trigger.get("target_filter").filter(|filter| !filter.is_null())
            && report.expect(filter, yaml::Kind::Mapping, "`target_filter`")
        {
            keywords::check(filter, keywords::TARGET_FILTER, "a target filter", report);
            match filter.get("node").filter(|node| !node.is_null()) {
                Some(node) => check_target(node),
                None => report.at(Code::Trigger, filter, "a target filter has a `node`"),
            }
        }
        if let Some(action) = trigger.get("action").filter(|action| !action.is_null()) {
            check_action(action, is_older, report);
        }
    }
}

fn check_action(action: NodeRef<'_>, is_older: bool, report: &Report) {
    match action.kind() {
        yaml::Kind::Sequence => {
            // Older readers take names of policies.
            let items = action.items().filter(|item| !(is_older && item.kind() == yaml::Kind::Scalar));
            items.for_each(|item| _ = activity(item, Code::Trigger, report));
        }
        // TOSCA 1.0: a name and the inputs of what it stands for.
        yaml::Kind::Mapping => {}
        yaml::Kind::Scalar => report.at(Code::Trigger, action, "`action` is a list of activities"),
    }
}

/// The kind of an activity, and what it says; what is none is diagnosed.
pub(super) fn activity<'t>(
    item: NodeRef<'t>,
    code: Code,
    report: &Report,
) -> Option<(&'static str, NodeRef<'t>)> {
    let Some((key, value)) = item.only_entry() else {
        report.at(code, item, "an activity is a map of one entry");
        return None;
    };
    let name = key.text().unwrap_or_default();
    let Some(kind) = ACTIVITIES.into_iter().find(|kind| *kind == name) else {
        let help = report.suggest(name, ACTIVITIES);
        let help = help.unwrap_or_else(|| format!("the activities are `{}`", ACTIVITIES.join("`, `")));
        report.help(code, key, format!("`{name}` is not an activity"), help);
        return None;
    };
    let (words, needed) = match kind {
        "call_operation" => (keywords::CALL_OPERATION, "operation"),
        _ => (keywords::CALL_WORKFLOW, "workflow"),
    };
    match value.kind() {
        yaml::Kind::Scalar if !value.is_null() => Some((kind, value)),
        yaml::Kind::Mapping if kind != "set_state" => {
            keywords::check(value, words, &format!("`{kind}`"), report);
            let named = value.get(needed).filter(|named| named.text().is_some() && !named.is_null());
            if named.is_none() && !keywords::is_misspelt(value, needed, report) {
                report.at(code, key, format!("`{kind}` names no `{needed}`"));
            }
            named.map(|named| (kind, named))
        }
        _ => {
            let what = if kind == "set_state" { "a single value" } else { "a single value or a map" };
            report.at(code, key, format!("`{kind}` is {what}"));
            None
        }
    }
}
