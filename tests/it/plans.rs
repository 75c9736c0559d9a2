//! An index drives every list: the query plans of both engines over some thousands of rows, with
//! the queries in the form that the stores use.

mod queries;

use queries::{found, ordered};
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
            "INSERT INTO consolidations (number, tenant_id, agreement_id, version, annotations, kind, title, tier, government_id, government_name, signed_on, ends_on, content, life, registered_at, updated_at) \
             SELECT '2026-' || (100000 + n), {owner}, 'a' || n, 1, 0, 'twinning', 'Acuerdo', 'municipality', {owner}, 'Nombre', '2026', \
             CASE WHEN n % 3 = 0 THEN '' ELSE '20' || (30 + n % 60) || '-06-30' END, '{{}}', '{{}}', {at}, {at} {from}"
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
             SELECT {viewer}, 'a' || n, {owner}, 'full', 1, {stage}, CASE n % 2 WHEN 0 THEN 'twinning' ELSE 'specific_cooperation' END, 'in_process', 'Acuerdo', {country}, '', CASE WHEN n % 2 = 0 THEN '' ELSE '20' || (10 + n % 15) || '-06-30' END, {at}, \
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
    // Decisions on pairs of one owner's agreements.
    sql.push(format!(
        "INSERT INTO overlap_resolutions (tenant_id, agreement_id, other_id, version, decision, reason, shared, acting_tenant, created_at) \
         SELECT {owner}, 'a' || n, 'a' || (n + 4), 1, 'merge', 'x', '{{}}', {owner}, {at} {from} WHERE n + 4 <= {ROWS} AND 'a' || n < 'a' || (n + 4)"
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
