//! Services outside the platform.

use super::{addresses, read::Read};
use crate::tosca::{Node, Value};
use paas_core::{application::ExternalService, diagnostic::Code};

/// The host or the addresses of a service outside the platform.
pub(super) fn external(node: &Node<'_>, read: &Read<'_>) -> ExternalService {
    let nothing = || ExternalService::Addresses(Vec::new());
    let (host, list) = (node.property("host"), node.property("addresses"));
    match (host, list) {
        (Some(host), None) => {
            let Some(text) = read.string(Some(host)) else { return nothing() };
            if !addresses::is_host_name(&text) {
                let message = format!("`{text}` is not a host name");
                read.report.at(Code::ExternalAddress, host.at, message);
            }
            ExternalService::Host(text)
        }
        (None, Some(list)) => {
            if list.is_settled() {
                return nothing();
            }
            if list.items().is_empty() {
                read.report.at(Code::ExternalAddress, list.at, "the list of addresses is empty");
            }
            let address = |item: &Value<'_>| {
                let text = read.string(Some(item))?;
                if text.parse::<std::net::IpAddr>().is_err() {
                    let help = "give a name with `host:` instead of `addresses:`".to_owned();
                    read.report.help(
                        Code::ExternalAddress,
                        item.at,
                        format!("`{text}` is not an IP address"),
                        help,
                    );
                }
                Some(text)
            };
            ExternalService::Addresses(list.items().iter().filter_map(address).collect())
        }
        (Some(_), Some(list)) => {
            read.report.at(Code::ExternalAddress, list.at, "give either `host` or `addresses`, not both");
            nothing()
        }
        // One may have been meant by what nobody knows.
        (None, None) if node.lacks_properties(read.report) => nothing(),
        (None, None) => {
            let help = "give `host: name` or `addresses: [ … ]`".to_owned();
            read.report.help(Code::ExternalAddress, node.at, "an external service needs an address", help);
            nothing()
        }
    }
}
