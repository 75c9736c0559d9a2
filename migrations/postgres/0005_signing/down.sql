DROP POLICY changes ON agreement_drafts;
CREATE POLICY changes ON agreement_drafts FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()));
DROP POLICY changes ON agreement_parties;
CREATE POLICY changes ON agreement_parties FOR UPDATE TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()))
    WITH CHECK (tenant_id = (SELECT held_tenant()) OR government_id = (SELECT app_actor()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
DROP POLICY removes ON agreement_parties;
CREATE POLICY removes ON agreement_parties FOR DELETE TO vinculo_app
    USING (tenant_id = (SELECT held_tenant()));
DROP TABLE adhesion_signatories;
DROP TABLE adhesions;
DROP TABLE party_departures;
DROP TABLE party_approvals;
DROP TABLE administrations;
DROP TABLE body_governments;
DROP TABLE government_bodies;
DROP FUNCTION leaving_case();
ALTER TABLE offices DROP COLUMN head_person_id;
ALTER TABLE signatories DROP COLUMN authority_document_id;
ALTER TABLE agreement_parties DROP COLUMN body_id;
ALTER TABLE submissions DROP COLUMN parties;
