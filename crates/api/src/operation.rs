//! One operation of the contract: where it is, who may call it, what it takes and gives. The
//! router, the document and the authorization matrix are all made from this.

use crate::context::Ctx;
use actix_web::HttpResponse;
use actix_web::http::Method;
use futures_util::future::LocalBoxFuture;
use serde_json::{Value, json};
use std::future::Future;
use std::sync::Arc;
use utoipa::openapi::path::{Parameter, ParameterIn};
use utoipa::openapi::{RefOr, Schema};
use utoipa::{IntoParams, PartialSchema, ToSchema};
use vinculo_auth::{Action, Kind};
use vinculo_domain::Result;
use vinculo_domain::page::List;

type Handler = Arc<dyn Fn(Ctx) -> LocalBoxFuture<'static, Result<HttpResponse>> + Send + Sync>;
type Schemas = Vec<(String, RefOr<Schema>)>;

/// A schema by name, with everything it refers to.
#[derive(Clone)]
pub struct SchemaUse {
    /// Its name among the components.
    pub name: String,
    /// It and what it refers to.
    pub schemas: Schemas,
}

impl SchemaUse {
    fn of<T: ToSchema>() -> Self {
        let name = T::name().into_owned();
        let mut schemas = vec![(name.clone(), T::schema())];
        T::schemas(&mut schemas);
        Self { name, schemas }
    }

    /// A page of a list of `T`, under a name of its own.
    fn list_of<T: ToSchema>() -> Self {
        let name = format!("{}List", T::name());
        let mut schemas = vec![
            (name.clone(), List::<T>::schema()),
            (T::name().into_owned(), T::schema()),
        ];
        T::schemas(&mut schemas);
        Self { name, schemas }
    }
}

/// What a successful answer carries.
#[derive(Clone)]
pub enum Content {
    /// JSON of this schema, with an example.
    Json(SchemaUse, Value),
    /// A file.
    Pdf,
    /// A table for spreadsheets, with an example.
    Csv(Value),
    /// Nothing.
    None,
}

/// What a request carries.
#[derive(Clone)]
pub enum Input {
    /// JSON of this schema.
    Json(SchemaUse),
    /// A merge patch (RFC 7396) onto this schema.
    Patch(SchemaUse),
    /// A multipart form of this schema.
    Form(SchemaUse),
}

/// One operation.
pub struct Operation {
    /// `<verb>_<resource>`.
    pub id: &'static str,
    /// The HTTP method.
    pub method: Method,
    /// The path pattern.
    pub path: &'static str,
    /// The group in the document.
    pub tag: &'static str,
    /// One line.
    pub summary: &'static str,
    /// What it is for, with the legal term.
    pub description: &'static str,
    /// The permission that it asks for.
    pub permission: (Kind, Action),
    /// Whether it may be called without a token.
    pub public: bool,
    /// The status of success.
    pub status: u16,
    /// What a successful answer carries.
    pub content: Content,
    /// What a request carries.
    pub input: Option<Input>,
    /// Whether it may also come without a body.
    pub body_optional: bool,
    /// What a patch may only send back unchanged.
    pub read_only: &'static [&'static str],
    /// The query parameters.
    pub query: Vec<Parameter>,
    /// Whether `If-Match` is required.
    pub if_match: bool,
    /// Whether `Idempotency-Key` and `dry_run` are taken.
    pub repeatable: bool,
    /// Whether its answer carries what opens a door, and is therefore never compressed.
    pub credential: bool,
    /// Runs it.
    pub handler: Handler,
}

impl Operation {
    /// An operation that needs a token and answers 200 without a body.
    pub fn new<F, Fut>(
        id: &'static str,
        method: Method,
        path: &'static str,
        permission: (Kind, Action),
        handler: F,
    ) -> Self
    where
        F: Fn(Ctx) -> Fut + Send + Sync + 'static,
        Fut: Future<Output = Result<HttpResponse>> + 'static,
    {
        Self {
            id,
            method,
            path,
            tag: "",
            summary: "",
            description: "",
            permission,
            public: false,
            status: 200,
            content: Content::None,
            input: None,
            body_optional: false,
            read_only: &[],
            query: Vec::new(),
            if_match: false,
            repeatable: false,
            credential: false,
            handler: Arc::new(move |ctx| Box::pin(handler(ctx))),
        }
    }

    /// Says what it is.
    #[must_use]
    pub fn says(
        mut self,
        tag: &'static str,
        summary: &'static str,
        description: &'static str,
    ) -> Self {
        (self.tag, self.summary, self.description) = (tag, summary, description);
        self
    }

    /// Open to anyone.
    #[must_use]
    pub fn public(mut self) -> Self {
        self.public = true;
        self
    }

    /// Answers with JSON.
    #[must_use]
    pub fn answers<T: ToSchema>(mut self, status: u16, example: Value) -> Self {
        self.status = status;
        self.content = Content::Json(SchemaUse::of::<T>(), example);
        self
    }

    /// Answers with a page of a list.
    #[must_use]
    pub fn lists<T: ToSchema>(mut self, example: Value) -> Self {
        self.content = Content::Json(
            SchemaUse::list_of::<T>(),
            json!({ "items": [example], "next_cursor": null }),
        );
        self
    }

    /// Answers with a file.
    #[must_use]
    pub fn answers_pdf(mut self) -> Self {
        self.content = Content::Pdf;
        self
    }

    /// Answers with a table for spreadsheets.
    #[must_use]
    pub fn answers_csv(mut self, example: Value) -> Self {
        self.content = Content::Csv(example);
        self
    }

    /// Answers without a body.
    #[must_use]
    pub fn answers_nothing(mut self) -> Self {
        self.status = 204;
        self
    }

    /// Takes JSON.
    #[must_use]
    pub fn takes<T: ToSchema>(mut self) -> Self {
        self.input = Some(Input::Json(SchemaUse::of::<T>()));
        self
    }

    /// Takes JSON, or nothing.
    #[must_use]
    pub fn may_take<T: ToSchema>(mut self) -> Self {
        self.body_optional = true;
        self.takes::<T>()
    }

    /// Takes a merge patch; what the server writes may be sent back unchanged.
    #[must_use]
    pub fn takes_patch<T: ToSchema>(mut self, read_only: &'static [&'static str]) -> Self {
        self.input = Some(Input::Patch(SchemaUse::of::<T>()));
        self.read_only = read_only;
        self
    }

    /// Takes a multipart form.
    #[must_use]
    pub fn takes_form<T: ToSchema>(mut self) -> Self {
        self.input = Some(Input::Form(SchemaUse::of::<T>()));
        self
    }

    /// Takes query parameters.
    #[must_use]
    pub fn query<T: IntoParams>(mut self) -> Self {
        self.query
            .extend(T::into_params(|| Some(ParameterIn::Query)));
        self
    }

    /// Needs `If-Match`.
    #[must_use]
    pub fn guarded(mut self) -> Self {
        self.if_match = true;
        self
    }

    /// Answers with a credential.
    #[must_use]
    pub fn gives_credential(mut self) -> Self {
        self.credential = true;
        self
    }

    /// Takes `dry_run`, and on POST `Idempotency-Key`.
    #[must_use]
    pub fn writes(mut self) -> Self {
        self.repeatable = true;
        self.query::<crate::params::WriteParams>()
    }
}
