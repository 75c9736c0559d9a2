//! Append-only tables: the application may add rows and never change or delete them.

use std::collections::BTreeSet;
use vinculo_domain::agreements::Stage;
use vinculo_persistence::Engine;
use vinculo_persistence::startup_checks::RIGHTS;
use vinculo_tests::{GUADALAJARA, TestApp, on_both};

/// The append-only tables.
const GROWS: [&str; 27] = [
    "adhesion_signatories",
    "adhesions",
    "agreement_fact_values",
    "agreement_facts",
    "agreement_spells",
    "agreement_urgencies",
    "annotations",
    "audit_log",
    "audit_owners",
    "calendar_versions",
    "document_classifications",
    "documents",
    "history",
    "inscription_facets",
    "inscriptions",
    "mechanism_facts",
    "opinions",
    "overlap_resolutions",
    "party_approvals",
    "party_departures",
    "record_versions",
    "score_methods",
    "signatories",
    "submission_access",
    "submissions",
    "text_clauses",
    "text_sets",
];

/// Append-only tables whose rows have an end, which is written once.
const CLOSED: [&str; 3] = ["agreement_facts", "agreement_spells", "mechanism_facts"];

/// Tables where some columns may change and that have no trigger: each annotation rewrites most
/// columns of the consolidated form, and the operator suspends an account (on SQLite in the file
/// that is the service's own).
const BY_RIGHTS_ALONE: [&str; 2] = ["accounts", "consolidations"];

/// What a party writes in the inscribed case.
const PARTIES: &str = "\
    INSERT INTO party_approvals (tenant_id, id, agreement_id, government_id, document_id, acting_tenant, created_at) \
    SELECT tenant_id, 'a', agreement_id, '14120', (SELECT min(id) FROM documents), '14120', registered_at FROM inscriptions; \
    INSERT INTO party_departures (tenant_id, id, agreement_id, government_id, reason, acting_tenant, created_at) \
    SELECT tenant_id, 'd', agreement_id, '14120', 'x', '14120', registered_at FROM inscriptions; \
    INSERT INTO adhesions (tenant_id, id, agreement_id, government_id, signed_on, place, document_id, acting_tenant, created_at) \
    SELECT tenant_id, 'j', agreement_id, '14120', '2026', 'x', (SELECT min(id) FROM documents), '14120', registered_at FROM inscriptions; \
    INSERT INTO adhesion_signatories (tenant_id, id, agreement_id, government_id, position, person_id, post, capacity) \
    SELECT tenant_id, 's', agreement_id, '14120', 0, (SELECT min(id) FROM people), 'x', 'x' FROM inscriptions";

/// The urgency that the owner set, and the working days of its government.
const CLOCKS: &str = "\
    INSERT INTO agreement_urgencies (tenant_id, agreement_id, version, urgent, acting_tenant, at) \
    SELECT tenant_id, agreement_id, 1, 1 = 1, tenant_id, registered_at FROM inscriptions; \
    INSERT INTO calendars (tenant_id, id, version, created_at, updated_at, acting_tenant) \
    SELECT tenant_id, 'c', 1, registered_at, registered_at, tenant_id FROM inscriptions; \
    INSERT INTO calendar_versions (tenant_id, calendar_id, version, fields, acting_tenant, created_at) \
    SELECT tenant_id, 'c', 1, '{}', tenant_id, registered_at FROM inscriptions";

/// A record and its first version.
const RECORDS: &str = "\
    INSERT INTO records (tenant_id, id, kind, status, visibility, sort_key, schema_version, body, version, created_at, updated_at, confirmed_at, acting_tenant) \
    SELECT tenant_id, 'r', 'networks', 'active', 'private', 'x', 1, '{}', 1, registered_at, registered_at, registered_at, tenant_id FROM inscriptions; \
    INSERT INTO record_versions (tenant_id, record_id, version, status, schema_version, body, acting_tenant, created_at) \
    SELECT tenant_id, 'r', 1, 'active', 1, '{}', tenant_id, registered_at FROM inscriptions; \
    INSERT INTO score_methods (tenant_id, id, version, holds_from, weights, created_at, acting_tenant) \
    SELECT '00', 's', 2, '2050-01-01', '{}', registered_at, '00' FROM inscriptions";

/// A decision on the inscribed case and another one.
const OVERLAPS: &str = "\
    INSERT INTO agreements (tenant_id, id, version, stage, kind, compliance, quality_flags, created_at, updated_at, acting_tenant) \
    SELECT tenant_id, 'z', 1, 'withdrawn', 'twinning', 'unknown', '[]', registered_at, registered_at, tenant_id FROM inscriptions; \
    INSERT INTO overlap_resolutions (tenant_id, agreement_id, other_id, version, decision, reason, shared, acting_tenant, created_at) \
    SELECT tenant_id, agreement_id, 'z', 1, 'keep_both', 'x', '{}', tenant_id, registered_at FROM inscriptions";

/// The table whose rows come and go but never change: access to a document ends with its seat.
const ENDS: &str = "document_access";

#[actix_web::test]
async fn what_only_grows_is_never_changed() {
    on_both(|app: TestApp| async move {
        let case = app.case_in(GUADALAJARA, Stage::Registered).await;
        let other = app.officer(GUADALAJARA).await;
        other
            .get(&format!("/v1/agreements/{case}"))
            .await
            .expect(200);
        app.scratch.execute(
            "INSERT INTO annotations (number, ordinal, tenant_id, agreement_id, kind, effective_on, changes, acting_tenant, created_at) \
             SELECT number, 1, tenant_id, agreement_id, 'suspension', '2026', '{}', '00', registered_at FROM inscriptions; \
             INSERT INTO document_classifications (tenant_id, document_id, number, agreement_id, classification, acting_tenant, created_at) \
             SELECT tenant_id, id, 1, agreement_id, 'public', acting_tenant, created_at FROM documents",
        );
        app.scratch.execute(PARTIES);
        app.scratch.execute(CLOCKS);
        app.scratch.execute(RECORDS);
        app.scratch.execute(OVERLAPS);
        for table in GROWS {
            let rows = app.scratch.count(table);
            assert!(rows > 0, "{table} has nothing to lose");
            let column = app.scratch.structure()[table].columns[0].name.clone();
            let mut tries = vec![
                format!("UPDATE {table} SET {column} = {column}"),
                format!("DELETE FROM {table}"),
            ];
            if app.scratch.engine == Engine::Postgres {
                tries.extend([
                    format!("TRUNCATE {table} CASCADE"),
                    format!("DROP TABLE {table} CASCADE"),
                    format!("ALTER TABLE {table} DISABLE TRIGGER ALL"),
                ]);
            }
            for sql in tries {
                let said = app
                    .scratch
                    .execute_as_application(&sql)
                    .expect_err(&sql)
                    .to_string();
                let expected = ["permission denied", "must be owner", "only grows"];
                assert!(
                    expected.iter().any(|word| said.contains(word)),
                    "{sql}: {said}"
                );
            }
            assert_eq!(app.scratch.count(table), rows);
        }
        let change = format!("UPDATE {ENDS} SET viewer_tenant = '00-amexcid'");
        assert!(app.scratch.count(ENDS) > 0);
        app.scratch.execute_as_application(&change).unwrap_err();
    })
    .await;
}

/// One engine uses rights, the other triggers; both must protect the same tables.
#[actix_web::test]
async fn both_engines_protect_the_same_tables() {
    let lite = TestApp::start(Engine::Sqlite).await;
    let pg = TestApp::start(Engine::Postgres).await;
    let protected: BTreeSet<String> = pg
        .scratch
        .texts(
            "SELECT c.relname::text AS x FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r' \
             AND has_table_privilege('vinculo_app', c.oid, 'INSERT') AND NOT has_table_privilege('vinculo_app', c.oid, 'UPDATE, DELETE, TRUNCATE')",
        )
        .into_iter()
        .collect();
    let expected = GROWS.iter().chain(&BY_RIGHTS_ALONE);
    let expected: BTreeSet<String> = expected.map(|name| (*name).to_owned()).collect();
    assert_eq!(protected, expected);
    let triggers: BTreeSet<String> = lite
        .scratch
        .texts("SELECT name AS x FROM sqlite_master WHERE type = 'trigger'")
        .into_iter()
        .collect();
    let named = GROWS
        .iter()
        .flat_map(|table| ["update", "delete"].map(|what| format!("{table}_no_{what}")));
    let closed = CLOSED.map(|table| format!("{table}_ends_once"));
    let kept = ["record_counts", "record_sums"];
    let counts = kept
        .iter()
        .flat_map(|table| ["added", "removed"].map(|what| format!("{table}_{what}")));
    let named = named.chain([format!("{ENDS}_no_update")]).chain(closed);
    let named = named.chain(counts);
    assert_eq!(triggers, named.collect());
}

#[actix_web::test]
async fn the_application_owns_nothing_and_every_text_sorts_by_its_bytes() {
    let app = TestApp::start(Engine::Postgres).await;
    let nothing: Vec<String> = Vec::new();
    let owned = "SELECT c.relname::text AS x FROM pg_class c WHERE c.relowner = 'vinculo_app'::regrole \
        UNION ALL SELECT n.nspname::text FROM pg_namespace n WHERE n.nspowner = 'vinculo_app'::regrole \
        UNION ALL SELECT d.datname::text FROM pg_database d WHERE d.datdba = 'vinculo_app'::regrole \
        UNION ALL SELECT p.proname::text FROM pg_proc p WHERE p.proowner = 'vinculo_app'::regrole";
    assert_eq!(app.scratch.texts(owned), nothing);
    let powers = "SELECT rolname::text AS x FROM pg_roles WHERE rolname IN ('vinculo_app', 'vinculo_migrator', 'vinculo_owner') \
        AND (rolsuper OR rolbypassrls OR rolcreaterole OR rolcreatedb OR (rolname = 'vinculo_app' AND pg_has_role('vinculo_app', 'vinculo_owner', 'MEMBER')))";
    assert_eq!(app.scratch.texts(powers), nothing);
    let elsewhere = "SELECT tablename::text AS x FROM pg_tables WHERE schemaname = 'public' AND tableowner <> 'vinculo_owner'";
    assert_eq!(app.scratch.texts(elsewhere), nothing);
    app.scratch
        .execute_as_application("CREATE TABLE mine (id TEXT)")
        .unwrap_err();
    let sorted_otherwise = "SELECT c.relname || '.' || a.attname AS x FROM pg_attribute a JOIN pg_class c ON c.oid = a.attrelid \
        JOIN pg_collation l ON l.oid = a.attcollation WHERE c.relkind = 'r' AND c.relnamespace = 'public'::regnamespace \
        AND a.attnum > 0 AND l.collname <> 'C' AND c.relname <> '__diesel_schema_migrations'";
    assert_eq!(app.scratch.texts(sorted_otherwise), nothing);
}

/// The rights that the startup checks expect are exactly those that the migrations grant.
#[actix_web::test]
async fn the_list_of_rights_is_what_the_migrations_give() {
    let app = TestApp::start(Engine::Postgres).await;
    // A table on which the application has no rights is not in the list.
    let given = app.scratch.texts(
        "SELECT x FROM (SELECT c.relname || ' ' || (SELECT string_agg(l.letter, '' ORDER BY l.place) \
           FROM (VALUES ('S', 'SELECT', 1), ('I', 'INSERT', 2), ('U', 'UPDATE', 3), ('D', 'DELETE', 4)) l (letter, name, place) \
           WHERE has_table_privilege('vinculo_app', c.oid, l.name)) \
         || COALESCE(' ' || (SELECT string_agg(t.attname, ',' ORDER BY t.attname) FROM pg_attribute t, aclexplode(t.attacl) a \
           WHERE t.attrelid = c.oid AND a.grantee = 'vinculo_app'::regrole AND a.privilege_type = 'UPDATE'), '') AS x \
         FROM pg_class c WHERE c.relnamespace = 'public'::regnamespace AND c.relkind = 'r') given WHERE x IS NOT NULL ORDER BY x",
    );
    assert_eq!(given, RIGHTS);
}

/// The application cannot rewrite public records, or what is published from them.
#[actix_web::test]
async fn public_records_are_not_changed() {
    let app = TestApp::start(Engine::Postgres).await;
    app.case_in(GUADALAJARA, Stage::Registered).await;
    for sql in [
        "UPDATE inscriptions SET content = '{}'",
        "UPDATE annotations SET changes = '{}'",
        "UPDATE consolidations SET number = 'x'",
        "UPDATE consolidations SET tenant_id = '14'",
        "UPDATE consolidations SET agreement_id = 'x'",
        "UPDATE consolidations SET registered_at = now()",
        "DELETE FROM consolidations",
        "UPDATE governments SET name = 'x'",
        "INSERT INTO governments SELECT * FROM governments",
        "UPDATE tenants SET status = 'active'",
        "UPDATE accounts SET password_hash = 'x'",
    ] {
        let said = app.scratch.execute_as_application(sql).expect_err(sql);
        assert!(
            said.to_string().contains("permission denied"),
            "{sql}: {said}"
        );
    }
}
