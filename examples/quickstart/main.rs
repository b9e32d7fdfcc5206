//! A bank's template from text to a running application: translated, deployed stage by stage to a stand-in for Rancher,
//! scaled; and what a wrong template looks like.
//!
//! `cargo run --example quickstart`

mod deployment;
mod translation;

use paas_sdk::{
    Diagnostics, Limits, Options, Source, Target, files,
    report::{self, ReportStyle},
    translate,
};
use std::{
    env,
    error::Error,
    io::{self, IsTerminal, Write},
    path::{Path, PathBuf},
    process::ExitCode,
};

fn main() -> ExitCode {
    match tour(&mut io::stdout().lock()) {
        Ok(()) => ExitCode::SUCCESS,
        Err(error) => {
            let _ = writeln!(io::stderr(), "{error}");
            ExitCode::FAILURE
        }
    }
}

fn tour(out: &mut impl Write) -> Result<(), Box<dyn Error>> {
    let template = in_project("examples/bank/template.yaml");
    let source = read(&template)?;
    translation::show(out, &source)?;

    // The library brings no runtime of its own: the program chooses one.
    let runtime = tokio::runtime::Builder::new_current_thread().enable_all().build()?;
    runtime.block_on(deployment::show(out, &source))?;

    // All mistakes of a template are found in one run.
    let broken = in_project("examples/bank/broken.yaml");
    title(out, &format!("A wrong template: {}", broken.display()))?;
    let source = read(&broken)?;
    let problems = translate(&source, &Options::default(), &Target::default()).diagnostics;
    write!(out, "{}", draw(&problems, &source))?;

    try_next(out, &template)?;
    Ok(())
}

/// Commands that work as they stand, also after `alias paas='cargo run --quiet --bin paas --'`.
fn try_next(out: &mut impl Write, template: &Path) -> io::Result<()> {
    let tenant = in_project("examples/bank/tenant.yaml");
    let [store, key, bank] =
        [deployment::STORE, "target/quickstart/key", "target/quickstart/bank.db"].map(in_project);
    let (template, tenant) = (template.display(), tenant.display());
    let (store, key, bank) = (store.display(), key.display(), bank.display());

    title(out, "Try next")?;
    writeln!(out, "  alias paas='cargo run --quiet --bin paas --'")?;
    writeln!(out, "  paas explain scaling.overlap")?;
    writeln!(out, "  paas operations --store {store}    # what the journal holds of this run")?;
    writeln!(out, "\n  In one terminal, a stand-in for Rancher:\n")?;
    writeln!(out, "  paas sandbox --environment meridian-dmz --environment meridian-application \\")?;
    writeln!(out, "    --environment meridian-core --certificate meridian-dmz=www.bank.test \\")?;
    writeln!(out, "    --credentials {key}")?;
    writeln!(out, "\n  In another, what goes to it:\n")?;
    writeln!(out, "  export PAAS_STORE={bank} PAAS_ACTOR=me")?;
    writeln!(out, "  export PAAS_SECRET_database_password=only-an-example PAAS_SECRET_card_api_key=another")?;
    writeln!(out, "  paas deploy {template} --tenant {tenant} --credentials {key}")?;
    writeln!(out, "  paas scale retail-banking web-front 5 --tenant meridian --credentials {key}")?;
    writeln!(out, "  paas status retail-banking --tenant meridian --credentials {key}")?;
    writeln!(out, "  paas remove retail-banking --tenant meridian --credentials {key}")
}

fn read(path: &Path) -> Result<Source, String> {
    files::read_template(path, &Limits::default()).map_err(|problems| report::short(&problems))
}

fn title(out: &mut impl Write, text: &str) -> io::Result<()> {
    writeln!(out, "\n── {text} ──\n")
}

fn draw(problems: &Diagnostics, source: &Source) -> String {
    let mut style = ReportStyle::default();
    style.color = io::stdout().is_terminal() && env::var_os("NO_COLOR").is_none_or(|value| value.is_empty());
    report::human(problems, source, &style)
}

/// A path in this project, as seen from where the program runs.
fn in_project(path: &str) -> PathBuf {
    let path = Path::new(env!("CARGO_MANIFEST_DIR")).parent().unwrap_or(Path::new("")).join(path);
    let here = env::current_dir().unwrap_or_default();
    path.strip_prefix(here).map(Path::to_owned).unwrap_or(path)
}
