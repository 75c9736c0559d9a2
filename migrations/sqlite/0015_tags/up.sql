-- A body finds the cases that it signs in. That a government stamps its own line of a case is a
-- policy on PostgreSQL.
CREATE INDEX IF NOT EXISTS agreement_parties_by_body ON agreement_parties (tenant_id, body_id);

-- What moved last, for notices; what presses most, for the workspace.
CREATE INDEX history_by_move ON history (tenant_id, at, agreement_id, version) WHERE from_stage IS NOT NULL;
CREATE INDEX agreement_access_pressing ON agreement_access (viewer_tenant, stage, priority DESC, due_on, updated_at DESC, agreement_id DESC);
-- The first fact of a viewer; what an inscription took the place of.
CREATE INDEX agreement_facts_by_begin ON agreement_facts (viewer_tenant, valid_from);
CREATE INDEX annotations_by_kind ON annotations (kind, created_at);
