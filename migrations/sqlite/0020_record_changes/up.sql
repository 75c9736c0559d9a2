-- Records are listed in the order of their last changes too, and name documents. What earlier versions
-- say of people may be erased.

-- The engine cannot change a check, so the table is made anew.
CREATE TABLE record_links_new (
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
    document_id TEXT,
    PRIMARY KEY (tenant_id, record_id, name, target),
    FOREIGN KEY (tenant_id, record_id) REFERENCES records (tenant_id, id),
    FOREIGN KEY (target_tenant, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (target_tenant, counterpart_id) REFERENCES counterparts (tenant_id, id),
    FOREIGN KEY (target_tenant, document_id) REFERENCES documents (tenant_id, id),
    FOREIGN KEY (target_tenant, linked_id) REFERENCES records (tenant_id, id),
    FOREIGN KEY (target_tenant, body_id) REFERENCES government_bodies (tenant_id, id),
    CHECK ((CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN counterpart_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN document_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN linked_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN government_id IS NULL THEN 0 ELSE 1 END) = 1),
    CHECK (target_tenant IS NOT NULL OR person_id IS NOT NULL OR government_id IS NOT NULL)
) STRICT;
INSERT INTO record_links_new (tenant_id, record_id, name, target, target_tenant, agreement_id, counterpart_id, linked_id, body_id, person_id, government_id)
    SELECT tenant_id, record_id, name, target, target_tenant, agreement_id, counterpart_id, linked_id, body_id, person_id, government_id FROM record_links;
DROP TABLE record_links;
ALTER TABLE record_links_new RENAME TO record_links;
CREATE INDEX record_links_by_target ON record_links (target, tenant_id, record_id);

-- The fraction of a second is stored with as many digits as it needs.
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, substr(f.facet, 1, length(f.facet) - length('all=')) || 'changed=',
        substr(replace(r.updated_at, ' ', 'T') || CASE WHEN instr(r.updated_at, '.') = 0 THEN '.000000' ELSE '000000' END, 1, 26) || 'Z',
        f.record_id, f.owner_tenant
    FROM record_facets f JOIN records r ON r.tenant_id = f.owner_tenant AND r.id = f.record_id
    WHERE f.facet LIKE '%:all=';

ALTER TABLE record_versions ADD COLUMN erased_at TEXT;
DROP TRIGGER record_versions_no_update;
CREATE TRIGGER record_versions_no_update BEFORE UPDATE ON record_versions
    WHEN NEW.erased_at IS NULL OR NEW.tenant_id <> OLD.tenant_id OR NEW.record_id <> OLD.record_id OR NEW.version <> OLD.version
        OR NEW.status <> OLD.status OR NEW.schema_version <> OLD.schema_version OR NEW.action IS NOT OLD.action
        OR NEW.person_id IS NOT OLD.person_id OR NEW.acting_tenant <> OLD.acting_tenant OR NEW.created_at <> OLD.created_at
        OR NEW.version >= (SELECT r.version FROM records r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id)
        OR EXISTS (SELECT 1 FROM json_each(NEW.body) n WHERE NOT EXISTS (SELECT 1 FROM json_each(OLD.body) o
            WHERE o.key = n.key AND o.type = n.type AND o.value IS n.value))
    BEGIN SELECT RAISE(ABORT, 'record_versions only grows'); END;
