-- Records: the plain things that governments own. A few tables for all kinds; what a kind has of its
-- own is in the body, which only the program reads (docs/adr/0028).

-- The newest version, and what lists sort by. The visibility is the one that holds now: a draft that
-- only its owner sees is private here, whatever its owner wants it to be later.
CREATE TABLE records (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL CHECK (visibility IN ('private','government','network','public')),
    sort_key TEXT COLLATE "C" NOT NULL,
    unique_key TEXT COLLATE "C",
    schema_version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    confirmed_at TIMESTAMP NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    retired_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX records_id ON records (id);
CREATE UNIQUE INDEX records_unique ON records (tenant_id, kind, unique_key) WHERE retired_at IS NULL;

-- Every version, for the owner.
CREATE TABLE record_versions (
    tenant_id TEXT COLLATE "C" NOT NULL,
    record_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    status TEXT COLLATE "C" NOT NULL,
    schema_version INTEGER NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    action TEXT COLLATE "C",
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, record_id, version),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id)
);

-- Other governments that see a record; one that acts answers what the owner asks of it.
CREATE TABLE record_shares (
    tenant_id TEXT COLLATE "C" NOT NULL,
    record_id TEXT COLLATE "C" NOT NULL,
    viewer_tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    acts BOOLEAN NOT NULL,
    PRIMARY KEY (tenant_id, record_id, viewer_tenant),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id)
);
CREATE INDEX record_shares_by_viewer ON record_shares (viewer_tenant, record_id);

-- By what a viewer finds records: a list is one equality on viewer and facet, in the order of the
-- rest of the key. A viewer is a government or everybody for whom a visibility is meant.
CREATE TABLE record_facets (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    facet TEXT COLLATE "C" NOT NULL,
    sort_key TEXT COLLATE "C" NOT NULL,
    record_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer_tenant, facet, sort_key, record_id)
);
CREATE INDEX record_facets_by_record ON record_facets (owner_tenant, record_id);

-- What is summed, for each viewer.
CREATE TABLE record_amounts (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    unit TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    record_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (viewer_tenant, kind, name, unit, year, record_id)
);
CREATE INDEX record_amounts_by_record ON record_amounts (owner_tenant, record_id);

-- What a record names, each a real key of what is named.
CREATE TABLE record_links (
    tenant_id TEXT COLLATE "C" NOT NULL,
    record_id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    target TEXT COLLATE "C" NOT NULL,
    target_tenant TEXT COLLATE "C",
    agreement_id TEXT COLLATE "C",
    counterpart_id TEXT COLLATE "C",
    linked_id TEXT COLLATE "C",
    body_id TEXT COLLATE "C",
    person_id TEXT COLLATE "C" REFERENCES people (id),
    government_id TEXT COLLATE "C" REFERENCES tenants (id),
    PRIMARY KEY (tenant_id, record_id, name, target),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id),
    FOREIGN KEY (target_tenant, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (target_tenant, counterpart_id) REFERENCES counterparts (tenant_id, id),
    FOREIGN KEY (target_tenant, linked_id) REFERENCES records (tenant_id, id),
    FOREIGN KEY (target_tenant, body_id) REFERENCES government_bodies (tenant_id, id),
    CHECK ((CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN counterpart_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN linked_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN government_id IS NULL THEN 0 ELSE 1 END) = 1),
    CHECK (target_tenant IS NOT NULL OR person_id IS NOT NULL OR government_id IS NOT NULL)
);
CREATE INDEX record_links_by_target ON record_links (target, tenant_id, record_id);

GRANT SELECT, INSERT, UPDATE ON records TO vinculo_app;
GRANT SELECT, INSERT ON record_versions TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON record_shares TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON record_facets TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON record_amounts TO vinculo_app;
GRANT SELECT, INSERT, DELETE ON record_links TO vinculo_app;
ALTER TABLE records ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE record_versions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE record_shares ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE record_amounts ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
ALTER TABLE record_links ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;

-- As which viewers whoever acts finds records.
CREATE FUNCTION app_viewers() RETURNS text[] LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    RETURN ARRAY[public.app_actor(), 'visibility:public']
        || CASE WHEN public.app_actor() <> 'public' THEN ARRAY['visibility:network'] ELSE ARRAY[]::text[] END
        || CASE WHEN public.is_ministry() THEN ARRAY['visibility:government'] ELSE ARRAY[]::text[] END;
END $$;

-- The record of another government that the transaction may change: the one it was opened for, if its
-- owner asks something of whoever acts.
CREATE FUNCTION acted_record() RETURNS text LANGUAGE plpgsql STABLE PARALLEL SAFE AS $$
BEGIN
    IF public.app_acts() AND EXISTS (SELECT 1 FROM public.record_shares s
            WHERE s.tenant_id = public.app_tenant() AND s.record_id = public.app_case()
            AND s.viewer_tenant = public.app_actor() AND s.acts) THEN
        RETURN public.app_case();
    END IF;
    RETURN NULL;
END $$;

-- Reading a share asks for no record: it would ask for itself.
CREATE POLICY reads ON record_shares FOR SELECT TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) OR tenant_id = (SELECT app_actor()));
CREATE POLICY adds ON record_shares FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY removes ON record_shares FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));

CREATE POLICY reads ON records FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor())
        OR visibility = 'public'
        OR visibility = 'network' AND (SELECT app_actor()) <> 'public'
        OR visibility = 'government' AND (SELECT is_ministry())
        OR EXISTS (SELECT 1 FROM record_shares s WHERE s.tenant_id = records.tenant_id
            AND s.record_id = records.id AND s.viewer_tenant = (SELECT app_actor())));
CREATE POLICY adds ON records FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
CREATE POLICY changes ON records FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR tenant_id = (SELECT app_tenant()) AND id = (SELECT acted_record()))
    WITH CHECK ((tenant_id = (SELECT app_actor()) OR tenant_id = (SELECT app_tenant()) AND id = (SELECT acted_record()))
        AND acting_tenant = (SELECT app_actor()));

-- Earlier versions may be of a time when the record was not shared: its owner alone reads them.
CREATE POLICY reads ON record_versions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
CREATE POLICY adds ON record_versions FOR INSERT TO vinculo_app
    WITH CHECK ((tenant_id = (SELECT app_actor()) OR tenant_id = (SELECT app_tenant()) AND record_id = (SELECT acted_record()))
        AND acting_tenant = (SELECT app_actor()));

CREATE POLICY reads ON record_facets FOR SELECT TO vinculo_app
    USING (viewer_tenant = ANY ((SELECT app_viewers())::text[]) OR owner_tenant = (SELECT app_actor())
        OR owner_tenant = (SELECT app_tenant()) AND record_id = (SELECT acted_record()));
CREATE POLICY adds ON record_facets FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_actor()) OR owner_tenant = (SELECT app_tenant()) AND record_id = (SELECT acted_record()));
CREATE POLICY removes ON record_facets FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor()) OR owner_tenant = (SELECT app_tenant()) AND record_id = (SELECT acted_record()));

CREATE POLICY reads ON record_amounts FOR SELECT TO vinculo_app
    USING (viewer_tenant = ANY ((SELECT app_viewers())::text[]) OR owner_tenant = (SELECT app_actor()));
CREATE POLICY adds ON record_amounts FOR INSERT TO vinculo_app
    WITH CHECK (owner_tenant = (SELECT app_actor()));
CREATE POLICY removes ON record_amounts FOR DELETE TO vinculo_app
    USING (owner_tenant = (SELECT app_actor()));

-- The owner of what is named may know that it is named, or it could not be told why it stays.
CREATE POLICY reads ON record_links FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()) OR target_tenant = (SELECT app_actor()));
CREATE POLICY adds ON record_links FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()));
CREATE POLICY removes ON record_links FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
