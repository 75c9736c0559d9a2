//! Many facts: an index drives every query, and its duration is printed.

use std::time::Instant;
use vinculo_persistence::Engine;
use vinculo_tests::{Scratch, TestApp, on_both};

const FACTS: usize = 20_000;
/// A government that sees few of them.
const FEW: &str = "14039";

/// Public facts written outside the application, each with the values of a registered agreement;
/// facts of the ministry, and of a government that sees few.
fn fill(scratch: &Scratch) {
    let series = match scratch.engine {
        Engine::Sqlite => format!(
            "(WITH RECURSIVE s(n) AS (SELECT 1 UNION ALL SELECT n + 1 FROM s WHERE n < {FACTS}) SELECT n FROM s)"
        ),
        Engine::Postgres => format!("(SELECT generate_series(1, {FACTS}) AS n)"),
    };
    let (at, end, truth) = match scratch.engine {
        Engine::Sqlite => ("'2026-01-01 00:00:00'", "'9999-12-31 00:00:00'", ["1", "0"]),
        Engine::Postgres => (
            "TIMESTAMP '2026-01-01'",
            "TIMESTAMP '9999-12-31'",
            ["true", "false"],
        ),
    };
    let [yes, no] = truth;
    let from = format!("FROM {series} AS q");
    let state = "CASE n % 3 WHEN 0 THEN '14' WHEN 1 THEN '11' ELSE '09' END";
    let country = "CASE n % 4 WHEN 0 THEN 'US' WHEN 1 THEN 'JP' WHEN 2 THEN 'ES' ELSE 'FR' END";
    let mut sql = vec![format!(
        "INSERT INTO agreements (tenant_id, id, version, stage, kind, compliance, quality_flags, created_at, updated_at, acting_tenant) \
         SELECT '14', 'a' || n, 1, 'registered', 'twinning', 'unknown', '[]', {at}, {at}, '00' {from}"
    )];
    for (viewer, rows) in [("public", FACTS), ("00", FACTS), (FEW, 200)] {
        let from = format!("{from} WHERE n <= {rows}");
        sql.push(format!(
            "INSERT INTO agreement_facts (viewer_tenant, id, position, agreement_id, owner_tenant, valid_from, valid_to, digest, state, municipality, \
             first_of_state, tier, kind, instrument, stage, compliance, country, counterpart_kind, counterpart_level, body_kind, renewal, \
             announced_month, signed_month, signed_year, registered_month, registered_year, ends_on, gap, has_date, has_text, has_validity, was_unreviewed) \
             SELECT '{viewer}', 'f' || n, 0, 'a' || n, '14', {at}, {end}, '', {state}, 'none', {yes}, \
             CASE n % 2 WHEN 0 THEN 'state' ELSE 'municipality' END, CASE n % 5 WHEN 0 THEN 'twinning' ELSE 'specific_cooperation' END, \
             'original', 'registered', 'unknown', {country}, 'foreign_government', 'local', '', 'none', '', '2001-0' || (1 + n % 9), \
             CAST(1990 + n % 30 AS TEXT), '2026-01', '2026', '2027-01-01', '', {yes}, {yes}, {no}, {no} {from}"
        ));
        for (dimension, value) in [
            ("standing", "'in_force'"),
            ("theme", "CASE n % 2 WHEN 0 THEN 'culture' ELSE 'trade' END"),
            ("sdg_goal", "'11'"),
            ("country", country),
            ("state", state),
        ] {
            sql.push(format!(
                "INSERT INTO agreement_fact_values (viewer_tenant, fact_id, dimension, value, since_on, until_on, owner_tenant, agreement_id) \
                 SELECT '{viewer}', 'f' || n, '{dimension}', {value}, '0001-01-01', '9999-12-31', '14', 'a' || n {from}"
            ));
        }
        sql.push(format!(
            "INSERT INTO agreement_spells (viewer_tenant, id, agreement_id, owner_tenant, stage, party, event, ordinal, entered_at, entered_month, left_at, business_days, holder_tenant) \
             SELECT '{viewer}', 's' || n, 'a' || n, '14', 'legal_review', 'sre', 'received', 1, {at}, '2026-01', {end}, NULL, '00' {from}"
        ));
    }
    sql.push("ANALYZE".into());
    scratch.execute(&sql.join("; "));
}

const HOLDS: &str = "f.viewer_tenant = '14039' AND f.valid_to >= '2026-06-01 06:00:00' AND f.valid_from < '2026-06-01 06:00:00'";

/// The queries as the store makes them.
fn questions() -> Vec<String> {
    let beside = "JOIN agreement_fact_values v ON v.viewer_tenant = f.viewer_tenant AND v.fact_id = f.id \
        AND v.dimension = 'standing' AND v.since_on <= '2026-06-01' AND v.until_on >= '2026-06-01'";
    let found = "AND f.id IN (SELECT fact_id FROM agreement_fact_values WHERE viewer_tenant = '14039' \
        AND dimension = 'country' AND value = 'JP' AND since_on <= '2026-06-01' AND until_on >= '2026-06-01')";
    let stage_durations = HOLDS.replace(
        "f.viewer_tenant = '14039'",
        "s.viewer_tenant = '14039' AND f.viewer_tenant = s.viewer_tenant",
    );
    vec![
        format!(
            "SELECT f.tier, f.kind, count(*) FROM agreement_facts f {beside} WHERE {HOLDS} AND f.position = 0 GROUP BY f.tier, f.kind"
        ),
        format!(
            "SELECT f.tier, v.value, count(*) FROM agreement_facts f {beside} WHERE {HOLDS} AND f.position = 0 {found} GROUP BY f.tier, v.value"
        ),
        format!(
            "SELECT f.has_date, count(*) FROM agreement_facts f WHERE {HOLDS} AND f.position = 0 GROUP BY f.has_date"
        ),
        format!(
            "SELECT s.stage, count(*) FROM agreement_spells s JOIN agreement_facts f ON f.agreement_id = s.agreement_id AND f.position = 0 \
            AND {stage_durations} WHERE s.entered_at < '2026-06-01 06:00:00' GROUP BY s.stage"
        ),
    ]
}

#[actix_web::test]
async fn an_index_drives_every_question() {
    on_both(|app: TestApp| async move {
        let scratch = &app.scratch;
        fill(scratch);
        for sql in questions() {
            let plan = scratch.plan_for(FEW, &sql).join("\n");
            let scans: Vec<&str> = plan
                .lines()
                .filter(|line| match scratch.engine {
                    Engine::Sqlite => line.starts_with("SCAN") && !line.contains("USING"),
                    Engine::Postgres => line.contains("Seq Scan"),
                })
                .collect();
            assert_eq!(scans, Vec::<&str>::new(), "{sql}\n{plan}");
        }
        let nobody = app.nobody();
        let mut taken = Vec::new();
        for query in [
            "stock",
            "stock?by=state,country",
            "stock?by=state,theme&count_by=participations",
            "stock?by=kind,standing&country=JP",
            "flow",
            "life",
            "life?by=term_of_office",
            "life?by=annotation,year",
            "coverage",
            "concentration?level=state&by=territory&years=5",
        ] {
            let start = Instant::now();
            let answer = nobody.get(&format!("/v1/statistics/{query}")).await;
            taken.push(format!("{query} {} ms", start.elapsed().as_millis()));
            let total = if query.contains("JP") {
                FACTS / 4
            } else {
                FACTS
            };
            assert_eq!(answer.expect(200).json()["total"], total, "{query}");
        }
        eprintln!("{:?}, {FACTS} facts: {}", scratch.engine, taken.join(", "));
    })
    .await;
}
