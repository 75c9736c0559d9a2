//! Broken configurations: how each is made, which fault is found, how it is repaired. `{role}` is
//! the role that connects, `{role}_other` another one, `{database}` the database.

use vinculo_persistence::startup_checks::FaultKind;

pub struct Case {
    pub kind: FaultKind,
    pub subject: &'static str,
    /// Faults that are found as well: rights on a table that is not the product's.
    pub rights: &'static [&'static str],
    pub broken: &'static str,
    pub repaired: &'static str,
}

const fn case(
    kind: FaultKind,
    subject: &'static str,
    broken: &'static str,
    repaired: &'static str,
) -> Case {
    Case {
        kind,
        subject,
        rights: &[],
        broken,
        repaired,
    }
}

const fn strange(rights: &'static [&'static str], case: Case) -> Case {
    Case { rights, ..case }
}

use FaultKind::{
    Create, Function, Membership, Missing, NoPolicy, Owner, Power, Right, Setting, Stranger,
    Uncovered, Unforced, Unprotected, View, Wide,
};

#[rustfmt::skip] // A table reads best as one.
pub const CASES: &[Case] = &[
    case(Power, "role {role} (SUPERUSER)", "ALTER ROLE {role} SUPERUSER", "ALTER ROLE {role} NOSUPERUSER"),
    case(Power, "role {role} (BYPASSRLS)", "ALTER ROLE {role} BYPASSRLS", "ALTER ROLE {role} NOBYPASSRLS"),
    case(Power, "role {role} (CREATEROLE)", "ALTER ROLE {role} CREATEROLE", "ALTER ROLE {role} NOCREATEROLE"),
    case(Power, "role {role} (REPLICATION)", "ALTER ROLE {role} REPLICATION", "ALTER ROLE {role} NOREPLICATION"),
    // A hidden superuser: RESET ROLE is enough.
    case(Power, "role {role} (SUPERUSER)", "ALTER ROLE {role} SUPERUSER; ALTER ROLE {role} SET role = 'vinculo_app'",
        "ALTER ROLE {role} NOSUPERUSER; ALTER ROLE {role} RESET role"),
    case(Membership, "role {role}_other", "ALTER ROLE {role}_other BYPASSRLS; GRANT {role}_other TO {role}",
        "ALTER ROLE {role}_other NOBYPASSRLS"),
    case(Membership, "role {role}_other", "ALTER ROLE {role}_other SUPERUSER; GRANT {role}_other TO {role}",
        "REVOKE {role}_other FROM {role}; ALTER ROLE {role}_other NOSUPERUSER"),
    // It has the other role's rights only after SET ROLE.
    case(Membership, "role {role}_other", "ALTER ROLE {role} NOINHERIT; ALTER ROLE {role}_other BYPASSRLS; GRANT {role}_other TO {role}",
        "REVOKE {role}_other FROM {role}"),
    case(Membership, "role vinculo_owner", "GRANT vinculo_owner TO {role}", "REVOKE vinculo_owner FROM {role}"),
    case(Membership, "role vinculo_owner", "GRANT vinculo_owner TO {role}_other; GRANT {role}_other TO {role}",
        "REVOKE vinculo_owner FROM {role}_other"),
    case(Membership, "role pg_write_all_data", "GRANT pg_write_all_data TO {role}", "REVOKE pg_write_all_data FROM {role}"),
    case(Membership, "role pg_execute_server_program", "GRANT pg_execute_server_program TO {role}",
        "REVOKE pg_execute_server_program FROM {role}"),
    case(Owner, "table public.offices", "ALTER TABLE offices OWNER TO {role}", "ALTER TABLE offices OWNER TO vinculo_owner"),
    case(Owner, "view public.shown", "CREATE VIEW shown WITH (security_invoker = true) AS SELECT id FROM agreements; ALTER VIEW shown OWNER TO {role}",
        "DROP VIEW shown"),
    case(Owner, "function public.shown()", "CREATE FUNCTION shown() RETURNS int LANGUAGE sql AS 'SELECT 1'; ALTER FUNCTION shown() OWNER TO {role}",
        "DROP FUNCTION shown()"),
    case(Owner, "sequence public.shown", "CREATE SEQUENCE shown; ALTER SEQUENCE shown OWNER TO {role}", "DROP SEQUENCE shown"),
    case(Owner, "schema shown", "CREATE SCHEMA shown AUTHORIZATION {role}", "DROP SCHEMA shown"),
    case(Owner, "database {database}", "ALTER DATABASE {database} OWNER TO {role}", "ALTER DATABASE {database} OWNER TO vinculo_owner"),
    case(Create, "schema public", "GRANT CREATE ON SCHEMA public TO {role}", "REVOKE CREATE ON SCHEMA public FROM {role}"),
    // The default of PostgreSQL before version 15.
    case(Create, "schema public", "GRANT CREATE ON SCHEMA public TO PUBLIC", "REVOKE CREATE ON SCHEMA public FROM PUBLIC"),
    case(Create, "database {database}", "GRANT CREATE ON DATABASE {database} TO {role}", "REVOKE CREATE ON DATABASE {database} FROM {role}"),
    case(Right, "TRUNCATE on offices", "GRANT TRUNCATE ON offices TO {role}", "REVOKE TRUNCATE ON offices FROM {role}"),
    case(Right, "TRIGGER on offices", "GRANT TRIGGER ON offices TO {role}", "REVOKE TRIGGER ON offices FROM {role}"),
    case(Right, "REFERENCES on offices", "GRANT REFERENCES (id) ON offices TO {role}", "REVOKE REFERENCES (id) ON offices FROM {role}"),
    case(Right, "SELECT on offices", "GRANT SELECT ON offices TO {role} WITH GRANT OPTION", "REVOKE SELECT ON offices FROM {role}"),
    case(Right, "UPDATE on audit_log", "GRANT UPDATE ON audit_log TO {role}", "REVOKE UPDATE ON audit_log FROM {role}"),
    case(Right, "UPDATE on audit_log", "GRANT UPDATE (detail) ON audit_log TO PUBLIC", "REVOKE UPDATE (detail) ON audit_log FROM PUBLIC"),
    case(Right, "DELETE on audit_log", "GRANT DELETE ON audit_log TO {role}_other; GRANT {role}_other TO {role}; ALTER ROLE {role} NOINHERIT",
        "REVOKE {role}_other FROM {role}"),
    case(Right, "INSERT on __diesel_schema_migrations", "GRANT INSERT ON __diesel_schema_migrations TO {role}",
        "REVOKE INSERT ON __diesel_schema_migrations FROM {role}"),
    // Rights that nothing uses.
    case(Right, "DELETE on people", "GRANT DELETE ON people TO {role}", "REVOKE DELETE ON people FROM {role}"),
    case(Right, "UPDATE on consolidations", "GRANT UPDATE (tenant_id) ON consolidations TO {role}", "REVOKE UPDATE (tenant_id) ON consolidations FROM {role}"),
    case(Right, "UPDATE on inscriptions", "GRANT UPDATE ON inscriptions TO {role}", "REVOKE UPDATE ON inscriptions FROM {role}"),
    case(Right, "UPDATE on governments", "GRANT UPDATE (name) ON governments TO {role}", "REVOKE UPDATE (name) ON governments FROM {role}"),
    case(Right, "SELECT on elsewhere.kept", "CREATE SCHEMA elsewhere; CREATE TABLE elsewhere.kept (id TEXT); GRANT SELECT ON elsewhere.kept TO {role}",
        "DROP SCHEMA elsewhere CASCADE"),
    case(Right, "USAGE on public.counted", "CREATE SEQUENCE counted; GRANT USAGE ON SEQUENCE counted TO PUBLIC", "DROP SEQUENCE counted"),
    case(Right, "TEMPORARY on database {database}", "GRANT TEMPORARY ON DATABASE {database} TO PUBLIC", "REVOKE TEMPORARY ON DATABASE {database} FROM PUBLIC"),
    case(Missing, "INSERT on remarks", "REVOKE INSERT ON remarks FROM vinculo_app", "GRANT INSERT ON remarks TO vinculo_app"),
    case(Missing, "UPDATE (at) on heartbeats", "REVOKE UPDATE (at) ON heartbeats FROM vinculo_app", "GRANT UPDATE (at) ON heartbeats TO vinculo_app"),
    case(Power, "role {role} (CREATEDB)", "ALTER ROLE {role} CREATEDB", "ALTER ROLE {role} NOCREATEDB"),
    case(Right, "UPDATE on installation", "GRANT UPDATE (id) ON installation TO {role}", "REVOKE UPDATE (id) ON installation FROM {role}"),
    case(Unprotected, "table agreements", "ALTER TABLE agreements DISABLE ROW LEVEL SECURITY", "ALTER TABLE agreements ENABLE ROW LEVEL SECURITY"),
    case(Unforced, "table agreement_access", "ALTER TABLE agreement_access NO FORCE ROW LEVEL SECURITY",
        "ALTER TABLE agreement_access FORCE ROW LEVEL SECURITY"),
    strange(&["SELECT"], case(NoPolicy, "table forgotten", "CREATE TABLE forgotten (id TEXT); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
        GRANT SELECT ON forgotten TO vinculo_app", "DROP TABLE forgotten")),
    strange(&["SELECT", "UPDATE"], case(Uncovered, "UPDATE on forgotten", "CREATE TABLE forgotten (id TEXT); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
        GRANT SELECT, UPDATE ON forgotten TO vinculo_app; CREATE POLICY reads ON forgotten FOR SELECT TO vinculo_app USING (id = 'a')", "DROP TABLE forgotten")),
    case(Uncovered, "UPDATE on offices", "ALTER POLICY changes ON offices TO vinculo_owner", "ALTER POLICY changes ON offices TO vinculo_app"),
    // A restrictive policy only restricts and grants nothing.
    strange(&["SELECT"], case(Uncovered, "SELECT on forgotten", "CREATE TABLE forgotten (id TEXT); ALTER TABLE forgotten ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY; \
        GRANT SELECT ON forgotten TO vinculo_app; CREATE POLICY reads ON forgotten AS RESTRICTIVE FOR SELECT TO vinculo_app USING (id = 'a')", "DROP TABLE forgotten")),
    case(Wide, "policy opened on agreements", "CREATE POLICY opened ON agreements FOR SELECT TO vinculo_app USING (true)", "DROP POLICY opened ON agreements"),
    case(Wide, "policy opened on agreements", "CREATE POLICY opened ON agreements TO vinculo_app USING (1 = 1)", "DROP POLICY opened ON agreements"),
    case(Wide, "policy opened on agreements", "CREATE POLICY opened ON agreements FOR INSERT TO vinculo_app WITH CHECK (true)", "DROP POLICY opened ON agreements"),
    case(Wide, "policy opened on agreements", "CREATE POLICY opened ON agreements FOR UPDATE TO vinculo_app USING (id = 'a') WITH CHECK (true)",
        "DROP POLICY opened ON agreements"),
    case(Wide, "policy opened on inscriptions", "CREATE POLICY opened ON inscriptions FOR INSERT TO vinculo_app WITH CHECK (current_setting('app.tenant_id', true) <> '')",
        "DROP POLICY opened ON inscriptions"),
    case(Stranger, "policy shared on agreements", "CREATE POLICY shared ON agreements FOR SELECT TO {role}_other USING (id = 'a')",
        "DROP POLICY shared ON agreements"),
    case(Stranger, "policy shared on agreements", "CREATE POLICY shared ON agreements FOR SELECT USING (id = 'a')",
        "DROP POLICY shared ON agreements"),
    case(View, "view public.shown", "CREATE VIEW shown AS SELECT id FROM agreements", "ALTER VIEW shown SET (security_invoker = on); DROP VIEW shown"),
    case(View, "view public.shown", "CREATE MATERIALIZED VIEW shown AS SELECT id FROM agreements", "DROP MATERIALIZED VIEW shown"),
    case(Function, "function public.shown()", "CREATE FUNCTION shown() RETURNS bigint LANGUAGE sql SECURITY DEFINER AS 'SELECT COUNT(*) FROM agreements'",
        "ALTER FUNCTION shown() SECURITY INVOKER; DROP FUNCTION shown()"),
    case(Setting, "row_security = off", "ALTER ROLE {role} SET row_security = off", "ALTER ROLE {role} RESET row_security"),
    case(Setting, "row_security = off", "ALTER DATABASE {database} SET row_security = off", "ALTER DATABASE {database} RESET row_security"),
];
