DROP TRIGGER record_versions_no_update;
ALTER TABLE record_versions DROP COLUMN erased_at;
CREATE TRIGGER record_versions_no_update BEFORE UPDATE ON record_versions BEGIN SELECT RAISE(ABORT, 'record_versions only grows'); END;
DELETE FROM record_facets WHERE facet LIKE '%:changed=';
CREATE TABLE record_links_old (
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
INSERT INTO record_links_old
    SELECT tenant_id, record_id, name, target, target_tenant, agreement_id, counterpart_id, linked_id, body_id, person_id, government_id
    FROM record_links WHERE document_id IS NULL;
DROP TABLE record_links;
ALTER TABLE record_links_old RENAME TO record_links;
CREATE INDEX record_links_by_target ON record_links (target, tenant_id, record_id);
