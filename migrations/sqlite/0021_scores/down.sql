DELETE FROM record_facets WHERE facet LIKE 'international-offices%:direct_link=%' OR facet LIKE 'committees%:has_rules=%';
DROP INDEX administrations_by_end;
DROP INDEX agreement_facts_by_place;
DROP TABLE score_methods;
