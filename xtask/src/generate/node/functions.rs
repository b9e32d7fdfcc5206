//! The functions in JavaScript.

use super::{HEADER, Variant, classes, generated, groups, library, text::list, types::quoted, variants};
use crate::generate::interface::{Answer, Function, Handle, Interface, Work, camel, pascal, snake};

const START: &str = "\
'use strict'

const bases = require('./bases.cjs')
const { call, start } = require('./call.cjs')
const { classes, group, library } = require('./handle.cjs')
const { describe } = require('./options.cjs')
";

/// The file with all functions and classes.
pub(super) fn functions(interface: &Interface) -> String {
    let mut file = format!("{HEADER}{START}\n");
    for handle in &interface.handles {
        for function in generated(handle) {
            file.push_str(&description(&handle.name, function));
        }
    }
    for function in library(interface) {
        for variant in variants(function) {
            let constant = constant(super::LIBRARY, function);
            file.push_str(&body(0, "function ", "library", &constant, function, &variant));
        }
    }
    for handle in classes(interface) {
        for group in groups(handle) {
            let functions = generated(handle).filter(|function| function.group() == Some(group));
            let members: String = functions.map(|function| methods(handle, function)).collect();
            let name = group_class(&handle.name, group);
            file.push_str(&format!("\nclass {name} {{\n{}}}\n", members.trim_start_matches('\n')));
        }
        file.push_str(&class(handle));
    }
    file.push_str(&exports(interface));
    file
}

/// What is to be known of a function, as a constant.
fn description(handle: &str, function: &Function) -> String {
    let mut parts = vec![quoted(&function.name), quoted(shape(&function.answer))];
    let options: Vec<String> = function.optional().map(|field| quoted(&field.name)).collect();
    if !options.is_empty() || function.work == Work::Waits {
        parts.push(format!("[{}]", options.join(", ")));
    }
    if function.work == Work::Waits {
        parts.push("true".to_owned());
    }
    list(0, &format!("const {} = describe(", constant(handle, function)), &parts, ")")
}

fn class(handle: &Handle) -> String {
    let name = &handle.name;
    let groups = groups(handle)
        .into_iter()
        .map(|group| format!("  {} = group(this, {})\n", camel(group), group_class(name, group)));
    let functions = generated(handle).filter(|function| function.group().is_none());
    let members: String = groups.chain(functions.map(|function| methods(handle, function))).collect();
    format!("\nclass {name} extends bases.{name} {{\n{}}}\n", members.trim_start_matches('\n'))
}

fn methods(handle: &Handle, function: &Function) -> String {
    let constant = constant(&handle.name, function);
    variants(function).iter().map(|variant| body(2, "", "this", &constant, function, variant)).collect()
}

fn body(
    indent: usize,
    keyword: &str,
    on: &str,
    constant: &str,
    function: &Function,
    variant: &Variant,
) -> String {
    let pad = " ".repeat(indent);
    let name = format!("{}{}", camel(function.short()), variant.suffix);
    let mut parameters: Vec<String> = function.required().map(|field| camel(&field.name)).collect();
    parameters.push("options".to_owned());
    let head = list(indent, &format!("{keyword}{name}("), &parameters, ") {");
    let how = if variant.is_promise { "start" } else { "call" };
    let required: Vec<String> = function
        .required()
        .map(|field| {
            let parameter = camel(&field.name);
            if parameter == field.name { parameter } else { format!("{}: {parameter}", field.name) }
        })
        .collect();
    let required =
        if required.is_empty() { "{}".to_owned() } else { format!("{{ {} }}", required.join(", ")) };
    format!("\n{head}{pad}  return {how}({on}, {constant}, {required}, options)\n{pad}}}\n")
}

fn exports(interface: &Interface) -> String {
    let handles: Vec<String> = classes(interface).map(|handle| handle.name.clone()).collect();
    let each = list(0, "for (const Class of [", &handles, "]) classes.set(Class.name, Class)");
    let exports: String = names(interface).map(|name| format!("  {name},\n")).collect();
    format!("\n{each}\nmodule.exports = {{\n  Events: bases.Events,\n{exports}}}\n")
}

/// The names that the generated code gives the module.
pub(super) fn names(interface: &Interface) -> impl Iterator<Item = String> {
    let functions = library(interface).flat_map(|function| {
        variants(function).into_iter().map(|variant| format!("{}{}", camel(&function.name), variant.suffix))
    });
    classes(interface).map(|handle| handle.name.clone()).chain(functions)
}

pub(super) fn group_class(handle: &str, group: &str) -> String {
    format!("{handle}{}", pascal(group))
}

fn constant(handle: &str, function: &Function) -> String {
    let name = function.name.replace('.', "_");
    if handle == super::LIBRARY {
        name.to_uppercase()
    } else {
        format!("{}_{name}", snake(handle)).to_uppercase()
    }
}

const fn shape(answer: &Answer) -> &'static str {
    match answer {
        Answer::Nothing => "nothing",
        Answer::Text => "text",
        Answer::Texts => "texts",
        Answer::Bytes => "bytes",
        Answer::Document(_) => "document",
        Answer::Handle(_) => "handle",
        Answer::Handles(_) => "handles",
    }
}
