//! Links between services.

use super::{convert::Maker, node::Node};
use paas_core::{
    application::Link,
    diagnostic::{Code, Diagnostic, did_you_mean, shown},
};

/// Reads `links` of a service: `service` or `service:alias`.
pub(super) fn links(maker: &mut Maker<'_>, service: &str, node: &Node) -> Vec<Link> {
    let mut links: Vec<Link> = Vec::new();
    for item in node.items() {
        let text = item.scalar().unwrap_or_default();
        maker.findings.fixed(&text, service, "links", &item.place);
        let value = text.value();
        let (target, alias) = match value.split_once(':') {
            Some((target, alias)) => (target.trim(), Some(alias.trim()).filter(|alias| !alias.is_empty())),
            None => (value.trim(), None),
        };
        if target.contains('/') {
            maker.findings.lost(
                Some(service),
                "links",
                &item.place,
                "services of other stacks stand below `external_links`",
            );
            continue;
        }
        let targets = maker.behind_alias(target);
        if targets.is_empty() {
            let message =
                format!("{} links to {}, which the stack does not have", shown(service), shown(target));
            let help = did_you_mean(target, maker.names());
            maker.findings.push(
                Diagnostic::new(Code::ComposeReference, message).at(item.place.clone()).maybe_help(help),
            );
            continue;
        }
        if targets != [target] {
            let why = "the alias is no service of its own: the link leads to what is behind it";
            maker.findings.partly(Some(service), "links", &item.place, why);
        }
        // A load balancer knows its targets by its routes; what runs beside each other has no links.
        for to in targets {
            if maker.is_beside(service, &to) {
                continue;
            }
            let mut link = Link::connection(to.clone());
            link.alias = alias.or(Some(target)).filter(|alias| *alias != to).map(str::to_owned);
            link.origin = item.place.clone().into();
            if let Some(alias) = link.alias.as_deref().filter(|alias| !is_host_name(alias)) {
                let why = format!("{} is no name of a host: letters, digits and dashes", shown(alias));
                maker.findings.lost(Some(service), "links", &item.place, why);
                continue;
            }
            // Two services by one name: the first is reached.
            let same = links.iter().find(|each| each.name().eq_ignore_ascii_case(link.name()));
            match same {
                None => links.push(link),
                Some(same) if same.to == link.to => {}
                Some(_) => maker.findings.partly(
                    Some(service),
                    "links",
                    &item.place,
                    "one name leads to one service",
                ),
            }
        }
        if maker.is_beside(service, target) {
            let why = "services that run beside each other reach each other without a link";
            maker.findings.kept(Some(service), "links", &item.place, why);
        } else if maker.is_sidekick(service) {
            let why = "Rancher drops the links of sidekicks; here they become links of the service";
            maker.findings.partly(Some(service), "links", &item.place, why);
        }
    }
    links
}

fn is_host_name(name: &str) -> bool {
    (1..=63).contains(&name.len())
        && name.bytes().all(|byte| byte.is_ascii_alphanumeric() || byte == b'-')
        && !name.starts_with('-')
        && !name.ends_with('-')
}
