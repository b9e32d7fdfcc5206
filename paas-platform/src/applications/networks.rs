//! Which of the tenant's networks a network of a template is.

use paas_core::{
    application::Network,
    diagnostic::{Code, Diagnostic, Severity, did_you_mean},
    tenant::{Tenant, TenantNetwork},
};

/// The tenant's network, if it is clear which one is meant, and it is what the template asks for; what is wrong goes to the
/// problems.
///
/// It is the one of the same name. A network that the template does not name, but chooses, may also have another: then it
/// is the only one that says what the template asks for.
pub(super) fn of_tenant<'t>(
    network: &Network,
    tenant: &'t Tenant,
    problems: &mut Vec<Diagnostic>,
) -> Option<&'t TenantNetwork> {
    if let Some(known) = tenant.network(&network.name) {
        let differs = differs(network, known);
        let fits = !differs.iter().any(|problem| problem.severity == Severity::Error);
        problems.extend(differs);
        return fits.then_some(known);
    }
    let place = network.origin.place();
    if !network.chosen {
        problems.push(unknown(&network.name, tenant).at(place));
        return None;
    }
    let fitting: Vec<&TenantNetwork> = tenant.networks.iter().filter(|known| fits(network, known)).collect();
    let (code, message, help) = match fitting.as_slice() {
        [only] => return Some(only),
        [] => (
            Code::ResourceUnknownNetwork,
            format!("the tenant `{}` has no network {}", tenant.name, asked(network)),
            match listed(&tenant.networks.iter().collect::<Vec<_>>()) {
                Some(listed) => format!("its networks: {listed}"),
                None => "give the tenant such a network".to_owned(),
            },
        ),
        several => {
            let listed = listed(several).unwrap_or_default();
            (
                Code::ResourceNetworkAmbiguous,
                format!("the tenant `{}` has {} networks {}", tenant.name, several.len(), asked(network)),
                format!("name the one that is meant with `network_name`: {listed}"),
            )
        }
    };
    problems.push(Diagnostic::new(code, message).at(place).help(help));
    None
}

/// Says that a tenant has no network of a name.
pub(super) fn unknown(name: &str, tenant: &Tenant) -> Diagnostic {
    let message = format!("the tenant `{}` has no network `{name}`", tenant.name);
    let names = tenant.networks.iter().map(|network| network.name.as_str());
    let help = did_you_mean(name, names)
        .unwrap_or_else(|| "give the tenant the network, or name one that it has".to_owned());
    Diagnostic::new(Code::ResourceUnknownNetwork, message).help(help)
}

/// Whether a network says all that is asked for.
fn fits(asked: &Network, known: &TenantNetwork) -> bool {
    pairs(asked, known).iter().all(|(_, _, asked, known)| asked.is_none() || asked == known)
}

/// What a network of this name is not, or does not say.
fn differs(asked: &Network, known: &TenantNetwork) -> Vec<Diagnostic> {
    let mut problems = Vec::new();
    for (word, words, wanted, found) in pairs(asked, known) {
        let Some(wanted) = wanted.filter(|wanted| found != Some(*wanted)) else { continue };
        let name = &known.name;
        let problem = match found {
            Some(found) => {
                let message = format!(
                    "the template asks for a network `{name}` of the {words} `{wanted}`, but the tenant's is of `{found}`"
                );
                let help = format!("choose another network, or correct `{word}` where it is wrong");
                Diagnostic::new(Code::ResourceNetworkDiffers, message).help(help)
            }
            None => {
                let message = format!(
                    "the template asks for a network `{name}` of the {words} `{wanted}`, and the tenant's does not say its own"
                );
                let help = format!("give the tenant's network its `{word}`");
                Diagnostic::new(Code::ResourceNetworkDiffers, message).help(help).severity(Severity::Warning)
            }
        };
        problems.push(problem.at(asked.origin.place()).label(known.origin.place(), "the tenant's network"));
    }
    problems
}

/// What can be asked for: the word, the words for it, what is asked, what is there.
fn pairs<'a>(
    asked: &'a Network,
    known: &'a TenantNetwork,
) -> [(&'static str, &'static str, Option<&'a str>, Option<&'a str>); 2] {
    let level = (asked.security_level.as_deref(), known.security_level.as_deref());
    let domain = (asked.security_domain.as_deref(), known.security_domain.as_deref());
    [
        ("security_level", "security level", level.0, level.1),
        ("security_domain", "security domain", domain.0, domain.1),
    ]
}

/// Such as "of the security level `high`".
fn asked(network: &Network) -> String {
    let level = network.security_level.iter().map(|level| format!("the security level `{level}`"));
    let domain = network.security_domain.iter().map(|domain| format!("the security domain `{domain}`"));
    format!("of {}", level.chain(domain).collect::<Vec<_>>().join(" and "))
}

/// Networks with what they say of themselves; `None`: there are none.
fn listed(networks: &[&TenantNetwork]) -> Option<String> {
    const MOST: usize = 8;
    let one = |network: &&TenantNetwork| {
        let says: Vec<&str> = [&network.security_level, &network.security_domain]
            .into_iter()
            .flatten()
            .map(String::as_str)
            .collect();
        match says.as_slice() {
            [] => format!("`{}`", network.name),
            says => format!("`{}` ({})", network.name, says.join(", ")),
        }
    };
    let mut listed: Vec<String> = networks.iter().take(MOST).map(one).collect();
    if networks.len() > MOST {
        listed.push(format!("{} more", networks.len() - MOST));
    }
    (!listed.is_empty()).then(|| listed.join(", "))
}
