//! Calls the store's functions with the scopes that the handlers use, but without the handlers'
//! reads: ten thousand walks have no time for those.

use bytes::Bytes;
use std::sync::Arc;
use uuid::Uuid;
use vinculo_api::fixtures::pdf;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::agreements::{AgreementContent, TransitionRequest};
use vinculo_domain::documents::{
    Authenticity, Classification, DocumentFields, DocumentKind, MediaType, Rendition,
};
use vinculo_domain::problems::Problem;
use vinculo_domain::storage::Quota;
use vinculo_domain::texts::{TextFields, TextSetFields};
use vinculo_domain::{Result, TenantId};
use vinculo_persistence::stores::{agreements, documents};
use vinculo_persistence::{Intent, Outcome, Reply, StoredFile, WriteTx};
use vinculo_tests::{GUADALAJARA, TestApp};

pub struct Hands<'a> {
    app: &'a TestApp,
    file: StoredFile,
}

impl<'a> Hands<'a> {
    pub async fn new(app: &'a TestApp) -> Self {
        let bytes = pdf("un papel");
        let owner = TenantId::new(GUADALAJARA);
        let digest = sha256(&bytes);
        let file = app.app.db.files().put(&owner, &digest, Bytes::from(bytes));
        Self {
            app,
            file: file.await.unwrap(),
        }
    }

    async fn write(
        &self,
        actor: &Actor,
        action: Action,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<String> + Send + Sync + 'static,
    ) -> Result<String> {
        let intent = Intent {
            operation: "test",
            request_id: Uuid::now_v7().to_string(),
            idempotency: None,
            dry_run: false,
        };
        let scope = policy::scope(Some(actor), Kind::Agreement, action);
        let work = Arc::new(work);
        loop {
            let work = Arc::clone(&work);
            let reply = self.app.app.db.write(&scope, &intent, move |tx| {
                Ok(Reply {
                    status: 200,
                    etag: None,
                    location: None,
                    body: work(tx)?,
                    replayed: false,
                })
            });
            // On a busy machine the service may ask to try again.
            match reply.await {
                Err(refusal) if refusal.problem == Problem::TooBusy => {}
                done => return done.map(|reply| reply.body),
            }
        }
    }

    pub async fn act(
        &self,
        actor: &Actor,
        case: Uuid,
        version: i32,
        request: TransitionRequest,
    ) -> Result<String> {
        let action = Action::Case(request.action());
        let work = move |tx: &mut WriteTx<'_>| {
            agreements::transition(tx, case, version, &request)?;
            Ok(String::new())
        };
        self.write(actor, action, work).await
    }

    pub async fn rename(
        &self,
        actor: &Actor,
        case: Uuid,
        version: i32,
        title: String,
    ) -> Result<String> {
        let work = move |tx: &mut WriteTx<'_>| {
            agreements::update(tx, case, version, |view| {
                Ok(AgreementContent {
                    title: title.clone(),
                    ..view.draft.clone()
                })
            })?;
            Ok(String::new())
        };
        self.write(actor, Action::Update, work).await
    }

    /// A new set of texts that uses an existing document.
    pub async fn reword(&self, actor: &Actor, case: Uuid, document_id: Uuid) -> Result<String> {
        let text = TextFields {
            language: "es".into(),
            authenticity: Authenticity::Authentic,
            document_id,
            clauses: Vec::new(),
        };
        let fields = TextSetFields {
            texts: vec![text],
            signed: false,
        };
        let work = move |tx: &mut WriteTx<'_>| {
            agreements::create_text_set(tx, case, &fields)?;
            Ok(String::new())
        };
        self.write(actor, Action::Update, work).await
    }

    pub async fn attach(&self, actor: &Actor, case: Uuid, kind: DocumentKind) -> Result<String> {
        let language = (kind == DocumentKind::SignedCopy).then(|| "es".to_owned());
        let fields = DocumentFields {
            kind,
            language,
            rendition: Rendition::Original,
            classification: Classification::Public,
            ground: None,
            until: None,
            public_version_of: None,
            media_type: MediaType::Pdf,
            file_name: "papel.pdf".into(),
        };
        let file = self.file.clone();
        let work = move |tx: &mut WriteTx<'_>| {
            let document = documents::create(tx, case, &fields, &file, Quota::none())?;
            Ok(document.id.to_string())
        };
        self.write(actor, Action::Attach, work).await
    }
}
