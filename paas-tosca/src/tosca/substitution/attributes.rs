//! Attributes of nodes that templates stand for: those of the nodes of the template, or its outputs.

use super::{Ends, Stands};
use crate::tosca::{
    convert::{Reader, text_of},
    deferred::{Attribute, Deferred, Entity, Piece},
    function::Evaluation,
    schema::Schema,
    topology::Topology,
    value::{Data, Value},
};
use crate::yaml::NodeRef;
use paas_core::application::Segment;
use std::sync::Arc;

/// An output may ask for an attribute that is an output. No real template goes so far.
const LONGEST_CHAIN: usize = 8;

/// Leads attributes of nodes that templates stand for to what these say of them.
pub(super) fn resolve<'t>(evaluation: &Evaluation<'_, 't>, topology: &mut Topology<'t>, stands: &Stands<'t>) {
    if !topology.has_deferred {
        return;
    }
    let resolving = Resolving { evaluation, stands, base: topology.base };
    for node in &mut topology.nodes {
        let capabilities = node.capabilities.iter_mut().flat_map(|(_, properties)| properties);
        let links = node.requirements.iter_mut().flat_map(|requirement| &mut requirement.properties);
        let own = node.properties.iter_mut().chain(&mut node.create_inputs);
        own.chain(capabilities).chain(links).for_each(|(_, value)| resolving.value(value));
    }
    for policy in &mut topology.policies {
        policy.properties.iter_mut().for_each(|(_, value)| resolving.value(value));
    }
    topology.outputs.iter_mut().for_each(|output| resolving.value(&mut output.value));
}

struct Resolving<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    stands: &'e Stands<'t>,
    base: usize,
}

impl<'t> Resolving<'_, '_, 't> {
    fn value(&self, value: &mut Value<'t>) {
        match &mut value.data {
            Data::List(items) => items.iter_mut().for_each(|item| self.value(item)),
            Data::Map(entries) => entries.iter_mut().for_each(|(_, value)| self.value(value)),
            Data::Deferred(deferred) => {
                if let Some(data) = self.deferred(value.at, deferred, 0) {
                    value.data = data;
                }
            }
            _ => {}
        }
    }

    /// What a value is then; `None`: it stays as it is.
    fn deferred(&self, at: NodeRef<'t>, deferred: &Deferred<'t>, depth: usize) -> Option<Data<'t>> {
        if depth > LONGEST_CHAIN || !deferred.pieces.iter().any(|piece| self.stand(piece).is_some()) {
            return None;
        }
        let reader = Reader::new(self.evaluation.library, self.evaluation.report);
        let schema = Schema::of(deferred.ty.clone());
        let conform = |data| reader.conform("the value", Value::new(at, data), &schema).data;
        let mut pieces = Vec::with_capacity(deferred.pieces.len());
        for piece in &deferred.pieces {
            let Some((ends, attribute)) = self.stand(piece) else {
                pieces.push(piece.clone());
                continue;
            };
            match ends.attribute(attribute) {
                Some(Meaning::Attribute(other)) => pieces.push(Piece::Attribute(other)),
                Some(Meaning::Value(value)) => {
                    if !self.evaluation.report.spend(at, value.data.size()) {
                        return None;
                    }
                    let further = match &value.data {
                        Data::Deferred(of) => self.deferred(at, of, depth + 1),
                        _ => None,
                    };
                    let data = further.unwrap_or_else(|| value.data.clone());
                    if deferred.pieces.len() == 1 {
                        return Some(conform(data));
                    }
                    push(&mut pieces, data)?;
                }
                None => pieces.push(piece.clone()),
            }
        }
        let known: Option<Vec<Segment>> = pieces.iter().map(known).collect();
        Some(match known {
            Some(segments) => conform(text(segments)),
            None => Data::Deferred(Arc::new(Deferred { ty: deferred.ty.clone(), pieces })),
        })
    }

    /// The template that stands for the node whose attribute a piece is.
    fn stand<'p>(&self, piece: &'p Piece<'t>) -> Option<(&Ends<'t>, &'p Attribute<'t>)> {
        let Piece::Attribute(attribute) = piece else { return None };
        let Entity::Node(index, _) = attribute.entity else { return None };
        Some((self.stands.get(&index.checked_sub(self.base)?)?, attribute))
    }
}

/// What an attribute of a node is in the template that stands for it.
pub(super) enum Meaning<'e, 't> {
    Attribute(Attribute<'t>),
    /// The value of an output.
    Value(&'e Value<'t>),
}

/// Adds a value to the pieces of a text; `None`: it is no single value.
fn push<'t>(pieces: &mut Vec<Piece<'t>>, data: Data<'t>) -> Option<()> {
    match data {
        Data::Deferred(of) => pieces.extend(of.pieces.iter().cloned()),
        Data::Secret(segments) => pieces.extend(segments.into_iter().map(Piece::Known)),
        data => pieces.push(Piece::Known(Segment::Literal(text_of(&data)?))),
    }
    Some(())
}

fn known(piece: &Piece<'_>) -> Option<Segment> {
    match piece {
        Piece::Known(segment) => Some(segment.clone()),
        _ => None,
    }
}

fn text<'t>(segments: Vec<Segment>) -> Data<'t> {
    let literals: Option<String> = segments
        .iter()
        .map(|segment| match segment {
            Segment::Literal(text) => Some(text.as_str()),
            _ => None,
        })
        .collect();
    literals.map_or_else(|| Data::Secret(segments), |text| Data::String(text.into()))
}
