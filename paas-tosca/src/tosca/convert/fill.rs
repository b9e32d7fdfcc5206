//! Values for the properties of a type: given, by default, unknown, missing.

use super::Reader;
use crate::{
    tosca::{
        index::Index,
        keywords,
        library::{PropertyDef, TypeDef},
        value::Value,
    },
    yaml::NodeRef,
};
use paas_core::diagnostic::{Code, Diagnostic};

/// Values inside values, defaults included: more means that defaults of types go round in a circle.
const DEEPEST: usize = 100;

impl<'t> Reader<'_, 't> {
    /// Values for properties: those that are given, then defaults; what is unknown or missing is diagnosed.
    pub(in crate::tosca) fn fill<V: Copy>(
        &self,
        at: NodeRef<'t>,
        ty: &TypeDef<'t>,
        properties: &[PropertyDef<'t>],
        given: impl ExactSizeIterator<Item = (NodeRef<'t>, V)>,
        read: impl Fn(V, &PropertyDef<'t>) -> Value<'t>,
    ) -> Vec<(NodeRef<'t>, Value<'t>)> {
        // Of what can be given little is, so that room for all of it would mostly stay empty.
        let defaults = properties.iter().filter(|property| property.default.is_some()).count();
        let mut values = Vec::with_capacity(given.len() + defaults);
        let index = Index::of(properties, |property| property.name);
        let mut is_given = vec![false; properties.len()];
        let mut unknown = Vec::new();
        for (key, value) in given {
            let name = key.text().unwrap_or_default();
            let position = index.position(name);
            if let Some(slot) = position.and_then(|position| is_given.get_mut(position)) {
                *slot = true;
            }
            match position.and_then(|position| properties.get(position)) {
                Some(property) => values.push((key, read(value, property))),
                None => {
                    self.unknown_property(key, ty, properties);
                    // It may have been meant for another, so that nothing follows from what is missing.
                    values.push((key, Value::invalid(key)));
                    unknown.push(key);
                }
            }
        }
        for (property, _) in properties.iter().zip(is_given).filter(|(_, is_given)| !is_given) {
            if let Some(default) = property.default {
                if !self.report.count_default(property.at) {
                    continue;
                }
                if self.depth.get() >= DEEPEST {
                    let message = format!("the default of `{}` needs itself", property.name);
                    self.report.at(Code::TypeCycle, property.at, message);
                    continue;
                }
                self.depth.set(self.depth.get() + 1);
                values.push((property.at, self.read(property.name, default, &property.schema)));
                self.depth.set(self.depth.get() - 1);
            } else if property.required
                && !keywords::is_meant(unknown.iter().copied(), property.name, self.report)
            {
                self.missing_property(at, ty.name, property);
            }
        }
        values
    }

    fn unknown_property(&self, key: NodeRef<'t>, ty: &TypeDef<'t>, properties: &[PropertyDef<'t>]) {
        let name = key.text().unwrap_or_default();
        let help = self.report.suggest(name, properties.iter().map(|property| property.name));
        let message = format!("`{name}` is not a property of `{}`", ty.name);
        self.report.push(
            Diagnostic::new(Code::UnknownProperty, message)
                .at(key.place())
                .label(ty.at.place(), "the type is defined here")
                .maybe_help(help),
        );
    }

    fn missing_property(&self, at: NodeRef<'t>, type_name: &str, property: &PropertyDef<'t>) {
        let name = property.name;
        self.report.push(
            Diagnostic::new(Code::MissingProperty, format!("`{name}` is missing: `{type_name}` requires it"))
                .at(at.place())
                .label(property.at.place(), "required here"),
        );
    }
}
