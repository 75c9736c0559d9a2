-- How common a condition of a list is, and which records are on its page, is read from the index alone: the
-- owner is in it too. The rows of the table that a word finds are far apart, and 2,000 of them are counted.
ALTER TABLE record_facets DROP CONSTRAINT record_facets_pkey;
ALTER TABLE record_facets ADD PRIMARY KEY (viewer_tenant, facet, sort_key, record_id) INCLUDE (owner_tenant);
