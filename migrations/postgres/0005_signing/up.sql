-- Who signs: bodies and administrations of governments, the approval, departure and adhesion of a
-- party, the document that a signatory's authority stands in, and who is in charge of a state's
-- designated office. What a party writes of itself in another's case only grows: the newest
-- approval counts.

ALTER TABLE submissions ADD COLUMN parties TEXT COLLATE "C";
ALTER TABLE agreement_parties ADD COLUMN body_id TEXT COLLATE "C";
ALTER TABLE signatories ADD COLUMN authority_document_id TEXT COLLATE "C";
ALTER TABLE offices ADD COLUMN head_person_id TEXT COLLATE "C" REFERENCES people (id);

CREATE TABLE government_bodies (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('central','dependency','decentralized','intermunicipal','university','legislature','court','autonomous','prosecutor')),
    starts_on TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C",
    successor_id TEXT COLLATE "C",
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, successor_id) REFERENCES government_bodies (tenant_id, id)
);
CREATE UNIQUE INDEX government_bodies_id ON government_bodies (id);

CREATE TABLE body_governments (
    tenant_id TEXT COLLATE "C" NOT NULL,
    body_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    PRIMARY KEY (tenant_id, body_id, government_id),
    FOREIGN KEY (tenant_id, body_id) REFERENCES government_bodies (tenant_id, id)
);
CREATE INDEX body_governments_by_government ON body_governments (government_id, body_id);

CREATE TABLE administrations (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    starts_on TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C",
    head_person_id TEXT COLLATE "C" REFERENCES people (id),
    head_post TEXT COLLATE "C",
    head_capacity TEXT COLLATE "C",
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX administrations_id ON administrations (id);
CREATE INDEX administrations_by_start ON administrations (tenant_id, starts_on);

CREATE TABLE party_approvals (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    document_id TEXT COLLATE "C" NOT NULL,
    session_on TEXT COLLATE "C",
    members INTEGER,
    votes_for INTEGER,
    votes_against INTEGER,
    abstentions INTEGER,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);
CREATE INDEX party_approvals_by_party ON party_approvals (tenant_id, agreement_id, government_id, id);

CREATE TABLE party_departures (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    reason TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE INDEX party_departures_by_agreement ON party_departures (tenant_id, agreement_id, id);

CREATE TABLE adhesions (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    signed_on TEXT COLLATE "C" NOT NULL,
    place TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);
CREATE UNIQUE INDEX adhesions_party ON adhesions (tenant_id, agreement_id, government_id);

CREATE TABLE adhesion_signatories (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    position INTEGER NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    post TEXT COLLATE "C" NOT NULL,
    capacity TEXT COLLATE "C" NOT NULL,
    authority_document_id TEXT COLLATE "C",
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE INDEX adhesion_signatories_by_party ON adhesion_signatories (tenant_id, agreement_id, government_id, position);

GRANT SELECT, INSERT, UPDATE ON government_bodies TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON body_governments TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON administrations TO vinculo_app;
GRANT SELECT, INSERT ON party_approvals TO vinculo_app;
GRANT SELECT, INSERT ON party_departures TO vinculo_app;
GRANT SELECT, INSERT ON adhesions TO vinculo_app;
GRANT SELECT, INSERT ON adhesion_signatories TO vinculo_app;

-- The case that the acting government leaves in this very transaction, because it wrote its
-- departure there. The row is the transaction's own, so that an earlier departure opens nothing.
CREATE FUNCTION leaving_case() RETURNS text LANGUAGE plpgsql STABLE AS $$
BEGIN
    RETURN (SELECT d.agreement_id FROM public.party_departures d
        WHERE d.tenant_id = public.app_tenant() AND d.agreement_id = public.acted_case()
        AND d.government_id = public.app_actor()
        AND d.xmin = pg_current_xact_id_if_assigned()::xid LIMIT 1);
END $$;

-- What every government reads of every other, and its own government writes.
CREATE POLICY reads ON government_bodies FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON government_bodies FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON government_bodies FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY reads ON body_governments FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON body_governments FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY removes ON body_governments FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
-- The ministry writes the administrations of governments that have nobody yet.
CREATE POLICY reads ON administrations FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON administrations FOR INSERT TO vinculo_app
    WITH CHECK ((tenant_id = (SELECT app_actor()) OR (SELECT is_ministry())) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON administrations FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR (SELECT is_ministry()))
    WITH CHECK ((tenant_id = (SELECT app_actor()) OR (SELECT is_ministry())) AND acting_tenant = (SELECT app_actor()));

-- What a party writes of itself in another's case, and the owner's side reads.
CREATE POLICY reads ON party_approvals FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON party_approvals FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND government_id = (SELECT app_actor())
        AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT acted_case()) AND agreement_id = (SELECT full_case()));
CREATE POLICY reads ON party_departures FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON party_departures FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND government_id = (SELECT app_actor())
        AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT acted_case()) AND agreement_id = (SELECT full_case()));
CREATE POLICY reads ON adhesions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON adhesions FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND government_id = (SELECT app_actor())
        AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT acted_case()) AND agreement_id = (SELECT full_case()));
CREATE POLICY reads ON adhesion_signatories FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON adhesion_signatories FOR INSERT TO vinculo_app
    WITH CHECK (government_id = (SELECT app_actor())
        AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT acted_case()) AND agreement_id = (SELECT full_case()));

-- A party that leaves takes itself out of the draft, and the others have to confirm again.
DROP POLICY changes ON agreement_drafts;
CREATE POLICY changes ON agreement_drafts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant())
        OR tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT leaving_case()));
DROP POLICY changes ON agreement_parties;
CREATE POLICY changes ON agreement_parties FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()) OR tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT leaving_case())
        OR government_id = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
DROP POLICY removes ON agreement_parties;
CREATE POLICY removes ON agreement_parties FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant())
        OR government_id = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT leaving_case()));

DO $$
DECLARE
    name text;
BEGIN
    FOREACH name IN ARRAY ARRAY['government_bodies', 'body_governments', 'administrations', 'party_approvals',
        'party_departures', 'adhesions', 'adhesion_signatories'] LOOP
        EXECUTE format('ALTER TABLE %I ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY', name);
    END LOOP;
END $$;
