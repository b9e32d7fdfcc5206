//! Properties of clones, over every template of the project that is right.

use super::{inverse, options};
use paas_core::{
    application::Application,
    mapping::{Mapping, Part, named},
};
use paas_tosca::{Options, Source, check, clone::clone_template, resolve::InMemory};
use std::{
    fs,
    path::{Path, PathBuf},
    sync::Arc,
};

/// Every template that checks without errors, with what it is read with, and its application.
fn templates() -> Vec<(Source, Options, Application)> {
    let mut paths = Vec::new();
    for folder in ["testdata/translate", "examples", "testdata/peers"] {
        collect(&crate::templates::project(folder), &mut paths);
    }
    let mut found: Vec<_> = paths.iter().filter_map(|path| right(path)).collect();
    let codes = paas_core::diagnostic::Code::ALL.iter().map(|code| (code.as_str(), code.example().right));
    for (name, text) in codes {
        let mut options = options();
        options.resolver = crate::codes::beside(text);
        found.extend(checked(Source::new(format!("{name}.yaml"), text), options));
    }
    assert!(found.len() > 100, "{}", found.len());
    found
}

fn collect(folder: &Path, paths: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(folder).expect("a folder") {
        let path = entry.expect("an entry").path();
        if path.is_dir() && !path.ends_with("node_modules") {
            collect(&path, paths);
        } else if path.extension().is_some_and(|ending| ending == "yaml") {
            paths.push(path);
        }
    }
}

fn right(path: &Path) -> Option<(Source, Options, Application)> {
    let mut beside = Vec::new();
    collect(path.parent()?, &mut beside);
    let files = beside.iter().map(|file| {
        let below = file.strip_prefix(path.parent().expect("a folder")).expect("below");
        (below.to_string_lossy().into_owned(), fs::read_to_string(file).expect("text"))
    });
    let mut options = options();
    options.resolver = Arc::new(InMemory::from_iter(files));
    let name = path.file_name()?.to_string_lossy().into_owned();
    checked(Source::new(name, fs::read_to_string(path).expect("text")), options)
}

fn checked(source: Source, options: Options) -> Option<(Source, Options, Application)> {
    let application = check(&source, &options).application?;
    Some((source, options, application))
}

/// A mapping of all that an application names to names that nobody has.
fn fresh(application: &Application) -> Mapping {
    let mut mapping = Mapping::default();
    for part in [Part::Networks, Part::Tiers, Part::Servers, Part::Registries] {
        let names = named(application, part).into_iter().enumerate();
        *mapping.part_mut(part) = names
            .map(|(index, name)| {
                let new = match part {
                    Part::Registries => format!("new-{index}.test:5000/mirror"),
                    _ => format!("new-{index}"),
                };
                (name, new)
            })
            .collect();
    }
    mapping
}

#[test]
fn clones_are_the_mapped_application() {
    for (source, options, application) in templates() {
        let mapping = fresh(&application);
        let cloned = clone_template(&source, &mapping, &options);
        let told = crate::templates::whole(&cloned.diagnostics);
        let clone = cloned.application.unwrap_or_else(|| panic!("{}: {told}{:?}", source.name(), mapping));
        let mut wanted = mapping.apply(&application);
        // What shows a property changes with it.
        wanted.outputs.clone_from(&clone.outputs);
        assert_eq!(clone, wanted, "{}", source.name());
        let lines = |text: &str| text.lines().count();
        let (before, after) = (lines(source.text()), lines(cloned.files[0].text()));
        let networks = application.networks.len();
        assert!(after >= before && after <= before + 2 * networks, "{}", source.name());
    }
}

#[test]
fn the_way_back_leads_to_the_same_application() {
    for (source, options, application) in templates() {
        let mapping = fresh(&application);
        let there = clone_template(&source, &mapping, &options);
        let mut on = options.clone();
        let changed =
            there.files.iter().skip(1).map(|file| (file.name().to_string(), file.text().to_owned()));
        let files: Vec<_> = changed.collect();
        if !files.is_empty() {
            let rest = there.sources.iter().skip(1);
            let rest = rest.map(|file| (file.name().to_string(), file.text().to_owned()));
            on.resolver = Arc::new(InMemory::from_iter(rest.chain(files)));
        }
        let back = clone_template(&there.files[0], &inverse(&mapping), &on);
        let told = crate::templates::whole(&back.diagnostics);
        let mut clone = back.application.unwrap_or_else(|| panic!("{}: {told}", source.name()));
        // Networks have names of their own now, and images of Docker Hub the short form.
        for (network, old) in clone.networks.iter_mut().zip(&application.networks) {
            network.chosen = old.chosen;
        }
        assert_eq!(clone, application, "{}", source.name());
    }
}

#[test]
fn what_stays_changes_no_byte() {
    for (source, options, application) in templates() {
        let mut mapping = Mapping::default();
        mapping.name = Some(application.name.clone());
        for part in Part::ALL {
            *mapping.part_mut(part) =
                named(&application, part).into_iter().map(|name| (name.clone(), name)).collect();
        }
        if !source.text().contains("template_name") {
            mapping.name = None;
        }
        let cloned = clone_template(&source, &mapping, &options);
        assert_eq!(cloned.files.len(), 1, "{}", crate::templates::whole(&cloned.diagnostics));
        assert_eq!(cloned.files[0].text(), source.text(), "{}", source.name());
    }
}
