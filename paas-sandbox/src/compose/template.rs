use super::{Place, interpolate::Answers};

/// Fills in the few fields of a Go template that the sandbox knows; a text that begins with `# notemplating` is left.
pub(super) fn apply(text: &str, answers: &Answers, place: &Place) -> Result<String, String> {
    let start = text.trim_start();
    let plain = start.starts_with("# notemplating") || start.starts_with("#notemplating");
    if plain || !text.contains("{{") {
        return Ok(text.to_owned());
    }
    let mut done = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once("{{") {
        let (expression, after) = after.split_once("}}").ok_or("template: unclosed action")?;
        done.push_str(before);
        let expression = expression.trim().trim_matches('-').trim();
        match expression {
            ".Stack.Name" | ".Release.Name" => done.push_str(&place.stack),
            ".Environment.Name" => done.push_str(&place.environment),
            _ => match expression.strip_prefix(".Values.").filter(|name| is_name(name)) {
                Some(name) => done.push_str(answers.get(name).unwrap_or_default()),
                None => {
                    return Err(format!(
                        "template: the sandbox does not run `{{{{{expression}}}}}`; write `# notemplating` as first line \
                         unless a template is meant"
                    ));
                }
            },
        }
        rest = after;
    }
    Ok(done + rest)
}

fn is_name(text: &str) -> bool {
    !text.is_empty() && text.chars().all(|c| c.is_ascii_alphanumeric() || c == '_')
}
