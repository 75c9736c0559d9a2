//! An index drives every list: the query plans of both engines over some thousands of rows, with
//! the queries in the form that the stores use.

use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, TestApp, on_both};

/// Rows of each table that a list starts from.
const ROWS: usize = 6000;

/// Fills the tables outside the application: `n` counts the rows, `t` names the owner.
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
    let due = "CASE WHEN n % 3 = 0 THEN '9999-12-31' ELSE '2026-0' || (n % 9 + 1) || '-15' END";
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
            "INSERT INTO consolidations (number, tenant_id, agreement_id, version, annotations, kind, title, tier, government_id, government_name, signed_on, content, life, registered_at, updated_at) \
             SELECT '2026-' || (100000 + n), {owner}, 'a' || n, 1, 0, 'twinning', 'Acuerdo', 'municipality', {owner}, 'Nombre', '2026', '{{}}', '{{}}', {at}, {at} {from}"
        ),
        format!(
            "INSERT INTO consolidation_facets (facet, value, number) SELECT 'country', {country}, '2026-' || (100000 + n) {from}"
        ),
        format!(
            "INSERT INTO inscription_standings (number, since, until, standing) SELECT '2026-' || (100000 + n), '2026-01-01', \
             CASE WHEN n % 12 = 0 THEN '2026-06-01' ELSE '9999-12-31' END, CASE WHEN n % 12 = 1 THEN 'terminated' ELSE 'in_force' END {from}"
        ),
        format!(
            "INSERT INTO annotations (number, ordinal, tenant_id, agreement_id, kind, effective_on, changes, acting_tenant, created_at) \
             SELECT '2026-100001', n, '14039', 'a4', 'correction', '2026', '{{}}', '00', {at} {from}"
        ),
        format!(
            "INSERT INTO search_words (viewer, kind, word, subject_id) SELECT '14039', 'agreements', 'palabra' || n, 'a' || n {from}"
        ),
    ];
    sql.extend([
        format!(
            "INSERT INTO government_bodies (tenant_id, id, name, kind, starts_on, version, created_at, updated_at, acting_tenant) \
             SELECT {owner}, 'b' || n, 'Dirección', 'dependency', '2018', 1, {at}, {at}, '00' {from}"
        ),
        format!(
            "INSERT INTO agreement_parties (tenant_id, agreement_id, government_id, role, position, body_id) \
             SELECT {owner}, 'a' || n, {owner}, 'lead', 0, 'b' || n {from}"
        ),
        format!(
            "INSERT INTO body_governments (tenant_id, body_id, government_id) SELECT {owner}, 'b' || n, {owner} {from}"
        ),
        format!(
            "INSERT INTO administrations (tenant_id, id, starts_on, version, created_at, updated_at, acting_tenant) \
             SELECT {owner}, 'p' || n, '20' || (10 + n % 80), 1, {at}, {at}, '00' {from}"
        ),
    ]);
    sql.push(
        "INSERT INTO calendars (tenant_id, id, version, created_at, updated_at, acting_tenant) \
         SELECT id, 'k' || id, 1, '2026-01-01 00:00:00', '2026-01-01 00:00:00', '00' FROM tenants"
            .into(),
    );
    for viewer in ["'00'", owner] {
        sql.push(format!(
            "INSERT INTO agreement_access (viewer_tenant, agreement_id, owner_tenant, level, version, stage, kind, compliance, title, country, counterpart, signed_on, updated_at, holder_tenant, due_on, priority) \
             SELECT {viewer}, 'a' || n, {owner}, 'full', 1, {stage}, CASE n % 2 WHEN 0 THEN 'twinning' ELSE 'specific_cooperation' END, 'in_process', 'Acuerdo', {country}, '', '', {at}, \
             CASE n % 3 WHEN 0 THEN '00' ELSE '14' END, {due}, CASE n % 20 WHEN 0 THEN 'urgent' ELSE 'normal' END {from}"
        ));
    }
    sql.push(format!(
        "INSERT INTO agreement_turns (tenant_id, agreement_id, number, step, version, stage, waiting_for, holder_tenant, since, calendar_tenant, calendar_version) \
         SELECT {owner}, 'a' || n, 1, 1, 1, {stage}, 'owner', '14039', {at}, '14039', 0 {from}"
    ));
    sql.push(format!(
        "INSERT INTO people (id, name, created_at) SELECT 'p' || n, 'Persona', {at} {from}"
    ));
    sql.push(format!(
        "INSERT INTO agreement_assignments (viewer_tenant, id, agreement_id, owner_tenant, person_id, since) \
         SELECT '14039', 's' || n, 'a' || n, {owner}, 'p' || (n % 500 + 1), {at} {from}"
    ));
    sql.push("ANALYZE".into());
    scratch.execute(&sql.join("; "));
}

/// The steps of a plan, one per line, for the government that the query names.
fn plan(scratch: &Scratch, sql: &str) -> String {
    let of_owner = sql.contains("'14039'");
    let tenant = if of_owner { "14039" } else { "00" };
    scratch.plan_for(tenant, sql).join("\n")
}

const CASES: &str = "agreement_access WHERE viewer_tenant = '00'";
const SOONEST: &str = "ORDER BY due_on, agreement_id LIMIT 51";
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
        ("agreement_access", list("AND updated_at >= '2026-01-01 00:50:00'", NEWEST)),
        (
            "consolidations",
            "SELECT * FROM consolidations WHERE updated_at >= '2026-01-01 00:50:00' ORDER BY updated_at DESC, number DESC LIMIT 51".into(),
        ),
        ("agreement_access", list("AND stage = 'legal_review'", NEWEST)),
        ("agreement_access", list("AND kind = 'twinning'", NEWEST)),
        ("agreement_access", list("AND country = 'JP'", NEWEST)),
        ("agreement_access", list("AND owner_tenant = '14039'", NEWEST)),
        ("agreement_access", list("AND compliance = 'in_process'", NEWEST)),
        ("agreement_access", list("", "ORDER BY signed_on DESC, agreement_id DESC LIMIT 51")),
        ("agreement_access", list("AND priority = 'urgent'", NEWEST)),
        ("agreement_access", list("", SOONEST)),
        ("agreement_access", list("AND due_on < '2026-03-01'", SOONEST)),
        // What the government itself must act on, drafts left alone, and what was announced to it.
        ("agreement_access", list("AND holder_tenant = '14' AND due_on <= '2026-07-01'", SOONEST)),
        (
            "agreement_access",
            list("AND stage = 'draft' AND updated_at <= '2026-01-01 00:30:00'", "ORDER BY updated_at, agreement_id LIMIT 51"),
        ),
        (
            "agreement_access",
            list("AND stage = 'draft' AND level = 'full' AND updated_at >= '2026-01-01 00:30:00'", "ORDER BY updated_at, agreement_id LIMIT 51"),
        ),
        ("calendars", "SELECT * FROM calendars ORDER BY id LIMIT 51".into()),
        (
            "agreement_turns",
            "SELECT * FROM agreement_turns WHERE tenant_id = '14039' AND agreement_id = 'a4' ORDER BY number DESC LIMIT 200".into(),
        ),
        (
            "agreement_assignments",
            "SELECT * FROM agreement_assignments WHERE viewer_tenant = '14039' AND agreement_id = 'a4' ORDER BY id DESC LIMIT 51".into(),
        ),
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
        ("consolidations", "SELECT * FROM consolidations ORDER BY number DESC LIMIT 51".into()),
        ("consolidations", "SELECT * FROM consolidations ORDER BY signed_on DESC, number DESC LIMIT 51".into()),
        ("annotations", "SELECT * FROM annotations WHERE number = '2026-100001' AND ordinal > 100 ORDER BY ordinal LIMIT 51".into()),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "governments",
            "SELECT * FROM governments WHERE valid_to IS NULL AND tier = 'municipality' AND parent_id = '14' ORDER BY sort_name, id LIMIT 51".into(),
        ),
        (
            "consolidation_facets",
            "SELECT f.number, c.content FROM consolidation_facets f JOIN consolidations c ON c.number = f.number \
             WHERE f.facet = 'country' AND f.value = 'JP' AND f.number < '~' ORDER BY f.number DESC LIMIT 200".into(),
        ),
        ("government_bodies", "SELECT * FROM government_bodies ORDER BY id LIMIT 51".into()),
        (
            "body_governments",
            "SELECT * FROM body_governments JOIN government_bodies ON government_bodies.tenant_id = body_governments.tenant_id \
             AND government_bodies.id = body_governments.body_id WHERE government_id = '14039' ORDER BY body_id LIMIT 51".into(),
        ),
        ("administrations", "SELECT * FROM administrations ORDER BY id LIMIT 51".into()),
        (
            "administrations",
            "SELECT * FROM administrations WHERE tenant_id = '14039' ORDER BY id LIMIT 51".into(),
        ),
        (
            "administrations",
            "SELECT * FROM administrations WHERE tenant_id = '14039' AND starts_on <= '2026-01-01' ORDER BY starts_on DESC LIMIT 1".into(),
        ),
    ]
}

/// Lists that start from the rows of a second index.
fn found() -> Vec<(&'static str, String)> {
    vec![
        (
            "consolidation_facets",
            "SELECT * FROM consolidations WHERE number IN (SELECT number FROM consolidation_facets WHERE facet = 'country' AND value = 'JP') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "inscription_standings",
            "SELECT * FROM consolidations WHERE number IN (SELECT number FROM inscription_standings WHERE standing = 'terminated' \
             AND since <= '2026-11-21' AND until > '2026-11-21') ORDER BY number DESC LIMIT 51".into(),
        ),
        (
            "agreement_assignments",
            "SELECT * FROM agreement_access WHERE viewer_tenant = '14039' AND agreement_id IN (SELECT agreement_id FROM agreement_assignments \
             WHERE viewer_tenant = '14039' AND until IS NULL AND person_id = 'p7') ORDER BY updated_at DESC, agreement_id DESC LIMIT 51".into(),
        ),
        (
            "agreement_access",
            format!(
                "SELECT * FROM {CASES} AND owner_tenant = '14039' AND stage IN ('draft', 'returned', 'signed') \
                 ORDER BY priority DESC, due_on, updated_at DESC, agreement_id DESC LIMIT 21"
            ),
        ),
        (
            "agreement_counterparts",
            "SELECT tenant_id, agreement_id FROM agreement_counterparts WHERE counterpart_tenant = '14039' AND counterpart_id = 'c4' LIMIT 1001".into(),
        ),
        (
            "agreement_parties",
            "SELECT agreement_id FROM agreement_parties WHERE tenant_id = '14039' AND body_id = 'b4' LIMIT 1001".into(),
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
            "consolidation_facets",
            "SELECT value, count(*) FROM consolidation_facets WHERE facet = 'municipality' AND value IN ('14039', '14120') GROUP BY value".into(),
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
        // Checks the test itself: a query without an index is reported as a full scan.
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
