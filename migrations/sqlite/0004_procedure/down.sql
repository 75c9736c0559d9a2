DELETE FROM agreement_grants WHERE reason IN ('reporter','agent');
CREATE TABLE agreement_grants_new (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    viewer_tenant TEXT NOT NULL REFERENCES tenants (id),
    reason TEXT NOT NULL CHECK (reason IN ('owner','party','state_reviewer','federal')),
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
ALTER TABLE history DROP COLUMN on_behalf;
ALTER TABLE opinions DROP COLUMN valid_until;
ALTER TABLE submissions DROP COLUMN announcement;
ALTER TABLE agreements DROP COLUMN dispute;
ALTER TABLE agreements DROP COLUMN out_of_scope;
ALTER TABLE agreements DROP COLUMN regularized_at;
ALTER TABLE agreements DROP COLUMN regularizing;
