SET row_security = off;
ALTER TABLE agreement_grants NO FORCE ROW LEVEL SECURITY;
DELETE FROM agreement_grants WHERE reason IN ('reporter','agent');
ALTER TABLE agreement_grants FORCE ROW LEVEL SECURITY;
ALTER TABLE agreement_grants DROP CONSTRAINT agreement_grants_reason_check;
ALTER TABLE agreement_grants ADD CONSTRAINT agreement_grants_reason_check
    CHECK (reason IN ('owner','party','state_reviewer','federal'));
ALTER TABLE history DROP COLUMN on_behalf;
ALTER TABLE opinions DROP COLUMN valid_until;
ALTER TABLE submissions DROP COLUMN announcement;
ALTER TABLE agreements DROP COLUMN dispute;
ALTER TABLE agreements DROP COLUMN out_of_scope;
ALTER TABLE agreements DROP COLUMN regularized_at;
ALTER TABLE agreements DROP COLUMN regularizing;
