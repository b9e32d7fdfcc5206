//! The answers that carry secrets.

use crate::release::Secret;
use rustc_hash::{FxHashMap, FxHashSet};

/// An answer for each secret input: a name `[A-Za-z_][A-Za-z0-9_]*` that no other has.
///
/// An input that has such a name keeps it, whatever the others are called.
pub(super) fn answers(inputs: &[String]) -> Vec<Secret> {
    let mut known = FxHashSet::default();
    let inputs: Vec<&String> = inputs.iter().filter(|input| known.insert(input.as_str())).collect();
    let mut taken: FxHashSet<String> =
        inputs.iter().filter(|input| made_of(input) == ***input).map(|input| (*input).clone()).collect();
    let mut next: FxHashMap<String, u32> = FxHashMap::default();
    inputs
        .into_iter()
        .map(|input| {
            let made = made_of(input);
            let mut answer = made.clone();
            if made != *input {
                let next = next.entry(made.clone()).or_insert(2);
                while !taken.insert(answer.clone()) {
                    answer = format!("{made}_{next}");
                    *next += 1;
                }
            }
            Secret { input: input.clone(), answer }
        })
        .collect()
}

fn made_of(input: &str) -> String {
    let mut made = String::with_capacity(input.len() + 1);
    if input.is_empty() || input.starts_with(|c: char| c.is_ascii_digit()) {
        made.push('_');
    }
    made.extend(input.chars().map(|c| if c.is_ascii_alphanumeric() { c } else { '_' }));
    made
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn answers_of(inputs: &[&str]) -> Vec<String> {
        let inputs: Vec<String> = inputs.iter().map(|&input| input.to_owned()).collect();
        answers(&inputs).into_iter().map(|secret| secret.answer).collect()
    }

    #[test]
    fn names_become_variables() {
        assert_eq!(
            answers_of(&["db_password", "api-key", "2fa", "schlüssel", ""]),
            ["db_password", "api_key", "_2fa", "schl_ssel", "_"]
        );
    }

    #[test]
    fn a_name_that_fits_stays_and_others_are_numbered() {
        assert_eq!(
            answers_of(&["a-b", "a.b", "a_b", "a_b_3", "a b"]),
            ["a_b_2", "a_b_4", "a_b", "a_b_3", "a_b_5"]
        );
    }

    #[test]
    fn an_input_that_is_named_twice_has_one_answer() {
        assert_eq!(answers_of(&["a", "a"]), ["a"]);
    }

    proptest! {
        #[test]
        fn answers_are_variables_and_differ(inputs in prop::collection::vec("[a_1-2. é]{0,3}", 0..40)) {
            let answers = answers(&inputs);
            let mut names = FxHashSet::default();
            for secret in &answers {
                let name = secret.answer.as_str();
                prop_assert!(!name.is_empty() && !name.starts_with(|c: char| c.is_ascii_digit()));
                prop_assert!(name.chars().all(|c| c.is_ascii_alphanumeric() || c == '_'));
                prop_assert!(names.insert(name));
            }
            prop_assert!(inputs.iter().all(|input| answers.iter().any(|secret| secret.input == *input)));
        }
    }
}
