DROP TABLE import_rows;
ALTER TABLE import_batches DROP COLUMN completed_at;
ALTER TABLE import_batches DROP COLUMN summary;
ALTER TABLE agreement_grants DROP COLUMN keeps;
