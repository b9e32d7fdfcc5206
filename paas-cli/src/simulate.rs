//! `paas simulate`.

use crate::{
    Outcome,
    args::{Format, SimulateArgs, TemplateArgs, TimelineFormat},
    output::{Output, Stream},
    problems,
    save::save,
};
use paas_sdk::{
    Diagnostics, Source, Sources, TemplatePolicy, check,
    core::{
        application::ServiceKind,
        scaling::{ScalingPolicy, Timestamp},
    },
    report,
    scaling::{
        Plan,
        simulate::{Comparison, Load, Simulation, Timeline},
    },
    tosca::scaling_file,
};
use std::{
    fs,
    path::Path,
    time::{SystemTime, UNIX_EPOCH},
};

/// How much of what the policy allows a working day needs, where no load is given.
const SHARE_OF_MOST: f64 = 0.7;

/// The largest trace that is read, in bytes: a line each second for eight weeks has less.
const LARGEST: u64 = 256 << 20;

/// Why there is nothing to show.
enum Trouble {
    /// A file has problems.
    Problems(Diagnostics),
    /// It was not asked for in a way that can be understood.
    Asked(Vec<String>),
}

impl From<Diagnostics> for Trouble {
    fn from(problems: Diagnostics) -> Self {
        Self::Problems(problems)
    }
}

fn asked(message: impl Into<String>) -> Trouble {
    Trouble::Asked(vec![message.into()])
}

pub(crate) fn run(args: &SimulateArgs, output: &mut Output) -> Outcome {
    let mut sources = Sources::from(Source::new(args.file.to_string_lossy(), ""));
    match simulate(args, &mut sources) {
        Ok(text) => {
            if args.out.is_none() {
                output.print(Stream::Out, &text);
            }
            Outcome::Well
        }
        Err(Trouble::Problems(problems)) => {
            problems::print(output, Stream::Err, Format::Human, &sources, &problems);
            Outcome::Failed
        }
        Err(Trouble::Asked(messages)) => {
            for message in messages {
                output.print(Stream::Err, &format!("error: {}\n", report::printable(&message)));
            }
            Outcome::Trouble
        }
    }
}

fn simulate(args: &SimulateArgs, sources: &mut Sources) -> Result<String, Trouble> {
    let load = args.load.as_deref().map(load).transpose()?;
    let chosen = choose(args, &args.file, sources)?;
    let first = timeline(args, &chosen, load.as_ref())?;
    let text = match (&args.against, args.format) {
        (None, TimelineFormat::Table) => first.to_string(),
        (None, TimelineFormat::Json) => json(&first),
        (None, TimelineFormat::Svg) => first.to_svg(),
        (Some(_), TimelineFormat::Svg) => {
            return Err(asked("two plans are compared as a table or as JSON: say `--format table`"));
        }
        (Some(other), format) => {
            let chosen = choose(args, other, sources)?;
            let comparison = Comparison::new(&first, &timeline(args, &chosen, load.as_ref())?);
            if format == TimelineFormat::Json { json(&comparison) } else { comparison.to_string() }
        }
    };
    if let Some(path) = &args.out {
        let made_of = [Some(&args.file), args.load.as_ref(), args.against.as_ref()];
        let made_of: Vec<&Path> = made_of.into_iter().flatten().map(AsRef::as_ref).collect();
        save(path, &text, &made_of).map_err(|problem| Diagnostics::from_iter([*problem]))?;
    }
    Ok(text)
}

fn json(document: &impl serde::Serialize) -> String {
    // Documents of ours have string keys.
    let mut text = serde_json::to_string_pretty(document).unwrap_or_default();
    text.push('\n');
    text
}

fn load(path: &Path) -> Result<Load, Trouble> {
    let shown = path.display();
    let unread = |error: std::io::Error| asked(format!("`{shown}` cannot be read: {error}"));
    let length = fs::metadata(path).map_err(unread)?.len();
    if length > LARGEST {
        return Err(asked(format!("`{shown}` has {length} bytes, and {LARGEST} are read at most")));
    }
    let text = fs::read_to_string(path).map_err(unread)?;
    Load::from_csv(&text).map_err(|problems| {
        Trouble::Asked(problems.iter().map(|problem| format!("`{shown}`, {problem}")).collect())
    })
}

/// A plan, and the count that its service begins with.
struct Chosen {
    policy: ScalingPolicy,
    count: u32,
}

/// The plan to simulate: the one of the service that was asked for, or the only one.
fn choose(args: &SimulateArgs, file: &Path, sources: &mut Sources) -> Result<Chosen, Trouble> {
    let all = read(args, file, sources)?;
    let names: Vec<String> = all.iter().map(|chosen| format!("`{}`", chosen.policy.service)).collect();
    let file = file.to_string_lossy();
    match &args.service {
        _ if all.is_empty() => Err(asked(format!("`{file}` has no scaling policies"))),
        Some(service) => {
            let found = all.into_iter().find(|chosen| chosen.policy.service == *service);
            found.ok_or_else(|| {
                let names = names.join(", ");
                asked(format!(
                    "`{service}` has no scaling policies in `{file}`: those that have some are {names}"
                ))
            })
        }
        None => {
            let mut all = all.into_iter();
            match (all.next(), all.next()) {
                (Some(only), None) => Ok(only),
                _ => {
                    let names = names.join(", ");
                    Err(asked(format!(
                        "`{file}` has scaling policies of several services: say which with `--service`, of {names}"
                    )))
                }
            }
        }
    }
}

/// The plans of a template, or of a file with plans.
fn read(args: &SimulateArgs, file: &Path, sources: &mut Sources) -> Result<Vec<Chosen>, Trouble> {
    let template = TemplateArgs {
        file: file.to_owned(),
        folder: args.folder.clone(),
        inputs: args.inputs.clone(),
        policy: None,
    };
    let mut options = template.options();
    let (source, diagnostics) = template.read(&mut options);
    *sources = source.clone().into();
    if diagnostics.has_errors() {
        return Err(diagnostics.into());
    }
    if scaling_file::is_one(&source) {
        let read = scaling_file::read(&source);
        let chosen = |policy: ScalingPolicy| Chosen { count: policy.bounds.min, policy };
        return if read.diagnostics.has_errors() {
            Err(read.diagnostics.into())
        } else {
            Ok(read.policies.into_iter().map(chosen).collect())
        };
    }
    options.policy = TemplatePolicy::allowing_everything();
    let checked = check(&source, &options);
    *sources = checked.sources;
    let Some(application) = checked.application else {
        return Err(if checked.diagnostics.has_errors() {
            checked.diagnostics.into()
        } else {
            asked("inputs without a value keep the template from being read: give them with `--input`")
        });
    };
    let scale = |service: &str| {
        let found = application.services.iter().find(|candidate| candidate.name == service)?;
        match &found.kind {
            ServiceKind::Container(container) => Some(container.scale),
            _ => None,
        }
    };
    let chosen = |policy: &ScalingPolicy| Chosen {
        count: scale(&policy.service).unwrap_or(policy.bounds.min),
        policy: policy.clone(),
    };
    Ok(application.policies.iter().map(chosen).collect())
}

fn timeline(args: &SimulateArgs, chosen: &Chosen, load: Option<&Load>) -> Result<Timeline, Trouble> {
    let plan = Plan::new(&chosen.policy)?;
    let load = load
        .cloned()
        .unwrap_or_else(|| Load::office_day(SHARE_OF_MOST * f64::from(chosen.policy.bounds.max)));
    let count = args.count.unwrap_or(chosen.count);
    let simulation = match (&args.date, load.span()) {
        (None, Some((from, until))) => Simulation::span(&plan, from, until, count, load),
        (date, _) => {
            let date = date.clone().unwrap_or_else(today);
            Simulation::day(&plan, &date, count, load)
        }
    };
    simulation.map(|simulation| simulation.run()).map_err(|error| asked(error.to_string()))
}

/// Today, in UTC.
fn today() -> String {
    let seconds = SystemTime::now().duration_since(UNIX_EPOCH).map_or(0, |since| since.as_secs());
    let now = Timestamp::from_seconds(u32::try_from(seconds).unwrap_or(u32::MAX)).to_string();
    now.split_once('T').map_or_else(String::new, |(date, _)| date.to_owned())
}
