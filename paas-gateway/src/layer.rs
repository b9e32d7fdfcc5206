//! The gateway as a layer in front of a service.

use crate::{Authorized, Gateway};
use http::{Request, Response};
use paas_client::BoxFuture;
use std::{
    mem,
    task::{Context, Poll},
};
use tower_layer::Layer;
use tower_service::Service;

/// Puts a [`Gateway`] in front of services.
#[derive(Debug, Clone)]
pub struct GatewayLayer(Gateway);

/// A service with a [`Gateway`] in front of it. It answers what is refused, and hands all else on, with an
/// [`Authorized`] in the extensions of the request unless the route is public.
#[derive(Debug, Clone)]
pub struct Guarded<S> {
    gateway: Gateway,
    inner: S,
}

impl Gateway {
    /// The layer that puts it in front of services.
    #[must_use]
    pub fn layer(&self) -> GatewayLayer {
        GatewayLayer(self.clone())
    }

    /// A service with it in front.
    pub fn in_front_of<S>(&self, inner: S) -> Guarded<S> {
        Guarded { gateway: self.clone(), inner }
    }
}

impl<S> Layer<S> for GatewayLayer {
    type Service = Guarded<S>;

    fn layer(&self, inner: S) -> Guarded<S> {
        self.0.in_front_of(inner)
    }
}

impl<S, A, B> Service<Request<A>> for Guarded<S>
where
    S: Service<Request<A>, Response = Response<B>> + Clone + Send + 'static,
    S::Future: Send,
    S::Error: Send,
    A: Send + 'static,
    B: From<String> + Send,
{
    type Response = Response<B>;
    type Error = S::Error;
    type Future = BoxFuture<'static, Result<Response<B>, S::Error>>;

    fn poll_ready(&mut self, context: &mut Context<'_>) -> Poll<Result<(), S::Error>> {
        self.inner.poll_ready(context)
    }

    fn call(&mut self, request: Request<A>) -> Self::Future {
        let gateway = self.gateway.clone();
        // The one that is ready is used, the other one kept.
        let fresh = self.inner.clone();
        let mut inner = mem::replace(&mut self.inner, fresh);
        Box::pin(async move {
            let (mut parts, body) = request.into_parts();
            // What is inside must not take one from elsewhere for ours.
            parts.extensions.remove::<Authorized>();
            match gateway.admit(&mut parts).await {
                Ok(authorized) => {
                    if let Some(authorized) = authorized {
                        parts.extensions.insert(authorized);
                    }
                    inner.call(Request::from_parts(parts, body)).await
                }
                Err(refusal) => Ok(refusal.response()),
            }
        })
    }
}
