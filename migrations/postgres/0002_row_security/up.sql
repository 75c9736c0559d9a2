-- Row-level security, the second barrier between governments (docs/adr/0009). Each transaction
-- says whose data it touches, who acts, as which person, with which case and whether it acts on
-- it; the policies below compare rows with that. An unset parameter is null, and null sees nothing.
--
-- What is asked about the transaction itself is a function without arguments in a subquery of its
-- own: the engine answers it once for each statement, and for a row nothing is left but equality.
-- They run with the caller's own rights, under these same policies.

CREATE FUNCTION app_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.tenant_id', true), '');
CREATE FUNCTION app_actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.actor_tenant', true), '');
CREATE FUNCTION app_person() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.person_id', true), '');
-- The case that the transaction is about; '*' for all of a government.
CREATE FUNCTION app_case() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.case_id', true), '');
CREATE FUNCTION app_acts() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
    RETURN current_setting('app.acts', true) = 'on';

-- Whether the foreign ministry acts.
CREATE FUNCTION is_ministry() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.governments g
        WHERE g.id = public.app_actor() AND g.tier = 'federal' AND g.valid_to IS NULL);
END $$;

-- Whether the ministry acts for a government as a whole, as when it records past agreements.
CREATE FUNCTION on_behalf() RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN public.app_case() = '*' AND public.app_acts() AND public.is_ministry();
END $$;

-- The government on whose own side the transaction stands: its owner acts, or the ministry for it.
CREATE FUNCTION held_tenant() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN CASE WHEN public.app_tenant() = public.app_actor() OR public.on_behalf() THEN public.app_tenant() END;
END $$;

-- The case that the transaction may change: whoever acts owns it, or has a grant that lets it act.
CREATE FUNCTION acted_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND (public.app_tenant() = public.app_actor()
        OR EXISTS (SELECT 1 FROM public.agreement_grants g
            WHERE g.tenant_id = public.app_tenant() AND g.agreement_id = public.app_case()
            AND g.viewer_tenant = public.app_actor() AND g.acts AND g.until IS NULL)) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;

-- The case, if whoever acts sees it; if it reads the owner's working content too; up to which
-- version of it; and if the signature was sent to it.
CREATE FUNCTION seen_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT a.agreement_id FROM public.agreement_access a
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant());
END $$;
CREATE FUNCTION full_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT a.agreement_id FROM public.agreement_access a
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant() AND a.level = 'full');
END $$;
CREATE FUNCTION seen_version() RETURNS integer LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT a.version FROM public.agreement_access a
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant());
END $$;
CREATE FUNCTION signed_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN (SELECT s.agreement_id FROM public.submission_access a
        JOIN public.submissions s ON s.tenant_id = a.owner_tenant AND s.id = a.submission_id
        WHERE a.viewer_tenant = public.app_actor() AND a.agreement_id = public.app_case()
        AND a.owner_tenant = public.app_tenant() AND s.signed LIMIT 1);
END $$;

-- Whether whoever acts wrote this entry of the audit log. A function, because the policies of the
-- two tables of the trail would otherwise ask for each other without end.
CREATE FUNCTION wrote_audit(audit text) RETURNS boolean LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN EXISTS (SELECT 1 FROM public.audit_log l
        WHERE l.id = audit AND l.acting_tenant = public.app_actor());
END $$;

-- What a government keeps for itself alone.
CREATE POLICY keeps ON idempotency_keys TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY keeps ON import_batches TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY keeps ON external_ids TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()));

-- Who belongs to a government: its own people, one's own memberships everywhere, and whether
-- somebody sits at the desk that a case would be routed to.
CREATE POLICY reads ON memberships FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR role = 'liaison')
        OR person_id = (SELECT app_person()));
CREATE POLICY adds ON memberships FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) OR (SELECT is_ministry()));
CREATE POLICY changes ON memberships FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR (SELECT is_ministry()))
    WITH CHECK (tenant_id = (SELECT app_actor()) OR (SELECT is_ministry()));

-- What the ministry keeps and every government reads.
CREATE POLICY reads ON mechanisms FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON mechanisms FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));
CREATE POLICY changes ON mechanisms FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));
CREATE POLICY reads ON offices FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON offices FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));
CREATE POLICY changes ON offices FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND (SELECT is_ministry()));

-- The trail: written by whoever acts, read by it and by those whose records it names.
CREATE POLICY reads ON audit_log FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR acting_tenant = (SELECT app_actor())
        OR EXISTS (SELECT 1 FROM audit_owners o WHERE o.audit_id = audit_log.id AND o.tenant_id = (SELECT app_actor())));
CREATE POLICY adds ON audit_log FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()));
CREATE POLICY reads ON audit_owners FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
CREATE POLICY adds ON audit_owners FOR INSERT TO vinculo_app
    WITH CHECK (wrote_audit(audit_id));

-- Counterparts by their visibility, and those that a case in sight names.
CREATE POLICY reads ON counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT held_tenant())
        OR visibility = 'public'
        OR visibility = 'network' AND (SELECT app_actor()) <> 'public'
        OR visibility = 'government' AND (SELECT is_ministry())
        OR EXISTS (SELECT 1 FROM agreement_counterparts l WHERE l.counterpart_tenant = counterparts.tenant_id
            AND l.counterpart_id = counterparts.id AND l.tenant_id = (SELECT app_tenant())));
CREATE POLICY adds ON counterparts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON counterparts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND acting_tenant = (SELECT app_actor()));

-- The head of a case: its owner, those who see it, and whoever recorded it from a file. Who
-- sees it may wait for its turn; who has no grant to act changes nothing.
CREATE POLICY reads ON agreements FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR id = (SELECT seen_case()) OR (SELECT on_behalf()))
        OR import_batch_id IS NOT NULL AND acting_tenant = (SELECT app_actor()));
CREATE POLICY adds ON agreements FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (id = (SELECT acted_case()) OR (SELECT on_behalf())) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON agreements FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- The owner's working content: the owner's side reads it, the owner alone writes it. Whoever
-- acts on the case reads it to tell the owner's side what became of it.
CREATE POLICY reads ON agreement_drafts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_drafts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()));
CREATE POLICY changes ON agreement_drafts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()));
CREATE POLICY removes ON agreement_drafts FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()));

CREATE POLICY reads ON agreement_parties FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_parties FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()));
-- A party confirms for itself.
CREATE POLICY changes ON agreement_parties FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()) OR government_id = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY removes ON agreement_parties FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()));

-- The owner of a counterpart may know that it is named, or it could not be told why it stays.
CREATE POLICY reads ON agreement_counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))
        OR counterpart_tenant = (SELECT app_actor()));
CREATE POLICY adds ON agreement_counterparts FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()));
CREATE POLICY removes ON agreement_counterparts FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()));

-- Who has a seat in a case. Reading asks for no grant: it would ask for itself.
CREATE POLICY reads ON agreement_grants FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor())
        OR tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR agreement_id = (SELECT app_case()) AND (SELECT app_acts()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_grants FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON agreement_grants FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- What each viewer sees: one equality. Whoever acts on a case renews the rows of all its viewers.
CREATE POLICY reads ON agreement_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON agreement_access FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON agreement_access FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY removes ON agreement_access FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY reads ON document_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON document_access FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY reads ON submission_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON submission_access FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- Under which words somebody finds a record: what is one's own or shared is searched, and changed
-- together with the record.
CREATE POLICY reads ON search_words FOR SELECT TO vinculo_app
    USING (viewer = (SELECT app_actor()) OR viewer IN ('public', 'visibility:public')
        OR viewer = 'visibility:network' AND (SELECT app_actor()) <> 'public'
        OR viewer = 'visibility:government' AND (SELECT is_ministry())
        OR kind = 'agreements' AND (subject_id = (SELECT acted_case()) OR (SELECT on_behalf()))
        OR kind = 'counterparts' AND (viewer = (SELECT held_tenant()) OR viewer LIKE 'visibility:%')
            AND EXISTS (SELECT 1 FROM counterparts c WHERE c.id = subject_id AND c.tenant_id = (SELECT held_tenant()))
        OR kind = 'inscriptions' AND viewer = 'public'
            AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = subject_id
                AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))));
CREATE POLICY adds ON search_words FOR INSERT TO vinculo_app
    WITH CHECK (kind = 'agreements' AND (subject_id = (SELECT acted_case()) OR (SELECT on_behalf()))
        OR kind = 'counterparts' AND (viewer = (SELECT held_tenant()) OR viewer LIKE 'visibility:%')
            AND EXISTS (SELECT 1 FROM counterparts c WHERE c.id = subject_id AND c.tenant_id = (SELECT held_tenant()))
        OR kind = 'inscriptions' AND viewer = 'public'
            AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = subject_id
                AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))));
CREATE POLICY removes ON search_words FOR DELETE TO vinculo_app
    USING (kind = 'agreements' AND (subject_id = (SELECT acted_case()) OR (SELECT on_behalf()))
        OR kind = 'counterparts' AND (viewer = (SELECT held_tenant()) OR viewer LIKE 'visibility:%')
            AND EXISTS (SELECT 1 FROM counterparts c WHERE c.id = subject_id AND c.tenant_id = (SELECT held_tenant()))
        OR kind = 'inscriptions' AND viewer = 'public'
            AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = subject_id
                AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))));
-- The catalogue of governments is written with the migrations.
CREATE POLICY catalogue ON search_words TO vinculo_owner
    USING (kind = 'governments')
    WITH CHECK (kind = 'governments' AND viewer = 'public');

-- A document is read by whom it was opened to, its owner included.
CREATE POLICY reads ON documents FOR SELECT TO vinculo_app
    USING (EXISTS (SELECT 1 FROM document_access d WHERE d.viewer_tenant = (SELECT app_actor())
            AND d.document_id = documents.id AND d.owner_tenant = documents.tenant_id)
        OR tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON documents FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

CREATE POLICY reads ON submissions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
            OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))
        OR EXISTS (SELECT 1 FROM submission_access s WHERE s.viewer_tenant = (SELECT app_actor())
            AND s.submission_id = submissions.id AND s.owner_tenant = submissions.tenant_id));
CREATE POLICY adds ON submissions FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

CREATE POLICY reads ON text_sets FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())
        OR EXISTS (SELECT 1 FROM submission_access a
            JOIN submissions s ON s.tenant_id = a.owner_tenant AND s.id = a.submission_id
            WHERE a.viewer_tenant = (SELECT app_actor()) AND a.agreement_id = text_sets.agreement_id
            AND a.owner_tenant = text_sets.tenant_id AND s.text_set = text_sets.number)));
CREATE POLICY adds ON text_sets FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- Whoever has the case remarks, the owner answers.
CREATE POLICY reads ON remarks FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR acting_tenant = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON remarks FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON remarks FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

CREATE POLICY reads ON opinions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR acting_tenant = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON opinions FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND (SELECT is_ministry()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

CREATE POLICY reads ON signatories FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT signed_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON signatories FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

CREATE POLICY reads ON history FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())
        OR shared AND agreement_id = (SELECT seen_case()) AND version <= (SELECT seen_version())));
CREATE POLICY adds ON history FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));

-- The registry is everybody's to read and grows by inscription alone.
CREATE POLICY reads ON inscriptions FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON inscriptions FOR INSERT TO vinculo_app
    WITH CHECK ((SELECT is_ministry()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY reads ON inscription_facets FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON inscription_facets FOR INSERT TO vinculo_app
    WITH CHECK (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = inscription_facets.number
        AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT acted_case()) OR (SELECT on_behalf()))));

-- Rows of these are made and removed, never changed; so there is no policy for it, nor a right.
REVOKE UPDATE ON agreement_counterparts, search_words FROM vinculo_app;

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['memberships', 'idempotency_keys', 'audit_log', 'audit_owners', 'search_words',
        'external_ids', 'mechanisms', 'offices', 'counterparts', 'import_batches', 'agreements', 'agreement_drafts',
        'agreement_parties', 'agreement_counterparts', 'agreement_grants', 'agreement_access', 'documents',
        'document_access', 'text_sets', 'submissions', 'submission_access', 'remarks', 'opinions', 'signatories',
        'history', 'inscriptions', 'inscription_facets'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
