use super::{Shared, lock};
use crate::{
    api,
    decide::{Delivery, LARGEST_BODY, decide, too_large},
};
use http_body_util::{BodyExt, Limited};
use hyper::{Request, body::Incoming};
use std::time::Duration;

/// Answers a request that came over a socket.
pub(super) async fn answer(world: &Shared, request: Request<Incoming>) -> Delivery {
    let Some(request) = read(request).await else { return too_large(&mut lock(world)) };
    let (delivery, pause) = decide(&mut lock(world), &request);
    if let Some(millis) = pause {
        tokio::time::sleep(Duration::from_millis(millis)).await;
    }
    delivery
}

async fn read(request: Request<Incoming>) -> Option<api::Request> {
    let (parts, body) = request.into_parts();
    let body = Limited::new(body, LARGEST_BODY).collect().await.ok()?.to_bytes().to_vec();
    let header =
        |name: &str| parts.headers.get(name).and_then(|value| value.to_str().ok()).map(str::to_owned);
    let origin = format!("http://{}", header("host").unwrap_or_else(|| "127.0.0.1".to_owned()));
    let query = parts.uri.query().unwrap_or_default();
    Some(api::Request {
        authorization: header("authorization"),
        project: header("x-api-project-id"),
        is_name: header("x-is-resource-name").as_deref() == Some("true"),
        body,
        ..api::Request::new(parts.method.as_str(), parts.uri.path(), query, origin)
    })
}
