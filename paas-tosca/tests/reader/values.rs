//! Values by their types.

use super::{codes, messages};

fn text(ty: &str, value: &str) -> String {
    format!(
        "data_types:\n  my.Name: {{ derived_from: string, constraints: [ {{ min_length: 3 }} ] }}\n\
         \x20 my.Names: {{ derived_from: list, entry_schema: my.Name }}\n\
         node_types:\n  N:\n    derived_from: tosca.nodes.Root\n    properties: {{ p: {{ type: {ty} }} }}\n\
         topology_template: {{ node_templates: {{ n: {{ type: N, properties: {{ p: {value} }} }} }} }}\n"
    )
}

#[test]
fn that_are_right() {
    for (ty, value) in [
        ("integer", "0x1F"),
        ("integer", "0"),
        ("integer", "-9223372036854775808"),
        ("float", "5"),
        ("float", "0.10"),
        ("boolean", "yes"),
        ("string", "08:30"),
        ("string", "1.2.3"),
        ("string", "!!str 5"),
        ("scalar-unit.time", "5s"),
        ("scalar-unit.time", "1.5e3 s"),
        ("scalar-unit.time", "0 s"),
        ("scalar-unit.frequency", "123E3kHz"),
        ("scalar-unit.size", "9007199254740991 B"),
        ("scalar-unit.bitrate", "8192 Tibps"),
        ("integer", "9223372036854775807"),
        ("version", "1.10"),
        ("timestamp", "2001-12-14t21:59:43.10-05:00"),
        ("timestamp", "2001-12-14"),
        (
            "timestamp, constraints: [ { greater_than: '2020-01-01T00:00:00+02:00' } ]",
            "'2019-12-31T23:30:00Z'",
        ),
        ("timestamp", "{ concat: [ '2001-12-', '14' ] }"),
        ("version, constraints: [ { equal: '1.0' } ]", "'1.0.0'"),
        ("version, constraints: [ { valid_values: [ '1.0', '2.0' ] } ]", "'2.0.0'"),
        ("version, constraints: [ { in_range: [ '1.9', '1.10' ] } ]", "'1.9.1'"),
        ("range", "[ 1, UNBOUNDED ]"),
        ("range, constraints: [ { greater_than: 0 } ]", "[ 1, UNBOUNDED ]"),
        ("range, constraints: [ { equal: [ 1, 2 ] } ]", "[ 1, 2 ]"),
        ("version, constraints: [ { greater_or_equal: 1.9 } ]", "1.10"),
        ("version, constraints: [ { less_than: 1.2.0 } ]", "1.2.0.beta-4"),
        ("list, entry_schema: string, constraints: [ { valid_values: [ [ a ], [ b ] ] } ]", "[ b ]"),
        ("map, constraints: [ { equal: { a: b } } ]", "{ a: b }"),
        ("my.Names", "[ abc ]"),
        // Not the functions: those take lists.
        ("map, entry_schema: string", "{ token: abc }"),
        ("map, entry_schema: string", "{ join: abc }"),
    ] {
        assert_eq!(codes(&text(ty, value)), [""; 0], "{ty}: {value}");
    }
}

#[test]
fn that_are_wrong() {
    let wrong_type = [
        ("integer", "'5'"),
        ("integer", "1e3"),
        ("integer", "010"),
        ("integer", "99999999999999999999"),
        ("integer", ""),
        ("float", "'1.5'"),
        ("float", ".inf"),
        ("float", "010"),
        ("boolean", "'true'"),
        ("string", "~"),
        ("string", "0b11"),
        ("string", "2001-12-14"),
        ("scalar-unit.time", "5"),
        ("scalar-unit.time", "1e s"),
        ("scalar-unit.size", "8192 TiB"),
        ("scalar-unit.size", "1e400 B"),
        ("timestamp", "2001-13-45"),
        ("timestamp", "2001-12-14garbage"),
        ("range", "[ '1', 2 ]"),
        ("range", "[ UNBOUNDED, 2 ]"),
        ("map, entry_schema: string", "{ ON: x }"),
        ("map, entry_schema: string", "{ 1: x }"),
        ("map, entry_schema: string", "{ 22:30: x }"),
    ];
    for (ty, value) in wrong_type {
        assert_eq!(codes(&text(ty, value)), ["tosca.wrong_type"], "{ty}: {value}");
    }
    for (ty, value) in [
        ("range, constraints: [ { in_range: [ 0, 10 ] } ]", "[ 0, UNBOUNDED ]"),
        ("version, constraints: [ { greater_or_equal: 1.10 } ]", "1.9"),
        ("list, entry_schema: string, constraints: [ { equal: [ a ] } ]", "[ b ]"),
        ("my.Names", "[ ab ]"),
    ] {
        assert_eq!(codes(&text(ty, value)), ["tosca.constraint"], "{ty}: {value}");
    }
    assert_eq!(codes(&text("string", "12:30:45")), ["tosca.unquoted_time"]);
    assert_eq!(codes(&text("string", "190:20:30.15")), ["tosca.unquoted_time"]);
}

#[test]
fn messages_say_what_is_wrong() {
    for (ty, value, message) in [
        ("integer", "'5'", "`p` must be an integer, but `'5'` is a string"),
        ("integer", "010", "`p` is `010`, which readers take for different numbers"),
        (
            "integer",
            "99999999999999999999",
            "`p` must be an integer of 64 bits, but is `99999999999999999999`",
        ),
        (
            "scalar-unit.size",
            "9007199254740992 B",
            "`p` must be less than 8192 TiB, but is `9007199254740992 B`",
        ),
        ("string", "~", "`p` must be a string, but is nothing"),
        ("string", "2001-12-14", "`p` must be a string, but `2001-12-14` without quotes is a date"),
    ] {
        assert_eq!(messages(&text(ty, value)), [message], "{ty}: {value}");
    }
}

#[test]
fn timestamps_and_versions_that_are_wrong() {
    for (ty, value, code) in [
        (
            "timestamp, constraints: [ { greater_than: '2020-01-01T00:00:00-02:00' } ]",
            "'2020-01-01T00:30:00Z'",
            "tosca.constraint",
        ),
        ("timestamp", "2026-02-30", "tosca.wrong_type"),
        ("timestamp", "{ concat: [ some, day ] }", "tosca.wrong_type"),
        ("version", "{ concat: [ v, x ] }", "tosca.wrong_type"),
        ("version, constraints: [ { in_range: [ '1.10', '1.9' ] } ]", "'1.9.1'", "tosca.bad_constraint"),
    ] {
        assert_eq!(codes(&text(ty, value)), [code], "{ty}: {value}");
    }
}
