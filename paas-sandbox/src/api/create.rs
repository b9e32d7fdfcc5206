use super::{ApiError, rules};
use crate::{
    schema::{Check, Role, Type},
    world::{Id, Resource, World},
};
use serde_json::{Map, Value};

/// Makes a resource, as a POST does and as the executor does for a stack.
pub(crate) fn create(
    world: &mut World,
    role: Role,
    kind: &'static Type,
    project: Option<Id>,
    body: &Map<String, Value>,
) -> Result<Id, ApiError> {
    let mut fields = accepted(world, role, kind, project, body)?;
    rules::check(world, kind, project, None, &fields)?;
    if kind.name == "loadBalancerService" {
        rules::complete_balancer(&mut fields);
    }
    let id = world.insert(kind, project, fields);
    world.begin(id, "create")?;
    Ok(id)
}

/// What of a body counts for a new resource.
pub(super) fn accepted(
    world: &World,
    role: Role,
    kind: &'static Type,
    project: Option<Id>,
    body: &Map<String, Value>,
) -> Result<Map<String, Value>, ApiError> {
    with_check(world, role, kind, project, None, |check| check.create(kind, body))
}

/// Runs a check of a body with what the world knows. `own` is the resource that is changed, if one is.
pub(super) fn with_check<T>(
    world: &World,
    role: Role,
    kind: &'static Type,
    project: Option<Id>,
    own: Option<Id>,
    run: impl FnOnce(&Check<'_>) -> T,
) -> T {
    let in_reach = |resource: &&Resource| {
        resource.removed.is_none()
            && (project.is_none() || resource.project.is_none() || resource.project == project)
    };
    let exists = |to: &str, id: &str| {
        world.schema.named(to).and_then(|kind| world.find(kind, id)).filter(in_reach).is_some()
    };
    let taken = |field: &str, value: &Value| {
        let mut others = world.all(kind.family).filter(|each| each.is_live() && Some(each.id) != own);
        others.any(|each| each.project == project && each.fields.get(field) == Some(value))
    };
    run(&Check { schema: world.schema, role, exists: &exists, taken: &taken })
}
