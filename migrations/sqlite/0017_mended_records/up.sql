-- Past agreements that came on record with an error are corrected or withdrawn where they stand
-- (docs/adr/0024), and an import is undone with its inscriptions.

-- Withdrawn as recorded in error: everybody who knew of the record still reads it, outside of lists
-- and figures, and the agreement may be recorded again.
ALTER TABLE agreements ADD COLUMN recorded_in_error INTEGER NOT NULL DEFAULT 0 CHECK (recorded_in_error IN (0, 1));
-- The agreement that the draft relates to.
ALTER TABLE agreements ADD COLUMN relates_to TEXT;
ALTER TABLE agreement_access ADD COLUMN recorded_in_error INTEGER NOT NULL DEFAULT 0 CHECK (recorded_in_error IN (0, 1));
-- The last version whose steps a viewer may know of, if it does not follow the case and was told of
-- a correction since; 0 if that is `version`.
ALTER TABLE agreement_access ADD COLUMN known_version INTEGER NOT NULL DEFAULT 0;
ALTER TABLE history ADD COLUMN changes TEXT;
-- The number in an older registry, folded; empty if there is none or if it is free again. Null until
-- the program has filled it.
ALTER TABLE consolidations ADD COLUMN legacy_key TEXT;

DROP INDEX agreements_fingerprint;
CREATE UNIQUE INDEX agreements_fingerprint ON agreements (tenant_id, fingerprint) WHERE retired_at IS NULL AND fingerprint IS NOT NULL AND recorded_in_error = 0;
-- A recorder finds its own records by what they said, those in error too.
CREATE INDEX agreements_by_fingerprint ON agreements (tenant_id, fingerprint) WHERE fingerprint IS NOT NULL;
CREATE INDEX agreement_access_in_error ON agreement_access (viewer_tenant, updated_at, agreement_id) WHERE recorded_in_error;
CREATE INDEX agreements_by_relation ON agreements (relates_to) WHERE relates_to IS NOT NULL;
CREATE UNIQUE INDEX consolidations_legacy ON consolidations (legacy_key) WHERE legacy_key <> '';
CREATE INDEX consolidations_unfilled ON consolidations (number) WHERE legacy_key IS NULL;
CREATE INDEX import_rows_by_agreement ON import_rows (tenant_id, agreement_id);

UPDATE agreements SET relates_to = (SELECT json_extract(d.content, '$.relates_to') FROM agreement_drafts d
    WHERE d.tenant_id = agreements.tenant_id AND d.agreement_id = agreements.id);
-- The reporter corrects what its government has disputed.
UPDATE agreement_grants SET keeps = 1
    WHERE reason = 'reporter' AND acts = 1 AND until IS NULL AND EXISTS (SELECT 1 FROM agreements a
        WHERE a.tenant_id = agreement_grants.tenant_id AND a.id = agreement_grants.agreement_id
        AND a.stage = 'reported' AND a.retired_at IS NULL);
