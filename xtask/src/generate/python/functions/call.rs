//! One function of Python that calls one of the library.

use super::{Context, Flavour};
use crate::generate::{
    interface::{Answer, Field, Function, Work},
    python::{
        errors::with_classes,
        forms::{self, Form},
        hints::Style,
        text::{self, WIDTH, docstring},
    },
};
use std::fmt::Write as _;

/// `builtins.`, which may have to be put before a type later on.
const ROOM_FOR_BUILTINS: usize = 9;

const TAKEN: Style = Style { prefix: "types.", is_taken: true };
const GIVEN: Style = Style { prefix: "types.", is_taken: false };

/// A function of the module, for one of the library itself.
pub(super) fn function(context: &Context<'_>, function: &Function) -> String {
    written(context, function, &text::name(&function.name), "_library", 0)
}

/// A method of a class, or its property. Nothing if that is written by hand.
pub(super) fn method(context: &Context<'_>, handle: &str, function: &Function) -> String {
    match forms::of(handle, &function.name) {
        Form::ByHand => String::new(),
        Form::Method => written(context, function, &text::name(function.short()), "self", 4),
        Form::Called(name) => written(context, function, name, "self", 4),
        Form::Property => {
            let method = written(context, function, &text::name(function.short()), "self", 4);
            // Not `functools.cached_property`: its lock, up to Python 3.11, may be held while another thread forks.
            format!("    @property\n{}", method.replace("self._call(", "self._kept("))
        }
    }
}

fn written(context: &Context<'_>, function: &Function, name: &str, caller: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut written = signature(context, function, name, caller, indent);
    written.push_str(&documentation(context, function, indent + 4));
    let mut arguments = format!("\"{}\"", function.name);
    if !function.parameters.is_empty() {
        written.push_str(&request(&function.parameters, indent + 4));
        arguments.push_str(", request");
    }
    let is_coroutine = is_coroutine(context, function);
    let way = match (is_coroutine, function.work) {
        (true, _) => "_start",
        (false, Work::Waits) => "_wait",
        (false, Work::Instant | Work::Computes) => "_call",
    };
    let awaits = if is_coroutine { "await " } else { "" };
    let call = format!("{awaits}{caller}.{way}({arguments})");
    match &function.answer {
        Answer::Nothing => _ = writeln!(written, "{blanks}    {call}"),
        Answer::Handle(class) => _ = writeln!(written, "{blanks}    return {class}({call})"),
        Answer::Handles(class) => {
            _ = writeln!(written, "{blanks}    return [{class}(native) for native in {call}]");
        }
        Answer::Text | Answer::Texts | Answer::Bytes | Answer::Document(_) => {
            let hint = answer(context, &function.answer);
            let mut line = format!("{blanks}    answer: {hint} = {call}");
            if line.chars().count() + ROOM_FOR_BUILTINS > WIDTH {
                let (before, after) = (call.trim_end_matches(&format!("({arguments})")), &arguments);
                line =
                    format!("{blanks}    answer: {hint} = {before}(\n{blanks}        {after}\n{blanks}    )");
            }
            _ = writeln!(written, "{line}\n{blanks}    return answer");
        }
    }
    written
}

fn is_coroutine(context: &Context<'_>, function: &Function) -> bool {
    context.flavour == Flavour::Asyncio && function.work != Work::Instant
}

/// `def deploy(self, tenant: str, *, file: str | None = None) -> Operation:`, on as many lines as it needs.
fn signature(context: &Context<'_>, function: &Function, name: &str, caller: &str, indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let mut parameters: Vec<String> = Vec::new();
    if caller == "self" {
        parameters.push("self".to_owned());
    }
    for field in function.required() {
        parameters.push(format!("{}: {}", text::name(&field.name), context.hints.hint(&field.of, TAKEN)));
    }
    if function.optional().next().is_some() {
        parameters.push("*".to_owned());
    }
    for field in function.optional() {
        let hint = context.hints.hint(&field.of, TAKEN);
        parameters.push(format!("{}: {hint} | None = None", text::name(&field.name)));
    }
    let def = if is_coroutine(context, function) { "async def" } else { "def" };
    let gives = answer(context, &function.answer);
    let list = parameters.join(", ");
    let one_line = format!("{blanks}{def} {name}({list}) -> {gives}:");
    if one_line.chars().count() <= WIDTH {
        return format!("{one_line}\n");
    }
    let on_one = format!("{blanks}    {list}");
    if on_one.chars().count() <= WIDTH {
        return format!("{blanks}{def} {name}(\n{on_one}\n{blanks}) -> {gives}:\n");
    }
    let mut lines = format!("{blanks}{def} {name}(\n");
    for parameter in parameters {
        _ = writeln!(lines, "{blanks}    {parameter},");
    }
    _ = writeln!(lines, "{blanks}) -> {gives}:");
    lines
}

fn answer(context: &Context<'_>, answer: &Answer) -> String {
    match answer {
        Answer::Nothing => "None".to_owned(),
        Answer::Text => "str".to_owned(),
        Answer::Bytes => "bytes".to_owned(),
        Answer::Texts => "dict[str, str]".to_owned(),
        Answer::Document(of) => context.hints.hint(of, GIVEN),
        Answer::Handle(class) => class.clone(),
        Answer::Handles(class) => format!("list[{class}]"),
    }
}

fn documentation(context: &Context<'_>, function: &Function, indent: usize) -> String {
    let mut paragraphs = vec![with_classes(&function.description, &context.interface.kinds)];
    let arguments: Vec<String> = function
        .parameters
        .iter()
        .filter(|field| !field.description.is_empty())
        .map(|field| format!("    {}: {}", text::name(&field.name), field.description))
        .collect();
    if !arguments.is_empty() {
        paragraphs.push(format!("Args:\n{}", arguments.join("\n")));
    }
    docstring(&paragraphs, indent)
}

fn request(fields: &[Field], indent: usize) -> String {
    let blanks = " ".repeat(indent);
    let pairs: Vec<String> =
        fields.iter().map(|field| format!("\"{}\": {}", field.name, text::name(&field.name))).collect();
    let one_line = format!("{blanks}request = {{{}}}", pairs.join(", "));
    if one_line.chars().count() <= WIDTH {
        return format!("{one_line}\n");
    }
    let mut lines = format!("{blanks}request = {{\n");
    for pair in pairs {
        _ = writeln!(lines, "{blanks}    {pair},");
    }
    _ = writeln!(lines, "{blanks}}}");
    lines
}
