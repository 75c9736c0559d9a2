-- Records are listed in the order of their last changes too, and name documents. What earlier versions
-- say of people may be erased.

ALTER TABLE record_links ADD COLUMN document_id TEXT COLLATE "C";
ALTER TABLE record_links ADD CONSTRAINT record_links_document FOREIGN KEY (target_tenant, document_id) REFERENCES documents (tenant_id, id);
ALTER TABLE record_links DROP CONSTRAINT record_links_check;
ALTER TABLE record_links ADD CONSTRAINT record_links_check CHECK (
    (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN counterpart_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN document_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN linked_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN government_id IS NULL THEN 0 ELSE 1 END) = 1);

SET LOCAL row_security = off;
ALTER TABLE records NO FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
INSERT INTO record_facets (viewer_tenant, facet, sort_key, record_id, owner_tenant)
    SELECT f.viewer_tenant, left(f.facet, length(f.facet) - length('all=')) || 'changed=',
        to_char(r.updated_at, 'YYYY-MM-DD"T"HH24:MI:SS.US"Z"'), f.record_id, f.owner_tenant
    FROM record_facets f JOIN records r ON r.tenant_id = f.owner_tenant AND r.id = f.record_id
    WHERE f.facet LIKE '%:all=';
DO $$
BEGIN
    IF (SELECT count(*) FROM record_facets WHERE facet LIKE '%:changed=') <> (SELECT count(*) FROM record_facets WHERE facet LIKE '%:all=') THEN
        RAISE EXCEPTION 'not every record got its place in the order of changes';
    END IF;
END $$;
ALTER TABLE records FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;

ALTER TABLE record_versions ADD COLUMN erased_at TIMESTAMP;
GRANT UPDATE (body, erased_at) ON record_versions TO vinculo_app;
CREATE POLICY erases ON record_versions FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()) AND erased_at IS NOT NULL);
-- Of a version before the newest, fields may be taken out; nothing is added or changed.
CREATE FUNCTION only_erases() RETURNS trigger LANGUAGE plpgsql AS $$
BEGIN
    IF NEW.erased_at IS NULL
        OR NEW.version >= (SELECT r.version FROM public.records r WHERE r.tenant_id = NEW.tenant_id AND r.id = NEW.record_id)
        OR EXISTS (SELECT 1 FROM jsonb_each(NEW.body::jsonb) n WHERE (OLD.body::jsonb -> n.key) IS DISTINCT FROM n.value) THEN
        RAISE EXCEPTION 'record_versions only grows';
    END IF;
    RETURN NEW;
END $$;
CREATE TRIGGER record_versions_only_erases BEFORE UPDATE ON record_versions FOR EACH ROW EXECUTE FUNCTION only_erases();
