//! The units of work of a request. Each first refuses governments, named by parameters, that do not
//! exist: a filter by such a key could find nothing.

use super::Ctx;
use crate::keys::{self, Keys};
use crate::render::Render;
use actix_web::HttpResponse;
use vinculo_auth::Scope;
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::governments::{self, NamedGovernment};
use vinculo_persistence::{Intent, Outcome, ReadTx, Reply, WriteTx};

type Writing = Box<dyn Fn(&mut WriteTx<'_>, &Render) -> Outcome<Reply> + Send>;

impl Ctx {
    /// The governments that parameters name.
    fn named_governments(&self) -> Vec<NamedGovernment> {
        let mut named = Vec::new();
        for (name, value) in &self.pairs {
            let Some(Keys::Governments(tier)) = keys::of(name) else {
                continue;
            };
            let given = keys::given(&self.operation.query, name, value).into_iter();
            named.extend(given.map(|key| NamedGovernment {
                parameter: name.clone(),
                id: TenantId::new(key),
                tier,
            }));
        }
        named
    }

    /// Runs a reading unit of work in the scope of the operation.
    pub async fn read<T: Send + 'static>(
        &self,
        work: impl FnOnce(&mut ReadTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        self.read_as(&self.scope(), work).await
    }

    /// Runs a reading unit of work in the scope of another permission of the caller's.
    pub async fn read_as<T: Send + 'static>(
        &self,
        scope: &Scope,
        work: impl FnOnce(&mut ReadTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<T> {
        let named = self.named_governments();
        let work = move |tx: &mut ReadTx<'_>| {
            governments::require_named(tx, &named)?;
            work(tx)
        };
        self.app
            .db
            .read(scope, self.operation.id, &self.request_id, work)
            .await
    }

    /// Runs a writing unit of work in the scope of the operation.
    pub async fn write(
        &self,
        work: impl Fn(&mut WriteTx<'_>, &Render) -> Outcome<Reply> + Send + 'static,
    ) -> Result<HttpResponse> {
        self.write_as(&self.scope(), work).await
    }

    /// Runs a writing unit of work without keeping its changes, to learn whether it would be
    /// refused before anything else is done for it.
    pub async fn rehearse(
        &self,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<()> + Send + 'static,
    ) -> Result<()> {
        let intent = Intent {
            idempotency: None,
            dry_run: true,
            ..self.intent()?
        };
        let work = move |tx: &mut WriteTx<'_>| work(tx).map(|()| Reply::empty(204));
        self.app
            .db
            .write(&self.scope(), &intent, work)
            .await
            .map(drop)
    }

    /// Runs a writing unit of work in a scope that depends on the body.
    pub async fn write_as(
        &self,
        scope: &Scope,
        work: impl Fn(&mut WriteTx<'_>, &Render) -> Outcome<Reply> + Send + 'static,
    ) -> Result<HttpResponse> {
        self.write_any(scope, Box::new(work)).await
    }

    /// The same for work of any type, so that it is compiled once.
    async fn write_any(&self, scope: &Scope, work: Writing) -> Result<HttpResponse> {
        let (render, named) = (self.render(), self.named_governments());
        let intent = self.intent()?;
        let work = move |tx: &mut WriteTx<'_>| {
            governments::require_named_to_write(tx, &named)?;
            work(tx, &render)
        };
        let reply = self.app.db.write(scope, &intent, work).await?;
        Ok(self.answer(reply))
    }
}
