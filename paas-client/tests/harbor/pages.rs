//! Lists over several pages, and servers that lie about the next.

use super::{asked, canned};
use crate::virtual_time::VirtualTime;
use paas_client::{
    ErrorKind,
    harbor::{Holder, ProjectId, ProjectQuery, ProjectRole},
    transport::{Request, Response},
};

fn page(request: &Request) -> u64 {
    let query = url::form_urlencoded::parse(request.query().as_bytes()).into_owned();
    query.filter(|(name, _)| name == "page").map(|(_, page)| page.parse().unwrap()).next().unwrap()
}

fn members(ids: std::ops::RangeInclusive<u64>) -> String {
    let row = |id| {
        format!(
            r#"{{"id":{id},"project_id":7,"entity_id":{id},"entity_name":"u{id}","entity_type":"u","role_id":2,"more":1}}"#
        )
    };
    format!("[{}]", ids.map(row).collect::<Vec<_>>().join(","))
}

/// 250 members, with what a server says of the next page.
fn serve(
    next: impl Fn(u64) -> Option<String> + Send + Sync + 'static,
    total: Option<&'static str>,
) -> (Result<usize, paas_client::Error>, Vec<String>) {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), move |request: &Request| {
        let number = page(request);
        let rows = members((number - 1) * 100 + 1..=(number * 100).min(250));
        let mut answer = Response::new(200, rows);
        if let Some(next) = next(number) {
            answer = answer.header("Link", &next);
        }
        if let Some(total) = total {
            answer = answer.header("X-Total-Count", total);
        }
        Ok(answer)
    });
    let all = time.run(client.list_members(ProjectId::new(7)).collect_all());
    let all = all.map(|all| {
        for (n, member) in (1..).zip(&all) {
            assert_eq!(member.id.number(), n);
            assert!(matches!(member.holder, Holder::User(id) if id.number() == n));
            assert_eq!(member.role, ProjectRole::Developer);
        }
        all.len()
    });
    (all, asked(&server))
}

fn harbors(number: u64) -> Option<String> {
    let link =
        |page, rel| format!(r#"</api/v2.0/projects/7/members?page={page}&page_size=100>; rel="{rel}""#);
    match number {
        1 => Some(link(2, "next")),
        2 => Some(format!("{} , {}", link(1, "prev"), link(3, "next"))),
        _ => Some(link(2, "prev")),
    }
}

#[test]
fn all_pages_are_read_by_links_or_by_the_count_alone() {
    let pages: Vec<String> =
        (1..=3).map(|page| format!("GET /projects/7/members?page={page}&page_size=100")).collect();
    let by_path = |mut lines: Vec<String>| {
        // The number of the page may stand behind its size.
        for line in &mut lines {
            *line = line.replace("?page_size=100&page=", "?page=");
            if !line.contains("page_size") {
                line.push_str("&page_size=100");
            }
        }
        lines
    };
    for (all, lines) in [
        serve(harbors, Some("250")),
        serve(harbors, None),
        serve(|_| None, Some("250")),
        // It leads to another host, which gets nothing: of a link only the number counts.
        serve(
            |number| {
                (number < 3)
                    .then(|| format!(r#"<https://evil.example/steal?page={}>; rel="next""#, number + 1))
            },
            None,
        ),
    ] {
        assert_eq!(all.unwrap(), 250);
        assert_eq!(by_path(lines), pages);
    }
}

#[test]
fn a_link_that_passes_pages_over_or_turns_back_is_refused() {
    for lie in ["page=3", "page=1", "page=0", "page=x", "start=2", "page_size=100"] {
        let (all, lines) =
            serve(move |_| Some(format!(r#"</api/v2.0/projects/7/members?{lie}>; rel="next""#)), Some("250"));
        let error = all.unwrap_err();
        assert_eq!((error.kind(), lines.len()), (ErrorKind::Protocol, 1), "{lie}: {error}");
        assert_eq!(error.code(), "client.harbor.protocol");
        assert_eq!((error.operation(), error.resource()), ("list_members", "/api/v2.0/projects/7/members"));
    }
    // One that goes on for ever, each time by one page.
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        let link = format!(r#"</x?page={}>; rel="next""#, page(request) + 1);
        Ok(Response::new(200, "[]").header("Link", &link))
    });
    let error = time.run(client.list_projects(&ProjectQuery::default()).collect_all()).unwrap_err();
    assert_eq!(error.kind(), ErrorKind::Protocol);
    assert_eq!(server.requests().len(), 10_000);
}

#[test]
fn a_link_that_harbor_did_not_escape_does_not_mislead() {
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        assert!(request.query().contains("username=a%26page%3D9"), "{}", request.query());
        let (rows, next) = match page(request) {
            1 => (r#"[{"user_id":1,"username":"a&page=9"}]"#, Some(2)),
            _ => ("null", None),
        };
        let answer = Response::new(200, rows);
        Ok(match next {
            Some(next) => answer.header(
                "Link",
                &format!(
                    r#"</api/v2.0/users/search?page={next}&page_size=100&username=a&page=9>; rel="next""#
                ),
            ),
            None => answer,
        })
    });
    let all = time.run(client.search_users("a&page=9").collect_all()).unwrap();
    assert_eq!((all.len(), server.requests().len()), (1, 2));
}

#[test]
fn a_list_filtered_by_harbor_may_have_fewer_rows_than_it_counts() {
    // Harbor counts all members when it is asked for those of a name.
    let time = VirtualTime::default();
    let (client, server) = canned(time.clone(), |request: &Request| {
        let rows = if page(request) == 1 { members(4..=4) } else { "[]".to_owned() };
        Ok(Response::new(200, rows).header("X-Total-Count", "150"))
    });
    let all = time.run(client.find_members(ProjectId::new(7), "u4").collect_all()).unwrap();
    assert_eq!((all.len(), server.requests().len()), (1, 2));
}
