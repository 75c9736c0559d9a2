-- In one statement: their policies name each other.
DROP TABLE record_links, record_amounts, record_facets, record_shares, record_versions, records;
DROP FUNCTION acted_record();
DROP FUNCTION app_viewers();
