-- Row-level security, the second barrier between governments (docs/adr/0009). Each transaction
-- says whose data it touches, who acts, as which person, and which case it was opened for; the
-- policies below compare rows with that. An unset parameter is null, and null sees nothing.
--
-- In every policy the cheap equality comes first and decides almost every row: what follows is
-- only asked of rows of a government other than the one that acts. Functions keep the policies
-- of different tables from recursing into each other; all run with the caller's own rights.

CREATE FUNCTION app_tenant() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.tenant_id', true), '');
CREATE FUNCTION app_actor() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.actor_tenant', true), '');
CREATE FUNCTION app_person() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.person_id', true), '');
-- The one case that the transaction changes; '*' for all of a government on its behalf.
CREATE FUNCTION app_case() RETURNS text LANGUAGE sql STABLE PARALLEL SAFE
    RETURN nullif(current_setting('app.case_id', true), '');

-- Whether the foreign ministry acts.
CREATE FUNCTION is_ministry() RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM governments g
        WHERE g.id = app_actor() AND g.tier = 'federal' AND g.valid_to IS NULL);
END;

-- Whether the transaction stands on the owner's own side: it is the owner that acts, or the
-- ministry that records past agreements on its behalf.
CREATE FUNCTION holds(owner text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT owner = app_tenant() AND (owner = app_actor() OR app_case() = '*' AND is_ministry());
END;

-- Whether the transaction may change this case: it was opened for it, and whoever acts is the
-- owner or has a grant that lets it act.
CREATE FUNCTION acts_on(owner text, agreement text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE
        WHEN owner IS DISTINCT FROM app_tenant() THEN false
        WHEN app_case() = '*' THEN is_ministry()
        WHEN app_case() IS DISTINCT FROM agreement THEN false
        WHEN owner = app_actor() THEN true
        ELSE EXISTS (SELECT 1 FROM agreement_grants g
            WHERE g.tenant_id = owner AND g.agreement_id = agreement
            AND g.viewer_tenant = app_actor() AND g.acts AND g.until IS NULL)
    END;
END;

-- Whether whoever acts sees the case; whether it reads the owner's working content too.
CREATE FUNCTION sees(owner text, agreement text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM agreement_access a
        WHERE a.viewer_tenant = app_actor() AND a.agreement_id = agreement AND a.owner_tenant = owner);
END;
CREATE FUNCTION sees_in_full(owner text, agreement text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM agreement_access a
        WHERE a.viewer_tenant = app_actor() AND a.agreement_id = agreement AND a.owner_tenant = owner
        AND a.level = 'full');
END;
-- Whether a line of the case's history up to this version was for whoever acts.
CREATE FUNCTION follows(owner text, agreement text, up_to integer) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM agreement_access a
        WHERE a.viewer_tenant = app_actor() AND a.agreement_id = agreement AND a.owner_tenant = owner
        AND a.version >= up_to);
END;

-- What was sent to whoever acts: a submission, a set of texts, the signature, a document.
CREATE FUNCTION was_sent(owner text, submission text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM submission_access s
        WHERE s.viewer_tenant = app_actor() AND s.submission_id = submission AND s.owner_tenant = owner);
END;
CREATE FUNCTION was_sent_texts(owner text, agreement text, set_number integer) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM submission_access a
        JOIN submissions s ON s.tenant_id = a.owner_tenant AND s.id = a.submission_id
        WHERE a.viewer_tenant = app_actor() AND a.agreement_id = agreement AND a.owner_tenant = owner
        AND s.text_set = set_number);
END;
CREATE FUNCTION was_sent_signature(owner text, agreement text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM submission_access a
        JOIN submissions s ON s.tenant_id = a.owner_tenant AND s.id = a.submission_id
        WHERE a.viewer_tenant = app_actor() AND a.agreement_id = agreement AND a.owner_tenant = owner
        AND s.signed);
END;
CREATE FUNCTION reads_document(owner text, document text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM document_access d
        WHERE d.viewer_tenant = app_actor() AND d.document_id = document AND d.owner_tenant = owner);
END;

-- Whether a case in whose context the transaction works names this counterpart.
CREATE FUNCTION is_named(owner text, counterpart text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM agreement_counterparts l
        WHERE l.counterpart_tenant = owner AND l.counterpart_id = counterpart
        AND l.tenant_id = app_tenant());
END;

-- Whether an entry of the audit log concerns a government among others.
CREATE FUNCTION was_disclosed(audit text, owner text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM audit_owners o WHERE o.audit_id = audit AND o.tenant_id = owner);
END;
CREATE FUNCTION wrote_audit(audit text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM audit_log l WHERE l.id = audit AND l.acting_tenant = app_actor());
END;

-- Whether the transaction writes this inscription.
CREATE FUNCTION inscribes(inscription text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT EXISTS (SELECT 1 FROM inscriptions i
        WHERE i.number = inscription AND acts_on(i.tenant_id, i.agreement_id));
END;

-- Whether the transaction may change under which words somebody finds a record.
CREATE FUNCTION indexes(viewer text, kind text, subject text) RETURNS boolean LANGUAGE sql STABLE PARALLEL SAFE
BEGIN ATOMIC
    SELECT CASE kind
        WHEN 'agreements' THEN acts_on(app_tenant(), subject)
        WHEN 'counterparts' THEN (viewer = app_tenant() OR viewer LIKE 'visibility:%')
            AND EXISTS (SELECT 1 FROM counterparts c WHERE c.id = subject AND holds(c.tenant_id))
        WHEN 'inscriptions' THEN viewer = 'public' AND inscribes(subject)
        ELSE false
    END;
END;

-- What a government keeps for itself alone.
CREATE POLICY keeps ON idempotency_keys TO vinculo_app
    USING (tenant_id = (SELECT app_actor())) WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY keeps ON import_batches TO vinculo_app
    USING (tenant_id = (SELECT app_actor())) WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY keeps ON external_ids TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND holds(tenant_id)) WITH CHECK (holds(tenant_id));

-- Who belongs to a government: its own people, one's own memberships everywhere, and whether
-- somebody is at the desk that a case would be routed to.
CREATE POLICY reads ON memberships FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor()) OR role = 'liaison')
        OR person_id = (SELECT app_person()));
CREATE POLICY adds ON memberships FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = app_actor() OR is_ministry());
CREATE POLICY changes ON memberships FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR is_ministry()) WITH CHECK (tenant_id = app_actor() OR is_ministry());

-- What the ministry keeps and every government reads.
CREATE POLICY reads ON mechanisms FOR SELECT TO vinculo_app USING (true);
CREATE POLICY adds ON mechanisms FOR INSERT TO vinculo_app WITH CHECK (tenant_id = app_actor() AND is_ministry());
CREATE POLICY changes ON mechanisms FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor())) WITH CHECK (tenant_id = app_actor() AND is_ministry());
CREATE POLICY reads ON offices FOR SELECT TO vinculo_app USING (true);
CREATE POLICY adds ON offices FOR INSERT TO vinculo_app WITH CHECK (tenant_id = app_actor() AND is_ministry());
CREATE POLICY changes ON offices FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor())) WITH CHECK (tenant_id = app_actor() AND is_ministry());

-- The trail: written by whoever acts, read by it and by those whose records it names.
CREATE POLICY reads ON audit_log FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR acting_tenant = (SELECT app_actor())
        OR was_disclosed(id, app_actor()));
CREATE POLICY adds ON audit_log FOR INSERT TO vinculo_app WITH CHECK (acting_tenant = (SELECT app_actor()));
CREATE POLICY reads ON audit_owners FOR SELECT TO vinculo_app USING (tenant_id = (SELECT app_actor()));
CREATE POLICY adds ON audit_owners FOR INSERT TO vinculo_app WITH CHECK (wrote_audit(audit_id));

-- Counterparts by their visibility, and those that a case in sight names.
CREATE POLICY reads ON counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND (SELECT app_tenant()) = (SELECT app_actor())
        OR visibility = 'public'
        OR visibility = 'network' AND (SELECT app_actor()) <> 'public'
        OR visibility = 'government' AND is_ministry()
        OR holds(tenant_id)
        OR is_named(tenant_id, id));
CREATE POLICY adds ON counterparts FOR INSERT TO vinculo_app
    WITH CHECK (holds(tenant_id) AND acting_tenant = app_actor());
CREATE POLICY changes ON counterparts FOR UPDATE TO vinculo_app
    USING (holds(tenant_id)) WITH CHECK (holds(tenant_id) AND acting_tenant = app_actor());

-- The head of a case: its owner, those who see it, and whoever recorded it from a file. Who
-- sees it may wait for its turn; who has no grant to act changes nothing.
CREATE POLICY reads ON agreements FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
            OR sees(tenant_id, id) OR acts_on(tenant_id, id))
        OR import_batch_id IS NOT NULL AND acting_tenant = (SELECT app_actor()));
CREATE POLICY adds ON agreements FOR INSERT TO vinculo_app
    WITH CHECK (acts_on(tenant_id, id) AND acting_tenant = app_actor());
CREATE POLICY changes ON agreements FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant())) WITH CHECK (acts_on(tenant_id, id));

-- The owner's working content: the owner's side reads it, the owner alone writes it. Whoever
-- acts on the case reads it to tell the owner's side what became of it.
CREATE POLICY reads ON agreement_drafts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR sees_in_full(tenant_id, agreement_id) OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON agreement_drafts FOR INSERT TO vinculo_app WITH CHECK (holds(tenant_id));
CREATE POLICY changes ON agreement_drafts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant())) WITH CHECK (holds(tenant_id));
CREATE POLICY removes ON agreement_drafts FOR DELETE TO vinculo_app USING (holds(tenant_id));

CREATE POLICY reads ON agreement_parties FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR sees_in_full(tenant_id, agreement_id) OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON agreement_parties FOR INSERT TO vinculo_app WITH CHECK (holds(tenant_id));
-- A party confirms for itself.
CREATE POLICY changes ON agreement_parties FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (holds(tenant_id) OR government_id = app_actor() AND acts_on(tenant_id, agreement_id));
CREATE POLICY removes ON agreement_parties FOR DELETE TO vinculo_app USING (holds(tenant_id));

-- The owner of a counterpart may know that it is named, or it could not be told why it stays.
CREATE POLICY reads ON agreement_counterparts FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
            OR sees_in_full(tenant_id, agreement_id) OR acts_on(tenant_id, agreement_id))
        OR counterpart_tenant = (SELECT app_actor()));
CREATE POLICY adds ON agreement_counterparts FOR INSERT TO vinculo_app WITH CHECK (holds(tenant_id));
CREATE POLICY removes ON agreement_counterparts FOR DELETE TO vinculo_app USING (holds(tenant_id));

-- Who has a seat in a case. No function here that asks for grants: it would ask itself.
CREATE POLICY reads ON agreement_grants FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor())
        OR tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
            OR agreement_id = (SELECT app_case()) OR (SELECT app_case()) = '*' AND is_ministry()));
CREATE POLICY adds ON agreement_grants FOR INSERT TO vinculo_app WITH CHECK (acts_on(tenant_id, agreement_id));
CREATE POLICY changes ON agreement_grants FOR UPDATE TO vinculo_app
    USING (acts_on(tenant_id, agreement_id)) WITH CHECK (acts_on(tenant_id, agreement_id));

-- What each viewer sees: one equality. Whoever acts on a case renews the rows of all its viewers.
CREATE POLICY reads ON agreement_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR acts_on(owner_tenant, agreement_id));
CREATE POLICY adds ON agreement_access FOR INSERT TO vinculo_app WITH CHECK (acts_on(owner_tenant, agreement_id));
CREATE POLICY changes ON agreement_access FOR UPDATE TO vinculo_app
    USING (acts_on(owner_tenant, agreement_id)) WITH CHECK (acts_on(owner_tenant, agreement_id));
CREATE POLICY removes ON agreement_access FOR DELETE TO vinculo_app USING (acts_on(owner_tenant, agreement_id));

CREATE POLICY reads ON document_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR acts_on(owner_tenant, agreement_id));
CREATE POLICY adds ON document_access FOR INSERT TO vinculo_app WITH CHECK (acts_on(owner_tenant, agreement_id));

CREATE POLICY reads ON submission_access FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR acts_on(owner_tenant, agreement_id));
CREATE POLICY adds ON submission_access FOR INSERT TO vinculo_app WITH CHECK (acts_on(owner_tenant, agreement_id));

CREATE POLICY reads ON search_words FOR SELECT TO vinculo_app
    USING (viewer = (SELECT app_actor()) OR viewer = 'public' OR viewer = 'visibility:public'
        OR viewer = 'visibility:network' AND (SELECT app_actor()) <> 'public'
        OR viewer = 'visibility:government' AND is_ministry()
        OR indexes(viewer, kind, subject_id));
CREATE POLICY adds ON search_words FOR INSERT TO vinculo_app WITH CHECK (indexes(viewer, kind, subject_id));
CREATE POLICY removes ON search_words FOR DELETE TO vinculo_app USING (indexes(viewer, kind, subject_id));
-- The catalogue of governments is written with the migrations.
CREATE POLICY catalogue ON search_words TO vinculo_owner
    USING (kind = 'governments') WITH CHECK (kind = 'governments' AND viewer = 'public');

-- A document is read by whom it was opened to, its owner included.
CREATE POLICY reads ON documents FOR SELECT TO vinculo_app
    USING (reads_document(tenant_id, id) OR acts_on(tenant_id, agreement_id));
CREATE POLICY adds ON documents FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = app_actor() AND acts_on(tenant_id, agreement_id));

CREATE POLICY reads ON submissions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND (SELECT app_tenant()) = (SELECT app_actor())
        OR was_sent(tenant_id, id) OR sees_in_full(tenant_id, agreement_id) OR acts_on(tenant_id, agreement_id));
CREATE POLICY adds ON submissions FOR INSERT TO vinculo_app
    WITH CHECK (holds(tenant_id) AND acting_tenant = app_actor() AND acts_on(tenant_id, agreement_id));

CREATE POLICY reads ON text_sets FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR sees_in_full(tenant_id, agreement_id) OR was_sent_texts(tenant_id, agreement_id, number)
        OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON text_sets FOR INSERT TO vinculo_app
    WITH CHECK (holds(tenant_id) AND acting_tenant = app_actor() AND acts_on(tenant_id, agreement_id));

-- Whoever has the case remarks, the owner answers.
CREATE POLICY reads ON remarks FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR acting_tenant = (SELECT app_actor()) OR sees_in_full(tenant_id, agreement_id)
        OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON remarks FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = app_actor() AND acts_on(tenant_id, agreement_id));
CREATE POLICY changes ON remarks FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant())) WITH CHECK (holds(tenant_id) AND acts_on(tenant_id, agreement_id));

CREATE POLICY reads ON opinions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR acting_tenant = (SELECT app_actor()) OR sees_in_full(tenant_id, agreement_id)
        OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON opinions FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = app_actor() AND is_ministry() AND acts_on(tenant_id, agreement_id));

CREATE POLICY reads ON signatories FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR sees_in_full(tenant_id, agreement_id) OR was_sent_signature(tenant_id, agreement_id)
        OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON signatories FOR INSERT TO vinculo_app
    WITH CHECK (holds(tenant_id) AND acts_on(tenant_id, agreement_id));

CREATE POLICY reads ON history FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR shared AND follows(tenant_id, agreement_id, version) OR sees_in_full(tenant_id, agreement_id)
        OR acts_on(tenant_id, agreement_id)));
CREATE POLICY adds ON history FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = app_actor() AND acts_on(tenant_id, agreement_id));

-- The registry is everybody's to read and grows by inscription alone.
CREATE POLICY reads ON inscriptions FOR SELECT TO vinculo_app USING (true);
CREATE POLICY adds ON inscriptions FOR INSERT TO vinculo_app
    WITH CHECK (is_ministry() AND acts_on(tenant_id, agreement_id));
CREATE POLICY reads ON inscription_facets FOR SELECT TO vinculo_app USING (true);
CREATE POLICY adds ON inscription_facets FOR INSERT TO vinculo_app WITH CHECK (inscribes(number));

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
