//! Templates that other tools ship or test with, `../shared/data/tosca` beside the clone: what their owners call valid is
//! taken, what they call invalid is refused for the fault that it was made to have. Every exception stands here with its
//! reason; one that is none any more fails too.

#![expect(clippy::print_stdout, reason = "a test that is skipped says so")]

use crate::corpus::Reason::{AbsentFile, Misfiled, Network, NotStandard, Vendor};
use paas_sdk::{Diagnostics, Options, check, files::open_template};
use std::{
    fs,
    path::{Path, PathBuf},
};

/// Why a template that is called valid is refused.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Reason {
    /// Its owner expects it to be refused, too.
    Misfiled,
    /// It imports a file that is not there.
    AbsentFile,
    /// It imports from a network, or by an absolute path.
    Network,
    /// It uses what only its owner's tool has.
    Vendor,
    /// It breaks a rule of the standard that its owner's tool does not look at.
    NotStandard,
}

/// Valid ones that are refused: the end of the path, the reason, and what is said of it.
const REFUSED: &[(&str, Reason, &str)] = &[
    ("aria-service-proxy-plugin/plugin.yaml", Vendor, "tosca.unknown_type"),
    ("clearwater/clearwater-live-test-existing.yaml", Vendor, "tosca.import_unreadable"),
    ("clearwater/clearwater-single-existing.yaml", Vendor, "tosca.import_unreadable"),
    // It leaves out what its own types require: the capability by which containers are linked.
    ("container-1/container-1.yaml", NotStandard, "tosca.requirement_target"),
    ("javascript/constraints.yaml", Vendor, "tosca.bad_constraint"),
    ("javascript/functions.yaml", Vendor, "tosca.wrong_type"),
    // A size is compared with a number without a unit.
    ("openstack/hello-world.yaml", NotStandard, "tosca.bad_constraint"),
    ("CSAR/multi_level_imports_response.yaml", Misfiled, "tosca.import_unreadable"),
    ("test_datatype_portspec_add_req.yaml", Misfiled, "tosca.constraint"),
    // `Compute` has no attribute `port`.
    ("functions/test_concat.yaml", NotStandard, "tosca.unknown_property"),
    // A database without its name, which the standard requires.
    ("functions/test_get_attribute_host_keyword.yaml", NotStandard, "tosca.missing_property"),
    ("functions/tosca_nested_property_names_indexes.yaml", NotStandard, "tosca.requirement_target"),
    // A web application on a computer, where the standard asks for a web server.
    ("interfaces/test_custom_interface_in_template.yaml", NotStandard, "tosca.requirement_target"),
    ("interfaces/test_custom_interface_notifications.yaml", NotStandard, "tosca.requirement_target"),
    ("interfaces/test_custom_interface_operations.yaml", NotStandard, "tosca.requirement_target"),
    // `occurences`.
    ("relationship/test_custom_relationship.yaml", NotStandard, "tosca.unknown_keyword"),
    ("requirements/test_requirements.yaml", NotStandard, "tosca.unknown_requirement"),
    ("test_attributes_inheritance.yaml", NotStandard, "tosca.wrong_type"),
    ("test_available_rel_tpls.yaml", NotStandard, "tosca.missing_property"),
    // A definition of a property that is its value.
    ("test_credential_datatype.yaml", NotStandard, "tosca.unknown_keyword"),
    ("test_custom_capabilty.yaml", NotStandard, "tosca.requirement_target"),
    ("test_instance_nested_imports.yaml", AbsentFile, "tosca.import_unreadable"),
    ("test_no_inputs_in_template.yaml", NotStandard, "tosca.wrong_shape"),
    ("test_scalar_unit_without_unit.yaml", Misfiled, "tosca.wrong_type"),
    ("test_tosca_custom_rel.yaml", NotStandard, "tosca.wrong_shape"),
    // A whole number without quotes as a string.
    ("topology_template/databasesubsystem.yaml", NotStandard, "tosca.wrong_type"),
    ("topology_template/system.yaml", NotStandard, "tosca.missing_property"),
    ("topology_template/transactionsubsystem.yaml", NotStandard, "tosca.missing_property"),
    // Mappings of an older draft.
    ("validate/test_substitution_mappings_section.yaml", NotStandard, "tosca.substitution"),
    ("tosca_elk.yaml", AbsentFile, "tosca.import_unreadable"),
    ("tosca_imports_validation.yaml", Misfiled, "tosca.version_unknown"),
    ("tosca_single_instance_wordpress_with_local_abspath_import.yaml", Network, "tosca.import_refused"),
    ("tosca_single_instance_wordpress_with_url_import.yaml", Network, "tosca.import_refused"),
];

/// Invalid ones, each with what is said of its fault.
const FAULTS: &[(&str, &str)] = &[
    ("custom_types/invalid_template_version.yaml", "tosca.version_unknown"),
    ("test_custom_datatypes_nested_datatype_error.yaml", "tosca.wrong_type"),
    ("test_custom_datatypes_value_error.yaml", "tosca.wrong_type"),
    ("test_concat_invalid.yaml", "tosca.function_arguments"),
    ("test_get_attribute_host_not_found.yaml", "tosca.function_arguments"),
    ("test_get_attribute_illegal_host_in_outputs.yaml", "tosca.function_arguments"),
    ("test_get_attribute_unknown_attribute_name.yaml", "tosca.unknown_property"),
    ("test_get_attribute_unknown_node_template_name.yaml", "tosca.unknown_node"),
    ("test_get_attribute_with_index_error.yaml", "tosca.unknown_property"),
    ("test_invalid_function_signature.yaml", "tosca.unknown_property"),
    ("test_invalid_input.yaml", "tosca.unknown_input"),
    ("test_token_invalid.yaml", "tosca.function_arguments"),
    ("test_unknown_capability_property.yaml", "tosca.unknown_property"),
    ("test_unknown_input_in_interface.yaml", "tosca.unknown_input"),
    ("test_unknown_input_in_property.yaml", "tosca.unknown_input"),
    ("test_custom_interface_invalid_operation.yaml", "tosca.unknown_operation"),
    ("test_policies_without_required_property.yaml", "tosca.dialect"),
    ("test_import_invalid_template_version.yaml", "tosca.version_unknown"),
    ("test_invalid_input_defaults.yaml", "tosca.wrong_type"),
    ("test_invalid_template_version.yaml", "tosca.version_unknown"),
    ("test_multiple_validation_errors.yaml", "tosca.version_unknown"),
    ("test_tosca_top_level_error2.yaml", "tosca.unknown_keyword"),
    ("queuingsubsystem_invalid_input.yaml", "tosca.substitution"),
    // In the imported template.
    ("system_invalid_input.yaml", "tosca.substitution"),
    ("test_substitution_mappings_error_capability_type.yaml", "tosca.unknown_capability"),
    ("test_substitution_mappings_error_node_filter.yaml", "tosca.unknown_keyword"),
    ("test_substitution_mappings_error_node_filter_key.yaml", "tosca.unknown_keyword"),
    ("test_substitution_mappings_error_property_type.yaml", "tosca.wrong_shape"),
    ("test_substitution_mappings_invalid_output.yaml", "tosca.unknown_property"),
];

#[test]
fn valid_templates_of_others_are_taken() {
    let Some(corpus) = Corpus::find() else { return };
    let mut wrong = Vec::new();
    let mut used = vec![false; REFUSED.len()];
    for file in corpus.of("valid").filter(|file| file.is_simple_profile()) {
        let told = corpus.check(&file.path);
        let found = REFUSED.iter().position(|(end, ..)| file.path.ends_with(end));
        match found {
            None if told.has_errors() => wrong.push(format!("{} is refused: {told:?}", file.path)),
            Some(at) => {
                let (_, reason, code) = REFUSED[at];
                used[at] = true;
                if !has_error(&told, code) {
                    wrong.push(format!("{} ({reason:?}) is not refused by `{code}`: {told:?}", file.path));
                }
            }
            None => {}
        }
    }
    let unused = REFUSED.iter().zip(used).filter(|(_, used)| !used).map(|((end, ..), _)| *end);
    wrong.extend(unused.map(|end| format!("there is no {end}")));
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

#[test]
fn invalid_templates_of_others_are_refused_for_their_fault() {
    let Some(corpus) = Corpus::find() else { return };
    let mut wrong = Vec::new();
    let mut count = 0;
    for file in corpus.of("invalid") {
        count += 1;
        let told = corpus.check(&file.path);
        let code = FAULTS.iter().find(|(end, _)| file.path.ends_with(end)).map(|(_, code)| *code);
        if !code.is_some_and(|code| has_error(&told, code)) {
            wrong.push(format!("{}, expected {code:?}: {told:?}", file.path));
        }
    }
    assert_eq!(count, FAULTS.len());
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

fn has_error(told: &Diagnostics, code: &str) -> bool {
    told.iter().any(|it| it.is_error() && it.code.as_str() == code)
}

struct Corpus {
    folder: PathBuf,
    files: Vec<File>,
}

/// A line of the corpus' list.
struct File {
    path: String,
    class: String,
    version: String,
}

impl File {
    /// Whether it says that it is of TOSCA Simple Profile 1.0 to 1.3.
    fn is_simple_profile(&self) -> bool {
        ["1_0", "1_1", "1_2", "1_3"].iter().any(|it| self.version == format!("tosca_simple_yaml_{it}"))
            || ["1.0", "1.1", "1.2", "1.3"]
                .iter()
                .any(|it| self.version == format!("http://docs.oasis-open.org/tosca/ns/simple/yaml/{it}"))
    }
}

impl Corpus {
    fn find() -> Option<Self> {
        let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../shared/data/tosca");
        let Ok(list) = fs::read_to_string(folder.join("MANIFEST.tsv")) else {
            println!("skipped: no ../shared/data/tosca beside this clone");
            return None;
        };
        let entry = |line: &str| {
            let cells: Vec<&str> = line.split('\t').collect();
            let [path, class, role, version, ..] = cells[..] else { return None };
            (role == "entry").then(|| File {
                path: path.to_owned(),
                class: class.to_owned(),
                version: version.to_owned(),
            })
        };
        let files: Vec<File> = list.lines().filter_map(entry).collect();
        assert!(files.len() > 100, "{} files", files.len());
        Some(Self { folder, files })
    }

    fn of<'c>(&'c self, class: &'static str) -> impl Iterator<Item = &'c File> {
        self.files.iter().filter(move |file| file.class == class)
    }

    /// Files import each other anywhere in what their owner gave.
    fn check(&self, path: &str) -> Diagnostics {
        let owner = path.split('/').next().unwrap_or_default();
        let mut options = Options::default();
        let folder = self.folder.join(owner);
        let template = open_template(self.folder.join(path), Some(&folder), &options.limits);
        let template = template.expect("a template");
        options.resolver = template.resolver;
        check(&template.source, &options).diagnostics
    }
}
