//! Areas of codes: what they are about, and what their examples are.

use paas_sdk::Code;

/// What comes before the dot of a code.
pub(super) struct Area {
    pub(super) name: &'static str,
    pub(super) heading: &'static str,
    /// What must be known of the examples, unless they are templates.
    pub(super) examples: Option<&'static str>,
}

/// All areas, in the order of the page.
pub(super) const AREAS: &[Area] = &[
    of_templates("yaml", "The text"),
    Area {
        name: "csar",
        heading: "Archives",
        examples: Some("The examples say what is in an archive; `text` is what the file holds."),
    },
    of_templates("tosca", "The language"),
    of_templates("app", "The application"),
    of_templates("scaling", "Scaling plans"),
    of_templates("target", "Where it goes"),
    Area { name: "tenant", heading: "The tenant file", examples: Some("The examples are tenant files.") },
    Area {
        name: "resource",
        heading: "What the tenant and the back end have",
        examples: Some(
            "The examples are tenant files. In the template `shop.yaml` a service on the network `dmz` reaches one on \
             `core`, which has a volume `ledger` (100 GB, tier `gold`) and a secret input.",
        ),
    },
    Area {
        name: "compose",
        heading: "Stacks of Rancher",
        examples: Some(
            "The examples are `docker-compose.yml` files, with questions of a catalogue entry where they ask some.",
        ),
    },
    Area {
        name: "policy",
        heading: "What the platform's policy does not let applications do",
        examples: Some(
            "What a row decides is said by the policy file: policy.md has all of them. The severities are those of the \
             default policy.",
        ),
    },
    Area {
        name: "policy_file",
        heading: "The policy file",
        examples: Some("The examples are policy files."),
    },
    Area {
        name: "scaling_file",
        heading: "Files with scaling plans",
        examples: Some("The examples are scaling plans."),
    },
    Area {
        name: "clone",
        heading: "Clones, and the mapping file",
        examples: Some(
            "The examples are mapping files. The template `shop.yaml` has the networks `dmz` and `core`, and images of \
             the registry `registry.bank.test`; clone.md shows more.",
        ),
    },
    of_templates("file", "Reading and writing files"),
];

const fn of_templates(name: &'static str, heading: &'static str) -> Area {
    Area { name, heading, examples: None }
}

impl Area {
    /// The area of a code.
    pub(super) fn of(code: Code) -> Option<&'static Self> {
        AREAS.iter().find(|area| area.has(code))
    }

    pub(super) fn has(&self, code: Code) -> bool {
        code.as_str().split('.').next() == Some(self.name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_code_is_of_an_area() {
        for code in Code::ALL {
            assert!(Area::of(*code).is_some(), "{code}");
        }
    }
}
