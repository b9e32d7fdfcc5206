//! What changes mean, in words.

use super::{
    Difference,
    change::{ItemDifference, ItemFate},
    index::Index,
};
use crate::release::LinkStrategy;

/// Says what changes mean where that is not plain.
pub(super) fn explain(difference: &mut Difference, new: &Index<'_>) {
    for item in &mut difference.release {
        item.means = release(&item.name).map(str::to_owned);
    }
    for item in &mut difference.networks {
        item.means = network(item).map(str::to_owned);
    }
    let by_environment_links = new.rancher().link_strategy == Some(LinkStrategy::EnvironmentLinks);
    each(&mut difference.environment_links, |fate| match (fate, by_environment_links) {
        (ItemFate::Added, true) => {
            "environments are linked when they are created: an administrator has to make sure of it"
        }
        (ItemFate::Added, false) => "services reach each other over the region of the server: nothing to do",
        (ItemFate::Removed, _) => "no service needs it any more",
        _ => "",
    });
    each(&mut difference.flows, |fate| match fate {
        ItemFate::Added => "the firewall must let it through before the update",
        ItemFate::Removed => "the firewall can close it after the update",
        ItemFate::Changed => {
            "the firewall must open what is new before the update, and can close the rest after it"
        }
        ItemFate::Reordered => "",
    });
    for item in &mut difference.volumes {
        item.means = volume(item);
    }
    each(&mut difference.images, |fate| match fate {
        ItemFate::Added => "is pulled by hosts that do not have it",
        ItemFate::Removed => "no longer used",
        _ => "",
    });
    each(&mut difference.policies, |fate| match fate {
        ItemFate::Added => "the count that is running stays unless the bounds exclude it",
        ItemFate::Removed => "the count that is running stays",
        ItemFate::Changed => "holds from the end of the update; a count outside its bounds is brought inside",
        ItemFate::Reordered => "",
    });
    each(&mut difference.secrets, |fate| match fate {
        ItemFate::Added => "its value must be given for the update",
        ItemFate::Removed => "no longer asked for",
        ItemFate::Changed => "its answer has another name",
        ItemFate::Reordered => "",
    });
    each(&mut difference.ports, |fate| match fate {
        ItemFate::Removed => "free for others after the update",
        _ => "",
    });
}

fn each(items: &mut [ItemDifference], means: impl Fn(ItemFate) -> &'static str) {
    for item in items {
        item.means = Some(means(item.fate)).filter(|means| !means.is_empty()).map(str::to_owned);
    }
}

/// What a change of a field of the release means.
fn release(field: &str) -> Option<&'static str> {
    match field {
        "stack" => Some(
            "new stacks are created in every environment with all services, and the old ones are removed at the end",
        ),
        "application" => Some("it is recorded as another application"),
        "backend.version" => Some("nothing that runs is touched"),
        "backend.link_strategy" => Some("services that reach others across networks get new links"),
        "backend.load_balancer_image" => Some("all load balancers are upgraded"),
        "description" => Some("nothing that runs is touched"),
        _ => None,
    }
}

fn network(item: &ItemDifference) -> Option<&'static str> {
    match item.fate {
        ItemFate::Added => return Some("a stack is created in its environment"),
        ItemFate::Removed => return Some("its stack is removed at the end"),
        _ => {}
    }
    let changed = |field: &str| item.changes.iter().any(|change| change.path.head() == Some(field));
    if changed("environment") {
        Some("all its services are made in the new environment, then removed from the old one")
    } else if changed("stand_ins") {
        Some("what stands here for services elsewhere is made, or removed, with the update")
    } else {
        None
    }
}

fn volume(item: &ItemDifference) -> Option<String> {
    match item.fate {
        ItemFate::Removed => return Some("no longer used: it stays, with its data".to_owned()),
        ItemFate::Added => {
            let exists = item.item.as_ref().and_then(|item| item.0.get("existing")?.as_bool());
            let means = if exists == Some(true) { "must be there" } else { "is made if it is not there" };
            return Some(means.to_owned());
        }
        ItemFate::Changed | ItemFate::Reordered => {}
    }
    let changed = |field: &str| item.changes.iter().any(|change| change.path.head() == Some(field));
    let mut means = Vec::new();
    if changed("server") || changed("tier") {
        means.push("a volume that is there stays where it is: its data would have to be copied to a new one");
    }
    if changed("size_bytes") {
        means.push("a volume that is there keeps its size");
    }
    if changed("access") {
        means.push("who may write is decided anew; nothing is done to the volume");
    }
    (!means.is_empty()).then(|| means.join("; "))
}
