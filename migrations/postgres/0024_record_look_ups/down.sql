DROP INDEX record_facets_by_record;
CREATE INDEX record_facets_by_record ON record_facets (owner_tenant, record_id);
