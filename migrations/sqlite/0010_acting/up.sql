-- Acting for another government: only to open a case that nobody has a seat in yet, by the ministry
-- or the government's own state; from then on what a seat allows. And what became of each row of an
-- imported file.
ALTER TABLE agreement_grants ADD COLUMN keeps INTEGER NOT NULL DEFAULT 0 CHECK (keeps IN (0, 1));
ALTER TABLE import_batches ADD COLUMN summary TEXT;
ALTER TABLE import_batches ADD COLUMN completed_at TEXT;

CREATE TABLE import_rows (
    tenant_id TEXT NOT NULL,
    batch_id TEXT NOT NULL,
    line INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('imported','duplicate','needs_decision','refused')),
    owner_tenant TEXT,
    agreement_id TEXT,
    fingerprint TEXT,
    detail TEXT NOT NULL,
    undone TEXT CHECK (undone IN ('undone','kept')),
    PRIMARY KEY (tenant_id, batch_id, line),
    FOREIGN KEY (tenant_id, batch_id) REFERENCES import_batches (tenant_id, id)
) STRICT;
CREATE INDEX import_rows_by_fingerprint ON import_rows (tenant_id, fingerprint, batch_id);

-- What was imported before is told row by row too, and may still be taken back where nobody has
-- worked on it.
INSERT INTO import_rows
    SELECT b.tenant_id, b.id, row_number() OVER (PARTITION BY b.id ORDER BY a.id) + 1, 'imported',
        a.tenant_id, a.id, a.fingerprint, '{}',
        CASE WHEN a.retired_at IS NOT NULL THEN 'undone' WHEN b.undone_at IS NOT NULL THEN 'kept' END
    FROM agreements a JOIN import_batches b ON b.id = a.import_batch_id;
UPDATE import_batches SET completed_at = created_at;
UPDATE agreement_grants SET acts = 1, keeps = 1
    WHERE until IS NULL AND EXISTS (SELECT 1 FROM agreements a
        WHERE a.tenant_id = agreement_grants.tenant_id AND a.id = agreement_grants.agreement_id
        AND a.import_batch_id IS NOT NULL AND a.retired_at IS NULL AND a.inscription IS NULL
        AND a.stage = 'signed' AND agreement_grants.viewer_tenant = a.acting_tenant
        AND (SELECT count(*) FROM history h WHERE h.tenant_id = a.tenant_id AND h.agreement_id = a.id) = 1);
