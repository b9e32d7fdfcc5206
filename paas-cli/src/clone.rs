//! `paas clone`.

use crate::{
    Outcome,
    args::{CloneArgs, Format},
    output::{Output, Stream},
    problems,
};
use paas_sdk::{
    Cloned, Code, Diagnostic, Diagnostics, Sources, clone_template,
    files::{self, Overwrite, Template},
    platform::tenants,
};
use serde_json::{Map, json};
use std::path::Path;

pub(crate) fn run(args: &CloneArgs, output: &mut Output) -> Outcome {
    let Made { made, mut diagnostics, sources } = make(args);
    let mut written = Vec::new();
    if let (Some((cloned, template)), false) = (&made, diagnostics.has_errors()) {
        match write(args, cloned, template) {
            Ok(paths) => written = paths,
            Err(problems) => diagnostics.extend(problems),
        }
    }
    let cloned = made.map(|(cloned, _)| cloned).filter(|_| !diagnostics.has_errors());
    let is_printed = args.out.is_none() && args.out_dir.is_none();
    if args.format == Format::Json {
        let texts = cloned.iter().filter(|_| is_printed).flat_map(|cloned| &cloned.files);
        let texts: Map<_, _> = texts.map(|file| (file.name().to_string(), file.text().into())).collect();
        let files = cloned.as_ref().filter(|_| is_printed).map_or(json!(null), |_| json!(texts));
        let more = format!(",\"files\":{files},\"written\":{}", json!(written));
        output.print(Stream::Out, &problems::document(&args.template.name(), &diagnostics, &more));
    } else {
        problems::print(output, Stream::Err, args.format, &sources, &diagnostics);
        for path in &written {
            output.print(Stream::Out, &format!("{}: written\n", paas_sdk::report::printable(path)));
        }
        if let Some(template) = cloned.as_ref().filter(|_| is_printed).and_then(|it| it.files.first()) {
            output.print(Stream::Out, template.text());
        }
    }
    if cloned.is_some() { Outcome::Well } else { Outcome::Failed }
}

/// A clone, or why there is none.
struct Made {
    /// The clone, and what it was made of.
    made: Option<(Cloned, Template)>,
    diagnostics: Diagnostics,
    sources: Sources,
}

fn make(args: &CloneArgs) -> Made {
    let none = |diagnostics, sources| Made { made: None, diagnostics, sources };
    let mapping = files::read_mapping(&args.map);
    let Some(map) = mapping.mapping else { return none(mapping.diagnostics, mapping.source.into()) };
    let tenant = args.tenant.as_ref().map(files::read_tenant);
    let (tenant, tenant_source) = match tenant {
        Some(file) => match file.tenant {
            Some(tenant) => (Some(tenant), Some(file.source)),
            None => return none(file.diagnostics, file.source.into()),
        },
        None => (None, None),
    };
    let mut options = args.template.options();
    let template = match args.template.open(&mut options) {
        Ok(template) => template,
        Err(unread) => {
            let (source, diagnostics) = *unread;
            return none(diagnostics, source.into());
        }
    };
    let cloned = clone_template(&template.source, &map, &options);
    let (mut diagnostics, mut sources) = (cloned.diagnostics.clone(), cloned.sources.clone());
    sources.extend(std::iter::once(mapping.source).chain(tenant_source));
    if let (Some(tenant), false) = (&tenant, diagnostics.has_errors()) {
        match &cloned.application {
            Some(application) => diagnostics.extend(tenants::lacks(tenant, application)),
            None => {
                let message = "the clone cannot be held against the tenant while inputs have no value";
                let help = "give them with `--input`, or in the mapping";
                diagnostics.push(Diagnostic::new(Code::InputMissing, message).help(help));
            }
        }
        diagnostics.sort();
    }
    Made { made: Some((cloned, template)), diagnostics, sources }
}

/// Which of the files that a clone is made of a path is.
fn is_read(args: &CloneArgs, cloned: &Cloned, out: &Path) -> Option<&'static str> {
    let files = [
        (Some(&args.template.file), "the template"),
        (Some(&args.map), "the mapping file"),
        (args.tenant.as_ref(), "the tenant file"),
        (args.template.policy.as_ref(), "the policy file"),
    ];
    let out = out.canonicalize().ok()?;
    let is_same = |path: &Path| path.canonicalize().is_ok_and(|path| path == out);
    let given = files.into_iter().find(|(path, _)| path.is_some_and(|path| is_same(path)));
    let is_imported = || cloned.sources.iter().any(|source| is_same(Path::new(&**source.name())));
    given.map(|(_, what)| what).or_else(|| is_imported().then_some("a file that the template imports"))
}

/// Writes a clone to where it was asked for, and gives the paths.
fn write(args: &CloneArgs, cloned: &Cloned, template: &Template) -> Result<Vec<String>, Diagnostics> {
    if let Some(dir) = &args.out_dir {
        let paths = files::write_clone_folder(dir, cloned, template)?;
        return Ok(paths.iter().map(|path| dir.join(path).to_string_lossy().into_owned()).collect());
    }
    let is_several = cloned.files.len() > 1 && args.format != Format::Json;
    match &args.out {
        Some(out) => {
            if let Some(file) = is_read(args, cloned, out) {
                let message = format!("`{}` cannot be written: it is {file}", out.display());
                let help = "a clone is a file of its own: give another name";
                return Err(Diagnostics::from_iter([
                    Diagnostic::new(Code::FileUnwritable, message).help(help)
                ]));
            }
            let overwrite = if args.force { Overwrite::Any } else { Overwrite::OwnOnly };
            files::write_clone(out, cloned, template, overwrite)?;
            Ok(vec![out.to_string_lossy().into_owned()])
        }
        None if is_several => {
            let message = format!("the clone has {} files", cloned.files.len());
            let help = "say `--out-dir` and a folder for all of them";
            Err(Diagnostics::from_iter([Diagnostic::new(Code::FileUnwritable, message).help(help)]))
        }
        None => Ok(Vec::new()),
    }
}
