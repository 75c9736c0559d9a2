DELETE FROM record_facets WHERE facet LIKE '%:answer=%' OR facet LIKE '%:close=%' OR facet LIKE '%:other=%' OR facet LIKE '%:told=%';
