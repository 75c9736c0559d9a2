//! Somebody at work: the same store functions that the handlers call, under the same scopes.

use super::{pdf, text_for};
use crate::app::App;
use serde::Serialize;
use serde_json::Value;
use uuid::Uuid;
use vinculo_auth::seal::sha256;
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::agreements::{AgreementContent, ConfirmationRequest, Stage, TransitionRequest};
use vinculo_domain::documents::{
    Classification, DocumentFields, DocumentKind, MediaType, Rendition,
};
use vinculo_domain::identity::Membership;
use vinculo_domain::page::{MAX_LIMIT, PageRequest};
use vinculo_domain::storage::Quota;
use vinculo_domain::texts::TextSetFields;
use vinculo_domain::{Refusal, Result, Role, TenantId, Tier};
use vinculo_persistence::stores::agreements::{AgreementFilter, AgreementSort};
use vinculo_persistence::stores::people::{self, NewPerson};
use vinculo_persistence::stores::{agreements, documents};
use vinculo_persistence::{Intent, Outcome, Reply, WriteTx};

/// A person at a government, at work in an installation.
#[derive(Clone)]
pub struct Desk<'a> {
    /// The installation.
    pub app: &'a App,
    /// Who works.
    pub actor: Actor,
}

impl<'a> Desk<'a> {
    /// Writes a person down with one role and sits it at its desk.
    pub async fn hire(
        app: &'a App,
        email: &str,
        name: &str,
        tenant: &str,
        tier: Tier,
        role: Role,
        password_hash: &str,
    ) -> Result<Self> {
        let person = NewPerson {
            name: name.to_owned(),
            email: email.to_owned(),
            password_hash: password_hash.to_owned(),
            memberships: vec![Membership {
                tenant: TenantId::new(tenant),
                role,
            }],
        };
        let operator = Self {
            app,
            actor: Actor::operator(),
        };
        let made = operator
            .write(Kind::Session, Action::Update, move |tx| {
                people::create(tx, &person)
            })
            .await?;
        let person = Self::id(&made)?;
        Ok(Self {
            app,
            actor: Actor {
                person: Some(person),
                session: None,
                tenant: TenantId::new(tenant),
                tier,
                roles: vec![role],
            },
        })
    }

    pub(super) async fn write<T: Serialize>(
        &self,
        kind: Kind,
        action: Action,
        work: impl Fn(&mut WriteTx<'_>) -> Outcome<T> + Send + 'static,
    ) -> Result<Value> {
        let intent = Intent {
            operation: "world",
            request_id: Uuid::now_v7().to_string(),
            idempotency: None,
            dry_run: false,
        };
        let scope = policy::scope(Some(&self.actor), kind, action);
        let reply = self.app.db.write(&scope, &intent, move |tx| {
            let made = work(tx)?;
            let body = serde_json::to_string(&made)
                .map_err(|error| Refusal::internal(error.to_string()))?;
            Ok(Reply {
                status: 200,
                etag: None,
                location: None,
                body,
                replayed: false,
            })
        });
        serde_json::from_str(&reply.await?.body)
            .map_err(|error| Refusal::internal(error.to_string()))
    }

    pub(super) fn id(value: &Value) -> Result<Uuid> {
        let text = value
            .get("id")
            .and_then(Value::as_str)
            .or_else(|| value.as_str())
            .unwrap_or_default();
        Uuid::parse_str(text).map_err(|error| Refusal::internal(error.to_string()))
    }

    /// Opens a case.
    pub async fn open(&self, content: AgreementContent) -> Result<Uuid> {
        Self::id(
            &self
                .write(Kind::Agreement, Action::Create, move |tx| {
                    agreements::create(tx, &content)
                })
                .await?,
        )
    }

    /// Changes the draft of a case.
    pub async fn edit(
        &self,
        case: Uuid,
        change: impl Fn(&AgreementContent) -> AgreementContent + Send + Clone + 'static,
    ) -> Result<Value> {
        let version = self.version(case).await?;
        self.write(Kind::Agreement, Action::Update, move |tx| {
            agreements::update(tx, case, version, |view| Ok(change(&view.draft)))?;
            agreements::view(tx, case)
        })
        .await
    }

    /// Confirms a case as a party, with its approval where it brings one.
    pub async fn confirm(&self, case: Uuid, request: ConfirmationRequest) -> Result<Value> {
        let version = self.version(case).await?;
        self.write(Kind::Agreement, Action::Confirm, move |tx| {
            agreements::confirm(tx, case, version, &request)?;
            agreements::view(tx, case)
        })
        .await
    }

    /// Adds a document to a case.
    pub async fn attach(
        &self,
        case: Uuid,
        kind: DocumentKind,
        language: Option<&str>,
        line: &str,
    ) -> Result<Uuid> {
        let scope = policy::scope(Some(&self.actor), Kind::Agreement, Action::Attach);
        let owner = self
            .app
            .db
            .read(&scope, "world", "", move |tx| {
                documents::owner_of_upload(tx, case)
            })
            .await?;
        let bytes = pdf(line);
        let stored = self
            .app
            .db
            .files()
            .put(&owner, &sha256(&bytes), bytes.into())
            .await?;
        let fields = DocumentFields {
            kind,
            language: language.map(str::to_owned),
            rendition: Rendition::Original,
            classification: Classification::Public,
            ground: None,
            until: None,
            public_version_of: None,
            media_type: MediaType::Pdf,
            file_name: format!("{}.pdf", line.replace(' ', "-").to_lowercase()),
        };
        Self::id(
            &self
                .write(Kind::Agreement, Action::Attach, move |tx| {
                    documents::create(tx, case, &fields, &stored, Quota::none())
                })
                .await?,
        )
    }

    /// Adds a version of the texts in these languages.
    pub async fn texts(&self, case: Uuid, languages: &[&str]) -> Result<()> {
        let mut texts = Vec::new();
        for language in languages {
            let document_id = self
                .attach(
                    case,
                    DocumentKind::Text,
                    Some(language),
                    &format!("Texto {language} {}", Uuid::now_v7()),
                )
                .await?;
            texts.push(text_for(language, document_id));
        }
        let fields = TextSetFields {
            texts,
            signed: false,
        };
        self.write(Kind::Agreement, Action::Update, move |tx| {
            agreements::create_text_set(tx, case, &fields)
        })
        .await
        .map(|_set| ())
    }

    /// Takes an action on a case in its present version.
    pub async fn act(&self, case: Uuid, request: TransitionRequest) -> Result<Value> {
        let version = self.version(case).await?;
        self.act_on(case, version, request).await
    }

    /// Takes an action on a case in a given version.
    pub async fn act_on(
        &self,
        case: Uuid,
        version: i32,
        request: TransitionRequest,
    ) -> Result<Value> {
        self.write(Kind::Agreement, Action::Case(request.action()), move |tx| {
            agreements::transition(tx, case, version, &request)?;
            agreements::view(tx, case)
        })
        .await
    }

    /// A case as this desk reads it.
    pub async fn view(&self, case: Uuid) -> Result<Value> {
        let scope = policy::scope(Some(&self.actor), Kind::Agreement, Action::Read);
        let view = self
            .app
            .db
            .read(&scope, "world", "", move |tx| agreements::get(tx, case))
            .await?;
        serde_json::to_value(&view).map_err(|error| Refusal::internal(error.to_string()))
    }

    /// The newest cases of a stage in this desk's sight.
    pub async fn cases(&self, stage: Stage) -> Result<Vec<Value>> {
        let scope = policy::scope(Some(&self.actor), Kind::Agreement, Action::Read);
        let filter = AgreementFilter {
            stage: Some(stage),
            ..AgreementFilter::default()
        };
        let page = PageRequest {
            limit: MAX_LIMIT,
            after: None,
            count: false,
        };
        let found = self.app.db.read(&scope, "world", "", move |tx| {
            agreements::list(tx, &filter, AgreementSort::Newest, &page)
        });
        let json = serde_json::to_value(found.await?.items);
        let json = json.map_err(|error| Refusal::internal(error.to_string()))?;
        Ok(json.as_array().cloned().unwrap_or_default())
    }

    /// The version that this desk may know.
    pub async fn version(&self, case: Uuid) -> Result<i32> {
        let view = self.view(case).await?;
        Ok(view
            .get("version")
            .and_then(Value::as_i64)
            .and_then(|version| i32::try_from(version).ok())
            .unwrap_or_default())
    }
}
