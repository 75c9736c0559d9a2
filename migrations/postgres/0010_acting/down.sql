DROP POLICY sweeps ON documents;
DROP POLICY guards ON memberships;
DROP POLICY lends_adds ON search_words;
DROP POLICY lends_ids ON external_ids;
DROP POLICY lends_adds ON counterparts;
DROP POLICY lends_reads ON counterparts;
DROP POLICY owns_reads ON counterparts;
DROP POLICY keeps_case ON external_ids;
DROP POLICY keeps_adds ON signatories;
DROP POLICY keeps_changes ON remarks;
DROP POLICY keeps_adds ON agreement_urgencies;
DROP POLICY keeps_adds ON text_clauses;
DROP POLICY keeps_adds ON text_sets;
DROP POLICY keeps_adds ON submissions;
DROP POLICY keeps_removes ON agreement_counterparts;
DROP POLICY keeps_adds ON agreement_counterparts;
DROP POLICY keeps_removes ON agreement_parties;
DROP POLICY keeps_changes ON agreement_parties;
DROP POLICY keeps_adds ON agreement_parties;
DROP POLICY keeps_changes ON agreement_drafts;
DROP POLICY keeps_adds ON agreement_drafts;
CREATE OR REPLACE FUNCTION acted_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND (public.app_tenant() = public.app_actor()
        OR EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.acts AND g.until IS NULL)) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;
CREATE OR REPLACE FUNCTION on_behalf() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN public.app_case() = '*' AND public.app_acts() AND public.is_ministry();
END $$;
CREATE OR REPLACE FUNCTION held_tenant() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.app_tenant() = public.app_actor() OR public.on_behalf() THEN public.app_tenant() END;
END $$;
DROP POLICY reads ON agreements;
CREATE POLICY reads ON agreements FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR id = (SELECT seen_case()) OR (SELECT on_behalf()))
        OR import_batch_id IS NOT NULL AND acting_tenant = (SELECT app_actor()));
DROP FUNCTION swept_tenant();
DROP FUNCTION lent_book();
DROP FUNCTION kept_case();
DROP FUNCTION opened_case();
DROP FUNCTION is_guardian();
DROP TABLE import_rows;
ALTER TABLE import_batches DROP COLUMN completed_at;
ALTER TABLE import_batches DROP COLUMN summary;
ALTER TABLE agreement_grants DROP COLUMN keeps;
