-- Only PostgreSQL takes a column into an index that is not part of its key; the migration stands on both
-- engines so that their versions stay the same.
SELECT 1;
