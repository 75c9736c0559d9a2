//! Every list is driven by an index: the plans of both engines over some thousands of rows, in
//! the form in which the stores ask.

use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, TestApp, on_both};

/// Rows of each table that a list starts from.
const ROWS: usize = 6000;

/// Fills the tables past the application: `n` counts the rows, `t` names the owner.
fn fill(scratch: &Scratch) {
    let (series, at) = match scratch.engine {
        Engine::Sqlite => (
            format!(
                "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {ROWS}) SELECT n FROM s)"
            ),
            "printf('2026-01-01 00:%02d:%02d.000000', n / 60 % 60, n % 60)",
        ),
        Engine::Postgres => (
            format!("(SELECT generate_series(1, {ROWS}) AS n)"),
            "TIMESTAMP '2026-01-01' + n * INTERVAL '1 second'",
        ),
    };
    let owner = "CASE n % 4 WHEN 0 THEN '14039' WHEN 1 THEN '14120' WHEN 2 THEN '11' ELSE '14' END";
    let country = "CASE WHEN n % 12 = 0 THEN 'JP' WHEN n % 3 = 0 THEN 'US' ELSE 'FR' END";
    let stage = "CASE n % 5 WHEN 0 THEN 'draft' WHEN 1 THEN 'state_review' WHEN 2 THEN 'legal_review' ELSE 'registered' END";
    let from = format!("FROM {series} AS q");
    let mut sql = vec![
        format!(
            "INSERT INTO agreements (tenant_id, id, version, stage, kind, compliance, quality_flags, created_at, updated_at, acting_tenant) \
             SELECT {owner}, 'a' || n, 1, {stage}, 'twinning', 'in_process', '[]', {at}, {at}, '00' {from}"
        ),
        format!(
            "INSERT INTO counterparts (tenant_id, id, kind, level, name, sort_name, country, visibility, version, created_at, updated_at, acting_tenant) \
             SELECT {owner}, 'c' || n, 'foreign_government', 'local', 'Ciudad ' || n, 'ciudad ' || n, {country}, \
             CASE WHEN n % 10 = 0 THEN 'network' ELSE 'private' END, 1, {at}, {at}, '00' {from}"
        ),
        format!(
            "INSERT INTO agreement_counterparts (tenant_id, agreement_id, counterpart_tenant, counterpart_id, position) \
             SELECT {owner}, 'a' || n, {owner}, 'c' || n, 0 {from}"
        ),
        format!(
            "INSERT INTO inscriptions (number, year, ordinal, tenant_id, agreement_id, kind, title, tier, government_id, government_name, signed_on, content, registered_at) \
             SELECT '2026-' || (100000 + n), 2026, n, {owner}, 'a' || n, 'twinning', 'Acuerdo', 'municipality', {owner}, 'Nombre', '2026', '{{}}', {at} {from}"
        ),
        format!(
            "INSERT INTO inscription_facets (facet, value, number) SELECT 'country', {country}, '2026-' || (100000 + n) {from}"
        ),
        format!(
            "INSERT INTO search_words (viewer, kind, word, subject_id) SELECT '14039', 'agreements', 'palabra' || n, 'a' || n {from}"
        ),
    ];
    for viewer in ["'00'", owner] {
        sql.push(format!(
            "INSERT INTO agreement_access (viewer_tenant, agreement_id, owner_tenant, level, version, stage, kind, compliance, title, country, counterpart, signed_on, updated_at) \
             SELECT {viewer}, 'a' || n, {owner}, 'full', 1, {stage}, CASE n % 2 WHEN 0 THEN 'twinning' ELSE 'specific_cooperation' END, 'in_process', 'Acuerdo', {country}, '', '', {at} {from}"
        ));
    }
    sql.push("ANALYZE".into());
    scratch.execute(&sql.join("; "));
}

/// The steps of a plan, one a line, for the government that the query names.
fn plan(scratch: &Scratch, sql: &str) -> String {
    let tenant = if sql.contains("'14039'") {
        "14039"
    } else {
        "00"
    };
    scratch.plan_for(tenant, sql).join("\n")
}

const CASES: &str = "agreement_access WHERE viewer_tenant = '00'";
const NEWEST: &str = "ORDER BY updated_at DESC, agreement_id DESC LIMIT 51";

/// Lists whose index also gives the order.
fn ordered() -> Vec<(&'static str, String)> {
    let list = |filter: &str, order: &str| format!("SELECT * FROM {CASES} {filter} {order}");
    vec![
        ("agreement_access", list("", NEWEST)),
        (
            "agreement_access",
            list("AND updated_at <= '2026-01-01 00:30:00' AND (updated_at < '2026-01-01 00:30:00' OR agreement_id < 'a1800')", NEWEST),
        ),
        ("agreement_access", list("AND stage = 'legal_review'", NEWEST)),
        ("agreement_access", list("AND kind = 'twinning'", NEWEST)),
        ("agreement_access", list("AND country = 'JP'", NEWEST)),
        ("agreement_access", list("AND owner_tenant = '14039'", NEWEST)),
        ("agreement_access", list("AND compliance = 'in_process'", NEWEST)),
        ("agreement_access", list("", "ORDER BY signed_on DESC, agreement_id DESC LIMIT 51")),
        (
            "counterparts",
            "SELECT * FROM counterparts WHERE retired_at IS NULL AND tenant_id = '14039' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "counterparts",
            "SELECT * FROM counterparts WHERE retired_at IS NULL AND visibility = 'network' AND tenant_id <> '14039' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        ("inscriptions", "SELECT * FROM inscriptions ORDER BY number DESC LIMIT 51".into()),
        ("inscriptions", "SELECT * FROM inscriptions ORDER BY signed_on DESC, number DESC LIMIT 51".into()),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' AND parent_id = '14' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "inscription_facets",
            "SELECT f.number, i.content FROM inscription_facets f JOIN inscriptions i ON i.number = f.number \
             WHERE f.facet = 'country' AND f.value = 'JP' AND f.number < '~' ORDER BY f.number DESC LIMIT 200".into(),
        ),
    ]
}

/// Lists that start from the rows of a second index.
fn found() -> Vec<(&'static str, String)> {
    vec![
        (
            "agreement_access",
            format!(
                "SELECT * FROM {CASES} AND owner_tenant = '14039' AND stage IN ('draft', 'returned', 'signed') {NEWEST}"
            ),
        ),
        (
            "inscription_facets",
            "SELECT * FROM inscriptions WHERE number IN (SELECT number FROM inscription_facets WHERE facet = 'country' AND value = 'JP') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "agreement_access",
            format!("SELECT owner_tenant, stage, compliance, count(*), min(updated_at) FROM {CASES} AND owner_tenant IN ('14039', '14120') \
             GROUP BY owner_tenant, stage, compliance"),
        ),
        (
            "agreement_access",
            format!("SELECT agreement_id FROM {CASES} AND stage = 'draft' LIMIT 1001"),
        ),
        (
            "inscription_facets",
            "SELECT value, count(*) FROM inscription_facets WHERE facet = 'municipality' AND value IN ('14039', '14120') GROUP BY value".into(),
        ),
        (
            "search_words",
            "SELECT * FROM agreement_access WHERE viewer_tenant = '14039' AND agreement_id IN (SELECT subject_id FROM search_words \
             WHERE viewer = '14039' AND kind = 'agreements' AND word >= 'palabra17' AND word < 'palabra18') ORDER BY updated_at DESC, agreement_id DESC LIMIT 51".into(),
        ),
        (
            "search_words",
            "SELECT * FROM governments WHERE valid_to IS NULL AND id IN (SELECT subject_id FROM search_words \
             WHERE viewer = 'public' AND kind = 'governments' AND word >= 'guadalaj' AND word < 'guadalak') ORDER BY sort_name, id LIMIT 51".into(),
        ),
    ]
}

#[actix_web::test]
async fn an_index_drives_every_list() {
    on_both(|app: TestApp| async move {
        let scratch = &app.scratch;
        fill(scratch);
        for (table, sql) in ordered().into_iter().chain(found()) {
            let plan = plan(scratch, &sql);
            let scans: Vec<&str> = plan
                .lines()
                .filter(|line| match scratch.engine {
                    Engine::Sqlite => line.starts_with("SCAN") && !line.contains("USING"),
                    Engine::Postgres => line.contains("Seq Scan"),
                })
                .collect();
            assert_eq!(scans, Vec::<&str>::new(), "{sql}\n{plan}");
            assert!(plan.contains(table), "{sql}\n{plan}");
        }
        for (_, sql) in ordered() {
            let plan = plan(scratch, &sql);
            let sorts = plan.contains("TEMP B-TREE") || plan.contains("Sort");
            assert!(!sorts, "{sql}\n{plan}");
        }
        // The measure itself: what no index serves is found to be read whole.
        let whole = scratch
            .plan("SELECT * FROM agreements WHERE file_number = 'x'")
            .join("\n");
        assert!(
            whole.contains("SCAN agreements") || whole.contains("Seq Scan on agreements"),
            "{whole}"
        );
    })
    .await;
}
