//! Where the next page is: the header `Link` (RFC 8288).

use crate::transport::Response;

/// The address of the next page, if there is one: `</v2/_catalog?last=b&n=2>; rel="next"`, among others.
pub(super) fn next(answer: &Response) -> Option<String> {
    let links = answer.headers.iter().filter(|(name, _)| name.eq_ignore_ascii_case("link"));
    links.map(|(_, links)| links.as_str()).find_map(next_of)
}

fn next_of(links: &str) -> Option<String> {
    let mut rest = links;
    while let Some((_, after)) = rest.split_once('<') {
        let (target, after) = after.split_once('>')?;
        // Its parameters, up to the next link. A comma in quotes would only end them early.
        let parameters = after.split('<').next().unwrap_or_default();
        if parameters.split([';', ',']).any(is_next) {
            return Some(target.trim().to_owned());
        }
        rest = after;
    }
    None
}

fn is_next(parameter: &str) -> bool {
    let Some((name, value)) = parameter.split_once('=') else { return false };
    let relations = value.trim().trim_matches('"');
    name.trim().eq_ignore_ascii_case("rel")
        && relations.split_ascii_whitespace().any(|relation| relation.eq_ignore_ascii_case("next"))
}

#[cfg(test)]
mod tests {
    use super::next;
    use crate::transport::Response;

    #[test]
    fn the_next_page_is_found() {
        for (links, expected) in [
            (r#"</v2/_catalog?last=b&n=2>; rel="next""#, Some("/v2/_catalog?last=b&n=2")),
            (r#"<https://a.example/x?last=b>; rel=next"#, Some("https://a.example/x?last=b")),
            (r#"</x?page=1>; rel="prev", </x?page=3>; title="a"; REL="last Next""#, Some("/x?page=3")),
            (r#"</x?page=1>; rel="prev""#, None),
            (r#"</x?page=1>"#, None),
            (r#"</x?page=1; rel="next""#, None),
            ("", None),
        ] {
            let answer = Response::new(200, "").header("Link", links);
            assert_eq!(next(&answer).as_deref(), expected, "{links}");
        }
    }
}
