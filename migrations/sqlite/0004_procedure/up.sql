-- The whole table of the procedure: what a case keeps of an announcement, of a finding that it is
-- out of scope, of a report that is disputed, and of an opinion asked for after the signature.
ALTER TABLE agreements ADD COLUMN regularizing INTEGER NOT NULL DEFAULT 0 CHECK (regularizing IN (0, 1));
ALTER TABLE agreements ADD COLUMN regularized_at TEXT;
ALTER TABLE agreements ADD COLUMN out_of_scope TEXT;
ALTER TABLE agreements ADD COLUMN dispute TEXT;
ALTER TABLE submissions ADD COLUMN announcement INTEGER NOT NULL DEFAULT 0 CHECK (announcement IN (0, 1));
ALTER TABLE opinions ADD COLUMN valid_until TEXT;
ALTER TABLE history ADD COLUMN on_behalf INTEGER NOT NULL DEFAULT 0 CHECK (on_behalf IN (0, 1));

-- SQLite changes no CHECK: the table of grants is made again with the two new reasons.
CREATE TABLE agreement_grants_new (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    viewer_tenant TEXT NOT NULL REFERENCES tenants (id),
    reason TEXT NOT NULL CHECK (reason IN ('owner','party','state_reviewer','federal','reporter','agent')),
    level TEXT NOT NULL CHECK (level IN ('summary','submitted','full')),
    acts INTEGER NOT NULL CHECK (acts IN (0, 1)),
    follows INTEGER NOT NULL CHECK (follows IN (0, 1)),
    legal_basis TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
INSERT INTO agreement_grants_new SELECT * FROM agreement_grants;
DROP TABLE agreement_grants;
ALTER TABLE agreement_grants_new RENAME TO agreement_grants;
CREATE UNIQUE INDEX agreement_grants_current ON agreement_grants (tenant_id, agreement_id, viewer_tenant, reason) WHERE until IS NULL;
CREATE INDEX agreement_grants_by_viewer ON agreement_grants (viewer_tenant, agreement_id);
