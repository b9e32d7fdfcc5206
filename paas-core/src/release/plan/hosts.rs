//! Host names of services in the texts of others.

use super::{
    findings::Findings,
    survey::{Reach, Survey, nearest},
};
use crate::{
    application::{Service, Text},
    diagnostic::{Code, Diagnostic, Origin},
};
use rustc_hash::{FxHashMap, FxHashSet};
use std::cell::LazyCell;

/// Checks that whoever reads the host name of a service reaches that service by a name.
pub(super) fn check(survey: &Survey, findings: &mut Findings) {
    let beside = LazyCell::new(|| survey.beside());
    for (index, reader) in survey.application.services.iter().enumerate() {
        let Some(container) = reader.container() else { continue };
        let mut hosts = container.texts().flat_map(Text::hosts).peekable();
        if hosts.peek().is_none() {
            continue;
        }
        let unit = survey.unit(index);
        let sidekicks = beside.get(&unit).map_or(&[][..], Vec::as_slice);
        let names = Names::of(unit, sidekicks, survey);
        let mut checked = FxHashSet::default();
        for (host, origin) in hosts {
            if checked.insert(host) {
                check_host(host, origin, reader, &names, survey, findings);
            }
        }
    }
}

/// What a service reaches by its connections, and by those of what runs beside it.
struct Names<'s, 'a> {
    unit: usize,
    connected: FxHashSet<&'a str>,
    by_name: FxHashMap<String, &'s Reach<'a>>,
}

impl<'s, 'a> Names<'s, 'a> {
    fn of(unit: usize, sidekicks: &[usize], survey: &'s Survey<'a>) -> Self {
        let mut names = Self { unit, connected: FxHashSet::default(), by_name: FxHashMap::default() };
        let members = std::iter::once(unit).chain(sidekicks.iter().copied());
        for reach in members.flat_map(|member| survey.connections_of(member)) {
            names.connected.insert(reach.link.to.as_str());
            names.by_name.entry(reach.link.name().to_lowercase()).or_insert(reach);
        }
        names
    }
}

fn check_host(
    host: &str,
    origin: &Origin,
    reader: &Service,
    names: &Names<'_, '_>,
    survey: &Survey,
    findings: &mut Findings,
) {
    let name = &reader.name;
    let at = |code, message| Diagnostic::new(code, message).at(nearest(origin, &reader.origin));
    let Some((index, target)) = survey.find(host) else {
        let message =
            format!("`{name}` asks for the host name of `{host}`, which is no service of the application");
        let help = findings.did_you_mean(host, survey.service_names());
        findings.push(at(Code::UnknownNode, message).maybe_help(help));
        return;
    };
    if names.connected.contains(host) || survey.unit(index) == names.unit {
        return;
    }
    let diagnostic = if let Some(sidekick) = target.sidekick() {
        let of = &sidekick.of;
        let message = format!("`{name}` asks for the host name of `{host}`, which runs beside `{of}`");
        at(Code::HostName, message)
            .help(format!("ask for that of `{of}`: only what runs there finds `{host}`"))
    } else if survey.crosses(reader, target) {
        let (own, other) = (&reader.network, &target.network);
        let message = format!(
            "`{name}` is on the network `{own}` and finds no host name of `{host}`, which is on `{other}`"
        );
        at(Code::HostName, message).help(format!("give `{name}` a `connection` to `{host}`"))
    } else if let Some(reach) = names.by_name.get(&host.to_lowercase()) {
        let other = &reach.link.to;
        let message =
            format!("`{name}` asks for the host name of `{host}`, but reaches `{other}` by that name");
        at(Code::HostName, message)
            .label(nearest(&reach.link.origin, &reach.source.origin), format!("leads to `{other}`"))
            .help(format!("give `{name}` a `connection` to `{host}` with an alias"))
    } else {
        return;
    };
    findings.push(diagnostic.label(target.origin.place(), format!("`{host}` is defined here")));
}
