ALTER TABLE record_facets DROP CONSTRAINT record_facets_pkey;
ALTER TABLE record_facets ADD PRIMARY KEY (viewer_tenant, facet, sort_key, record_id);
