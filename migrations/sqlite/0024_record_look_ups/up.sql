-- Whether a record stands under one more facet is looked up from the index alone, however many others do.
DROP INDEX record_facets_by_record;
CREATE INDEX record_facets_by_record ON record_facets (owner_tenant, record_id, facet, viewer_tenant);
