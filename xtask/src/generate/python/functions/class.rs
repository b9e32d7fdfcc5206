//! Classes of handles, and of groups of their functions.

use super::{Context, call};
use crate::generate::{
    interface::{Function, Handle, pascal},
    python::{forms::WITH_EXTRAS, text::docstring},
};
use std::fmt::Write as _;

/// Types that a method of the same name hides within its class.
const BUILT_IN: [&str; 4] = ["list", "dict", "str", "int"];

/// The groups of a handle's functions, in the order in which they come.
pub(super) fn groups(handle: &Handle) -> Vec<&str> {
    let mut groups: Vec<&str> = Vec::new();
    for group in handle.functions.iter().filter_map(Function::group) {
        if !groups.contains(&group) {
            groups.push(group);
        }
    }
    groups
}

/// The class of a group: `PlatformApplications`.
pub(super) fn group_name(handle: &Handle, group: &str) -> String {
    format!("{}{}", handle.name, pascal(group))
}

/// The class of a group of functions.
pub(super) fn of_group(context: &Context<'_>, handle: &Handle, group: &str) -> String {
    let functions: Vec<&Function> =
        handle.functions.iter().filter(|function| function.group() == Some(group)).collect();
    let about = about_group(handle, group);
    class(context, handle, &group_name(handle, group), "Handle", about, &functions)
}

/// The class of a handle, with a property for each of its groups.
pub(super) fn of_handle(context: &Context<'_>, handle: &Handle) -> String {
    let functions: Vec<&Function> =
        handle.functions.iter().filter(|function| function.group().is_none()).collect();
    let base = if WITH_EXTRAS.contains(&handle.name.as_str()) {
        format!("{}Extras", handle.name)
    } else {
        "Handle".to_owned()
    };
    let mut class = class(context, handle, &handle.name, &base, handle.description.clone(), &functions);
    for group in groups(handle) {
        let of = group_name(handle, group);
        _ = write!(class, "\n    @property\n    def {group}(self) -> {of}:\n");
        class.push_str(&docstring(&[about_group(handle, group)], 8));
        _ = writeln!(class, "        return {of}(self._native)");
    }
    class
}

fn about_group(handle: &Handle, group: &str) -> String {
    format!("{} of the {}.", pascal(group), handle.name.to_lowercase())
}

fn class(
    context: &Context<'_>,
    handle: &Handle,
    name: &str,
    base: &str,
    about: String,
    functions: &[&Function],
) -> String {
    let mut class = format!("class {name}({base}):\n{}", docstring(&[about], 4));
    for function in functions {
        let mut method = call::method(context, &handle.name, function);
        for hidden in BUILT_IN.iter().filter(|name| functions.iter().any(|one| one.short() == **name)) {
            method = method.replace(&format!(" {hidden}["), &format!(" builtins.{hidden}["));
        }
        if !method.is_empty() {
            _ = write!(class, "\n{method}");
        }
    }
    class
}
