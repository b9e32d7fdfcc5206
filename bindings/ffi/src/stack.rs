//! Stacks of Rancher, as templates.

use crate::{envelope::Result, library::Library};
use paas_sdk::{
    Diagnostics, Source,
    core::loss::Loss,
    tosca::{
        compose::{self, Options, Stack},
        export::{Constraint, Input},
    },
};
use serde::{Deserialize, Serialize};
use std::collections::BTreeMap;

/// Reads a stack of Rancher: Docker Compose of version 1 or 2 with `rancher-compose.yml`. Tells the TOSCA template that
/// says the same, and everything that is not the same. A stack with problems is no error of the call.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportStackRequest {
    /// The text of `docker-compose.yml`.
    pub docker_compose: String,
    /// The text of `rancher-compose.yml`.
    #[serde(default)]
    pub rancher_compose: Option<String>,
    /// Answers to what the stack asks, as texts. Without one the default of the question counts.
    #[serde(default)]
    pub answers: BTreeMap<String, String>,
    /// The network that the services are placed in; `default` if not given.
    #[serde(default)]
    pub network: Option<String>,
    /// The name of the application; that of the catalogue entry if not given.
    #[serde(default)]
    pub name: Option<String>,
    /// The name of the environment, for files that ask for it; the network's if not given.
    #[serde(default)]
    pub environment: Option<String>,
}

/// What reading a stack tells.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct ImportedStack {
    /// Whether there are no errors; something may be lost.
    pub accepted: bool,
    /// The template, unless there are errors.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub template: Option<String>,
    /// What is not the same, in the order of the files.
    pub losses: Vec<Loss>,
    /// The inputs of the template.
    pub inputs: Vec<StackInput>,
    /// All problems, in the order of their places.
    pub diagnostics: Diagnostics,
}

/// What somebody who installs a stack of Rancher's catalogue is asked.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StackQuestionsRequest {
    /// The text of `rancher-compose.yml`.
    pub rancher_compose: String,
}

/// The questions of a stack.
#[derive(Debug, Clone, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StackQuestions {
    /// The questions, in the order of the file.
    pub questions: Vec<StackInput>,
}

/// Something that is asked for: a question of a stack, or an input of a template.
#[derive(Debug, Clone, PartialEq, Eq, Serialize)]
#[cfg_attr(feature = "schema", derive(schemars::JsonSchema))]
pub struct StackInput {
    /// Its name.
    pub name: String,
    /// `string`, `integer` or `boolean`.
    #[serde(rename = "type")]
    pub kind: String,
    /// What it is for.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub description: Option<String>,
    /// Its value if none is given, as text. Secrets have none.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub default: Option<String>,
    /// Whether a value must be given.
    pub required: bool,
    /// Whether its value is a secret.
    pub secret: bool,
    /// The values that it can have; empty: any.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub valid_values: Vec<String>,
    /// The least whole number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub least: Option<i64>,
    /// The largest whole number.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub most: Option<i64>,
    /// The fewest characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub min_length: Option<u64>,
    /// The most characters.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub max_length: Option<u64>,
}

impl From<&Input> for StackInput {
    fn from(input: &Input) -> Self {
        let mut made = Self {
            name: input.name.clone(),
            kind: input.kind.as_str().to_owned(),
            description: input.description.clone(),
            default: input.default.clone(),
            required: input.required && input.default.is_none(),
            secret: input.secret,
            valid_values: Vec::new(),
            least: None,
            most: None,
            min_length: None,
            max_length: None,
        };
        for constraint in &input.constraints {
            match constraint {
                Constraint::ValidValues(values) => made.valid_values.clone_from(values),
                Constraint::GreaterOrEqual(least) => made.least = Some(*least),
                Constraint::LessOrEqual(most) => made.most = Some(*most),
                Constraint::MinLength(length) => made.min_length = Some(*length),
                Constraint::MaxLength(length) => made.max_length = Some(*length),
                _ => {}
            }
        }
        made
    }
}

impl Library {
    /// What [`ImportStackRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn import_stack(&self, request: ImportStackRequest) -> Result<ImportedStack> {
        let ImportStackRequest { docker_compose, rancher_compose, answers, network, name, environment } =
            request;
        let mut stack = Stack::new(Source::new("docker-compose.yml", docker_compose));
        stack.rancher_compose = rancher_compose.map(|text| Source::new("rancher-compose.yml", text));
        let mut options = Options::new(network.unwrap_or_else(|| "default".to_owned()));
        options.answers = answers;
        options.name = name;
        options.environment = environment;
        let imported = compose::import(&stack, &options);
        Ok(ImportedStack {
            accepted: imported.application.is_some(),
            template: imported.template(),
            inputs: imported.extras.inputs.iter().map(StackInput::from).collect(),
            losses: imported.losses,
            diagnostics: imported.diagnostics,
        })
    }

    /// What [`StackQuestionsRequest`] tells.
    ///
    /// # Errors
    ///
    /// None but those of the request.
    pub fn stack_questions(&self, request: StackQuestionsRequest) -> Result<StackQuestions> {
        let mut stack = Stack::new(Source::new("docker-compose.yml", ""));
        stack.rancher_compose = Some(Source::new("rancher-compose.yml", request.rancher_compose));
        let questions = compose::questions(&stack, &Options::new("default"));
        Ok(StackQuestions { questions: questions.iter().map(StackInput::from).collect() })
    }
}
