//! A bank's template from text to files that can be deployed, and what a wrong template looks like.
//!
//! `cargo run --example quickstart`

use paas_sdk::{
    Diagnostics, Limits, Options, Release, Source, Target,
    files::{self, Overwrite},
    rancher,
    report::{self, ReportStyle},
    translate,
};
use std::{
    env,
    error::Error,
    fs,
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
    // Read a template and translate it: checked, split by network, put into stages.
    let template = in_project("examples/bank/template.yaml");
    let source =
        files::read_template(&template, &Limits::default()).map_err(|problems| report::short(&problems))?;
    let translation = translate(&source, &Options::default(), &Target::default());
    let Some(release) = translation.release else {
        return Err(draw(&translation.diagnostics, &source).into());
    };
    writeln!(out, "{}: {}", template.display(), report::summary(&translation.diagnostics))?;

    title(out, "Stages: each begins when all before it is up")?;
    print_stages(out, &release)?;

    title(out, "Networks: each becomes one stack")?;
    print_networks(out, &release)?;

    // Write the files that Rancher takes: all or none. A second run replaces what the first wrote.
    let folder = in_project("target/quickstart");
    let parts = rancher::render(&release);
    files::write_translation(&folder, &release, &parts, Overwrite::OwnOnly)
        .map_err(|problems| report::short(&problems))?;
    fs::write(folder.join("picture.mmd"), release.to_mermaid())?;
    fs::write(folder.join("picture.svg"), release.to_svg())?;

    title(out, "Files")?;
    let folder = folder.display();
    for part in &parts {
        writeln!(out, "  {folder}/{}/{{docker,rancher}}-compose.yml", part.folder)?;
    }
    writeln!(out, "  {folder}/release.json    all that a program needs to know")?;
    writeln!(out, "  {folder}/picture.svg     for a browser")?;
    writeln!(out, "  {folder}/picture.mmd     the same for Mermaid")?;

    // All mistakes of a template are found in one run.
    let broken = in_project("examples/bank/broken.yaml");
    title(out, &format!("A wrong template: {}", broken.display()))?;
    let source =
        files::read_template(&broken, &Limits::default()).map_err(|problems| report::short(&problems))?;
    let problems = translate(&source, &Options::default(), &Target::default()).diagnostics;
    write!(out, "{}", draw(&problems, &source))?;

    title(out, "Try next")?;
    writeln!(out, "  cargo run --bin paas -- explain scaling.overlap")?;
    writeln!(out, "  cargo run --bin paas -- graph {} --format mermaid", template.display())?;
    writeln!(out, "  cargo run --bin paas -- translate {} --out target/bank", template.display())?;
    Ok(())
}

fn print_stages(out: &mut impl Write, release: &Release) -> io::Result<()> {
    writeln!(out, "  stage  network      services")?;
    for stage in &release.stages {
        let mut number = stage.number.to_string();
        for part in &release.parts {
            let here = stage.activations.iter().filter(|activation| activation.network == part.network.name);
            let services: Vec<_> = here.map(|activation| activation.service.as_str()).collect();
            if !services.is_empty() {
                writeln!(out, "  {number:<5}  {:<11}  {}", part.network.name, services.join(", "))?;
                number.clear();
            }
        }
    }
    Ok(())
}

fn print_networks(out: &mut impl Write, release: &Release) -> io::Result<()> {
    for part in &release.parts {
        writeln!(out, "  {}", part.network.name)?;
        for (index, service) in part.services.iter().enumerate() {
            let branch = if index + 1 == part.services.len() { "└─" } else { "├─" };
            let links: Vec<_> = service.links.iter().map(|link| link.to.as_str()).collect();
            let arrow = if links.is_empty() { "" } else { " ─▶ " };
            writeln!(out, "  {branch} {}{arrow}{}", service.name, links.join(", "))?;
        }
    }
    Ok(())
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
