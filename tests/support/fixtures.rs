//! The fixtures: governments in every relation, people in every role, and one mechanism, Jalisco's.

use crate::client::{Client, Request, Service, service_of};
use crate::database::{Scratch, engines};
use crate::setup::Setup;
use crate::template::{fill, open};
use crate::tier::engines_of_tier;
use actix_web::http::Method;
use actix_web::web::Data;
use serde_json::{Value, json};
use std::future::Future;
use std::rc::Rc;
use std::sync::Arc;
use tempfile::TempDir;
use uuid::Uuid;
use vinculo_api::app::App;
use vinculo_api::edge::Edge;
use vinculo_api::fixtures::{Cast, Official, content_for};
use vinculo_auth::{Action, Actor, Kind, policy};
use vinculo_domain::agreements::Stage;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::counterparts::{
    CounterpartFields, CounterpartKind, CounterpartLevel, Visibility,
};
use vinculo_domain::{Role, TenantId, Tier};
use vinculo_persistence::stores::{people, sessions};
use vinculo_persistence::{Engine, Intent, Reply};

/// Connections of a test's service.
pub(crate) const POOL: u32 = 8;

pub const SRE: &str = "00";
pub const JALISCO: &str = "14";
pub const GUADALAJARA: &str = "14039";
pub const ZAPOPAN: &str = "14120";
/// A state without a mechanism.
pub const GUANAJUATO: &str = "11";
pub const IRAPUATO: &str = "11017";

/// Every government with people in it: `role@tenant.example`, all with [`TestApp::PASSWORD`].
pub const TENANTS: [(&str, Tier); 8] = [
    (SRE, Tier::Federal),
    ("00-amexcid", Tier::FederalBody),
    (JALISCO, Tier::State),
    (GUANAJUATO, Tier::State),
    (GUADALAJARA, Tier::Municipality),
    (ZAPOPAN, Tier::Municipality),
    (IRAPUATO, Tier::Municipality),
    ("obs-senado", Tier::Observer),
];

/// The whole service over a database of its own.
#[derive(Clone)]
pub struct TestApp {
    pub app: Data<App>,
    pub scratch: Scratch,
    pub folder: Rc<TempDir>,
    service: Service,
}

/// Runs a test on both engines, one after the other.
pub async fn on_both<F: Future<Output = ()>>(test: impl Fn(TestApp) -> F) {
    on_engines(&engines(), test).await;
}

/// Runs a test on the engines of the tier: in the short one on SQLite alone, because other tests try on
/// PostgreSQL each statement that this one leads to.
pub async fn on_tier<F: Future<Output = ()>>(what: &str, test: impl Fn(TestApp) -> F) {
    on_engines(&engines_of_tier(what), test).await;
}

async fn on_engines<F: Future<Output = ()>>(engines: &[Engine], test: impl Fn(TestApp) -> F) {
    for engine in engines.iter().copied() {
        eprintln!("--- {engine:?}");
        let app = TestApp::start(engine).await;
        // A test may take only some parts; the folder and the database must outlive them all.
        let kept = (Rc::clone(&app.folder), app.scratch.clone());
        test(app).await;
        drop(kept);
    }
}

/// Runs a test on both engines with an empty folder, for what comes before a service.
pub async fn on_each<F: Future<Output = ()>>(test: impl Fn(Engine, Rc<TempDir>) -> F) {
    on_each_of(&engines(), test).await;
}

/// The same on these engines.
pub async fn on_each_of<F: Future<Output = ()>>(
    engines: &[Engine],
    test: impl Fn(Engine, Rc<TempDir>) -> F,
) {
    for engine in engines.iter().copied() {
        eprintln!("--- {engine:?}");
        let folder = Rc::new(tempfile::tempdir().unwrap());
        test(engine, Rc::clone(&folder)).await;
        drop(folder);
    }
}

impl TestApp {
    pub const PASSWORD: &'static str = "una frase de prueba bastante larga";

    pub async fn start(engine: Engine) -> Self {
        Self::start_at(engine, Arc::new(SystemClock)).await
    }

    pub async fn start_at(engine: Engine, clock: Arc<dyn Clock>) -> Self {
        Self::start_on(Setup::of(engine), POOL, clock).await
    }

    /// With `pool` connections.
    pub async fn start_on(setup: Setup, pool: u32, clock: Arc<dyn Clock>) -> Self {
        let folder = Rc::new(tempfile::tempdir().unwrap());
        let scratch = setup.scratch(folder.path(), fill);
        let app = open(&scratch, folder.path(), pool, clock);
        Self::over(app, scratch, folder).await
    }

    /// The service behind an edge with its own limits.
    pub async fn start_behind(engine: Engine, edge: Edge) -> Self {
        let folder = Rc::new(tempfile::tempdir().unwrap());
        let scratch = Scratch::copy(engine, folder.path(), fill);
        let app = open(&scratch, folder.path(), POOL, Arc::new(SystemClock)).behind(edge);
        Self::over(app, scratch, folder).await
    }

    /// The usual service, altered by `change`.
    pub async fn start_changed(engine: Engine, change: impl FnOnce(App) -> App) -> Self {
        let folder = Rc::new(tempfile::tempdir().unwrap());
        let scratch = Scratch::copy(engine, folder.path(), fill);
        let app = open(&scratch, folder.path(), POOL, Arc::new(SystemClock));
        Self::over(change(app), scratch, folder).await
    }

    /// The service over an existing installation.
    pub async fn over(app: App, scratch: Scratch, folder: Rc<TempDir>) -> Self {
        let app = Data::new(app);
        let service = service_of(&app).await;
        Self {
            app,
            scratch,
            folder,
            service,
        }
    }

    /// An anonymous client: no token.
    pub fn nobody(&self) -> Client {
        Client {
            service: Rc::clone(&self.service),
            token: None,
            patient: false,
        }
    }

    /// The official with this role at this government.
    pub async fn official(&self, role: Role, tenant: &str) -> Official<'_> {
        Official {
            app: &self.app,
            actor: self.actor(role, tenant).await,
        }
    }

    async fn actor(&self, role: Role, tenant: &str) -> Actor {
        let word: &str = role.into();
        let email = format!("{word}@{tenant}.example");
        let scope = policy::scope(None, Kind::Session, Action::Create);
        let account = self
            .app
            .db
            .read(&scope, "test", "", move |tx| {
                people::find_account(tx, &email)
            })
            .await
            .unwrap()
            .unwrap();
        let tier = TENANTS.iter().find(|(id, _)| *id == tenant).unwrap().1;
        Actor {
            person: Some(account.person),
            session: None,
            tenant: TenantId::new(tenant),
            tier,
            roles: vec![role],
        }
    }

    /// A client of the person with this role at this government, signed in.
    pub async fn client(&self, role: Role, tenant: &str) -> Client {
        let actor = self.actor(role, tenant).await;
        self.session(actor.person.unwrap(), tenant).await
    }

    /// A session opened without the password, whose hash is costly.
    pub async fn session(&self, person: Uuid, tenant: &str) -> Client {
        let scope = policy::scope(None, Kind::Session, Action::Create);
        let intent = Intent {
            operation: "test",
            request_id: String::new(),
            idempotency: None,
            dry_run: false,
        };
        let for_tenant = TenantId::new(tenant);
        let reply = self.app.db.write(&scope, &intent, move |tx| {
            let session = sessions::create(tx, person, &for_tenant, &Uuid::now_v7().to_string())?;
            Ok(Reply {
                status: 201,
                etag: None,
                location: None,
                body: session.id.to_string(),
                replayed: false,
            })
        });
        let session = Uuid::parse_str(&reply.await.unwrap().body).unwrap();
        let token = self
            .app
            .tokens
            .issue(person, session, &TenantId::new(tenant), self.app.db.now())
            .unwrap();
        Client {
            service: Rc::clone(&self.service),
            token: Some(token),
            patient: false,
        }
    }

    pub async fn officer(&self, tenant: &str) -> Client {
        self.client(Role::Officer, tenant).await
    }

    /// The people who carry a case of a government through the procedure.
    pub async fn cast(&self, lead: &str) -> Cast<'_> {
        let state = lead
            .starts_with("14")
            .then_some(JALISCO)
            .filter(|state| *state != lead);
        let state = match state {
            Some(state) => Some(self.official(Role::Liaison, state).await),
            None => None,
        };
        Cast {
            officer: self.official(Role::Officer, lead).await,
            state,
            intake: self.official(Role::Liaison, SRE).await,
            legal: self.official(Role::LegalReviewer, SRE).await,
            registrar: self.official(Role::Registrar, SRE).await,
        }
    }

    /// A twinning of a government, carried to a stage.
    pub async fn case_in(&self, lead: &str, stage: Stage) -> Uuid {
        let cast = self.cast(lead).await;
        let counterpart = self.counterpart(&cast.officer, "Kioto").await;
        let title = format!("Hermanamiento {lead} {}", Uuid::now_v7());
        let case = cast
            .prepare(content_for("twinning", &title, counterpart, "culture").unwrap())
            .await
            .unwrap();
        cast.carry(case, stage).await.unwrap();
        case
    }

    /// A counterpart of an official's government; the same name gives the same one.
    pub async fn counterpart(&self, official: &Official<'_>, name: &str) -> Uuid {
        let fields = CounterpartFields {
            kind: CounterpartKind::ForeignGovernment,
            level: CounterpartLevel::Local,
            name: format!("{name} {}", Uuid::now_v7()),
            country: Some("JP".into()),
            visibility: Visibility::Private,
            external_ids: Vec::new(),
        };
        official.counterpart(fields).await.unwrap()
    }

    /// The JSON of a new counterpart.
    pub fn counterpart_json(name: &str) -> Value {
        json!({"kind": "foreign_government", "level": "local", "name": name, "country": "JP"})
    }

    /// A request to sign in.
    pub fn sign_in(email: &str, password: &str) -> Request {
        Request::new(Method::POST, "/v1/sessions")
            .json(&json!({"email": email, "password": password}))
    }
}
