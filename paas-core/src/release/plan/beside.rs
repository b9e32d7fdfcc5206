//! What services have of others that run beside them: their volumes, their address.

use super::{findings::Findings, survey::Survey};
use crate::{
    application::{Container, Service, Text, Value},
    diagnostic::{Code, Diagnostic, Place},
};
use rustc_hash::FxHashMap;

/// Checks that it is of services that run beside them, and that these can be started one after the other.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let mut sharing = Vec::new();
    for (index, service) in survey.application.services.iter().enumerate() {
        let Some(container) = service.container() else { continue };
        if container.volumes_from.is_empty() && container.rancher.is_empty() {
            continue;
        }
        let mut is_sound = true;
        for share in shares(container) {
            is_sound &= check_one(index, service, &share, survey, findings);
        }
        if is_sound {
            sharing.push(index);
        }
    }
    check_circles(&sharing, survey, findings);
}

/// That a service has something of another, said by itself and not by what makes it a sidekick.
struct Share<'a> {
    of: &'a str,
    what: &'static str,
    code: Code,
    at: Option<Place>,
}

fn shares(container: &Container) -> impl Iterator<Item = Share<'_>> {
    let origins = &container.origins;
    let volumes = container.volumes_from.iter().map(|of| Share {
        of,
        what: "the volumes",
        code: Code::VolumesFrom,
        at: origins.of_entry("volumes_from", of),
    });
    volumes.chain(address_of(container).map(|of| Share {
        of,
        what: "the address",
        code: Code::RancherKeys,
        at: origins.of_entry("rancher", "network_mode"),
    }))
}

/// The service whose address a container has, if Rancher is told so directly.
fn address_of(container: &Container) -> Option<&str> {
    match container.rancher.get("network_mode") {
        Some(Value::Text(mode)) => Text::as_plain(mode)?.strip_prefix("container:"),
        _ => None,
    }
}

/// Whether there is nothing to be said against it.
fn check_one(
    index: usize,
    service: &Service,
    share: &Share<'_>,
    survey: &Survey,
    findings: &mut Findings,
) -> bool {
    let (name, Share { of, what, code, .. }) = (&service.name, share);
    let at = share.at.clone().or_else(|| service.origin.place());
    let problem = |code: Code, message: String| Diagnostic::new(code, message).at(at);
    let diagnostic = match survey.find(of) {
        None => {
            let message = format!("`{name}` has {what} of `{of}`, which is no service of the application");
            let help = findings.did_you_mean(of, survey.service_names());
            problem(Code::UnknownNode, message).maybe_help(help)
        }
        Some((other, _)) if other == index => {
            problem(*code, format!("`{name}` has {what} of itself")).help("leave it out")
        }
        Some((other, target)) if survey.unit(other) != survey.unit(index) => {
            let message = format!("`{name}` has {what} of `{of}`, which does not run beside it");
            problem(*code, message)
                .label(target.origin.place(), format!("`{of}` is defined here"))
                .help("only a service and its sidekicks share anything")
        }
        Some((other, _)) if *code == Code::RancherKeys && other == survey.unit(index) => {
            let message = format!("`{name}` has the address of `{of}`, whose sidekick it is");
            problem(*code, message).help("say `share_network: true` where it says `sidekick_of`")
        }
        Some(_) => return true,
    };
    findings.push(diagnostic);
    false
}

/// What starts after what, as long as nobody waits for itself.
fn check_circles(sharing: &[usize], survey: &Survey, findings: &mut Findings) {
    let mut done = FxHashMap::default();
    for &start in sharing {
        // The way from the start, each with those that it must still look at.
        let mut way: Vec<(usize, Vec<usize>)> = Vec::new();
        let mut next = Some(start);
        loop {
            match next.take() {
                Some(index) => match done.get(&index) {
                    None => {
                        done.insert(index, false);
                        way.push((index, after(index, survey)));
                    }
                    Some(true) => {}
                    Some(false) => push_circle(index, &way, survey, findings),
                },
                None => match way.last_mut() {
                    None => break,
                    Some((index, left)) => match left.pop() {
                        Some(other) => next = Some(other),
                        None => {
                            done.insert(*index, true);
                            way.pop();
                        }
                    },
                },
            }
        }
    }
}

/// What a service starts after, as it has something of it.
fn after(index: usize, survey: &Survey) -> Vec<usize> {
    let service = survey.application.services.get(index);
    let Some(container) = service.and_then(Service::container) else { return Vec::new() };
    let main = container.sidekick.as_ref().filter(|it| it.volumes_from || it.share_network);
    let names = container.volumes_from.iter().map(String::as_str).chain(address_of(container));
    let names = names.chain(main.map(|sidekick| sidekick.of.as_str()));
    names
        .filter_map(|name| survey.find(name))
        .map(|(other, _)| other)
        .filter(|&other| other != index)
        .collect()
}

fn push_circle(first: usize, way: &[(usize, Vec<usize>)], survey: &Survey, findings: &mut Findings) {
    const MOST: usize = 8;
    let services: Vec<&Service> = way
        .iter()
        .skip_while(|(index, _)| *index != first)
        .filter_map(|(index, _)| survey.application.services.get(*index))
        .collect();
    let Some(head) = services.first() else { return };
    let mut names: Vec<String> =
        services.iter().take(MOST).map(|service| format!("`{}`", service.name)).collect();
    if services.len() > MOST {
        names.push(format!("{} more", services.len() - MOST));
    }
    let message = format!(
        "services have the volumes or the address of each other: {} → `{}`",
        names.join(" → "),
        head.name
    );
    let at = head.container().and_then(|it| shares(it).find_map(|share| share.at));
    let mut diagnostic = Diagnostic::new(Code::VolumesFrom, message).at(at.or_else(|| head.origin.place()));
    for service in services.iter().skip(1).take(MOST) {
        diagnostic = diagnostic.label(service.origin.place(), format!("`{}` is one of them", service.name));
    }
    findings.push(diagnostic.help("let one of them have the volumes, and the others see them"));
}
