-- A body finds the cases that it signs in.
CREATE INDEX IF NOT EXISTS agreement_parties_by_body ON agreement_parties (tenant_id, body_id);

-- Lines of access are written anew, never changed; but a government that assigns a case stamps its
-- own line of it, whether it acts on the case or not, and nothing else of that line
-- (docs/adr/0025).
REVOKE UPDATE ON agreement_access FROM vinculo_app;
GRANT UPDATE (updated_at) ON agreement_access TO vinculo_app;
DROP POLICY IF EXISTS changes ON agreement_access;
DROP POLICY IF EXISTS stamps ON agreement_access;
CREATE POLICY stamps ON agreement_access FOR UPDATE TO vinculo_app
    USING (viewer_tenant = (SELECT app_actor()) AND owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT seen_case()))
    WITH CHECK (viewer_tenant = (SELECT app_actor()) AND owner_tenant = (SELECT app_tenant()) AND agreement_id = (SELECT seen_case()));

-- What moved last, for notices; what presses most, for the workspace.
CREATE INDEX history_by_move ON history (tenant_id, at, agreement_id, version) WHERE from_stage IS NOT NULL;
CREATE INDEX agreement_access_pressing ON agreement_access (viewer_tenant, stage, priority DESC, due_on, updated_at DESC, agreement_id DESC);
-- The first fact of a viewer; what an inscription took the place of.
CREATE INDEX agreement_facts_by_begin ON agreement_facts (viewer_tenant, valid_from);
CREATE INDEX annotations_by_kind ON annotations (kind, created_at);
