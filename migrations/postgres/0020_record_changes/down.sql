DROP TRIGGER record_versions_only_erases ON record_versions;
DROP FUNCTION only_erases();
DROP POLICY erases ON record_versions;
REVOKE UPDATE (body, erased_at) ON record_versions FROM vinculo_app;
ALTER TABLE record_versions DROP COLUMN erased_at;
SET LOCAL row_security = off;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
ALTER TABLE record_links NO FORCE ROW LEVEL SECURITY;
DELETE FROM record_facets WHERE facet LIKE '%:changed=';
DELETE FROM record_links WHERE document_id IS NOT NULL;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
ALTER TABLE record_links FORCE ROW LEVEL SECURITY;
ALTER TABLE record_links DROP CONSTRAINT record_links_check;
ALTER TABLE record_links DROP CONSTRAINT record_links_document;
ALTER TABLE record_links DROP COLUMN document_id;
ALTER TABLE record_links ADD CONSTRAINT record_links_check CHECK (
    (CASE WHEN agreement_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN counterpart_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN linked_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN body_id IS NULL THEN 0 ELSE 1 END)
        + (CASE WHEN person_id IS NULL THEN 0 ELSE 1 END) + (CASE WHEN government_id IS NULL THEN 0 ELSE 1 END) = 1);
