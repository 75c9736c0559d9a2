-- A body finds the cases that it signs in. That a government stamps its own line of a case is a
-- policy on PostgreSQL.
CREATE INDEX IF NOT EXISTS agreement_parties_by_body ON agreement_parties (tenant_id, body_id);
