//! What is made from the table.

use paas_core::images::promotion::{
    FailureKind, StateName,
    table::{self, Happens, ROWS},
};

#[test]
fn the_table() {
    insta::assert_snapshot!(table::markdown());
}

#[test]
fn the_picture_as_mermaid() {
    insta::assert_snapshot!(table::mermaid());
}

#[test]
fn the_picture_as_svg() {
    insta::assert_snapshot!(table::svg());
}

#[test]
fn every_word_is_in_a_table() {
    let (states, failures) = (table::states(), table::failures());
    assert!(StateName::ALL.iter().all(|state| states.contains(&format!("| `{}` |", state.name()))));
    assert!(FailureKind::ALL.iter().all(|kind| failures.contains(&format!("| `{kind}` |"))));
    let rows = table::markdown();
    assert!(Happens::ALL.iter().all(|happens| rows.contains(happens.title())));
    assert!(ROWS.iter().all(|row| rows.contains(row.effect)));
}
