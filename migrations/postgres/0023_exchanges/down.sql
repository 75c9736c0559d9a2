-- The tables are under FORCE, which holds for their owner too.
SET LOCAL row_security = off;
ALTER TABLE records NO FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
DELETE FROM record_facets WHERE facet LIKE '%:answer=%' OR facet LIKE '%:close=%' OR facet LIKE '%:other=%' OR facet LIKE '%:told=%';
ALTER TABLE records FORCE ROW LEVEL SECURITY;
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
SET LOCAL row_security = on;
