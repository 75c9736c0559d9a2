-- The institutionalisation score: versions of its method, and what its figures are read by
-- (docs/adr/0029).

-- Versions that the foreign ministry has added; the first one comes with the program.
CREATE TABLE score_methods (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    holds_from TEXT COLLATE "C" NOT NULL,
    weights TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX score_methods_version ON score_methods (tenant_id, version);
CREATE INDEX score_methods_by_day ON score_methods (tenant_id, holds_from, version);
GRANT SELECT, INSERT ON score_methods TO vinculo_app;
ALTER TABLE score_methods ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
-- Every government that signs in reads them; the ministry adds its own.
CREATE POLICY reads ON score_methods FOR SELECT TO vinculo_app
    USING (tenant_id = '00' AND (SELECT app_actor()) <> 'public');
CREATE POLICY adds ON score_methods FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()) AND (SELECT is_ministry()));

-- By the government that is a party, and the terms that are not over.
CREATE INDEX agreement_facts_by_place ON agreement_facts (viewer_tenant, valid_to, state, municipality);
CREATE INDEX administrations_by_end ON administrations (ends_on, tenant_id);

-- Offices and committees are found by the year of their own first day, by the way to the head of the
-- government, and by whether they have rules.
SET LOCAL row_security = off;
ALTER TABLE records NO FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
DELETE FROM record_facets WHERE facet LIKE '%:year=%' AND (owner_tenant, record_id) IN (SELECT tenant_id, id FROM records
    WHERE kind = 'international-offices' AND body::json ->> 'created_on' IS NOT NULL
    OR kind = 'committees' AND body::json ->> 'installed_on' IS NOT NULL);
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':year=' || substr(CASE r.kind WHEN 'committees'
        THEN r.body::json ->> 'installed_on' ELSE r.body::json ->> 'created_on' END, 1, 4)),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND (r.kind = 'international-offices' AND r.body::json ->> 'created_on' IS NOT NULL
        OR r.kind = 'committees' AND r.body::json ->> 'installed_on' IS NOT NULL);
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':direct_link='
        || CASE WHEN (r.body::json ->> 'levels_to_executive')::bigint <= 1 THEN 'true' ELSE 'false' END),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND r.kind = 'international-offices' AND r.body::json ->> 'levels_to_executive' IS NOT NULL;
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, replace(f.facet, ':all=', ':has_rules='
        || CASE WHEN trim(coalesce(r.body::json ->> 'rules', '')) <> '' THEN 'true' ELSE 'false' END),
        f.sort_key, f.record_id, f.owner_tenant
    FROM records r JOIN record_facets f ON f.owner_tenant = r.tenant_id AND f.record_id = r.id
    WHERE f.facet LIKE '%:all=' AND r.kind = 'committees';
DO $$
BEGIN
    IF (SELECT count(*) FROM record_facets WHERE facet LIKE 'committees%:has_rules=%') <> (SELECT count(*) FROM record_facets
        WHERE facet LIKE 'committees%:all=') THEN
        RAISE EXCEPTION 'not every committee is found by whether it has rules';
    END IF;
END $$;
ALTER TABLE records FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
