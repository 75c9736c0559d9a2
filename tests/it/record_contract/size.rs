//! Lists, filters and figures of many records: an index gives each page in its order, and no plan reads
//! a table whole. The short tier asks for the plans; the full one also measures 10,000 records beside a
//! million.

use super::statements::{listen, since};
use serde_json::Value;
use std::time::Instant;
use vinculo_domain::Role;
use vinculo_persistence::Engine;
use vinculo_tests::{GUADALAJARA, SRE, Scratch, TestApp, is_full, on_both, pick};

/// What is asked of many records: no filter, one, three, a word, a later page, a figure, a sum, and what of
/// exchanges waits or was done.
const ASKED: [(&str, &str); 10] = [
    ("all", "/v1/commitments?limit=20"),
    ("one filter", "/v1/commitments?limit=20&theme=culture"),
    (
        "three filters",
        "/v1/commitments?limit=20&theme=culture&status=open&year=2020",
    ),
    ("a word", "/v1/commitments?limit=20&q=compromiso"),
    ("a list of others", "/v1/commitments?limit=20&owner=14039"),
    (
        "changes",
        "/v1/commitments?limit=20&sort=updated_at&updated_since=2026-01-01T00:00:00Z",
    ),
    (
        "a figure",
        "/v1/statistics/mine/records?kind=commitments&by=status",
    ),
    ("a sum", "/v1/statistics/mine/records?kind=budgets"),
    ("what waits", "/v1/workspace"),
    ("what was done", "/v1/notices"),
];

/// Fills the tables outside the application with commitments of Guadalajara that SRE sees.
pub fn fill(scratch: &Scratch, from: usize, to: usize) {
    let series = match scratch.engine {
        Engine::Sqlite => format!(
            "(WITH RECURSIVE s(n) AS (SELECT {from} UNION ALL SELECT n + 1 FROM s WHERE n < {to}) SELECT n FROM s) AS q"
        ),
        Engine::Postgres => format!("(SELECT generate_series({from}, {to}) AS n) AS q"),
    };
    let padded = match scratch.engine {
        Engine::Sqlite => "printf('%08d', n)",
        Engine::Postgres => "lpad(n::text, 8, '0')",
    };
    let at = match scratch.engine {
        Engine::Sqlite => "'2026-01-01 00:00:00.000000'",
        Engine::Postgres => "TIMESTAMP '2026-01-01'",
    };
    let (key, id) = (
        format!("'compromiso ' || {padded}"),
        format!("'00000000-0000-7000-8000-0000' || {padded}"),
    );
    let mut sql = vec![format!(
        "INSERT INTO records (tenant_id, id, kind, status, visibility, sort_key, schema_version, body, version, created_at, updated_at, confirmed_at, acting_tenant) \
         SELECT '14039', {id}, 'commitments', 'open', 'government', {key}, 1, \
         '{{\"title\":\"Compromiso ' || n || '\",\"source\":\"visit\",\"visibility\":\"government\"}}', 1, {at}, {at}, {at}, '14039' FROM {series}"
    )];
    for viewer in ["14039", "visibility:government"] {
        for value in [
            "'all='",
            "'owner=14039'",
            "'state=14'",
            "'status=' || CASE n % 3 WHEN 0 THEN 'fulfilled' ELSE 'open' END",
            "'theme=' || CASE n % 10 WHEN 0 THEN 'culture' ELSE 'trade' END",
            "'year=' || (2000 + n % 25)",
            "'word=compromiso'",
        ] {
            sql.push(format!(
                "INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant) \
                 SELECT '{viewer}', 'commitments:' || {value}, {key}, {id}, '14039' FROM {series}"
            ));
        }
    }
    for viewer in ["14039", "visibility:government"] {
        sql.push(format!(
            "INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant) \
             SELECT '{viewer}', 'commitments:changed=', '2026-01-01T00:00:00.000000Z', {id}, '14039' FROM {series}"
        ));
    }
    for viewer in ["14039", "visibility:government"] {
        sql.push(format!(
            "INSERT INTO record_amounts (viewer_tenant, kind, name, unit, year, record_id, owner_tenant, value) \
             SELECT '{viewer}', 'budgets', 'approved', 'MXN', 2000 + n % 25, {id}, '14039', n FROM {series}"
        ));
    }
    // Figures of all governments, so that to read those of one viewer is a small part of them.
    if from == 1 {
        sql.push(format!(
            "INSERT INTO record_sums (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest) \
             SELECT 'visibility:network', 'networks', 'x', 'MXN', 1, n, 1, 0, 1 FROM {series}"
        ));
        sql.push(format!(
            "INSERT INTO record_counts (viewer_tenant, facet, owner_tenant, records) \
             SELECT 'visibility:network', 'networks:owner=' || n, n, 1 FROM {series}"
        ));
    }
    scratch.execute(&sql.join("; "));
    // What a server does by itself, some of which is switched off in the tests; at once, so that it is done
    // when questions are measured.
    let upkeep: &[&str] = match scratch.engine {
        Engine::Sqlite => &["ANALYZE"],
        Engine::Postgres => &["VACUUM (ANALYZE)", "CHECKPOINT"],
    };
    upkeep.iter().for_each(|sql| scratch.execute(sql));
}

/// A statement with its values written into it, for a plan.
fn written_out(seen: &str) -> String {
    let (sql, values) = seen.split_once(" -- binds: ").unwrap_or((seen, "[]"));
    let values: Vec<Value> = serde_json::from_str(values.trim()).unwrap_or_default();
    let mut sql = sql.to_owned();
    for (at, value) in values.iter().enumerate().rev() {
        let text = value
            .as_str()
            .map_or_else(|| value.to_string(), |text| format!("'{text}'"));
        for sign in ['$', '?'] {
            sql = sql.replace(&format!("{sign}{}", at + 1), &text);
        }
    }
    sql
}

#[actix_web::test]
async fn an_index_gives_each_page_of_records() {
    listen();
    let rows = pick("records: rows of a kind", 6_000, 1_000_000);
    on_both(|app: TestApp| async move {
        let scratch = &app.scratch;
        fill(scratch, 1, 6_000);
        for tenant in [GUADALAJARA, SRE] {
            let reader = app.client(Role::Viewer, tenant).await;
            for (what, path) in ASKED {
                let (answer, seen) = since(reader.get(path)).await;
                answer.expect(200);
                let tables = [
                    "record_facets",
                    "record_counts",
                    "record_amounts",
                    "record_sums",
                ];
                let asked = seen
                    .iter()
                    .filter(|sql| tables.iter().any(|table| sql.contains(table)));
                for sql in asked.map(|seen| written_out(seen)) {
                    planned(scratch, tenant, (what, &sql));
                }
                // A planner that looks at the values reads a table whole where most rows have them.
                let begins = seen.iter().filter(|sql| sql.starts_with("BEGIN"));
                let setting = "plan_cache_mode = force_generic_plan";
                let generic = begins.clone().all(|sql| sql.contains(setting));
                assert_eq!(
                    generic,
                    scratch.engine == Engine::Postgres,
                    "{what}: {seen:?}"
                );
            }
        }
        if !is_full() {
            return;
        }
        fill(scratch, 6_001, 10_000);
        let few = measured(&app).await;
        fill(scratch, 10_001, rows);
        let many = measured(&app).await;
        for (((what, _), few), many) in ASKED.iter().zip(few).zip(many) {
            println!(
                "{:?} {what}: 10,000 records {few:.2} ms, {rows} records {many:.2} ms, ratio {:.2}",
                scratch.engine,
                many / few
            );
        }
    })
    .await;
}

/// No plan reads a table whole, and a page needs no more sorting than to put its few rows together.
fn planned(scratch: &Scratch, tenant: &str, (what, sql): (&str, &str)) {
    let plan = scratch.plan_for(tenant, sql);
    let scans: Vec<&String> = plan
        .iter()
        .filter(|line| match scratch.engine {
            Engine::Sqlite => {
                line.starts_with("SCAN")
                    && ["record_facets", " f", " m", " r", " o", "records"]
                        .iter()
                        .any(|name| line.ends_with(name))
            }
            // Nothing is shared here: the engine reads that empty table as it likes.
            Engine::Postgres => {
                let tables = ["records", "record_facets", "record_counts", "record_sums"];
                tables
                    .iter()
                    .any(|table| line.contains(&format!("Seq Scan on {table} ")))
            }
        })
        .collect();
    assert_eq!(
        scans,
        Vec::<&String>::new(),
        "{what}: {sql}\n{}",
        plan.join("\n")
    );
}

/// The median of how long each question takes, in milliseconds.
async fn measured(app: &TestApp) -> Vec<f64> {
    // A token does not live as long as the tables take to fill.
    let reader = app.client(Role::Viewer, SRE).await;
    let mut medians = Vec::new();
    for (_, path) in ASKED {
        let mut times = Vec::new();
        for _ in 0..41 {
            let start = Instant::now();
            let status = reader.get(path).await.status;
            let taken = start.elapsed().as_secs_f64() * 1000.0;
            // What takes longer than a request may is told as endless.
            times.push(if status == 200 { taken } else { f64::INFINITY });
            if taken > 1000.0 && times.len() > 2 {
                break;
            }
        }
        times.sort_by(f64::total_cmp);
        medians.push(times[times.len() / 2]);
    }
    medians
}
