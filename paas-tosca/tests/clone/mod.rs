//! Templates taken to another tenant: what changes in the text, what does not, and what is refused.

mod codes;
mod every;
mod imported;
mod left;
mod odd;
mod refused;
mod texts;

use paas_core::{
    diagnostic::Diagnostics,
    mapping::{Mapping, Part},
    policy::TemplatePolicy,
};
use paas_tosca::{
    Options, Source,
    clone::{self, Cloned, clone_template},
};

/// What a platform lets templates do is tried elsewhere.
fn options() -> Options {
    let mut options = Options::default();
    options.policy = TemplatePolicy::allowing_everything();
    options
}

fn mapping(text: &str) -> Mapping {
    let file = clone::read_mapping(&Source::new("map.yaml", text));
    file.mapping.unwrap_or_else(|| panic!("{}", crate::templates::whole(&file.diagnostics)))
}

fn cloned(template: &str, map: &str) -> Cloned {
    clone_template(&Source::new("shop.yaml", template), &mapping(map), &options())
}

/// The text of a clone.
fn text(template: &str, map: &str) -> String {
    let cloned = cloned(template, map);
    let told = crate::templates::whole(&cloned.diagnostics);
    cloned.files.first().unwrap_or_else(|| panic!("{told}{template}")).text().to_owned()
}

/// What is told of a template and a mapping: `code place message`.
fn told(diagnostics: &Diagnostics) -> Vec<String> {
    diagnostics
        .iter()
        .map(|it| {
            let place = it.place().map_or_else(String::new, ToString::to_string);
            format!("{} {place} {}", it.code, it.message)
        })
        .collect()
}

/// A mapping the other way round.
fn inverse(mapping: &Mapping) -> Mapping {
    let mut inverse = Mapping::default();
    for part in Part::ALL {
        let entries = mapping.part(part).iter().map(|(from, to)| (to.clone(), from.clone()));
        *inverse.part_mut(part) = entries.collect();
    }
    inverse
}
