-- Past agreements that came on record with an error are corrected or withdrawn where they stand
-- (docs/adr/0024), and an import is undone with its inscriptions.

-- Withdrawn as recorded in error: everybody who knew of the record still reads it, outside of lists
-- and figures, and the agreement may be recorded again.
ALTER TABLE agreements ADD COLUMN recorded_in_error BOOLEAN NOT NULL DEFAULT FALSE;
-- The agreement that the draft relates to.
ALTER TABLE agreements ADD COLUMN relates_to TEXT COLLATE "C";
ALTER TABLE agreement_access ADD COLUMN recorded_in_error BOOLEAN NOT NULL DEFAULT FALSE;
-- The last version whose steps a viewer may know of, if it does not follow the case and was told of
-- a correction since; 0 if that is `version`.
ALTER TABLE agreement_access ADD COLUMN known_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history ADD COLUMN changes TEXT COLLATE "C";
-- The number in an older registry, folded; empty if there is none or if it is free again. Null until
-- the program has filled it.
ALTER TABLE consolidations ADD COLUMN legacy_key TEXT COLLATE "C";

DROP INDEX agreements_fingerprint;
CREATE UNIQUE INDEX agreements_fingerprint ON agreements (tenant_id, fingerprint) WHERE retired_at IS NULL AND fingerprint IS NOT NULL AND NOT recorded_in_error;
-- A recorder finds its own records by what they said, those in error too.
CREATE INDEX agreements_by_fingerprint ON agreements (tenant_id, fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX agreement_access_in_error ON agreement_access (viewer_tenant, updated_at, agreement_id) WHERE recorded_in_error;
CREATE INDEX agreements_by_relation ON agreements (relates_to) WHERE relates_to IS NOT NULL;
CREATE UNIQUE INDEX consolidations_legacy ON consolidations (legacy_key) WHERE legacy_key <> '';
CREATE INDEX consolidations_unfilled ON consolidations (number) WHERE legacy_key IS NULL;
CREATE INDEX import_rows_by_agreement ON import_rows (tenant_id, agreement_id);

SET LOCAL row_security = off;
ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_drafts NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants NO FORCE ROW LEVEL SECURITY;
UPDATE agreements a SET relates_to = d.content::json ->> 'relates_to'
    FROM agreement_drafts d WHERE d.tenant_id = a.tenant_id AND d.agreement_id = a.id;
-- The reporter corrects what its government has disputed.
UPDATE agreement_grants g SET keeps = TRUE
    FROM agreements a WHERE a.tenant_id = g.tenant_id AND a.id = g.agreement_id
    AND g.reason = 'reporter' AND g.acts AND g.until IS NULL AND a.stage = 'reported' AND a.retired_at IS NULL;
DO $$
BEGIN
    IF (SELECT count(*) FROM agreements WHERE relates_to IS NOT NULL) <> (SELECT count(*) FROM agreement_drafts
        WHERE content::json ->> 'relates_to' IS NOT NULL) THEN
        RAISE EXCEPTION 'not every relation of a draft was written to its case';
    END IF;
END $$;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_drafts FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants FORCE ROW LEVEL SECURITY;

GRANT UPDATE (legacy_key) ON consolidations TO vinculo_app;

-- Whoever does not follow a case is told of a correction, and of no step before it.
CREATE OR REPLACE FUNCTION seen_version() RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT CASE WHEN a.known_version > 0 THEN a.known_version ELSE a.version END FROM public.agreement_access a
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant());
END $$;

-- The case that whoever acts brought in from a file and is taking back: its batch is closed, and
-- nothing was decided about its row yet.
CREATE FUNCTION undone_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND EXISTS (SELECT 1 FROM public.import_rows r
            JOIN public.import_batches b ON b.tenant_id = r.tenant_id AND b.id = r.batch_id
            WHERE r.tenant_id = public.app_actor() AND r.agreement_id = public.app_case()
            AND r.owner_tenant = public.app_tenant() AND r.result = 'imported' AND r.undone IS NULL
            AND b.undone_at IS NOT NULL) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;

-- The same where the ministry inscribed it: it has no part in an inscribed case any more, but may
-- take back an inscription that it brought in.
CREATE FUNCTION unmade_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.inscribed_case() IS NOT NULL THEN public.undone_case() END;
END $$;

CREATE OR REPLACE FUNCTION acted_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND (public.app_tenant() = public.app_actor()
        OR EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.acts AND g.until IS NULL)) THEN
        RETURN public.app_case();
    END IF;
    RETURN coalesce(public.opened_case(), public.unmade_case());
END $$;
CREATE OR REPLACE FUNCTION kept_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.keeps AND g.acts AND g.until IS NULL) THEN
        RETURN public.app_case();
    END IF;
    RETURN coalesce(public.opened_case(), public.unmade_case());
END $$;

-- Whoever takes a case back may know that another case relates to it.
CREATE POLICY undoes_reads ON agreements FOR SELECT TO vinculo_app
    USING (relates_to = (SELECT undone_case()));
