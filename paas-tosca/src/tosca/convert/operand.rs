//! What constraints compare values with.

use super::{
    found,
    scalar::{Mismatch, guess, range, simple},
    shorten,
};
use crate::{
    tosca::{
        report::Report,
        schema::Type,
        value::{Data, Value},
    },
    yaml::{self, NodeRef},
};
use paas_core::diagnostic::Code;

/// The operand of a constraint on values of a type.
pub(in crate::tosca) fn operand<'t>(node: NodeRef<'t>, ty: &Type<'t>, report: &Report) -> Option<Data<'t>> {
    let operands = |nodes: yaml::Items<'t>, ty| -> Option<Vec<Value<'t>>> {
        nodes.map(|node| Some(Value::new(node, operand(node, ty, report)?))).collect()
    };
    let wrong = |found: String| {
        let message = format!("the constraint needs {}, but here is {found}", ty.describe());
        report.at(Code::BadConstraint, node, message);
        None
    };
    match (ty, node.kind(), node.text().zip(node.plain())) {
        (Type::Any | Type::Data(_) | Type::Range, _, Some((text, plain))) => Some(guess(text, plain)),
        (Type::Range, ..) => range(node).or_else(|| wrong(node.kind().to_string())),
        (Type::List(entry), yaml::Kind::Sequence, _) => Some(Data::List(operands(node.items(), &entry.ty)?)),
        (Type::Any | Type::Data(_), yaml::Kind::Sequence, _) => {
            Some(Data::List(operands(node.items(), &Type::Any)?))
        }
        (Type::Map(..) | Type::Any | Type::Data(_), yaml::Kind::Mapping, _) => {
            let entry = if let Type::Map(entry, _) = ty { &entry.ty } else { &Type::Any };
            let read = |(key, value)| Some((key, Value::new(value, operand(value, entry, report)?)));
            Some(Data::Map(node.entries().map(read).collect::<Option<_>>()?))
        }
        (_, _, Some((text, _))) => match simple(node, text, ty) {
            Ok(data) => Some(data),
            Err(Mismatch::Unquoted(plain)) => {
                wrong(format!("`{}`, which without quotes is {}", shorten(text), plain.describe()))
            }
            Err(Mismatch::Quoted) => wrong(format!("`'{}'`, which is a string", shorten(text))),
            Err(_) => wrong(found(node)),
        },
        _ => wrong(node.kind().to_string()),
    }
}
