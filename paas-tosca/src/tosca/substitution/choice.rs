//! Which template stands for a node: the only imported one whose mappings name its type and whose filter it passes.

use crate::{
    tosca::{
        directives,
        function::Evaluation,
        library::{Kind, TypeDef, TypeId},
        reading::Reading,
        requirement::filter,
        scopes::Imported,
        topology::Declared,
    },
    yaml::{FileId, NodeRef},
};
use paas_core::diagnostic::{Code, Diagnostic};
use rustc_hash::{FxHashMap, FxHashSet};

/// A template that stands for a node.
#[derive(Debug, Clone, Copy)]
pub(in crate::tosca) struct Template<'t> {
    pub(super) file: FileId,
    pub(super) root: NodeRef<'t>,
    pub(super) topology: NodeRef<'t>,
    pub(super) mappings: NodeRef<'t>,
    ty: TypeId,
}

/// The templates that stand for nodes of a topology, by the nodes' indices. A node for which none can be found, or
/// several, is diagnosed.
pub(in crate::tosca) fn choose<'t>(
    reading: &Reading<'_, 't>,
    evaluation: &Evaluation<'_, 't>,
) -> FxHashMap<usize, Template<'t>> {
    let mut chosen = FxHashMap::default();
    let mut known: FxHashMap<FileId, Imports<'t>> = FxHashMap::default();
    for (index, declared) in evaluation.nodes.iter().enumerate() {
        let Some(directive) = directives::substitute(declared) else { continue };
        let Some(id) = declared.ty else { continue };
        let Some(ty) = reading.library.ty(id) else { continue };
        let file = declared.node.file();
        let imports = known.entry(file).or_insert_with(|| Imports::of(reading, file));
        let node = Wanted { evaluation, index, declared, id, ty, directive };
        chosen.extend(node.template(imports).map(|template| (index, template)));
    }
    chosen
}

/// The templates among the files that a file imports, directly or not.
#[derive(Default)]
struct Imports<'t> {
    templates: Vec<Template<'t>>,
    /// Whether a file could not be imported, which is diagnosed.
    lacks: bool,
}

impl<'t> Imports<'t> {
    fn of(reading: &Reading<'_, 't>, file: FileId) -> Self {
        let mut all = Self::default();
        let mut seen = FxHashSet::from_iter([file]);
        let mut open = vec![file];
        while let Some(file) = open.pop() {
            for link in reading.files.links(file) {
                match link.to {
                    Imported::File(file) if seen.insert(file) => {
                        open.push(file);
                        all.templates.extend(template(reading, file));
                    }
                    Imported::Nothing => all.lacks = true,
                    Imported::File(_) | Imported::Profile => {}
                }
            }
        }
        all.templates.sort_by_key(|template| template.file.0);
        all
    }
}

fn template<'t>(reading: &Reading<'_, 't>, file: FileId) -> Option<Template<'t>> {
    let root = reading.files.root(file)?;
    let topology = root.get("topology_template")?;
    let mappings = topology.get("substitution_mappings")?;
    let ty = reading.library.named(Kind::Node, mappings.get("node_type")?)?;
    Some(Template { file, root, topology, mappings, ty })
}

/// A node for which a template is wanted.
struct Wanted<'e, 'c, 't> {
    evaluation: &'e Evaluation<'c, 't>,
    index: usize,
    declared: &'e Declared<'t>,
    id: TypeId,
    ty: &'e TypeDef<'t>,
    directive: NodeRef<'t>,
}

impl<'t> Wanted<'_, '_, 't> {
    fn template(&self, imports: &Imports<'t>) -> Option<Template<'t>> {
        let library = self.evaluation.library;
        let of_type = |template: &&Template<'t>| library.derives(template.ty, self.id);
        let (fit, others): (Vec<&Template<'t>>, Vec<&Template<'t>>) =
            imports.templates.iter().filter(of_type).partition(|template| self.passes(template));
        // The one that is just for this type is meant rather than one for a special case of it.
        let exact: Vec<_> = fit.iter().copied().filter(|template| template.ty == self.id).collect();
        let fit = if exact.is_empty() { fit } else { exact };
        match fit.as_slice() {
            [only] => Some(**only),
            [] if imports.lacks => None,
            [] => {
                self.none(&others);
                None
            }
            _ => {
                self.several(&fit);
                None
            }
        }
    }

    /// Whether the node is what the filter of a template asks for.
    fn passes(&self, template: &Template<'t>) -> bool {
        let filter = template.mappings.get("substitution_filter").filter(|filter| !filter.is_null());
        let Some(filter) = filter.map(|filter| filter.get("node_filter").unwrap_or(filter)) else {
            return true;
        };
        filter::matches(self.evaluation, filter, self.index, self.ty)
    }

    fn none(&self, others: &[&Template<'t>]) {
        let (name, ty) = (self.declared.name_text(), self.ty.name);
        let (message, help) = if others.is_empty() {
            let message =
                format!("`{name}` is to be substituted, but no imported template stands for a `{ty}`");
            (message, format!("import one whose `substitution_mappings` have `node_type: {ty}`"))
        } else {
            let message = format!(
                "`{name}` is to be substituted, but it passes the filter of no template that stands for a `{ty}`"
            );
            (message, "change its properties, or the filters".to_owned())
        };
        let mut diagnostic = Diagnostic::new(Code::AbstractNode, message).at(self.directive.place());
        for template in others {
            let filter = template.mappings.get("substitution_filter").unwrap_or(template.mappings);
            diagnostic = diagnostic.label(filter.place(), "a filter that it does not pass");
        }
        self.push(diagnostic.help(help));
    }

    fn several(&self, fit: &[&Template<'t>]) {
        let message = format!("{} imported templates stand for `{}`", fit.len(), self.declared.name_text());
        let mut diagnostic = Diagnostic::new(Code::AbstractNode, message).at(self.directive.place());
        for template in fit {
            diagnostic = diagnostic.label(template.mappings.place(), "one of them");
        }
        self.push(diagnostic.help("import one of them, or tell them apart by a `substitution_filter`"));
    }

    fn push(&self, diagnostic: Diagnostic) {
        let severity = directives::severity(self.evaluation, self.declared);
        self.evaluation.report.push(diagnostic.severity(severity));
    }
}
