//! From the nodes that templates stand for to the nodes of these.

use super::{Ends, Stands, attributes};
use crate::tosca::{
    directives,
    function::Evaluation,
    library::Kind,
    requirement,
    topology::{Declared, Requirement, Topology},
};
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Leads what points at nodes that templates stand for to the nodes of these, and gives these the requirements.
pub(in crate::tosca) fn redirect<'t>(
    evaluation: &Evaluation<'_, 't>,
    topology: &mut Topology<'t>,
    stands: &Stands<'t>,
) {
    if stands.is_empty() {
        return;
    }
    let redirect = Redirect { evaluation, stands, base: topology.base };
    for node in topology.nodes.iter_mut().take(evaluation.nodes.len()) {
        let old = std::mem::take(&mut node.requirements);
        node.requirements.reserve(old.len());
        for requirement in old {
            redirect.requirement(requirement, &mut node.requirements);
        }
    }
    let mut replaced: Vec<_> = stands.iter().collect();
    replaced.sort_by_key(|(index, _)| **index);
    for (&index, ends) in replaced {
        redirect.hand_over(index, ends, topology);
    }
    redirect.policies(topology);
    attributes::resolve(evaluation, topology, stands);
}

struct Redirect<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    stands: &'e Stands<'t>,
    base: usize,
}

impl<'t> Redirect<'_, '_, 't> {
    /// What a template offers that stands for a node, and the name of that.
    fn stand(&self, target: usize) -> Option<(&Ends<'t>, &Declared<'t>)> {
        let own = target.checked_sub(self.base)?;
        Some((self.stands.get(&own)?, self.evaluation.nodes.get(own)?))
    }

    /// A requirement leads to the node that the capability is mapped to.
    fn requirement(&self, mut requirement: Requirement<'t>, to: &mut Vec<Requirement<'t>>) {
        let Some((ends, declared)) = self.stand(requirement.target) else { return to.push(requirement) };
        requirement.called = requirement.called.or(Some(declared.name_text()));
        let capability = requirement.capability.unwrap_or_default();
        if let Some(&(target, inner)) = ends.capabilities.get(capability) {
            requirement.target = target;
            requirement.capability = Some(inner);
            return to.push(requirement);
        }
        if self.is_dependency(&requirement) {
            // Whoever waits for the node waits for all of the template.
            for &target in &ends.nodes {
                if !self.evaluation.report.spend(requirement.at, 1) {
                    break;
                }
                to.push(Requirement { target, called: None, ..requirement.clone() });
            }
            return;
        }
        let given = ends.mappings.and_then(|mappings| mappings.get("capabilities"));
        // A mapping that leads nowhere is diagnosed itself; so is a template that was not read.
        if let Some(mappings) = ends.mappings
            && given.is_none_or(|given| given.get(capability).is_none())
        {
            let name = declared.name_text();
            let message = format!(
                "the template that stands for `{name}` maps no node to its capability `{capability}`"
            );
            let help = format!("map it: `capabilities: {{ {capability}: [ node, {capability} ] }}`");
            let diagnostic = Diagnostic::new(Code::Substitution, message).at(requirement.at.place());
            self.evaluation.report.push(diagnostic.label(mappings.place(), "its mappings").help(help));
        }
        requirement.whole = false;
        to.push(requirement);
    }

    /// Whether it only says what must be there before.
    fn is_dependency(&self, requirement: &Requirement<'t>) -> bool {
        let library = self.evaluation.library;
        let depends_on = library.find(Kind::Relationship, "tosca.relationships.DependsOn");
        requirement.relationship.is_some() && requirement.relationship == depends_on
    }

    /// Gives the nodes of a template the requirements of the node that it stands for.
    fn hand_over(&self, index: usize, ends: &Ends<'t>, topology: &mut Topology<'t>) {
        let Some(node) = topology.nodes.get_mut(index) else { return };
        let requirements = std::mem::take(&mut node.requirements);
        node.handed = 0;
        for requirement in &requirements {
            let mapped: Vec<_> = ends.requirement(requirement.name).collect();
            let all = ends.nodes.iter().map(|&node| (node, requirement.name));
            let to: Vec<_> =
                if mapped.is_empty() && self.is_dependency(requirement) { all.collect() } else { mapped };
            if to.is_empty() {
                self.is_lost(index, ends, requirement);
            }
            for (target, name) in to {
                if !self.evaluation.report.spend(requirement.at, 1) {
                    return;
                }
                let Some(inner) = topology.nodes.get_mut(target - self.base) else { continue };
                inner.requirements.push(Requirement { name, ..requirement.clone() });
                inner.handed += 1;
            }
        }
        for &(outer, target, inner) in &ends.requirements {
            self.is_met(index, ends, (outer, target, inner), topology);
        }
    }

    /// Warns of a requirement that no node of the template gets.
    fn is_lost(&self, index: usize, ends: &Ends<'t>, requirement: &Requirement<'t>) {
        let (Some(mappings), Some(declared)) = (ends.mappings, self.evaluation.nodes.get(index)) else {
            return;
        };
        let (name, node) = (requirement.name, declared.name_text());
        let given = mappings.get("requirements");
        let is_wrong = given.is_some_and(|given| {
            given.get(name).is_some()
                || given
                    .items()
                    .any(|item| item.only_entry().is_some_and(|(key, _)| key.text() == Some(name)))
        });
        if is_wrong {
            // Diagnosed where it is mapped.
            return;
        }
        let message =
            format!("the template that stands for `{node}` gives no node of it the requirement `{name}`");
        let diagnostic = Diagnostic::new(Code::NotExecuted, message).at(requirement.at.place());
        let help = format!("map it: `requirements: {{ {name}: [ node, {name} ] }}`");
        self.evaluation
            .report
            .push(diagnostic.severity(Severity::Warning).label(mappings.place(), "its mappings").help(help));
    }

    /// Whether a node of the template has as many of a requirement as it needs.
    fn is_met(
        &self,
        index: usize,
        ends: &Ends<'t>,
        (outer, target, inner): (&'t str, usize, &'t str),
        topology: &Topology<'t>,
    ) {
        let library = self.evaluation.library;
        let Some(declared) = self.evaluation.nodes.get(index) else { return };
        let Some(node) = topology.nodes.get(target - self.base) else { return };
        let definition = |ty| {
            let all = library.ty(ty)?.requirements.iter();
            Some(all)
        };
        let wanted = node.ty.and_then(definition).and_then(|mut all| all.find(|it| it.name == inner));
        let Some(wanted) = wanted else { return };
        let count = node.requirements.iter().filter(|it| it.name == inner).count();
        let is_told = node.lacks_requirements()
            // It comes from further outside.
            || self.evaluation.mapped.contains(&(index, outer))
            || requirement::assignments(declared, outer).next().is_some()
            || declared
                .ty
                .and_then(definition)
                .is_some_and(|mut all| all.any(|it| it.name == outer && it.least > 0));
        if is_told || u64::try_from(count).is_ok_and(|count| count >= wanted.least) {
            return;
        }
        let message = format!(
            "the requirement `{outer}` is missing: `{}` needs it in the template that stands for `{}`",
            node.own_name(),
            declared.name_text()
        );
        let mut diagnostic = Diagnostic::new(Code::MissingRequirement, message).at(declared.name.place());
        if let Some(mappings) = ends.mappings {
            diagnostic = diagnostic.label(mappings.place(), "its mappings");
        }
        self.evaluation.report.push(
            diagnostic
                .severity(directives::severity_of(self.evaluation, node.ty))
                .label(wanted.at.place(), "required here")
                .help(format!("add `- {outer}: …` to `requirements`")),
        );
    }

    /// A policy for a node is one for all nodes of the template that it can be for.
    fn policies(&self, topology: &mut Topology<'t>) {
        let library = self.evaluation.library;
        let types: Vec<_> = topology.nodes.iter().map(|node| node.ty).collect();
        for policy in &mut topology.policies {
            if !policy.targets.iter().any(|&target| self.stand(target).is_some()) {
                continue;
            }
            let wanted = policy.ty.and_then(|ty| library.ty(ty)).map_or(&[][..], |ty| &ty.targets);
            let mut targets = Vec::new();
            for &target in &policy.targets {
                let Some((ends, _)) = self.stand(target) else {
                    targets.push(target);
                    continue;
                };
                for &node in &ends.nodes {
                    let ty = types.get(node - self.base).copied().flatten();
                    let fits = ty.is_some_and(|ty| wanted.iter().any(|&wanted| library.derives(ty, wanted)));
                    if (fits || wanted.is_empty()) && self.evaluation.report.count_target(policy.at) {
                        targets.push(node);
                    }
                }
            }
            targets.sort_unstable();
            targets.dedup();
            policy.targets = targets;
        }
    }
}
