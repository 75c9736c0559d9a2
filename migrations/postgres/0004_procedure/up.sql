-- The whole table of the procedure: what a case keeps of an announcement, of a finding that it is
-- out of scope, of a report that is disputed, and of an opinion asked for after the signature.
ALTER TABLE agreements ADD COLUMN regularizing BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE agreements ADD COLUMN regularized_at TIMESTAMP;
ALTER TABLE agreements ADD COLUMN out_of_scope TEXT COLLATE "C";
ALTER TABLE agreements ADD COLUMN dispute TEXT COLLATE "C";
ALTER TABLE submissions ADD COLUMN announcement BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE opinions ADD COLUMN valid_until TEXT COLLATE "C";
ALTER TABLE history ADD COLUMN on_behalf BOOLEAN NOT NULL DEFAULT FALSE;
ALTER TABLE agreement_grants DROP CONSTRAINT agreement_grants_reason_check;
ALTER TABLE agreement_grants ADD CONSTRAINT agreement_grants_reason_check
    CHECK (reason IN ('owner','party','state_reviewer','federal','reporter','agent'));
