use super::{Answer, HarborError};
use crate::api::{Reply, Request};
use serde_json::Value;

/// How many rows a page has if nobody says, and how many at most.
const USUAL: u64 = 10;
const MOST: u64 = 100;

/// A page of a list, with the count of all rows and the pages beside it.
pub(super) fn page(request: &Request, rows: Vec<Value>, total: usize) -> Answer {
    let number = number(request, "page")?.unwrap_or(1).max(1);
    let size = number_of_rows(request)?;
    let skip = (number - 1).saturating_mul(size);
    let count = |value: u64| usize::try_from(value).unwrap_or(usize::MAX);
    let shown: Vec<Value> = rows.into_iter().skip(count(skip)).take(count(size)).collect();
    let mut reply = Reply::json(200, &Value::from(shown));
    reply.header("X-Total-Count", total.to_string());
    let total = u64::try_from(total).unwrap_or(u64::MAX);
    let mut links = Vec::new();
    if number > 1 && skip < total {
        links.push(link(request, number - 1, size, "prev"));
    }
    if number.saturating_mul(size) < total {
        links.push(link(request, number + 1, size, "next"));
    }
    if !links.is_empty() {
        reply.header("Link", links.join(" , "));
    }
    Ok(reply)
}

fn number_of_rows(request: &Request) -> Result<u64, HarborError> {
    match number(request, "page_size")? {
        Some(size) if size > MOST => Err(HarborError::unprocessable(
            "validation failure list: page_size in query should be less than or equal to 100",
        )),
        Some(0) | None => Ok(USUAL),
        Some(size) => Ok(size),
    }
}

fn number(request: &Request, name: &str) -> Result<Option<u64>, HarborError> {
    let Some(text) = request.param(name) else { return Ok(None) };
    let wrong = || {
        let message = format!("validation failure list: {name} in query must be of type int64: \"{text}\"");
        HarborError::unprocessable(&message)
    };
    text.parse().map(Some).map_err(|_| wrong())
}

/// A link to another page. Harbor sorts the parameters and writes them unescaped, and so does this.
fn link(request: &Request, number: u64, size: u64, rel: &str) -> String {
    let mut query: Vec<(&str, String)> = request
        .query
        .iter()
        .filter(|(name, _)| name != "page" && name != "page_size")
        .map(|(name, value)| (name.as_str(), value.clone()))
        .collect();
    query.extend([("page", number.to_string()), ("page_size", size.to_string())]);
    query.sort();
    let query: Vec<String> = query.iter().map(|(name, value)| format!("{name}={value}")).collect();
    // A header holds no line breaks, whatever was asked for.
    let query = query.join("&").replace(|c: char| c.is_control() || !c.is_ascii(), "?");
    format!("<{}?{query}>; rel=\"{rel}\"", request.path)
}
