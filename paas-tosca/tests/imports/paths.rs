//! Normalised paths never leave the root.

use paas_tosca::resolve::normalize;
use proptest::prelude::*;

proptest! {
    #[test]
    fn a_normal_path_stays_below_the_root(from in path(), file in path()) {
        if let Ok(path) = normalize(&from, &file) {
            prop_assert!(!path.is_empty() && !path.starts_with('/'), "{path}");
            prop_assert!(path.split('/').all(|step| !matches!(step, "" | "." | "..")), "{path}");
            prop_assert!(!path.contains('\\'), "{path}");
            // Normal already: nothing changes any more.
            if !path.contains(':') && !path.starts_with('~') {
                prop_assert_eq!(normalize("", &path), Ok(path));
            }
        }
    }

    #[test]
    fn a_path_without_steps_upwards_is_beside_the_importing_file(
        folder in "[a-z]{1,3}(/[a-z]{1,3}){0,3}",
        file in "[a-z]{1,3}(/[a-z]{1,3}){0,3}",
    ) {
        prop_assert_eq!(normalize(&format!("{folder}/x.yaml"), &file), Ok(format!("{folder}/{file}")));
        let up = "../".repeat(folder.split('/').count());
        prop_assert_eq!(normalize(&format!("{folder}/x.yaml"), &format!("{up}{file}")), Ok(file.clone()));
        let outside = format!("../{up}{file}");
        let from = format!("{folder}/x.yaml");
        prop_assert!(normalize(&from, &outside).is_err());
    }
}

/// Paths of all kinds, most of them bad.
fn path() -> impl Strategy<Value = String> {
    let step = prop_oneof![
        4 => "[a-c]{1,2}",
        3 => Just("..".to_owned()),
        1 => Just(".".to_owned()),
        1 => Just(String::new()),
        1 => r"[~:\\ %]?[a-z]?[.:\\]{0,3}",
    ];
    prop::collection::vec(step, 0..8).prop_map(|steps| steps.join("/"))
}
