-- Acting for another government: only to open a case that nobody has a seat in yet, by the ministry
-- or the government's own state; from then on what a seat allows. And what became of each row of an
-- imported file.
ALTER TABLE agreement_grants ADD COLUMN keeps BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE import_batches ADD COLUMN summary TEXT COLLATE "C";
ALTER TABLE import_batches ADD COLUMN completed_at TIMESTAMP;

CREATE TABLE import_rows (
    tenant_id TEXT COLLATE "C" NOT NULL,
    batch_id TEXT COLLATE "C" NOT NULL,
    line INTEGER NOT NULL,
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('imported','duplicate','needs_decision','refused')),
    owner_tenant TEXT COLLATE "C",
    agreement_id TEXT COLLATE "C",
    fingerprint TEXT COLLATE "C",
    detail TEXT COLLATE "C" NOT NULL,
    undone TEXT COLLATE "C" CHECK (undone IN ('undone','kept')),
    PRIMARY KEY (tenant_id, batch_id, line),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
);
CREATE INDEX import_rows_by_fingerprint ON import_rows (tenant_id, fingerprint, batch_id);

-- What was imported before is told row by row too, and may still be taken back where nobody has
-- worked on it.
SET row_security = off;
ALTER TABLE agreements NO FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants NO FORCE ROW LEVEL SECURITY;
ALTER TABLE history NO FORCE ROW LEVEL SECURITY;
ALTER TABLE import_batches NO FORCE ROW LEVEL SECURITY;
INSERT INTO import_rows
    SELECT b.tenant_id, b.id, row_number() OVER (PARTITION BY b.id ORDER BY a.id) + 1, 'imported',
        a.tenant_id, a.id, a.fingerprint, '{}',
        CASE WHEN a.retired_at IS NOT NULL THEN 'undone' WHEN b.undone_at IS NOT NULL THEN 'kept' END
    FROM agreements a JOIN import_batches b ON b.id = a.import_batch_id;
UPDATE import_batches SET completed_at = created_at;
UPDATE agreement_grants g SET acts = TRUE, keeps = TRUE
    FROM agreements a
    WHERE a.tenant_id = g.tenant_id AND a.id = g.agreement_id AND a.import_batch_id IS NOT NULL
    AND a.retired_at IS NULL AND a.inscription IS NULL AND a.stage = 'signed'
    AND g.viewer_tenant = a.acting_tenant AND g.until IS NULL
    AND (SELECT count(*) FROM history h WHERE h.tenant_id = a.tenant_id AND h.agreement_id = a.id) = 1;
DO $$
BEGIN
    IF (SELECT count(*) FROM import_rows) <> (SELECT count(*) FROM agreements a WHERE EXISTS
        (SELECT 1 FROM import_batches b WHERE b.id = a.import_batch_id)) THEN
        RAISE EXCEPTION 'not every imported agreement has its row';
    END IF;
END $$;
ALTER TABLE agreements FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants FORCE ROW LEVEL SECURITY;
ALTER TABLE history FORCE ROW LEVEL SECURITY;
ALTER TABLE import_batches FORCE ROW LEVEL SECURITY;
SET row_security = on;

-- Whether whoever acts may ever open a case for the government that the transaction is about: the
-- ministry, or its own state.
CREATE FUNCTION is_guardian() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN public.is_ministry() OR EXISTS (SELECT 1 FROM public.governments g
        WHERE g.id = public.app_tenant() AND g.parent_id = public.app_actor() AND g.valid_to IS NULL);
END $$;

-- The case that is opened for another government in this transaction: nobody ever had a seat in it.
CREATE FUNCTION opened_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND public.is_guardian()
        AND NOT EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;

-- The case in which whoever acts writes what is otherwise the owner's to write: opened just now, or
-- with a grant that says so, its agent's or that of who recorded it.
CREATE FUNCTION kept_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.keeps AND g.acts AND g.until IS NULL) THEN
        RETURN public.app_case();
    END IF;
    RETURN public.opened_case();
END $$;

-- The government into whose book the ministry writes the counterparts of what it records for it. A
-- state writes them into its own.
CREATE FUNCTION lent_book() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.is_ministry() AND public.kept_case() IS NOT NULL THEN public.app_tenant() END;
END $$;

-- The files of the government that acts, which the upkeep compares with the rows that name them.
CREATE FUNCTION swept_tenant() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.app_case() = '*' AND public.app_tenant() = public.app_actor() THEN public.app_tenant() END;
END $$;

-- Nobody acts for a government as a whole any more; the policies that ask are left with the case.
CREATE OR REPLACE FUNCTION on_behalf() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN FALSE;
END $$;
CREATE OR REPLACE FUNCTION held_tenant() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.app_tenant() = public.app_actor() THEN public.app_tenant() END;
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

-- Whoever recorded a case from a file finds it by the rows of its batch, not by the case's head;
-- whoever opens one reads it before anybody has sight of it.
DROP POLICY reads ON agreements;
CREATE POLICY reads ON agreements FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR id = (SELECT seen_case()) OR id = (SELECT acted_case())));

-- Beside the policies for the owner stand those for whoever keeps the case for it.
CREATE POLICY keeps_adds ON agreement_drafts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_changes ON agreement_drafts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON agreement_parties FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_changes ON agreement_parties FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_removes ON agreement_parties FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON agreement_counterparts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_removes ON agreement_counterparts FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON submissions FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON text_sets FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON text_clauses FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON agreement_urgencies FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_changes ON remarks FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
CREATE POLICY keeps_adds ON signatories FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT kept_case()));
-- The ids that another system gave to the case itself.
CREATE POLICY keeps_case ON external_ids TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND subject_kind = 'agreements' AND subject_id = (SELECT kept_case()))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND subject_kind = 'agreements' AND subject_id = (SELECT kept_case()));

-- Whoever acts for another names what stands in its own book.
CREATE POLICY owns_reads ON counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
CREATE POLICY lends_reads ON counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT lent_book()));
CREATE POLICY lends_adds ON counterparts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT lent_book()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY lends_ids ON external_ids TO vinculo_app
    USING (tenant_id = (SELECT lent_book()) AND subject_kind = 'counterparts')
    WITH CHECK (tenant_id = (SELECT lent_book()) AND subject_kind = 'counterparts');
CREATE POLICY lends_adds ON search_words FOR INSERT TO vinculo_app
    WITH CHECK (kind = 'counterparts' AND (viewer = (SELECT lent_book()) OR viewer LIKE 'visibility:%')
        AND EXISTS (SELECT 1 FROM counterparts c WHERE c.id = subject_id AND c.tenant_id = (SELECT lent_book())));

-- Whether a government has somebody to carry its cases is for those to know who may do it instead.
CREATE POLICY guards ON memberships FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND role = 'officer' AND (SELECT is_guardian()));
CREATE POLICY sweeps ON documents FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT swept_tenant()));

GRANT SELECT, INSERT, UPDATE ON import_rows TO vinculo_app;
ALTER TABLE import_rows ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeps ON import_rows TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()));
