SET LOCAL row_security = off;
ALTER TABLE record_facets NO FORCE ROW LEVEL SECURITY;
DELETE FROM record_facets WHERE facet LIKE 'international-offices%:direct_link=%' OR facet LIKE 'committees%:has_rules=%';
ALTER TABLE record_facets FORCE ROW LEVEL SECURITY;
DROP INDEX administrations_by_end;
DROP INDEX agreement_facts_by_place;
DROP TABLE score_methods;
