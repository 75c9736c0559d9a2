-- What happens to an agreement after its inscription (docs/adr/0013): annotations that only grow, the
-- consolidated form that follows from them, and the days between which its standing holds. The last
-- two are derived and may be made anew from the first and the inscription.

CREATE TABLE annotations (
    number TEXT COLLATE "C" NOT NULL REFERENCES inscriptions (number),
    ordinal INTEGER NOT NULL,
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    agreement_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('correction','amendment','renewal','termination','succession','suspension','resumption','cancellation')),
    effective_on TEXT COLLATE "C" NOT NULL,
    instrument_number TEXT COLLATE "C" REFERENCES inscriptions (number),
    document_id TEXT COLLATE "C",
    ground TEXT COLLATE "C",
    changes TEXT COLLATE "C" NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (number, ordinal),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);
CREATE INDEX annotations_by_agreement ON annotations (tenant_id, agreement_id);
CREATE INDEX annotations_by_instrument ON annotations (instrument_number);

CREATE TABLE consolidations (
    number TEXT COLLATE "C" NOT NULL REFERENCES inscriptions (number),
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    agreement_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    annotations INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    tier TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL,
    government_name TEXT COLLATE "C" NOT NULL,
    counterpart TEXT COLLATE "C",
    country TEXT COLLATE "C",
    signed_on TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    life TEXT COLLATE "C" NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX consolidations_agreement ON consolidations (tenant_id, agreement_id);
CREATE INDEX consolidations_by_signature ON consolidations (signed_on, number);

-- The facets of the consolidated form; those of `inscription_facets` stay as inscribed.
CREATE TABLE consolidation_facets (
    facet TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL REFERENCES inscriptions (number),
    PRIMARY KEY (facet, value, number)
);
CREATE INDEX consolidation_facets_by_number ON consolidation_facets (number);

CREATE TABLE inscription_standings (
    number TEXT COLLATE "C" NOT NULL REFERENCES inscriptions (number),
    since TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C" NOT NULL,
    standing TEXT COLLATE "C" NOT NULL CHECK (standing IN ('unknown','not_yet_in_force','in_force','suspended','dormant','expired','terminated','superseded')),
    PRIMARY KEY (number, since)
);
CREATE INDEX inscription_standings_by_standing ON inscription_standings (standing, until, since, number);

CREATE TABLE document_classifications (
    tenant_id TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    classification TEXT COLLATE "C" NOT NULL CHECK (classification IN ('public','reserved','confidential')),
    ground TEXT COLLATE "C",
    until TEXT COLLATE "C",
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, document_id, number),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);

ALTER TABLE documents ADD COLUMN public_version_of TEXT COLLATE "C";
ALTER TABLE opinions ADD COLUMN legal_basis TEXT COLLATE "C";

GRANT SELECT, INSERT ON annotations TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON consolidations TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON inscription_standings TO vinculo_app;
GRANT SELECT, INSERT ON document_classifications TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON consolidation_facets TO vinculo_app;

-- The inscribed case that the ministry annotates: the registry is the ministry's, whoever holds
-- the case by then.
CREATE FUNCTION inscribed_case() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND public.is_ministry() AND EXISTS (SELECT 1 FROM public.inscriptions i
        WHERE i.tenant_id = public.app_tenant() AND i.agreement_id = public.app_case()) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;

CREATE POLICY reads ON annotations FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON annotations FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case())
        AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = annotations.number
            AND i.tenant_id = annotations.tenant_id AND i.agreement_id = annotations.agreement_id));

-- What is derived is written by the ministry with the inscription and with each annotation; its
-- version also by the owner, whose document has become public.
CREATE POLICY reads ON consolidations FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON consolidations FOR INSERT TO vinculo_app
    WITH CHECK ((SELECT is_ministry()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT inscribed_case()) OR (SELECT on_behalf())));
CREATE POLICY changes ON consolidations FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT inscribed_case()) OR agreement_id = (SELECT acted_case())))
    WITH CHECK (tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT inscribed_case()) OR agreement_id = (SELECT acted_case())));

CREATE POLICY reads ON inscription_standings FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON inscription_standings FOR INSERT TO vinculo_app
    WITH CHECK ((SELECT is_ministry()) AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = inscription_standings.number
        AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT inscribed_case()) OR (SELECT on_behalf()))));
CREATE POLICY removes ON inscription_standings FOR DELETE TO vinculo_app
    USING (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = inscription_standings.number
        AND i.tenant_id = (SELECT app_tenant()) AND i.agreement_id = (SELECT inscribed_case())));
CREATE POLICY reads ON consolidation_facets FOR SELECT TO vinculo_app
    USING (true);
CREATE POLICY adds ON consolidation_facets FOR INSERT TO vinculo_app
    WITH CHECK ((SELECT is_ministry()) AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidation_facets.number
        AND i.tenant_id = (SELECT app_tenant()) AND (i.agreement_id = (SELECT inscribed_case()) OR (SELECT on_behalf()))));
CREATE POLICY removes ON consolidation_facets FOR DELETE TO vinculo_app
    USING (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidation_facets.number
        AND i.tenant_id = (SELECT app_tenant()) AND i.agreement_id = (SELECT inscribed_case())));
CREATE POLICY annotates ON search_words FOR INSERT TO vinculo_app
    WITH CHECK (kind = 'inscriptions' AND viewer = 'public'
        AND EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = subject_id
            AND i.tenant_id = (SELECT app_tenant()) AND i.agreement_id = (SELECT inscribed_case())));

-- The instrument of an annotation, put in by the ministry and opened to everybody.
CREATE POLICY annotates ON documents FOR INSERT TO vinculo_app
    WITH CHECK (kind = 'annotation_instrument' AND acting_tenant = (SELECT app_actor())
        AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));
CREATE POLICY annotates ON document_access FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT inscribed_case()));

-- The class of a document is read by whom the document was opened to, and decided by whoever put
-- it in.
CREATE POLICY reads ON document_classifications FOR SELECT TO vinculo_app
    USING (EXISTS (SELECT 1 FROM document_access d WHERE d.viewer_tenant = (SELECT app_actor())
            AND d.document_id = document_classifications.document_id AND d.owner_tenant = document_classifications.tenant_id)
        OR tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
CREATE POLICY adds ON document_classifications FOR INSERT TO vinculo_app
    WITH CHECK (acting_tenant = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND agreement_id = (SELECT app_case())
        AND (SELECT app_acts()) AND EXISTS (SELECT 1 FROM documents d WHERE d.tenant_id = document_classifications.tenant_id
            AND d.id = document_classifications.document_id AND d.agreement_id = document_classifications.agreement_id
            AND d.acting_tenant = document_classifications.acting_tenant));

-- What was inscribed before is consolidated with the migrations, by their role.
CREATE POLICY migrates ON inscriptions FOR SELECT TO vinculo_owner
    USING (true);
CREATE POLICY migrates ON consolidations TO vinculo_owner
    USING (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidations.number))
    WITH CHECK (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidations.number));
CREATE POLICY migrates ON inscription_standings TO vinculo_owner
    USING (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = inscription_standings.number))
    WITH CHECK (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = inscription_standings.number));
CREATE POLICY migrates ON consolidation_facets TO vinculo_owner
    USING (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidation_facets.number))
    WITH CHECK (EXISTS (SELECT 1 FROM inscriptions i WHERE i.number = consolidation_facets.number));

ALTER TABLE consolidation_facets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE annotations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE consolidations ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE inscription_standings ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE document_classifications ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
