DROP POLICY undoes_reads ON agreements;
CREATE OR REPLACE FUNCTION kept_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.keeps AND g.acts AND g.until IS NULL) THEN
        RETURN public.app_case();
    END IF;
    RETURN public.opened_case();
END $$;
CREATE OR REPLACE FUNCTION acted_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND (public.app_tenant() = public.app_actor()
        OR EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.acts AND g.until IS NULL)) THEN
        RETURN public.app_case();
    END IF;
    RETURN public.opened_case();
END $$;
DROP FUNCTION unmade_case();
DROP FUNCTION undone_case();
CREATE OR REPLACE FUNCTION seen_version() RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT a.version FROM public.agreement_access a
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant());
END $$;
REVOKE UPDATE (legacy_key) ON consolidations FROM vinculo_app;
SET LOCAL row_security = off;
ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
UPDATE agreements SET fingerprint = NULL WHERE recorded_in_error;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
DROP INDEX import_rows_by_agreement;
DROP INDEX consolidations_unfilled;
DROP INDEX consolidations_legacy;
DROP INDEX agreements_by_relation;
DROP INDEX agreement_access_in_error;
DROP INDEX agreements_by_fingerprint;
DROP INDEX agreements_fingerprint;
CREATE UNIQUE INDEX agreements_fingerprint ON agreements (tenant_id, fingerprint) WHERE retired_at IS NULL AND fingerprint IS NOT NULL;
ALTER TABLE consolidations DROP COLUMN legacy_key;
ALTER TABLE history DROP COLUMN changes;
ALTER TABLE agreement_access DROP COLUMN known_version;
ALTER TABLE agreement_access DROP COLUMN recorded_in_error;
ALTER TABLE agreements DROP COLUMN relates_to;
ALTER TABLE agreements DROP COLUMN recorded_in_error;
