-- Records: the plain things that governments own. A few tables for all kinds; what a kind has of its
-- own is in the body, which only the program reads (docs/adr/0028).

-- The newest version, and what lists sort by. The visibility is the one that holds now: a draft that
-- only its owner sees is private here, whatever its owner wants it to be later.
CREATE TABLE records (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL,
    status TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('private','government','network','public')),
    sort_key TEXT NOT NULL,
    unique_key TEXT,
    schema_version INTEGER NOT NULL,
    body TEXT NOT NULL,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    confirmed_at TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    retired_at TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX records_id ON records (id);
CREATE UNIQUE INDEX records_unique ON records (tenant_id, kind, unique_key) WHERE retired_at IS NULL;

-- Every version, for the owner.
CREATE TABLE record_versions (
    tenant_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    status TEXT NOT NULL,
    schema_version INTEGER NOT NULL,
    body TEXT NOT NULL,
    action TEXT,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, record_id, version),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id)
) STRICT;

-- Other governments that see a record; one that acts answers what the owner asks of it.
CREATE TABLE record_shares (
    tenant_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    viewer_tenant TEXT NOT NULL REFERENCES tenants (id),
    acts INTEGER NOT NULL CHECK (acts IN (0, 1)),
    PRIMARY KEY (tenant_id, record_id, viewer_tenant),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id)
) STRICT;
CREATE INDEX record_shares_by_viewer ON record_shares (viewer_tenant, record_id);

-- By what a viewer finds records: a list is one equality on viewer and facet, in the order of the
-- rest of the key. A viewer is a government or everybody for whom a visibility is meant.
CREATE TABLE record_facets (
    viewer_tenant TEXT NOT NULL,
    facet TEXT NOT NULL,
    sort_key TEXT NOT NULL,
    record_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    PRIMARY KEY (viewer_tenant, facet, sort_key, record_id)
) STRICT;
CREATE INDEX record_facets_by_record ON record_facets (owner_tenant, record_id);

-- What is summed, for each viewer.
CREATE TABLE record_amounts (
    viewer_tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    record_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (viewer_tenant, kind, name, unit, year, record_id)
) STRICT;
CREATE INDEX record_amounts_by_record ON record_amounts (owner_tenant, record_id);

-- What a record names, each a real key of what is named.
CREATE TABLE record_links (
    tenant_id TEXT NOT NULL,
    record_id TEXT NOT NULL,
    name TEXT NOT NULL,
    target TEXT NOT NULL,
    target_tenant TEXT,
    agreement_id TEXT,
    counterpart_id TEXT,
    linked_id TEXT,
    body_id TEXT,
    person_id TEXT REFERENCES people (id),
    government_id TEXT REFERENCES tenants (id),
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
) STRICT;
CREATE INDEX record_links_by_target ON record_links (target, tenant_id, record_id);

CREATE TRIGGER record_versions_no_update BEFORE UPDATE ON record_versions BEGIN SELECT RAISE(ABORT, 'record_versions only grows'); END;
CREATE TRIGGER record_versions_no_delete BEFORE DELETE ON record_versions BEGIN SELECT RAISE(ABORT, 'record_versions only grows'); END;
