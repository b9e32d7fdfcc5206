//! Texts that are long, and wrong at their end.

use super::{lines, refused, template};
use paas_core::diagnostic::Code;
use paas_tosca::{Options, Source, check};

fn one_line(word: &str) -> String {
    let mut text =
        String::from("{ tosca_definitions_version: tosca_simple_yaml_1_3, dsl_definitions: { list: [ ");
    while text.len() < 1 << 20 {
        text.push_str(word);
        text.push_str(", ");
    }
    text
}

#[test]
fn a_long_line_with_a_mistake_at_its_end() {
    for word in ["word", "🏦"] {
        let text = one_line(word) + "x ] }, topolgy_template: {} }";
        refused(&text, &[Code::UnknownKeyword]);
        let checked = check(&Source::new("t.yaml", text.as_str()), &Options::default());
        let at = checked
            .diagnostics
            .iter()
            .find(|it| it.code == Code::UnknownKeyword)
            .unwrap()
            .place()
            .unwrap()
            .start;
        let before = &text[..text.find("topolgy").unwrap()];
        assert_eq!((at.line, at.column as usize), (1, before.chars().count() + 1));
        refused(&(one_line(word) + "x } ]"), &[Code::YamlSyntax]);
    }
}

#[test]
fn many_mistakes_in_a_long_line() {
    let values: Vec<_> = (0..50_000).map(|n| format!("ö{n}: {{ value: {{ get_input: ü{n} }} }}")).collect();
    refused(&template("", &format!("  outputs: {{ {} }}", values.join(", "))), &[Code::UnknownInput]);
}

#[test]
fn many_mistakes_in_a_long_text() {
    let outputs =
        lines(30_000, |n| format!("    银行{n}: {{ value: {{ get_input: 账户账户账户{n} }} }} # 🏦"));
    refused(&template("", &format!("  outputs:\n{outputs}")), &[Code::UnknownInput]);
}

#[test]
fn many_unknown_tags() {
    let items = lines(100_000, |_| "  - !x y".to_owned());
    refused(
        &template(&format!("dsl_definitions:\n  list:\n{}", items.replace("  - ", "    - ")), "  {}"),
        &[Code::UnknownTag],
    );
}

#[test]
fn a_long_text_in_quotes() {
    let text = template("", &format!("  description: \"{}\"\n  nothing: 1", "a\\n".repeat(1 << 20)));
    refused(&text, &[Code::UnknownKeyword]);
}
