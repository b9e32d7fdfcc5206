use super::files;
use crate::generate::interface::read;
use serde_json::json;

/// The file of that name, from an interface with one of everything.
fn file(name: &str) -> String {
    let text = |description: &str| json!({ "type": "string", "description": description });
    let interface = read(&json!({
        "handles": [
            { "name": "Library", "description": "All.", "functions": [{
                "name": "translate_it", "work": "computes", "request": { "$ref": "#/$defs/TranslateRequest" },
                "answer": { "shape": "handle", "handle": "Release" },
            }] },
            { "name": "Release", "description": "What was translated.", "functions": [
                { "name": "files", "work": "instant", "request": { "$ref": "#/$defs/Nothing" },
                  "answer": { "shape": "texts" } },
                { "name": "parts.put_one", "work": "waits", "request": { "$ref": "#/$defs/PutRequest" },
                  "answer": { "shape": "document", "schema": { "type": "array", "items": { "$ref": "#/$defs/Part" } } } },
                { "name": "text", "work": "instant", "request": { "$ref": "#/$defs/Nothing" },
                  "answer": { "shape": "text" } },
            ] },
        ],
        "$defs": {
            "TranslateRequest": {
                "type": "object", "description": "Translates [`Zone`]s.", "required": ["template"],
                "properties": {
                    "template": text("The text."),
                    "stack_name": text("The stack."),
                    "inputs": { "type": "object", "additionalProperties": true },
                },
            },
            "PutRequest": {
                "type": "object", "description": "Puts one.", "required": ["part_name"],
                "properties": { "part_name": text("Which.") },
            },
            "Nothing": { "type": "object", "description": "Tells." },
            "Part": { "oneOf": [
                { "type": "object", "properties": { "kind": { "const": "big" } }, "required": ["kind"] },
                { "type": "object", "properties": { "kind": { "const": "small" } }, "required": ["kind"] },
            ] },
            "Release": {
                "type": "object", "required": ["zone", "odd-name"],
                "properties": {
                    "zone": { "$ref": "#/$defs/Zone" },
                    "odd-name": { "type": "array", "items": { "type": ["integer", "number", "null"] } },
                    "sizes": { "type": "object", "additionalProperties": { "type": "number" } },
                    "any": {},
                },
            },
            "Value": { "anyOf": [
                { "type": "string" }, { "type": "object", "additionalProperties": { "$ref": "#/$defs/Value" } },
            ] },
            "Zone": { "oneOf": [{ "const": "dmz", "description": "Outside." }, { "enum": ["it's"] }] },
            "Failure": { "type": "object", "properties": { "code": text("The code.") }, "required": ["code"] },
        },
        "kinds": [], "error": { "$ref": "#/$defs/Failure" },
    }));
    let path = format!("bindings/node/{name}");
    files(&interface.unwrap()).into_iter().find(|file| file.path == path).unwrap().text
}

#[track_caller]
fn has(text: &str, part: &str) {
    assert!(text.contains(part), "{part}\n--- is not in ---\n{text}");
}

#[test]
fn documents_are_interfaces_and_unions() {
    let types = file("lib/types.d.cts");
    has(
        &types,
        "export interface Release {\n  any?: unknown | undefined\n  'odd-name': (number | null)[]\n  \
         sizes?: Record<string, number> | undefined\n  zone: Zone\n}\n",
    );
    has(&types, "export type Zone =\n  /** Outside. */\n  | 'dmz'\n  | 'it\\'s'\n");
    has(&types, "export type Part =\n  | PartBig\n  | PartSmall\n");
    has(&types, "export type Value =\n  | string\n  | { [name: string]: Value }\n");
    has(&types, "export interface PartBig {\n  kind: 'big'\n}\n");
    assert!(!types.contains("Request"), "requests are parameters");
}

#[test]
fn functions_take_what_is_required_by_place_and_the_rest_by_name() {
    let functions = file("lib/generated.cjs");
    has(&functions, "const TRANSLATE_IT = describe('translate_it', 'handle', ['inputs', 'stack_name'])\n");
    has(
        &functions,
        "\nfunction translateIt(template, options) {\n  \
         return start(library, TRANSLATE_IT, { template }, options)\n}\n",
    );
    has(
        &functions,
        "\nfunction translateItSync(template, options) {\n  \
         return call(library, TRANSLATE_IT, { template }, options)\n}\n",
    );
    has(&functions, "const RELEASE_PARTS_PUT_ONE = describe('parts.put_one', 'document', [], true)\n");
    has(
        &functions,
        "\nclass ReleaseParts {\n  putOne(partName, options) {\n    \
         return start(this, RELEASE_PARTS_PUT_ONE, { part_name: partName }, options)\n  }\n}\n",
    );
    has(&functions, "\nclass Release extends bases.Release {\n  parts = group(this, ReleaseParts)\n");
    has(&functions, "  text(options) {\n    return call(this, RELEASE_TEXT, {}, options)\n  }\n");
    assert!(!functions.contains("files"), "this one is written by hand");
}

#[test]
fn declarations_tell_what_is_taken_and_given() {
    let declarations = file("lib/generated.d.cts");
    has(
        &declarations,
        "export interface TranslateItOptions {\n  inputs?: Record<string, unknown> | undefined\n  \
         /** The stack. */\n  stackName?: string | undefined\n}\n",
    );
    has(
        &declarations,
        "/**\n * Translates `Zone`s.\n *\n * @param template The text.\n */\n\
         export function translateIt(template: string, options?: TranslateItOptions): Promise<Release>\n",
    );
    has(
        &declarations,
        "export function translateItSync(template: string, options?: TranslateItOptions): Release\n",
    );
    has(&declarations, "  putOne(partName: string, options?: CallOptions): Promise<types.Part[]>\n");
    has(&declarations, "  text(): string\n");
    has(&declarations, "  readonly parts: ReleaseParts\n");
    // A document of that name would hide the class.
    let exported = declarations.rsplit_once("export type {").unwrap().1;
    has(exported, "  Zone,\n");
    assert!(!exported.contains("  Release,\n"));
}

#[test]
fn both_kinds_of_modules_have_the_same_names() {
    has(
        &file("index.mjs"),
        "export const {\n  Events,\n  PaasError,\n  Release,\n  translateIt,\n  translateItSync,\n} = paas\n",
    );
    has(
        &file("lib/generated.cjs"),
        "module.exports = {\n  Events: bases.Events,\n  Release,\n  translateIt,\n  translateItSync,\n}\n",
    );
}
