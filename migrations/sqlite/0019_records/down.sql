DROP TABLE record_links;
DROP TABLE record_amounts;
DROP TABLE record_facets;
DROP TABLE record_shares;
DROP TABLE record_versions;
DROP TABLE records;
