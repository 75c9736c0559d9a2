DROP INDEX annotations_by_kind;
DROP INDEX agreement_facts_by_begin;
DROP INDEX agreement_access_pressing;
DROP INDEX history_by_move;
DROP POLICY stamps ON agreement_access;
CREATE POLICY changes ON agreement_access FOR UPDATE TO vinculo_app
    USING (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())))
    WITH CHECK (owner_tenant = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
REVOKE UPDATE (updated_at) ON agreement_access FROM vinculo_app;
GRANT UPDATE ON agreement_access TO vinculo_app;
DROP INDEX agreement_parties_by_body;
