//! An operation with its handler.

use crate::context::Ctx;
use crate::operation::Operation;
use actix_web::HttpResponse;
use futures_util::future::LocalBoxFuture;
use std::future::Future;
use std::sync::Arc;
use vinculo_domain::Result;

/// The function that carries an operation out.
pub type Handler = Arc<dyn Fn(Ctx) -> LocalBoxFuture<'static, Result<HttpResponse>> + Send + Sync>;

/// One line of the router.
pub struct Route {
    /// The operation as documented.
    pub operation: Arc<Operation>,
    /// The function that implements it.
    pub handler: Handler,
}

impl Operation {
    /// Adds the handler to the operation.
    pub fn handled_by<F, Fut>(self, handler: F) -> Route
    where
        F: Fn(Ctx) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<HttpResponse>> + 'static,
    {
        Route {
            operation: Arc::new(self),
            handler: Arc::new(move |ctx| Box::pin(handler(ctx))),
        }
    }
}
