//! The printed matrix.

use paas_core::access::{Role, matrix};

/// The copy is read and changed by people. To change a rule, change both, and say why.
#[test]
fn is_the_one_that_was_reviewed() {
    let reviewed = include_str!("matrix.reviewed.md");
    let (mut ours, mut theirs) = (matrix::markdown(), reviewed.to_owned());
    for text in [&mut ours, &mut theirs] {
        text.retain(|character| character != '\r');
    }
    for (line, (here, there)) in ours.lines().zip(theirs.lines()).enumerate() {
        assert_eq!(here, there, "line {}", line + 1);
    }
    assert_eq!(ours.lines().count(), theirs.lines().count());
}

#[test]
fn says_each_thing_once() {
    let rows = matrix::rows();
    for pair in rows.windows(2) {
        assert!((pair[0].kind, pair[0].action) < (pair[1].kind, pair[1].action), "{:?}", pair[0]);
    }
    let table = matrix::markdown();
    let width = Role::ALL.len() + 4;
    assert!(table.lines().all(|line| line.matches('|').count() == width), "{table}");
}
