//! Names and texts, from one language's habit to another's.

/// `load_balancer_image` becomes `loadBalancerImage`.
pub(crate) fn camel(name: &str) -> String {
    let pascal = pascal(name);
    let mut letters = pascal.chars();
    letters.next().map_or_else(String::new, |first| first.to_lowercase().chain(letters).collect())
}

/// `load_balancer` becomes `LoadBalancer`; so do `load-balancer` and `loadBalancer`.
pub(crate) fn pascal(name: &str) -> String {
    let parts = name.split(|c: char| !c.is_ascii_alphanumeric());
    parts
        .map(|part| {
            let mut letters = part.chars();
            letters.next().map_or_else(String::new, |first| first.to_uppercase().chain(letters).collect())
        })
        .collect()
}

/// `LoadBalancer` becomes `load_balancer`.
pub(crate) fn snake(name: &str) -> String {
    let mut snake = String::new();
    for (index, c) in name.chars().enumerate() {
        if c.is_uppercase() && index > 0 {
            snake.push('_');
        }
        snake.extend(c.to_lowercase());
    }
    snake
}

/// A text of the documentation without what only Rust's documentation understands: `` [`Release`](crate::Release) `` becomes
/// "`Release`", and lines are joined.
pub(crate) fn plain_text(text: &str) -> String {
    let joined = text.split_whitespace().collect::<Vec<_>>().join(" ");
    let mut plain = String::new();
    let mut rest = joined.as_str();
    while let Some((before, after)) = rest.split_once("[`") {
        plain.push_str(before);
        let Some((name, after)) = after.split_once("`]") else {
            plain.push_str("[`");
            rest = after;
            continue;
        };
        plain.push('`');
        plain.push_str(name);
        plain.push('`');
        rest = after;
        if let Some(target) = after.strip_prefix('(') {
            rest = target.split_once(')').map_or(after, |(_, rest)| rest);
        }
    }
    plain.push_str(rest);
    without_paths(&plain)
}

/// `[made](Projects::create)` becomes "made": whoever does not read Rust's documentation cannot follow it.
fn without_paths(text: &str) -> String {
    let mut plain = String::new();
    let mut rest = text;
    while let Some((before, after)) = rest.split_once('[') {
        plain.push_str(before);
        let link = after.split_once("](").and_then(|(words, after)| {
            let (target, after) = after.split_once(')')?;
            (!words.contains('[') && target.contains("::")).then_some((words, after))
        });
        match link {
            Some((words, after)) => {
                plain.push_str(words);
                rest = after;
            }
            None => {
                plain.push('[');
                rest = after;
            }
        }
    }
    plain.push_str(rest);
    plain
}

#[cfg(test)]
mod tests {
    use super::{camel, pascal, plain_text, snake};

    #[test]
    fn names_take_the_habit_of_a_language() {
        assert_eq!(camel("load_balancer_image"), "loadBalancerImage");
        assert_eq!(camel("id"), "id");
        assert_eq!(pascal("operation_stopped"), "OperationStopped");
        assert_eq!(snake("LoadBalancer"), "load_balancer");
    }

    #[test]
    fn links_of_the_documentation_become_words() {
        assert_eq!(
            plain_text(
                "See [`Release`](crate::Release) and\n[`Plan`]; not [this](that), once [made](Plan::make) [a]."
            ),
            "See `Release` and `Plan`; not [this](that), once made [a]."
        );
    }
}
