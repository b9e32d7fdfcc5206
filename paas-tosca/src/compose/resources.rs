//! How much of a host a container may use.

use super::{
    container::wrong,
    convert::Maker,
    node::{Key, Node},
    read::Service,
    sizes,
};
use paas_core::application::Container;

/// The span in which a CPU limit counts where none is said, in microseconds: Docker's default.
const CPU_PERIOD: i64 = 100_000;

/// A size of memory; 0 is none.
pub(super) fn size(maker: &mut Maker<'_>, service: &str, key: &Key, node: &Node) -> Option<u64> {
    maker.fixed(service, &key.text, node);
    if let Some(number) = node.number().filter(|number| *number < 0) {
        let why = format!("{number} is no size");
        maker.findings.lost(Some(service), &key.text, &node.place, why);
        return None;
    }
    let size = sizes::bytes(node);
    if size.is_none() {
        wrong(maker, service, key, node, "a size such as `512m`");
    }
    size.filter(|size| *size > 0)
}

/// The share of a span of CPU time that it may use.
pub(super) fn cpu_limit(maker: &mut Maker<'_>, service: &Service, container: &mut Container) {
    let name = service.name.text.as_str();
    let mut whole = |key: &str| {
        let node = service.get(key)?;
        if node.whole() == Some(-1) && key == "cpu_quota" {
            maker.fixed(name, key, node);
            maker.findings.kept(Some(name), key, &node.place, "-1 limits nothing");
            return None;
        }
        maker.number(name, key, node, 1..=i64::MAX, "number of microseconds")
    };
    let (quota, period) = (whole("cpu_quota"), whole("cpu_period"));
    let place = |key: &str| service.entry(key).map_or(&service.name.place, |(key, _)| &key.place);
    let Some(quota) = quota else {
        if period.is_some() {
            maker.findings.kept(
                Some(name),
                "cpu_period",
                place("cpu_period"),
                "without `cpu_quota` it limits nothing",
            );
        }
        return;
    };
    let millis = quota.saturating_mul(1_000) / period.unwrap_or(CPU_PERIOD);
    container.resources.cpu_limit_millis = u64::try_from(millis.max(1)).ok();
    if period.unwrap_or(CPU_PERIOD) != CPU_PERIOD || quota % 100 != 0 {
        let why = "the limit is said in thousandths of a core, over spans of 100 ms";
        maker.findings.partly(Some(name), "cpu_quota", place("cpu_quota"), why);
    } else if period.is_none() {
        maker.findings.kept(
            Some(name),
            "cpu_quota",
            place("cpu_quota"),
            "the span is Docker's own and is written too",
        );
    }
}
