//! What is wrong with `substitution_mappings` (TOSCA 1.3, section 3.8.13).

use crate::tosca::{
    convert::Reader,
    function::Evaluation,
    keywords,
    library::{Kind, Library, TypeDef},
    requirement::filter,
    typedefs::reference,
};
use crate::yaml::{self, NodeRef};
use paas_core::diagnostic::{Code, Diagnostic};

/// Checks the substitution mappings of a topology.
pub(in crate::tosca) fn check<'t>(topology: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) {
    let (library, report) = (evaluation.library, evaluation.report);
    let Some((word, node)) = topology.entry("substitution_mappings") else { return };
    if node.kind() != yaml::Kind::Mapping {
        return;
    }
    keywords::check(node, keywords::SUBSTITUTION, "`substitution_mappings`", report);
    let named = node.get("node_type").filter(|name| !name.is_null());
    if named.is_none() && !keywords::is_misspelt(node, "node_type", report) {
        report.at(Code::MissingKeyword, word, "`substitution_mappings` have no `node_type`");
    }
    let id = named.and_then(|name| reference(name, &[Kind::Node], library, report));
    if let Some(wanted) = node.get("substitution_filter").filter(|wanted| !wanted.is_null()) {
        // As the standard's text has it, and as its examples have it.
        let long = wanted.get("node_filter");
        if long.is_some() && report.expect(wanted, yaml::Kind::Mapping, "`substitution_filter`") {
            keywords::check(wanted, keywords::SUBSTITUTION_FILTER, "a substitution filter", report);
        }
        filter::check(evaluation, long.unwrap_or(wanted), id);
    }
    let Some(ty) = id.and_then(|id| library.ty(id)) else { return };
    let mapping = Mapping { evaluation, ty };
    mapping.ends(node, "capabilities", |ty| ty.capabilities.iter().map(|it| it.name).collect());
    mapping.ends(node, "requirements", |ty| ty.requirements.iter().map(|it| it.name).collect());
    mapping.properties(node, topology);
    mapping.required(word, node, topology);
    mapping.attributes(node, topology);
    mapping.interfaces(node, topology);
}

/// The entries of one part: of a map, or of a list of maps of one name.
pub(super) fn entries<'t>(
    mappings: NodeRef<'t>,
    part: &str,
) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
    let part = mappings.get(part);
    let of_list = part.into_iter().flat_map(NodeRef::items).filter_map(NodeRef::only_entry);
    part.into_iter().flat_map(NodeRef::entries).chain(of_list)
}

struct Mapping<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    ty: &'e TypeDef<'t>,
}

impl<'t> Mapping<'_, '_, 't> {
    /// The entries of one part, whose shape is told if it is wrong.
    fn entries(&self, node: NodeRef<'t>, part: &str) -> impl Iterator<Item = (NodeRef<'t>, NodeRef<'t>)> {
        let report = self.evaluation.report;
        let given = node.get(part).filter(|list| !list.is_null());
        match given {
            Some(list) if list.kind() == yaml::Kind::Sequence && part == "requirements" => {
                for item in list.items().filter(|item| item.only_entry().is_none()) {
                    report.at(Code::WrongShape, item, "a mapping of a requirement is a map of one name");
                }
            }
            Some(list) => _ = report.expect(list, yaml::Kind::Mapping, &format!("`{part}`")),
            None => {}
        }
        entries(node, part)
    }

    /// Whether the type that is stood for has a name; if not, that is diagnosed.
    fn has(&self, key: NodeRef<'_>, what: &str, names: &[&str]) -> bool {
        let name = key.text().unwrap_or_default();
        let has = names.contains(&name);
        if !has {
            let help = self.evaluation.report.suggest(name, names.iter().copied());
            let message = format!("`{}` has no {what} `{name}`", self.ty.name);
            self.evaluation.report.help(Code::Substitution, key, message, help);
        }
        has
    }

    /// Capabilities and requirements: `[ node, name ]`, or a map with that as `mapping`.
    fn ends(&self, node: NodeRef<'t>, part: &str, names: impl Fn(&TypeDef<'t>) -> Vec<&'t str>) {
        let what = if part == "capabilities" { "capability" } else { "requirement" };
        for (key, value) in self.entries(node, part) {
            self.has(key, what, &names(self.ty));
            let pair = if value.kind() == yaml::Kind::Mapping {
                keywords::check(
                    value,
                    keywords::MAPPED,
                    &format!("a mapping of a {what}"),
                    self.evaluation.report,
                );
                // Without it the mapping gives values only.
                match value.get("mapping") {
                    Some(pair) => pair,
                    None => continue,
                }
            } else {
                value
            };
            let Some((inner, found, name)) = self.pair(pair, what) else { continue };
            let inner_names = names(inner);
            let text = name.text().unwrap_or_default();
            if !inner_names.contains(&text) {
                let help = self.evaluation.report.suggest(text, inner_names);
                let message = format!("`{found}` has no {what} `{text}`");
                self.evaluation.report.help(Code::Substitution, name, message, help);
            } else if part == "capabilities" {
                self.capability_fits(key, inner, name);
            }
        }
    }

    /// What stands for a capability derives from its type.
    fn capability_fits(&self, key: NodeRef<'t>, inner: &TypeDef<'t>, name: NodeRef<'t>) {
        let of = |ty: &TypeDef<'t>, name: Option<&str>| {
            ty.capabilities.iter().find(|it| Some(it.name) == name).and_then(|it| it.ty)
        };
        let library: &Library<'t> = self.evaluation.library;
        let (Some(wanted), Some(found)) = (of(self.ty, key.text()), of(inner, name.text())) else { return };
        if !library.derives(found, wanted) && !library.derives(wanted, found) {
            let message = format!(
                "`{}` is a `{}`, which cannot stand for a `{}`",
                name.text().unwrap_or_default(),
                library.name(found),
                library.name(wanted)
            );
            self.evaluation.report.at(Code::Substitution, name, message);
        }
    }

    /// The type of the node, its name, and the second item, of `[ node, name ]`.
    fn pair(&self, pair: NodeRef<'t>, what: &str) -> Option<(&TypeDef<'t>, &'t str, NodeRef<'t>)> {
        let report = self.evaluation.report;
        let mut items = pair.items();
        let (Some(node), Some(name), None) = (items.next(), items.next(), items.next()) else {
            let message =
                format!("a mapping of a {what} is a list of two names: a node template and its {what}");
            report.at(Code::WrongShape, pair, message);
            return None;
        };
        let (Some(text), Some(_)) = (node.text(), name.text()) else {
            report.at(Code::WrongShape, pair, format!("a mapping of a {what} is a list of two names"));
            return None;
        };
        let Some(&index) = self.evaluation.index.get(text) else {
            let help = report.suggest(text, self.evaluation.index.keys().copied());
            report.help(Code::UnknownNode, node, format!("`{text}` is not a node template"), help);
            return None;
        };
        let declared = self.evaluation.nodes.get(index)?;
        Some((self.evaluation.library.ty(declared.ty?)?, text, name))
    }

    /// `[ input ]`, `[ node, property ]`, a map with that as `mapping`, or a value.
    fn properties(&self, node: NodeRef<'t>, topology: NodeRef<'t>) {
        let report = self.evaluation.report;
        let names: Vec<_> = self.ty.properties.iter().map(|it| it.name).collect();
        for (key, value) in self.entries(node, "properties") {
            self.has(key, "property", &names);
            let value = value.get("mapping").unwrap_or(value);
            if value.kind() == yaml::Kind::Scalar && !value.is_null() {
                // A value, not the name of an input.
                if let Some(property) = self.ty.properties.iter().find(|it| Some(it.name) == key.text()) {
                    Reader::new(self.evaluation.library, report).read(property.name, value, &property.schema);
                }
                continue;
            }
            let input = match value.items().len() {
                1 => value.items().next(),
                2 => {
                    let Some((inner, found, name)) = self.pair(value, "property") else { continue };
                    let text = name.text().unwrap_or_default();
                    if !inner.properties.iter().any(|it| it.name == text) {
                        let help = report.suggest(text, inner.properties.iter().map(|it| it.name));
                        let message = format!("`{found}` has no property `{text}`");
                        report.help(Code::Substitution, name, message, help);
                    }
                    continue;
                }
                _ => None,
            };
            let Some(input) = input else {
                report.at(Code::WrongShape, key, "a mapping of a property is a list of the name of an input");
                continue;
            };
            let text = input.text().unwrap_or_default();
            let inputs = topology.get("inputs");
            if inputs.is_none_or(|inputs| inputs.get(text).is_none()) {
                let names = inputs.into_iter().flat_map(NodeRef::entries).filter_map(|(key, _)| key.text());
                let help = report.suggest(text, names);
                report.help(Code::UnknownInput, input, format!("`{text}` is not an input"), help);
            }
        }
    }

    /// What nodes of the type must give reaches the template by mappings, or by inputs of the same names.
    fn required(&self, at: NodeRef<'t>, node: NodeRef<'t>, topology: NodeRef<'t>) {
        let has = |part: Option<NodeRef<'t>>, name: &str| part.is_some_and(|part| part.get(name).is_some());
        let (mapped, inputs) = (node.get("properties"), topology.get("inputs"));
        for property in self.ty.properties.iter().filter(|it| it.required && it.default.is_none()) {
            let name = property.name;
            if !has(mapped, name) && !has(inputs, name) {
                let message = format!("`{}` requires `{name}`, which no input takes", self.ty.name);
                let diagnostic = Diagnostic::new(Code::Substitution, message).at(at.place());
                let help = format!("add an input `{name}`, or map the property to another");
                self.evaluation
                    .report
                    .push(diagnostic.label(property.at.place(), "required here").help(help));
            }
        }
    }

    /// `[ output ]`.
    fn output(&self, value: NodeRef<'t>, topology: NodeRef<'t>) {
        let report = self.evaluation.report;
        let Some(name) = value.items().next().filter(|name| name.text().is_some()) else {
            report.at(
                Code::WrongShape,
                value,
                "a mapping of an attribute names an output, or a node and its attribute",
            );
            return;
        };
        let text = name.text().unwrap_or_default();
        let outputs = topology.get("outputs");
        if outputs.is_none_or(|outputs| outputs.get(text).is_none()) {
            let names = outputs.into_iter().flat_map(NodeRef::entries).filter_map(|(key, _)| key.text());
            let help = report.suggest(text, names);
            report.help(Code::Substitution, name, format!("`{text}` is not an output"), help);
        }
    }

    /// `[ node, attribute ]`, or `[ output ]`.
    fn attributes(&self, node: NodeRef<'t>, topology: NodeRef<'t>) {
        let names = |ty: &TypeDef<'t>| -> Vec<&'t str> {
            let own = ty.attributes.iter().chain(&ty.properties).map(|it| it.name);
            own.chain(["tosca_id", "tosca_name", "state"]).collect()
        };
        for (key, value) in self.entries(node, "attributes") {
            self.has(key, "attribute", &names(self.ty));
            let value = value.get("mapping").unwrap_or(value);
            if value.items().len() == 1 {
                self.output(value, topology);
                continue;
            }
            let Some((inner, found, name)) = self.pair(value, "attribute") else { continue };
            let text = name.text().unwrap_or_default();
            if !names(inner).contains(&text) {
                let help = self.evaluation.report.suggest(text, names(inner));
                let message = format!("`{found}` has no attribute `{text}`");
                self.evaluation.report.help(Code::Substitution, name, message, help);
            }
        }
    }

    /// Operations by the names of workflows.
    fn interfaces(&self, node: NodeRef<'t>, topology: NodeRef<'t>) {
        let report = self.evaluation.report;
        let workflows = topology.get("workflows");
        for (_, value) in self.entries(node, "interfaces") {
            for (_, workflow) in value.entries() {
                let Some(name) = workflow.text() else { continue };
                if workflows.is_none_or(|all| all.get(name).is_none()) {
                    let all = workflows.into_iter().flat_map(NodeRef::entries);
                    let help = report.suggest(name, all.filter_map(|(key, _)| key.text()));
                    report.help(Code::Substitution, workflow, format!("`{name}` is not a workflow"), help);
                }
            }
        }
    }
}
