//! What node templates say of containers by artifacts and interfaces.

use super::{
    convert::Reader,
    function::{Evaluation, Scope},
    library::Kind,
    schema::Schema,
    topology::Artifact,
    value::Value,
};
use crate::yaml::{self, NodeRef};
use rustc_hash::FxHashSet;

const IMAGE: &str = "tosca.artifacts.Deployment.Image.Container.Docker";

/// The artifacts of a node template that are container images.
pub(super) fn images<'t>(node: NodeRef<'t>, evaluation: &Evaluation<'_, 't>) -> Vec<Artifact<'t>> {
    let Some(artifacts) = node.get("artifacts") else { return Vec::new() };
    let library = evaluation.library;
    let image = library.find(Kind::Artifact, IMAGE);
    let is_image = |ty: NodeRef<'_>| {
        let ty = library.named(Kind::Artifact, ty);
        ty.zip(image).is_some_and(|(ty, image)| library.derives(ty, image))
    };
    let images = artifacts.entries().filter(|(_, artifact)| artifact.get("type").is_some_and(is_image));
    images
        .map(|(name, artifact)| {
            let repository = artifact.get("repository").and_then(NodeRef::text);
            let repository = repository.and_then(|name| evaluation.repository(name));
            let url = repository.and_then(|repository| match repository.kind() {
                yaml::Kind::Scalar => Some(repository),
                _ => repository.get("url").filter(|url| url.text().is_some()),
            });
            Artifact { name, file: artifact.get("file"), repository: url }
        })
        .collect()
}

/// The operations of the interface `Standard` that bring a container up.
fn operations(node: NodeRef<'_>) -> impl Iterator<Item = NodeRef<'_>> {
    let interfaces = node.get("interfaces").into_iter().flat_map(NodeRef::entries);
    let standard = interfaces.filter(|(name, _)| {
        matches!(name.text(), Some("Standard" | "tosca.interfaces.node.lifecycle.Standard"))
    });
    standard.flat_map(|(_, interface)| {
        let operations = interface.get("operations").unwrap_or(interface);
        ["create", "configure"].into_iter().filter_map(move |name| operations.get(name))
    })
}

/// The artifact that creates a node, by its name.
pub(super) fn implementation(node: NodeRef<'_>) -> Option<&str> {
    operations(node).find_map(|operation| {
        let implementation = operation.get("implementation")?;
        implementation.text().or_else(|| implementation.get("primary").and_then(NodeRef::text))
    })
}

/// The inputs of these operations; of a name that is given twice the first counts.
pub(super) fn create_inputs<'t>(
    evaluation: &Evaluation<'_, 't>,
    scope: Scope<'t>,
    node: NodeRef<'t>,
) -> Vec<(NodeRef<'t>, Value<'t>)> {
    let reader = Reader::evaluating(evaluation, scope);
    let mut all: Vec<(NodeRef<'t>, Value<'t>)> = Vec::new();
    let mut known = FxHashSet::default();
    for (key, value) in operations(node).filter_map(|it| it.get("inputs")).flat_map(NodeRef::entries) {
        let name = key.text().unwrap_or_default();
        if known.insert(name) {
            all.push((key, reader.read(name, value, &Schema::ANY)));
        }
    }
    all
}
