//! The topology: nodes, relationships, groups, policies, outputs, all read and checked.

use super::{
    container,
    function::{Evaluation, Scope},
    groups,
    inputs::Inputs,
    keywords,
    library::TypeId,
    nodes, outputs, policies,
    reading::{Reading, Role},
    relationships::{self, Relationships},
    report::Report,
    substitution::{self, Ends},
    value::Value,
    workflows,
};
use crate::yaml::{self, NodeRef};

/// A node template by name, type and tree: what others can refer to.
#[derive(Debug)]
pub(super) struct Declared<'t> {
    pub(super) name: NodeRef<'t>,
    pub(super) node: NodeRef<'t>,
    pub(super) ty: Option<TypeId>,
}

impl<'t> Declared<'t> {
    pub(super) fn name_text(&self) -> &'t str {
        self.name.text().unwrap_or_default()
    }
}

/// A topology that was read.
#[derive(Debug, Default)]
pub(crate) struct Topology<'t> {
    pub(crate) nodes: Vec<Node<'t>>,
    pub(crate) policies: Vec<Policy<'t>>,
    pub(crate) outputs: Vec<OutputValue<'t>>,
    /// The secret inputs that something asked for.
    pub(crate) secrets: Vec<String>,
    /// Whether something depends on an input without a value.
    pub(crate) incomplete: bool,
    /// Whether something depends on what is known only when the application runs.
    pub(crate) has_deferred: bool,
    /// What it offers if it stands for a node.
    pub(super) ends: Ends<'t>,
    /// The index of its first node, which is not 0 if it stands for a node.
    pub(super) base: usize,
}

/// A node template.
#[derive(Debug)]
pub(crate) struct Node<'t> {
    /// Its name in the application: inside of what stands for a node, that node's name goes before it.
    pub(crate) name: &'t str,
    /// The name where it stands.
    pub(crate) at: NodeRef<'t>,
    /// The name of the node that its template stands for; empty in the template itself.
    pub(crate) within: &'t str,
    /// Whether another template stands for it, so that it is not deployed itself.
    pub(crate) is_replaced: bool,
    pub(super) node: NodeRef<'t>,
    pub(crate) ty: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Capabilities that the template gives properties to.
    pub(crate) capabilities: Vec<(&'t str, Vec<(NodeRef<'t>, Value<'t>)>)>,
    pub(crate) requirements: Vec<Requirement<'t>>,
    /// How many of these are those of the node that its template stands for.
    pub(super) handed: usize,
    pub(super) images: Vec<Artifact<'t>>,
    /// Inputs of `create` and `configure`, if it has an image.
    pub(crate) create_inputs: Vec<(NodeRef<'t>, Value<'t>)>,
}

impl<'t> Node<'t> {
    /// The image that it runs: the one that creates it, or else the first.
    pub(crate) fn image(&self) -> Option<&Artifact<'t>> {
        let named = container::implementation(self.node);
        let created = self.images.iter().find(|image| named.is_some() && image.name.text() == named);
        created.or_else(|| self.images.first())
    }

    /// The map that it is written as.
    pub(crate) fn written(&self) -> NodeRef<'t> {
        self.node
    }

    /// Its name in its own template.
    pub(crate) fn own_name(&self) -> &'t str {
        self.at.text().unwrap_or_default()
    }

    /// Whether the template itself gives a property of a capability.
    pub(crate) fn gives_capability(&self, capability: &str, name: &NodeRef<'t>) -> bool {
        name.text().is_some_and(|name| self.given_capability(capability, name).is_some())
    }

    /// Whether requirements were left out because something is wrong with them.
    pub(crate) fn lacks_requirements(&self) -> bool {
        let given = self.node.get("requirements").filter(|list| !list.is_null());
        given.is_some_and(|list| {
            list.kind() != yaml::Kind::Sequence || self.requirements.len() - self.handed < list.items().len()
        }) || self.requirements.iter().any(|requirement| !requirement.whole)
    }

    /// Whether properties are of the wrong shape, or unknown, or wrong.
    pub(crate) fn lacks_properties(&self, report: &Report) -> bool {
        let given = self.node.get("properties").filter(|given| !given.is_null());
        given.is_some_and(|given| given.kind() != yaml::Kind::Mapping)
            || keywords::is_misspelt(self.node, "properties", report)
            || self.properties.iter().any(|(_, value)| value.is_invalid())
    }

    /// The value of a property, given or by default.
    pub(crate) fn property(&self, name: &str) -> Option<&Value<'t>> {
        find(&self.properties, name)
    }

    /// Whether the template itself gives the property.
    pub(crate) fn gives(&self, name: &str) -> bool {
        self.node.get("properties").is_some_and(|given| given.get(name).is_some())
    }

    /// The value of a capability's property, if the template itself gives it.
    pub(crate) fn given_capability(&self, capability: &str, name: &str) -> Option<&Value<'t>> {
        let given = self.node.get("capabilities")?.get(capability)?.get("properties")?;
        given.get(name)?;
        let (_, properties) = self.capabilities.iter().find(|(found, _)| *found == capability)?;
        find(properties, name)
    }
}

pub(crate) fn find<'v, 't>(values: &'v [(NodeRef<'t>, Value<'t>)], name: &str) -> Option<&'v Value<'t>> {
    values.iter().find(|(key, _)| key.says(name)).map(|(_, value)| value)
}

/// An artifact of a node that is a container image.
#[derive(Debug)]
pub(crate) struct Artifact<'t> {
    pub(crate) name: NodeRef<'t>,
    pub(crate) file: Option<NodeRef<'t>>,
    /// The address of its repository.
    pub(crate) repository: Option<NodeRef<'t>>,
}

/// A requirement that points at the right kind of node.
#[derive(Debug, Clone)]
pub(crate) struct Requirement<'t> {
    pub(crate) name: &'t str,
    /// The target's name where it stands.
    pub(crate) at: NodeRef<'t>,
    /// The index of the target.
    pub(crate) target: usize,
    /// What the target is called where the requirement stands, if its name in the application is another.
    pub(crate) called: Option<&'t str>,
    /// The target's capability that meets it, if a template stands for the target.
    pub(super) capability: Option<&'t str>,
    pub(crate) relationship: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Whether the relationship could be understood.
    pub(crate) whole: bool,
}

/// A policy.
#[derive(Debug)]
pub(crate) struct Policy<'t> {
    pub(crate) name: &'t str,
    pub(crate) at: NodeRef<'t>,
    pub(crate) ty: Option<TypeId>,
    pub(crate) properties: Vec<(NodeRef<'t>, Value<'t>)>,
    /// Indices of nodes, groups replaced by their members, each once.
    pub(crate) targets: Vec<usize>,
    /// Whether all targets could be understood.
    pub(crate) whole: bool,
}

/// An output.
#[derive(Debug)]
pub(crate) struct OutputValue<'t> {
    pub(crate) name: &'t str,
    pub(crate) description: Option<&'t str>,
    pub(crate) value: Value<'t>,
}

/// Reads a topology, with those that stand for nodes of it; none at all is an empty one.
pub(super) fn read<'t>(
    reading: &Reading<'_, 't>,
    root: NodeRef<'t>,
    node: Option<NodeRef<'t>>,
    inputs: &Inputs<'t>,
    role: Role,
) -> Topology<'t> {
    let (library, report) = (reading.library, reading.report);
    let Some(node) = node else { return Topology::default() };
    keywords::check(node, keywords::TOPOLOGY, "`topology_template`", report);
    if let Some(nodes) = node.get("node_templates")
        && !nodes.is_null()
        && !report.expect(nodes, yaml::Kind::Mapping, "`node_templates`")
    {
        // All else would ask for nodes that cannot be found.
        return Topology::default();
    }
    let (declared, index) = nodes::declare(node, library, report);
    let mut evaluation = Evaluation::new(library, report, inputs, &declared, &index);
    evaluation.repositories = root.get("repositories");
    evaluation.base = reading.number(declared.len());
    evaluation.relationships.get_or_init(|| relationships::read(node, &evaluation));
    evaluation.substitutes = substitution::choose(reading, &evaluation);
    if role.is_open() {
        evaluation.mapped = substitution::mapped(node, &evaluation).collect();
    }
    let mut nodes = Vec::with_capacity(declared.len());
    nodes.extend((0..declared.len()).filter_map(|at| nodes::read(&evaluation, at)));
    // A template that no requirement uses is checked all the same, except what depends on its ends.
    for template in evaluation.relationships.get().into_iter().flat_map(Relationships::unused) {
        template.read(&evaluation, Scope { loose: true, ..Scope::default() });
    }
    let groups = groups::read(node, &evaluation);
    let policies = policies::read(node, &evaluation, &groups);
    let outputs = outputs::read(node, &evaluation);
    workflows::check(node, &evaluation, &groups);
    substitution::check(node, &evaluation);
    let mut topology = Topology {
        nodes,
        policies,
        outputs,
        secrets: inputs.used_secrets(),
        incomplete: inputs.is_incomplete() || (role != Role::Nested && evaluation.is_open()),
        has_deferred: evaluation.has_deferred(),
        ends: Ends::default(),
        base: evaluation.base,
    };
    let stands = substitution::carry_out(reading, &evaluation, &mut topology);
    substitution::redirect(&evaluation, &mut topology, &stands);
    if role == Role::Nested {
        topology.ends = Ends::of(node, &evaluation, &topology, &stands);
    }
    topology
}
