//! From a template to files.

use super::{draw, in_project, title};
use paas_sdk::{
    Options, Release, Source, Target,
    files::{self, Overwrite},
    rancher, report, translate,
};
use std::{
    error::Error,
    fs,
    io::{self, Write},
};

pub(crate) fn show(out: &mut impl Write, source: &Source) -> Result<(), Box<dyn Error>> {
    // Checked, split by network, put into stages.
    let translation = translate(source, &Options::default(), &Target::default());
    let Some(release) = translation.release else {
        return Err(draw(&translation.diagnostics, source).into());
    };
    writeln!(out, "{}: {}", source.name(), report::summary(&translation.diagnostics))?;

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
