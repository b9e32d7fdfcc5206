//! Reading a template that was written gives the application that it was written from.

mod arbitrary;

use super::{Extras, template};
use crate::{Options, Source, check::application_of};
use paas_core::{application::Application, diagnostic::Severity, policy::TemplatePolicy};
use proptest::prelude::*;

/// The application of a text, and what was wrong with it.
fn read(text: &str) -> (Option<Application>, String) {
    let options = Options { policy: TemplatePolicy::allowing_everything(), ..Options::default() };
    let (application, diagnostics) = application_of(&Source::new("t.yaml", text), &options);
    (
        application,
        diagnostics.iter().filter(|it| it.severity == Severity::Error).map(|it| format!("{it}\n")).collect(),
    )
}

proptest! {
    #![proptest_config(ProptestConfig { failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn a_template_says_all_of_an_application(application in arbitrary::application()) {
        let text = template(&application, &Extras::default());
        let (again, problems) = read(&text);
        prop_assert_eq!(problems, "", "{}", text);
        prop_assert_eq!(again, Some(application), "{}", text);
    }
}
