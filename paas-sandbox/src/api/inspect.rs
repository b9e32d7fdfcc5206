use super::{Caller, is_at, show};
use crate::{
    schema::Role,
    world::{ADMIN, Key, Resource, World},
};
use serde_json::Value;

/// All resources of a type that are not removed, in the order in which they were made, as an administrator sees them.
pub(crate) fn resources(world: &World, kind: &str, url: &str) -> Vec<Value> {
    let Some(kind) = world.schema.named(kind) else { return Vec::new() };
    let root = format!("{url}/v2-beta");
    let key = Key { role: Role::Admin, account: ADMIN.to_owned(), project: None };
    let caller = Caller { key, project: None, base: root.clone(), root };
    let there = |resource: &&Resource| is_at(kind, resource.kind) && resource.removed.is_none();
    world.all(kind.family).filter(there).map(|resource| show::show(world, &caller, resource, false)).collect()
}
