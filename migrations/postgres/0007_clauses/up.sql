-- The clauses of the texts: one row for each language of a set, beside its file. They never
-- change, as the set does not. A set may be that of the signed text; rows from before are none.
-- A remark keeps which model clause it points to, so that a later version can be compared with it.
ALTER TABLE text_sets ADD COLUMN signed BOOLEAN;
ALTER TABLE remarks ADD COLUMN clause_model TEXT COLLATE "C";

CREATE TABLE text_clauses (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    text_set INTEGER NOT NULL,
    language TEXT COLLATE "C" NOT NULL,
    clauses TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, text_set, language),
    FOREIGN KEY (tenant_id, agreement_id, text_set) REFERENCES text_sets (tenant_id, agreement_id, number)
);
GRANT SELECT, INSERT ON text_clauses TO vinculo_app;

-- Read by whom their set is read, and written by whom it is written.
CREATE POLICY reads ON text_clauses FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_tenant()) AND ((SELECT app_tenant()) = (SELECT app_actor())
        OR agreement_id = (SELECT full_case()) OR agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())
        OR EXISTS (SELECT 1 FROM submission_access a
            JOIN submissions s ON s.tenant_id = a.owner_tenant AND s.id = a.submission_id
            WHERE a.viewer_tenant = (SELECT app_actor()) AND a.agreement_id = text_clauses.agreement_id
            AND a.owner_tenant = text_clauses.tenant_id AND s.text_set = text_clauses.text_set)));
CREATE POLICY adds ON text_clauses FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT held_tenant()) AND tenant_id = (SELECT app_tenant()) AND (agreement_id = (SELECT acted_case()) OR (SELECT on_behalf())));
ALTER TABLE text_clauses ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
