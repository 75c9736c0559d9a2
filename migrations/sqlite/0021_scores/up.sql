-- The institutionalisation score: versions of its method, and what its figures are read by
-- (docs/adr/0029).

-- Versions that the foreign ministry has added; the first one comes with the program.
CREATE TABLE score_methods (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    holds_from TEXT NOT NULL,
    weights TEXT NOT NULL,
    created_at TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX score_methods_version ON score_methods (tenant_id, version);
CREATE INDEX score_methods_by_day ON score_methods (tenant_id, holds_from, version);
CREATE TRIGGER score_methods_no_update BEFORE UPDATE ON score_methods BEGIN SELECT RAISE(ABORT, 'score_methods only grows'); END;
CREATE TRIGGER score_methods_no_delete BEFORE DELETE ON score_methods BEGIN SELECT RAISE(ABORT, 'score_methods only grows'); END;

-- By the government that is a party, and the terms that are not over.
CREATE INDEX agreement_facts_by_place ON agreement_facts (viewer_tenant, valid_to, state, municipality);
CREATE INDEX administrations_by_end ON administrations (ends_on, tenant_id);

-- Offices and committees are found by the year of their own first day, by the way to the head of the
-- government, and by whether they have rules.
DELETE FROM record_facets WHERE facet LIKE '%:year=%' AND (owner_tenant, record_id) IN (SELECT tenant_id, id FROM records
    WHERE kind = 'international-offices' AND json_extract(body, '$.created_on') IS NOT NULL
    OR kind = 'committees' AND json_extract(body, '$.installed_on') IS NOT NULL);
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':year=' || substr(CASE r.kind WHEN 'committees'
        THEN json_extract(r.body, '$.installed_on') ELSE json_extract(r.body, '$.created_on') END, 1, 4)),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND (r.kind = 'international-offices' AND json_extract(r.body, '$.created_on') IS NOT NULL
        OR r.kind = 'committees' AND json_extract(r.body, '$.installed_on') IS NOT NULL);
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':direct_link='
        || CASE WHEN json_extract(r.body, '$.levels_to_executive') <= 1 THEN 'true' ELSE 'false' END),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND r.kind = 'international-offices' AND json_extract(r.body, '$.levels_to_executive') IS NOT NULL;
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':has_rules='
        || CASE WHEN trim(coalesce(json_extract(r.body, '$.rules'), '')) <> '' THEN 'true' ELSE 'false' END),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND r.kind = 'committees';
