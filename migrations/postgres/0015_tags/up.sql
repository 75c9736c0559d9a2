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
