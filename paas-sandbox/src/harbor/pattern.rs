/// Whether a pattern fits a text: `*` is any text without a slash, `**` with slashes too, `?` one character that is none,
/// `{a,b}` one of several, a backslash takes what follows as it is. Classes in brackets are not known, and fit themselves.
pub(super) fn fits(pattern: &str, text: &str) -> bool {
    let text: Vec<char> = text.chars().collect();
    alternatives(pattern).iter().any(|pattern| {
        let pattern: Vec<char> = pattern.chars().collect();
        is_fit(&pattern, &text)
    })
}

/// How many alternatives a pattern may stand for: enough for people, too few to wait for.
const MOST: usize = 64;

/// The patterns without braces that one with braces stands for.
fn alternatives(pattern: &str) -> Vec<String> {
    let mut all = vec![pattern.to_owned()];
    while let Some(at) = all.iter().position(|pattern| pattern.contains('{') && pattern.contains('}')) {
        let pattern = all.remove(at);
        let parts = pattern.split_once('{').and_then(|(before, rest)| {
            let (inner, after) = rest.split_once('}')?;
            Some((before, inner, after))
        });
        let Some((before, inner, after)) = parts else { break };
        all.extend(inner.split(',').map(|choice| format!("{before}{choice}{after}")));
        if all.len() > MOST {
            all.truncate(MOST);
            break;
        }
    }
    all
}

fn is_fit(pattern: &[char], text: &[char]) -> bool {
    match pattern {
        [] => text.is_empty(),
        // `a/**/b` fits `a/b` too.
        ['*', '*', '/', rest @ ..] if is_fit(rest, text) => true,
        ['*', '*', rest @ ..] => {
            (0..=text.len()).any(|skip| text.get(skip..).is_some_and(|text| is_fit(rest, text)))
        }
        ['*', rest @ ..] => {
            let most = text.iter().position(|c| *c == '/').unwrap_or(text.len());
            (0..=most).any(|skip| text.get(skip..).is_some_and(|text| is_fit(rest, text)))
        }
        ['?', rest @ ..] => matches!(text, [c, text @ ..] if *c != '/' && is_fit(rest, text)),
        ['\\', wanted, rest @ ..] | [wanted, rest @ ..] => {
            matches!(text, [c, text @ ..] if c == wanted && is_fit(rest, text))
        }
    }
}

#[cfg(test)]
mod tests {
    use super::fits;

    #[test]
    fn patterns_fit_what_they_should() {
        for (pattern, text, expected) in [
            ("**", "", true),
            ("**", "a/b/c", true),
            ("*", "a", true),
            ("*", "a/b", false),
            ("retail/**", "retail/team/web", true),
            ("retail/*", "retail/team/web", false),
            ("retail/**/web", "retail/web", true),
            ("retail/**/web", "retail/a/b/web", true),
            ("v?.*", "v1.20", true),
            ("v?.*", "v10.2", false),
            ("{1.*,2.*}", "2.7", true),
            ("{1.*,2.*}", "3.7", false),
            ("a{b,c}d{e,f}", "acdf", true),
            ("release", "release-1", false),
            ("a\\*b", "a*b", true),
            ("a\\*b", "axb", false),
            ("", "", true),
            ("", "a", false),
            ("{open", "{open", true),
            ("ü*", "über", true),
        ] {
            assert_eq!(fits(pattern, text), expected, "{pattern} {text}");
        }
    }
}
