//! The template of every test's database: the schema, people in every role at every government of
//! the fixtures, and Jalisco's mechanism.

use crate::database::Scratch;
use crate::fixtures::{JALISCO, POOL, TENANTS, TestApp};
use std::sync::Arc;
use strum::VariantArray;
use vinculo_api::app::App;
use vinculo_api::edge::Edge;
use vinculo_api::fixtures::Official;
use vinculo_api::secrets;
use vinculo_api::server;
use vinculo_auth::{Actor, password};
use vinculo_domain::agreements::AgreementKind;
use vinculo_domain::clock::{Clock, SystemClock};
use vinculo_domain::legal_date::LegalDate;
use vinculo_domain::mechanisms::{MechanismFields, OfficeFields};
use vinculo_domain::{Role, TenantId};
use vinculo_persistence::{Db, Engine, Settings, migrate};

/// The service's parts over a scratch database.
pub(crate) fn open(
    scratch: &Scratch,
    folder: &std::path::Path,
    pool: u32,
    clock: Arc<dyn Clock>,
) -> App {
    let settings = Settings {
        url: scratch.url.clone(),
        files: folder.join("files"),
        pool,
        pooler: scratch.pooler,
    };
    let (tokens, seal) = secrets::load(folder, "https://vinculo.example").unwrap();
    server::app(Db::open(&settings, clock).unwrap(), tokens, seal).behind(Edge::unhurried())
}

/// Fills the template, on its own thread because the callers are inside a runtime.
pub(crate) fn fill(scratch: &Scratch) {
    let scratch = scratch.clone();
    std::thread::spawn(move || {
        actix_web::rt::System::new().block_on(async {
            let folder = tempfile::tempdir().unwrap();
            migrate(&scratch.migration_url, SystemClock.now()).unwrap();
            let app = open(&scratch, folder.path(), POOL, Arc::new(SystemClock));
            people_of(&app).await;
        });
        if scratch.engine == Engine::Sqlite {
            scratch.execute("PRAGMA wal_checkpoint(TRUNCATE); PRAGMA journal_mode = DELETE");
        }
    })
    .join()
    .unwrap();
}

async fn people_of(app: &App) {
    let hash = password::hash(TestApp::PASSWORD).unwrap();
    for (tenant, tier) in TENANTS {
        for role in Role::VARIANTS {
            let word: &str = role.into();
            Official::hire(
                app,
                &format!("{word}@{tenant}.example"),
                &format!("{word} {tenant}"),
                tenant,
                tier,
                *role,
                &hash,
            )
            .await
            .unwrap();
        }
    }
    let operator = Official {
        app,
        actor: Actor::operator(),
    };
    let since = LegalDate::parse("2024-01-15").unwrap();
    let state_id = TenantId::new(JALISCO);
    let mechanism = MechanismFields {
        state_id: state_id.clone(),
        name: "Mecanismo SRE–Jalisco".into(),
        kinds: vec![AgreementKind::Twinning],
        starts_on: since.clone(),
        ends_on: None,
    };
    operator.mechanism(mechanism).await.unwrap();
    operator
        .office(OfficeFields {
            state_id,
            name: "Oficina designada".into(),
            head_name: None,
            head_post: None,
            since,
            until: None,
        })
        .await
        .unwrap();
}
