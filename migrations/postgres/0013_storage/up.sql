-- How much each government has added to the documents of cases, its own and others': kept in the
-- transaction that adds a document, so that two at once cannot pass the quota.
CREATE TABLE storage_use (
    tenant_id TEXT COLLATE "C" NOT NULL PRIMARY KEY REFERENCES tenants (id),
    files BIGINT NOT NULL CHECK (files >= 0),
    bytes BIGINT NOT NULL CHECK (bytes >= 0)
);
SET row_security = off;
ALTER TABLE documents NO FORCE ROW LEVEL SECURITY;
INSERT INTO storage_use
    SELECT acting_tenant, count(*), sum(size) FROM documents GROUP BY acting_tenant;
DO $$
BEGIN
    IF coalesce((SELECT sum(files) FROM storage_use), 0) <> (SELECT count(*) FROM documents) THEN
        RAISE EXCEPTION 'not every document is counted';
    END IF;
END $$;
ALTER TABLE documents FORCE ROW LEVEL SECURITY;
SET row_security = on;

-- Each government's own, also where it acts for another.
GRANT SELECT, INSERT, UPDATE ON storage_use TO vinculo_app;
ALTER TABLE storage_use ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY keeps ON storage_use TO vinculo_app
    USING (tenant_id = (SELECT app_actor()))
    WITH CHECK (tenant_id = (SELECT app_actor()));
