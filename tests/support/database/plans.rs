//! The engines' query plans.

use super::Scratch;
use diesel::connection::SimpleConnection;
use diesel::prelude::*;
use diesel::sql_types::Text;
use diesel::{PgConnection, SqliteConnection};
use vinculo_persistence::Engine;

/// A step of a plan, with SQLite's column names.
#[derive(QueryableByName)]
struct SqliteStep {
    #[diesel(sql_type = Text)]
    detail: String,
}

#[derive(QueryableByName)]
struct PostgresStep {
    #[diesel(sql_type = Text, column_name = "QUERY PLAN")]
    step: String,
}

impl Scratch {
    /// The plan of a query, step by step.
    pub fn plan(&self, sql: &str) -> Vec<String> {
        match self.engine {
            Engine::Sqlite => {
                let steps: Vec<SqliteStep> = diesel::sql_query(format!("EXPLAIN QUERY PLAN {sql}"))
                    .load(&mut SqliteConnection::establish(&self.owner_url).unwrap())
                    .unwrap();
                steps.into_iter().map(|step| step.detail).collect()
            }
            Engine::Postgres => {
                let steps: Vec<PostgresStep> = diesel::sql_query(format!("EXPLAIN {sql}"))
                    .load(&mut PgConnection::establish(&self.owner_url).unwrap())
                    .unwrap();
                steps.into_iter().map(|step| step.step).collect()
            }
        }
    }

    /// The same as the application for one government, under row-level security.
    pub fn plan_for(&self, tenant: &str, sql: &str) -> Vec<String> {
        if self.engine == Engine::Sqlite {
            return self.plan(sql);
        }
        let mut conn = PgConnection::establish(&self.url).unwrap();
        let context = ["app.tenant_id", "app.actor_tenant"]
            .map(|name| format!("SELECT set_config('{name}', '{tenant}', false)"));
        conn.batch_execute(&context.join("; ")).unwrap();
        let steps: Vec<PostgresStep> = diesel::sql_query(format!("EXPLAIN {sql}"))
            .load(&mut conn)
            .unwrap();
        steps.into_iter().map(|step| step.step).collect()
    }
}
