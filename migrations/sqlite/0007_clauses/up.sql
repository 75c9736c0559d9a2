-- The clauses of the texts: one row for each language of a set, beside its file. They never
-- change, as the set does not. A set may be that of the signed text; rows from before are none.
-- A remark keeps which model clause it points to, so that a later version can be compared with it.
ALTER TABLE text_sets ADD COLUMN signed INTEGER CHECK (signed IN (0, 1));
ALTER TABLE remarks ADD COLUMN clause_model TEXT;

CREATE TABLE text_clauses (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    text_set INTEGER NOT NULL,
    language TEXT NOT NULL,
    clauses TEXT NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, text_set, language),
    FOREIGN KEY (tenant_id, agreement_id, text_set) REFERENCES text_sets (tenant_id, agreement_id, number)
) STRICT;
CREATE TRIGGER text_clauses_no_update BEFORE UPDATE ON text_clauses BEGIN SELECT RAISE(ABORT, 'text_clauses only grows'); END;
CREATE TRIGGER text_clauses_no_delete BEFORE DELETE ON text_clauses BEGIN SELECT RAISE(ABORT, 'text_clauses only grows'); END;
