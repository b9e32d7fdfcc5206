//! The declarations of the functions in TypeScript.

use super::{
    HEADER, LIBRARY, Variant, classes, functions,
    functions::group_class,
    generated, groups, library,
    text::{comment, list},
    types::{Style, of},
    variants,
};
use crate::generate::interface::{Answer, Field, Function, Handle, Interface, Of, Work, camel, pascal};
use std::collections::BTreeSet;

const TAKEN: Style = Style { space: "types.", is_taken: true };
const GIVEN: Style = Style { space: "types.", is_taken: false };

const START: &str = "\
import type { CallOptions } from './bases.cjs'
import * as bases from './bases.cjs'
import type * as types from './types.cjs'

export { CallOptions, Events, WaitOptions } from './bases.cjs'
";

/// The file with the declarations of all functions and classes.
pub(super) fn declarations(interface: &Interface) -> String {
    let mut file = format!("{HEADER}{START}");
    let mut taken: BTreeSet<String> = functions::names(interface).collect();
    for handle in &interface.handles {
        for function in generated(handle) {
            if let Some(declared) = options(&handle.name, function) {
                taken.insert(options_name(&handle.name, function));
                file.push_str(&declared);
            }
        }
    }
    for function in library(interface) {
        file.push_str(&signatures(0, "export function ", LIBRARY, function));
    }
    for handle in classes(interface) {
        for group in groups(handle) {
            let functions = generated(handle).filter(|function| function.group() == Some(group));
            let members: String =
                functions.map(|function| signatures(2, "", &handle.name, function)).collect();
            let about = format!("The functions of a {} for {group}.", handle.name);
            let name = group_class(&handle.name, group);
            let about = comment(0, &about, &[]);
            let members = members.trim_start_matches('\n');
            file.push_str(&format!("\n{about}export interface {name} {{\n{members}}}\n"));
        }
        file.push_str(&class(handle));
    }
    file.push_str(&documents(interface, &taken));
    file
}

/// The options of a function as an interface, if it has some of its own.
fn options(handle: &str, function: &Function) -> Option<String> {
    function.optional().next()?;
    let name = options_name(handle, function);
    let base = if function.work == Work::Waits { " extends CallOptions" } else { "" };
    let members: String = function
        .optional()
        .map(|Field { name, description, of: field, .. }| {
            let comment = comment(2, description, &[]);
            format!("{comment}  {}?: {} | undefined\n", camel(name), passed(field))
        })
        .collect();
    let about = comment(0, &format!("What can be said to `{}`.", called(function)), &[]);
    Some(format!("\n{about}export interface {name}{base} {{\n{members}}}\n"))
}

fn class(handle: &Handle) -> String {
    let name = &handle.name;
    let groups = groups(handle).into_iter().map(|group| {
        format!(
            "\n  /** The functions for {group}. */\n  readonly {}: {}\n",
            camel(group),
            group_class(name, group)
        )
    });
    let functions = generated(handle).filter(|function| function.group().is_none());
    let members: String = groups.chain(functions.map(|function| signatures(2, "", name, function))).collect();
    let about = comment(0, &handle.description, &[]);
    format!("\n{about}export class {name} extends bases.{name} {{\n  private constructor()\n{members}}}\n")
}

fn signatures(indent: usize, keyword: &str, handle: &str, function: &Function) -> String {
    variants(function).iter().map(|variant| signature(indent, keyword, handle, function, variant)).collect()
}

fn signature(
    indent: usize,
    keyword: &str,
    handle: &str,
    function: &Function,
    Variant { suffix, is_promise }: &Variant,
) -> String {
    let name = format!("{}{suffix}", camel(function.short()));
    let mut parameters: Vec<String> =
        function.required().map(|field| format!("{}: {}", camel(&field.name), passed(&field.of))).collect();
    if function.optional().next().is_some() {
        parameters.push(format!("options?: {}", options_name(handle, function)));
    } else if function.work == Work::Waits {
        parameters.push("options?: CallOptions".to_owned());
    }
    let answer = answer(&function.answer);
    let answer = if *is_promise { format!("Promise<{answer}>") } else { answer };
    let comment = if suffix.is_empty() {
        let tags: Vec<String> = function
            .required()
            .map(|field| format!("@param {} {}", camel(&field.name), field.description))
            .collect();
        comment(indent, &function.description, &tags)
    } else {
        let about = format!(
            "As `{}`, but on this thread, which does nothing else meanwhile.",
            camel(function.short())
        );
        comment(indent, &about, &[])
    };
    format!("\n{comment}{}", list(indent, &format!("{keyword}{name}("), &parameters, &format!("): {answer}")))
}

/// The type of what is passed: nothing of it is changed.
fn passed(field: &Of) -> String {
    match field {
        Of::List(_) => format!("readonly {}", of(field, TAKEN)),
        _ => of(field, TAKEN),
    }
}

fn answer(answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "void".to_owned(),
        Answer::Text => "string".to_owned(),
        Answer::Bytes => "Buffer".to_owned(),
        Answer::Texts => "Readonly<Record<string, string>>".to_owned(),
        Answer::Document(document) => of(document, GIVEN),
        Answer::Handle(handle) => handle.clone(),
        Answer::Handles(handle) => format!("{handle}[]"),
    }
}

/// The types of documents under their own names, except where the module has another thing of that name.
fn documents(interface: &Interface, taken: &BTreeSet<String>) -> String {
    let is_free =
        |name: &str| !taken.contains(name) && interface.handles.iter().all(|handle| handle.name != name);
    let names = interface.types.iter().map(|named| named.name.as_str()).filter(|name| is_free(name));
    let names: String = names.map(|name| format!("  {name},\n")).collect();
    format!(
        "\n/** The types of all documents, also of those whose name is that of a class. */\n\
         export type * as types from './types.cjs'\n\nexport type {{\n{names}}} from './types.cjs'\n"
    )
}

fn options_name(handle: &str, function: &Function) -> String {
    let handle = if handle == LIBRARY { "" } else { handle };
    format!("{handle}{}Options", pascal(&function.name))
}

/// As it is called, within its handle.
fn called(function: &Function) -> String {
    let short = camel(function.short());
    function.group().map_or_else(|| short.clone(), |group| format!("{}.{short}", camel(group)))
}
