//! Files that Rancher can put into containers: secrets, in their folder, and nothing else.

use super::{
    findings::Findings,
    survey::{Survey, nearest},
};
use crate::{
    application::{FileContent, SecretFile, Service},
    diagnostic::{Code, Diagnostic, Place},
};
use rustc_hash::FxHashMap;

/// Checks that each file can be delivered, and that no two have the same name.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    for service in &survey.application.services {
        let Some(container) = service.container() else { continue };
        let mut known: FxHashMap<&str, Option<Place>> = FxHashMap::default();
        for secret in &container.secret_files {
            let place = nearest(&secret.origin, &service.origin);
            take(&mut known, &secret.file, place, service, findings);
        }
        for file in &container.configuration_files {
            let place = nearest(&file.origin, &service.origin);
            let name = file.path.strip_prefix(SecretFile::FOLDER).filter(|name| !name.contains('/'));
            match (&file.content, name) {
                (FileContent::Secret(_), Some(name)) => take(&mut known, name, place, service, findings),
                (FileContent::Secret(_), None) => {
                    let message = format!(
                        "Rancher puts secrets into `{}` only, not at `{}`",
                        SecretFile::FOLDER,
                        file.path
                    );
                    let help = "let the program read it there, or put the file into the image or a volume";
                    findings.push(Diagnostic::new(Code::TargetFile, message).at(place).help(help));
                }
                (FileContent::Inline(_), _) => {
                    let message = format!("Rancher cannot put the file `{}` into containers", file.path);
                    let help = "make its content a secret of the environment and name it with `secret:`, or put the file into the image or a volume";
                    findings.push(Diagnostic::new(Code::TargetFile, message).at(place).help(help));
                }
            }
        }
    }
}

fn take<'a>(
    known: &mut FxHashMap<&'a str, Option<Place>>,
    file: &'a str,
    place: Option<Place>,
    service: &Service,
    findings: &mut Findings,
) {
    if let Some(first) = known.get(file) {
        let message = format!("`{}` has two files `{}{file}`", service.name, SecretFile::FOLDER);
        findings.push(
            Diagnostic::new(Code::SecretFile, message)
                .label(place, "here again")
                .label(first.clone(), "first here")
                .help("give one of them another name"),
        );
        return;
    }
    known.insert(file, place);
}
