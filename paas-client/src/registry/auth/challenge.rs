//! How a server wants to be shown who asks: the header `WWW-Authenticate` (RFC 9110, section 11).

/// The most that is read of all such headers of one answer, in bytes. Real ones have some hundred.
const LONGEST: usize = 16 << 10;

/// One way to log in.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Challenge {
    /// Its name in small letters: `basic`, `bearer`.
    pub(super) scheme: String,
    /// Its parameters, with their names in small letters.
    parameters: Vec<(String, String)>,
}

impl Challenge {
    /// The ways in these headers, in their order. One header may have several, each with parameters; what cannot be read
    /// is passed over.
    pub(super) fn read<'a>(headers: impl IntoIterator<Item = &'a str>) -> Vec<Self> {
        let mut left = LONGEST;
        let mut all = Vec::new();
        for header in headers {
            if header.len() > left {
                break;
            }
            left -= header.len();
            Reader { text: header }.read(&mut all);
        }
        all
    }

    /// A parameter. If it comes twice, the first one: so do others read it.
    pub(super) fn parameter(&self, name: &str) -> Option<&str> {
        self.parameters.iter().find(|(other, _)| other == name).map(|(_, value)| value.as_str())
    }
}

/// What is left of a header.
struct Reader<'a> {
    text: &'a str,
}

impl Reader<'_> {
    fn read(mut self, all: &mut Vec<Challenge>) {
        let first = all.len();
        loop {
            self.skip(|c| c.is_ascii_whitespace() || c == ',');
            if self.text.is_empty() {
                return;
            }
            let word = self.take(is_token).to_ascii_lowercase();
            if word.is_empty() {
                // No word begins like this: on to the next.
                self.skip(|c| c != ',' && !c.is_ascii_whitespace());
                continue;
            }
            let before = self.text;
            self.skip(|c| c.is_ascii_whitespace());
            if !self.text.starts_with('=') {
                self.text = before;
                all.push(Challenge { scheme: word, parameters: Vec::new() });
                self.skip_credentials();
                continue;
            }
            self.skip_one();
            self.skip(|c| c.is_ascii_whitespace());
            let value = self.value();
            // A parameter before the first way belongs to none.
            if let Some(challenge) = all.get_mut(first..).and_then(<[_]>::last_mut) {
                challenge.parameters.push((word, value));
            }
        }
    }

    /// What some ways have in place of parameters: letters, digits and a few signs, with `=` at the end only, up to the
    /// next comma.
    fn skip_credentials(&mut self) {
        let begin = self.text.trim_start_matches([' ', '\t']);
        let rest = begin.trim_start_matches(|c: char| {
            c.is_ascii_alphanumeric() || matches!(c, '-' | '.' | '_' | '~' | '+' | '/')
        });
        let rest = rest.trim_start_matches('=').trim_start_matches([' ', '\t']);
        if begin.len() < self.text.len() && (rest.is_empty() || rest.starts_with(',')) {
            self.text = rest;
        }
    }

    /// A value: a quoted text, or all up to the next comma or space. That is more than a word may have, since some write
    /// addresses without quotes.
    fn value(&mut self) -> String {
        let Some(quoted) = self.text.strip_prefix('"') else {
            return self.take(|c| c != ',' && !c.is_ascii_whitespace()).to_owned();
        };
        let mut value = String::new();
        let mut characters = quoted.chars();
        while let Some(c) = characters.next() {
            match c {
                '"' => break,
                '\\' => value.extend(characters.next()),
                other => value.push(other),
            }
        }
        self.text = characters.as_str();
        value
    }

    fn take(&mut self, fits: impl Fn(char) -> bool) -> &str {
        let end = self.text.find(|c| !fits(c)).unwrap_or(self.text.len());
        let (taken, rest) = self.text.split_at(end);
        self.text = rest;
        taken
    }

    fn skip(&mut self, fits: impl Fn(char) -> bool) {
        self.text = self.text.trim_start_matches(fits);
    }

    fn skip_one(&mut self) {
        let mut characters = self.text.chars();
        let _ = characters.next();
        self.text = characters.as_str();
    }
}

fn is_token(c: char) -> bool {
    c.is_ascii_alphanumeric() || "!#$%&'*+-.^_`|~".contains(c)
}

#[cfg(test)]
mod tests {
    use super::Challenge;
    use proptest::prelude::*;

    type Read = Vec<(&'static str, Vec<(&'static str, &'static str)>)>;

    fn written(scheme: &str, parameters: &[(&str, &str)]) -> Challenge {
        let parameters = parameters.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned()));
        Challenge { scheme: scheme.to_owned(), parameters: parameters.collect() }
    }

    #[test]
    fn headers_are_read_as_servers_write_them() {
        let cases: Vec<(&[&str], Read)> = vec![
            (&[r#"Basic realm="basic-realm""#], vec![("basic", vec![("realm", "basic-realm")])]),
            (
                &[
                    r#"Bearer realm="http://127.0.0.1:5098/token",service="reg-d",scope="repository:a/b:pull,push",error="insufficient_scope""#,
                ],
                vec![(
                    "bearer",
                    vec![
                        ("realm", "http://127.0.0.1:5098/token"),
                        ("service", "reg-d"),
                        ("scope", "repository:a/b:pull,push"),
                        ("error", "insufficient_scope"),
                    ],
                )],
            ),
            // Two in one header, and one more in another; odd spaces and capitals.
            (
                &[r#"BEARER Realm = "https://a.example/t" , Service=reg,Basic realm="x\"y\\z""#, "Negotiate"],
                vec![
                    ("bearer", vec![("realm", "https://a.example/t"), ("service", "reg")]),
                    ("basic", vec![("realm", r#"x"y\z"#)]),
                    ("negotiate", vec![]),
                ],
            ),
            // Credentials in place of parameters.
            (
                &[r#"Negotiate a87421000492aa874209af8bc028==, Digest abc , Basic realm=x"#],
                vec![("negotiate", vec![]), ("digest", vec![]), ("basic", vec![("realm", "x")])],
            ),
            (
                &["Bearer realm=https://a.example/t?x=1,service=s"],
                vec![("bearer", vec![("realm", "https://a.example/t?x=1"), ("service", "s")])],
            ),
            // What is wrong is passed over.
            (&["", " , ,", "=x", r#"realm="x""#, "\"\""], vec![]),
            (&[r#"Bearer realm="open"#], vec![("bearer", vec![("realm", "open")])]),
            (
                &[r#"Bearer realm="a" @@@ service="b""#],
                vec![("bearer", vec![("realm", "a"), ("service", "b")])],
            ),
        ];
        for (headers, expected) in cases {
            let expected: Vec<_> =
                expected.iter().map(|(scheme, parameters)| written(scheme, parameters)).collect();
            assert_eq!(Challenge::read(headers.iter().copied()), expected, "{headers:?}");
        }
    }

    #[test]
    fn the_first_of_two_parameters_counts_and_headers_are_bounded() {
        let read = Challenge::read([r#"Bearer realm="a", realm="b""#]);
        assert_eq!(read[0].parameter("realm"), Some("a"));
        assert_eq!(read[0].parameter("scope"), None);
        let long = format!("Bearer realm=\"{}\"", "x".repeat(20 << 10));
        assert_eq!(Challenge::read([long.as_str(), "Basic"]), []);
    }

    fn any_challenge() -> impl Strategy<Value = (String, Vec<(String, String)>)> {
        let name = "[a-z][a-z0-9_-]{0,8}";
        (name, prop::collection::vec((name, "[ -~äö]{0,20}"), 0..4))
    }

    proptest! {
        #[test]
        fn what_is_written_by_the_rules_is_read_back(all in prop::collection::vec(any_challenge(), 0..4)) {
            let one = |(scheme, parameters): &(String, Vec<(String, String)>)| {
                let parameters = parameters.iter().map(|(name, value)| {
                    let value = value.replace('\\', "\\\\").replace('"', "\\\"");
                    format!("{name}=\"{value}\"")
                });
                format!("{scheme} {}", parameters.collect::<Vec<_>>().join(", "))
            };
            let header = all.iter().map(one).collect::<Vec<_>>().join(", ");
            let expected: Vec<_> = all
                .into_iter()
                .map(|(scheme, parameters)| Challenge { scheme, parameters })
                .collect();
            prop_assert_eq!(Challenge::read([header.as_str()]), expected);
        }

        #[test]
        fn whatever_comes_is_read(headers in prop::collection::vec("(\\PC|[,=\" \\\\a-z]){0,60}", 0..3)) {
            let read = Challenge::read(headers.iter().map(String::as_str));
            for challenge in read {
                prop_assert!(!challenge.scheme.is_empty());
            }
        }
    }
}
