//! What a type says anew of what it inherits: it becomes more special, and never contradicts its parent.

use super::{
    constraint::{Constraint, Rule},
    index::Index,
    library::{CapabilityDef, Library, PropertyDef, RequirementDef, TypeDef, TypeId},
    report::Report,
    schema::Type,
    versions::Version,
};
use crate::yaml::NodeRef;
use paas_core::diagnostic::{Code, Diagnostic, Severity};

/// Holds what a type defines against its parent, and gives it what it leaves out.
pub(super) struct Refinement<'e, 't> {
    pub(super) parent: Option<&'e TypeDef<'t>>,
    pub(super) library: &'e Library<'t>,
    pub(super) report: &'e Report,
}

impl<'t> Refinement<'_, 't> {
    /// The parent, unless the types are built in: some of those stand in for older ones, and ask for less.
    fn inherited(&self) -> Option<&TypeDef<'t>> {
        self.parent.filter(|_| !self.library.is_built_in())
    }

    /// Properties or attributes.
    pub(super) fn properties(&self, own: &mut [PropertyDef<'t>], are_attributes: bool) {
        let Some(parent) = self.inherited() else { return };
        let index =
            Index::of(if are_attributes { &parent.attributes } else { &parent.properties }, |it| it.name);
        for property in own {
            if let Some(parent) = index.find(property.name) {
                self.property(property, parent, are_attributes);
            }
        }
    }

    fn property(&self, own: &mut PropertyDef<'t>, parent: &PropertyDef<'t>, is_attribute: bool) {
        let name = own.name;
        if !self.narrows(&own.schema.ty, &parent.schema.ty) {
            let message = format!(
                "`{name}` is {}, which is no refinement of {}",
                self.describe(&own.schema.ty),
                self.describe(&parent.schema.ty)
            );
            self.tell(own.at, parent.at, message, Severity::Error);
            return;
        }
        if parent.required && !own.required && !is_attribute {
            let message = format!("`{name}` is required by the parent, and cannot become optional");
            self.tell(own.at, parent.at, message, Severity::Error);
        }
        self.constraints(own, parent);
    }

    /// What the parent asks for is asked for still.
    fn constraints(&self, own: &mut PropertyDef<'t>, parent: &PropertyDef<'t>) {
        let same = std::mem::discriminant(&own.schema.ty) == std::mem::discriminant(&parent.schema.ty);
        if !same || parent.schema.constraints.is_empty() {
            return;
        }
        for constraint in &own.schema.constraints {
            let Rule::ValidValues(values) = constraint.rule() else { continue };
            let is_wrong = |rule: &Constraint<'t>| values.iter().any(|value| !rule.holds(value));
            if let Some(rule) = parent.schema.constraints.iter().find(|rule| is_wrong(rule)) {
                let message = format!("`{}` may not be all that its parent forbids", own.name);
                self.tell(constraint.at(), rule.at(), message, Severity::Error);
                return;
            }
        }
        own.schema.constraints.extend(parent.schema.constraints.iter().cloned());
    }

    pub(super) fn capabilities(&self, own: &mut [CapabilityDef<'t>]) {
        let Some(parent) = self.inherited() else { return };
        let index = Index::of(&parent.capabilities, |it| it.name);
        for capability in own {
            let Some(parent) = index.find(capability.name) else { continue };
            self.type_narrows(
                capability.name,
                capability.at,
                capability.ty,
                parent.at,
                parent.ty,
                Severity::Error,
            );
            if let Some((own, most)) = capability.most.zip(parent.most).filter(|(own, most)| own > most) {
                let message = format!("`{}` is offered {own} times, the parent's {most}", capability.name);
                self.tell(capability.at, parent.at, message, Severity::Error);
            }
            self.ends(capability.at, &capability.sources, parent.at, &parent.sources);
            capability.most = capability.most.or(parent.most);
            if capability.sources.is_empty() {
                capability.sources.clone_from(&parent.sources);
            }
            inherit(&mut capability.refined, &parent.refined);
            inherit(&mut capability.attributes, &parent.attributes);
        }
    }

    pub(super) fn requirements(&self, own: &mut [RequirementDef<'t>]) {
        let Some(parent) = self.inherited() else { return };
        let index = Index::of(&parent.requirements, |it| it.name);
        for requirement in own {
            let Some(parent) = index.find(requirement.name) else { continue };
            let name = requirement.name;
            for (own, wanted) in
                [(requirement.capability, parent.capability), (requirement.relationship, parent.relationship)]
            {
                self.type_narrows(name, requirement.at, own, parent.at, wanted, Severity::Error);
            }
            // What runs on a container runtime is described as software on another host, in templates of many.
            let (own, wanted) = (requirement.node, parent.node);
            self.type_narrows(name, requirement.at, own, parent.at, wanted, Severity::Warning);
            let is_more = parent.most.is_some_and(|most| requirement.most.is_none_or(|own| own > most));
            if is_more || requirement.least < parent.least {
                let message = format!("`{name}` may be given more or less often than the parent allows");
                // Templates in the wild do so, and most readers take it.
                self.tell(requirement.at, parent.at, message, Severity::Warning);
            }
            requirement.capability = requirement.capability.or(parent.capability);
            requirement.node = requirement.node.or(parent.node);
            requirement.relationship = requirement.relationship.or(parent.relationship);
            requirement.filter = requirement.filter.or(parent.filter);
        }
    }

    /// Types that a type is for: each derives from one that the parent is for.
    pub(super) fn targets(&self, at: NodeRef<'t>, own: &[TypeId]) {
        let Some(parent) = self.inherited() else { return };
        self.ends(at, own, parent.at, &parent.targets);
    }

    fn ends(&self, at: NodeRef<'t>, own: &[TypeId], parent_at: NodeRef<'t>, wanted: &[TypeId]) {
        if wanted.is_empty() || !self.report.spend(at, own.len() * wanted.len()) {
            return;
        }
        let is_within = |id: &TypeId| wanted.iter().any(|&wanted| self.library.derives(*id, wanted));
        if let Some(&wrong) = own.iter().find(|id| !is_within(id)) {
            // Less special is more than a child may promise, but does no harm.
            let is_wider = wanted.iter().any(|&wanted| self.library.derives(wanted, wrong));
            let severity = if is_wider { Severity::Warning } else { Severity::Error };
            let message = format!(
                "`{}` derives from none of the types that the parent names",
                self.library.name(wrong)
            );
            self.tell(at, parent_at, message, severity);
        }
    }

    fn type_narrows(
        &self,
        name: &str,
        at: NodeRef<'t>,
        own: Option<TypeId>,
        parent_at: NodeRef<'t>,
        wanted: Option<TypeId>,
        severity: Severity,
    ) {
        if let Some((own, wanted)) = own.zip(wanted)
            && !self.library.derives(own, wanted)
        {
            // Less special is more than a child may promise, but does no harm.
            let is_wider = self.library.derives(wanted, own);
            let severity = if is_wider { Severity::Warning } else { severity };
            let (own, wanted) = (self.library.name(own), self.library.name(wanted));
            let message =
                format!("`{name}` is a `{own}`, which does not derive from the parent's `{wanted}`");
            self.tell(at, parent_at, message, severity);
        }
    }

    /// Whether all values of a type are values of another.
    fn narrows(&self, own: &Type<'t>, wanted: &Type<'t>) -> bool {
        match (own, wanted) {
            (Type::Any, _) | (_, Type::Any) => true,
            (Type::Data(own), Type::Data(wanted)) if self.library.derives(*own, *wanted) => true,
            (Type::Data(own), _) => {
                let base = self.library.ty(*own).and_then(|ty| ty.base.as_ref());
                base.is_some_and(|base| self.narrows(&base.ty, wanted))
            }
            (Type::List(own), Type::List(wanted)) | (Type::Map(own, _), Type::Map(wanted, _)) => {
                self.narrows(&own.ty, &wanted.ty)
            }
            (Type::Integer, Type::Float) => true,
            (own, wanted) => std::mem::discriminant(own) == std::mem::discriminant(wanted),
        }
    }

    fn describe(&self, ty: &Type<'t>) -> String {
        match ty {
            Type::Data(id) => format!("a `{}`", self.library.name(*id)),
            Type::List(entry) => format!("a list, of what is {}", self.describe(&entry.ty)),
            Type::Map(entry, _) => format!("a map, of what is {}", self.describe(&entry.ty)),
            ty => ty.describe().to_owned(),
        }
    }

    fn tell(&self, at: NodeRef<'_>, parent: NodeRef<'_>, message: String, severity: Severity) {
        let diagnostic = Diagnostic::new(Code::Refinement, message).at(at.place()).severity(severity);
        // Only TOSCA 1.3 has rules for it.
        let is_older = self.report.version() < Version::V1_3;
        let diagnostic = if is_older { diagnostic.severity(Severity::Warning) } else { diagnostic };
        self.report.push(diagnostic.label(parent.place(), "the parent's"));
    }
}

/// Definitions that the parent has and the child has not.
fn inherit<'t>(own: &mut Vec<PropertyDef<'t>>, parent: &[PropertyDef<'t>]) {
    let missing = parent.iter().filter(|it| !own.iter().any(|own| own.name == it.name));
    let missing: Vec<_> = missing.cloned().collect();
    own.extend(missing);
}
