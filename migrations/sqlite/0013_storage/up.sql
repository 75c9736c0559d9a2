-- How much each government has added to the documents of cases, its own and others': kept in the
-- transaction that adds a document, so that two at once cannot pass the quota.
CREATE TABLE storage_use (
    tenant_id TEXT NOT NULL PRIMARY KEY REFERENCES tenants (id),
    files INTEGER NOT NULL CHECK (files >= 0),
    bytes INTEGER NOT NULL CHECK (bytes >= 0)
) STRICT;
INSERT INTO storage_use
    SELECT acting_tenant, count(*), sum(size) FROM documents GROUP BY acting_tenant;
