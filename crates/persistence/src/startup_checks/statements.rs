//! The statements of the startup checks, one for each kind of fault. Each gives a `subject` for
//! every fault it finds, and gets table names as `$1` if it needs any. The query builder does not
//! cover PostgreSQL's catalogue, so this is plain SQL: it is constant and takes nothing from a
//! request.

use super::FaultKind;
use super::rights::RIGHTS;

/// Tables without row-level security: those that belong to no single government, and those that the
/// service needs before it knows the caller. Every table must be listed here or have policies.
pub const WITHOUT_ROW_SECURITY: [&str; 12] = [
    "__diesel_schema_migrations",
    "accounts",
    "counters",
    "governments",
    "heartbeats",
    "installation",
    "outbox",
    "people",
    "refresh_tokens",
    "row_sums",
    "sessions",
    "tenants",
];

/// Tables whose policies let everybody read every row: the public registry, what the foreign
/// ministry maintains for all governments, and each government's bodies, administrations and
/// calendars.
pub const READ_BY_ALL: [&str; 14] = [
    "administrations",
    "annotations",
    "body_governments",
    "calendar_versions",
    "calendars",
    "consolidation_facets",
    "consolidations",
    "government_bodies",
    "inscription_facets",
    "inscription_standings",
    "inscriptions",
    "mechanism_facts",
    "mechanisms",
    "offices",
];

/// Append-only tables.
pub const GROWS: [&str; 24] = [
    "adhesion_signatories",
    "adhesions",
    "agreement_fact_values",
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

pub(super) struct Check {
    pub(super) kind: FaultKind,
    pub(super) sql: &'static str,
    pub(super) names: &'static [&'static str],
}

/// Keeps a function of the same name in another schema from answering for the server.
pub(super) const SEARCH_PATH: &str =
    "SELECT set_config('search_path', 'pg_catalog', true) AS subject";

/// `here`: this database. `owners`: roles that own something in it. `others`: the roles that the
/// session may become, inherited or not. `me`: the session's role, those of the others that own
/// nothing and are no superuser (both are separate faults), and PUBLIC as 0. `rights`: what was
/// granted to any of these on tables, whole or by column. `needed`: what `RIGHTS` says, if `$1`
/// holds that.
macro_rules! with {
    ($statement:literal) => {
        concat!(
            "WITH here AS (SELECT oid, datdba, datname, datacl FROM pg_database WHERE datname = current_database()), ",
            "owned AS (SELECT d.refobjid AS owner, d.classid, d.objid, d.objsubid FROM pg_shdepend d, here ",
            "WHERE d.refclassid = 'pg_authid'::regclass AND d.deptype = 'o' ",
            "AND (d.dbid = here.oid OR (d.classid = 'pg_database'::regclass AND d.objid = here.oid))), ",
            "others AS (SELECT r.* FROM pg_roles r, pg_roles s WHERE s.rolname = session_user AND NOT s.rolsuper ",
            "AND r.oid <> s.oid AND r.rolname <> 'pg_database_owner' AND pg_has_role(s.oid, r.oid, 'MEMBER')), ",
            "me AS (SELECT oid FROM pg_roles WHERE rolname = session_user UNION ALL SELECT 0 ",
            "UNION ALL SELECT oid FROM others WHERE NOT rolsuper AND oid NOT IN (SELECT owner FROM owned)), ",
            "tables AS (SELECT * FROM pg_class WHERE relnamespace = 'public'::regnamespace AND relkind IN ('r', 'p')), ",
            "rights AS (SELECT t.oid AS relid, NULL::name AS col, a.privilege_type, a.is_grantable FROM tables t, aclexplode(t.relacl) a ",
            "WHERE a.grantee IN (SELECT oid FROM me) AND t.relowner NOT IN (SELECT oid FROM me) ",
            "UNION SELECT t.oid, c.attname, a.privilege_type, a.is_grantable FROM tables t JOIN pg_attribute c ON c.attrelid = t.oid, ",
            "aclexplode(c.attacl) a WHERE a.grantee IN (SELECT oid FROM me) AND t.relowner NOT IN (SELECT oid FROM me)), ",
            "needed AS (SELECT split_part(line, ' ', 1) AS name, split_part(line, ' ', 2) AS letters, ",
            "string_to_array(split_part(line, ' ', 3), ',') AS cols FROM unnest($1::text[]) line) ",
            $statement
        )
    };
}

pub(super) const CHECKS: [Check; 17] = [
    Check {
        kind: FaultKind::Server,
        sql: "SELECT 'PostgreSQL ' || current_setting('server_version') AS subject \
              WHERE current_setting('server_version_num')::int < 150000",
        names: &[],
    },
    Check {
        kind: FaultKind::Power,
        sql: "SELECT 'role ' || r.rolname || ' (' || string_agg(p.name, ', ') || ')' AS subject FROM pg_roles r, \
              LATERAL (VALUES ('SUPERUSER', rolsuper), ('BYPASSRLS', rolbypassrls), ('CREATEROLE', rolcreaterole), \
              ('REPLICATION', rolreplication), ('CREATEDB', rolcreatedb)) p (name, held) \
              WHERE r.rolname IN (session_user, current_user) AND p.held GROUP BY r.rolname ORDER BY 1",
        names: &[],
    },
    Check {
        kind: FaultKind::Membership,
        sql: with!(
            "SELECT 'role ' || rolname AS subject FROM others WHERE rolsuper OR rolbypassrls OR rolcreaterole \
             OR rolreplication OR oid IN (SELECT owner FROM owned) OR rolname = ANY($1) ORDER BY 1"
        ),
        names: &[
            "pg_execute_server_program",
            "pg_read_all_data",
            "pg_read_server_files",
            "pg_write_all_data",
            "pg_write_server_files",
        ],
    },
    Check {
        kind: FaultKind::Owner,
        sql: with!(
            "SELECT o.type || ' ' || o.identity AS subject FROM owned, \
             LATERAL pg_identify_object(classid, objid, objsubid) o \
             WHERE owner = (SELECT oid FROM pg_roles WHERE rolname = session_user) ORDER BY 1"
        ),
        names: &[],
    },
    Check {
        kind: FaultKind::Create,
        sql: with!(
            "SELECT 'schema ' || n.nspname AS subject FROM pg_namespace n, aclexplode(n.nspacl) a \
             WHERE a.privilege_type = 'CREATE' AND a.grantee IN (SELECT oid FROM me) AND n.nspowner NOT IN (SELECT oid FROM me) \
             UNION SELECT 'database ' || here.datname FROM here, aclexplode(here.datacl) a \
             WHERE a.privilege_type = 'CREATE' AND a.grantee IN (SELECT oid FROM me) AND here.datdba NOT IN (SELECT oid FROM me) \
             ORDER BY 1"
        ),
        names: &[],
    },
    Check {
        kind: FaultKind::Right,
        sql: with!(
            "SELECT DISTINCT r.privilege_type || ' on ' || t.relname AS subject FROM rights r JOIN tables t ON t.oid = r.relid \
             WHERE r.is_grantable OR NOT EXISTS (SELECT FROM needed n WHERE n.name = t.relname \
             AND r.privilege_type IN ('SELECT', 'INSERT', 'UPDATE', 'DELETE') \
             AND (n.letters LIKE '%' || left(r.privilege_type, 1) || '%' OR (r.privilege_type = 'UPDATE' AND r.col = ANY(n.cols)))) \
             UNION SELECT a.privilege_type || ' on ' || n.nspname || '.' || c.relname FROM pg_class c \
             JOIN pg_namespace n ON n.oid = c.relnamespace, aclexplode(c.relacl) a \
             WHERE a.grantee IN (SELECT oid FROM me) AND c.relowner NOT IN (SELECT oid FROM me) \
             AND n.nspname NOT IN ('pg_catalog', 'information_schema') AND c.oid NOT IN (SELECT oid FROM tables) \
             AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') \
             UNION SELECT 'TEMPORARY on database ' || here.datname FROM here, \
             aclexplode(COALESCE(here.datacl, acldefault('d', here.datdba))) a \
             WHERE a.privilege_type = 'TEMPORARY' AND a.grantee IN (SELECT oid FROM me) \
             AND here.datdba NOT IN (SELECT oid FROM me) ORDER BY 1"
        ),
        names: RIGHTS,
    },
    Check {
        kind: FaultKind::Unprotected,
        sql: with!(
            "SELECT 'table ' || relname AS subject FROM tables WHERE NOT relrowsecurity AND relname <> ALL($1) ORDER BY 1"
        ),
        names: &WITHOUT_ROW_SECURITY,
    },
    Check {
        kind: FaultKind::Unforced,
        sql: with!(
            "SELECT 'table ' || relname AS subject FROM tables WHERE NOT relforcerowsecurity AND relname <> ALL($1) ORDER BY 1"
        ),
        names: &WITHOUT_ROW_SECURITY,
    },
    Check {
        kind: FaultKind::NoPolicy,
        sql: with!(
            "SELECT 'table ' || relname AS subject FROM tables t WHERE relrowsecurity \
             AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid) ORDER BY 1"
        ),
        names: &[],
    },
    Check {
        kind: FaultKind::Uncovered,
        // Append-only tables must not be changed at all: that is a separate fault.
        sql: with!(
            "SELECT DISTINCT r.privilege_type || ' on ' || t.relname AS subject FROM rights r JOIN tables t ON t.oid = r.relid, \
             (VALUES ('SELECT', 'r'), ('INSERT', 'a'), ('UPDATE', 'w'), ('DELETE', 'd')) c (name, letter) \
             WHERE t.relrowsecurity AND c.name = r.privilege_type \
             AND NOT (t.relname = ANY($1) AND c.name IN ('UPDATE', 'DELETE')) \
             AND EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid) \
             AND NOT EXISTS (SELECT FROM pg_policy p WHERE p.polrelid = t.oid AND p.polpermissive \
             AND p.polcmd::text IN ('*', c.letter) AND p.polroles && ARRAY(SELECT oid FROM me)) ORDER BY 1"
        ),
        names: &GROWS,
    },
    Check {
        kind: FaultKind::Wide,
        // The stored form of an expression names each column it reads as a VAR.
        sql: with!(
            "SELECT 'policy ' || p.polname || ' on ' || t.relname AS subject FROM pg_policy p JOIN tables t ON t.oid = p.polrelid \
             WHERE p.polpermissive AND NOT (p.polcmd = 'r' AND t.relname = ANY($1)) \
             AND (p.polqual::text NOT LIKE '%{VAR %' OR p.polwithcheck::text NOT LIKE '%{VAR %') ORDER BY 1"
        ),
        names: &READ_BY_ALL,
    },
    Check {
        kind: FaultKind::Stranger,
        sql: with!(
            "SELECT 'policy ' || p.polname || ' on ' || t.relname AS subject FROM pg_policy p JOIN tables t ON t.oid = p.polrelid \
             WHERE EXISTS (SELECT FROM unnest(p.polroles) role WHERE pg_get_userbyid(role) <> ALL($1)) ORDER BY 1"
        ),
        // The migrations write the catalogue of governments as the owner.
        names: &["vinculo_app", "vinculo_owner"],
    },
    Check {
        kind: FaultKind::View,
        // The views of an extension, such as those for statistics, do not show our tables.
        sql: "SELECT 'view ' || n.nspname || '.' || c.relname AS subject FROM pg_class c JOIN pg_namespace n ON n.oid = c.relnamespace \
              WHERE n.nspname NOT IN ('pg_catalog', 'information_schema') AND (c.relkind = 'm' OR (c.relkind = 'v' \
              AND NOT EXISTS (SELECT FROM pg_options_to_table(c.reloptions) o \
              WHERE o.option_name = 'security_invoker' AND o.option_value::boolean))) \
              AND NOT EXISTS (SELECT FROM pg_depend d WHERE d.classid = 'pg_class'::regclass AND d.objid = c.oid AND d.deptype = 'e') \
              ORDER BY 1",
        names: &[],
    },
    Check {
        kind: FaultKind::Function,
        sql: "SELECT 'function ' || p.oid::regprocedure AS subject FROM pg_proc p JOIN pg_namespace n ON n.oid = p.pronamespace \
              WHERE p.prosecdef AND n.nspname NOT IN ('pg_catalog', 'information_schema') ORDER BY 1",
        names: &[],
    },
    Check {
        kind: FaultKind::Setting,
        sql: "SELECT 'row_security = off' AS subject WHERE NOT current_setting('row_security')::boolean",
        names: &[],
    },
    Check {
        kind: FaultKind::Missing,
        sql: with!(
            "SELECT l.name || ' on ' || n.name AS subject FROM needed n JOIN tables t ON t.relname = n.name, \
             (VALUES ('SELECT'), ('INSERT'), ('UPDATE'), ('DELETE')) l (name) \
             WHERE n.letters LIKE '%' || left(l.name, 1) || '%' AND t.relowner NOT IN (SELECT oid FROM me) \
             AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) \
             AND NOT EXISTS (SELECT FROM rights r WHERE r.relid = t.oid AND r.col IS NULL AND r.privilege_type = l.name) \
             UNION SELECT 'UPDATE (' || c.name || ') on ' || n.name FROM needed n JOIN tables t ON t.relname = n.name, \
             unnest(n.cols) c (name) WHERE t.relowner NOT IN (SELECT oid FROM me) AND c.name <> '' \
             AND NOT (SELECT rolsuper FROM pg_roles WHERE rolname = session_user) \
             AND NOT EXISTS (SELECT FROM rights r WHERE r.relid = t.oid AND r.privilege_type = 'UPDATE' \
             AND (r.col = c.name OR r.col IS NULL)) ORDER BY 1"
        ),
        names: RIGHTS,
    },
    Check {
        kind: FaultKind::Durability,
        sql: "SELECT name || ' = off' AS subject FROM pg_settings WHERE name IN ('fsync', 'full_page_writes') \
              AND setting = 'off' ORDER BY 1",
        names: &[],
    },
];
