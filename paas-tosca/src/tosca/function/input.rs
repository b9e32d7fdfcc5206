//! `get_input`.

use super::{Evaluation, path, wrong_arguments};
use crate::{
    tosca::{
        inputs::InputValue,
        value::{Data, Value},
    },
    yaml::{self, NodeRef},
};
use paas_core::{
    application::Segment,
    diagnostic::{Code, Diagnostic},
};

pub(super) fn get_input<'t>(evaluation: &Evaluation<'_, 't>, argument: NodeRef<'t>) -> Option<Data<'t>> {
    let (name, path) = match argument.kind() {
        yaml::Kind::Scalar => (Some(argument), argument.items()),
        _ => {
            let mut path = argument.items();
            (path.next(), path)
        }
    };
    let name = name.filter(|name| !name.is_null());
    let Some((name, text)) = name.and_then(|name| Some((name, name.text()?))) else {
        let takes = "the name of an input, or a list that begins with it";
        wrong_arguments(evaluation, argument, "get_input", takes);
        return None;
    };
    let Some(input) = evaluation.inputs.find(text) else {
        if !evaluation.inputs.are_readable() {
            return None;
        }
        let help = evaluation.report.suggest(text, evaluation.inputs.names());
        evaluation.report.help(Code::UnknownInput, name, format!("`{text}` is not an input"), help);
        return None;
    };
    if matches!(input.value, InputValue::Missing | InputValue::Absent(_)) {
        // What there is in values of its type is known all the same.
        path::follow_type(evaluation, &input.ty, path.clone())?;
    }
    let value = match &input.value {
        InputValue::Secret => {
            evaluation.inputs.use_secret(text);
            let secret = Data::Secret(vec![Segment::Secret { secret: text.to_owned() }]);
            return path::follow(evaluation, &Value::new(name, secret), path);
        }
        InputValue::Missing => {
            evaluation.inputs.use_missing();
            return Some(Data::Unknown);
        }
        InputValue::Absent(severity) => {
            evaluation.inputs.use_missing();
            let message = format!("the input `{text}` has no value");
            let diagnostic = Diagnostic::new(Code::InputMissing, message).at(name.place());
            evaluation.report.push(diagnostic.help(evaluation.inputs.how_to_give(text)).severity(*severity));
            return Some(Data::Unknown);
        }
        InputValue::Given(value) => value,
    };
    path::follow(evaluation, value, path)
}
