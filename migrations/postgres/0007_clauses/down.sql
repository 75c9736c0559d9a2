DROP TABLE text_clauses;
ALTER TABLE remarks DROP COLUMN clause_model;
ALTER TABLE text_sets DROP COLUMN signed;
