-- Decisions on agreements of one government that overlap: every version, the highest one in force.
-- Whether the two still overlap is computed; what they shared then is in the row. A pair has
-- one order.
CREATE TABLE overlap_resolutions (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    agreement_id TEXT COLLATE "C" NOT NULL,
    other_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    decision TEXT COLLATE "C" NOT NULL CHECK (decision IN ('keep_both','merge','end_one','not_an_overlap')),
    reason TEXT COLLATE "C" NOT NULL,
    responsible TEXT COLLATE "C",
    shared TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, other_id, version),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, other_id) REFERENCES agreements (tenant_id, id),
    CHECK (agreement_id < other_id)
);
CREATE INDEX overlap_resolutions_by_other ON overlap_resolutions (tenant_id, other_id);

-- The agreements of a government that name one counterpart.
CREATE INDEX agreement_counterparts_by_owner ON agreement_counterparts (tenant_id, counterpart_tenant, counterpart_id, agreement_id);

-- What a government makes of its own agreements is its own: neither its state nor the ministry reads
-- it.
GRANT SELECT, INSERT ON overlap_resolutions TO vinculo_app;
ALTER TABLE overlap_resolutions ENABLE ROW LEVEL SECURITY, FORCE ROW LEVEL SECURITY;
CREATE POLICY reads ON overlap_resolutions FOR SELECT TO vinculo_app
    USING (tenant_id = (SELECT app_actor()));
CREATE POLICY adds ON overlap_resolutions FOR INSERT TO vinculo_app
    WITH CHECK (tenant_id = (SELECT app_actor()) AND acting_tenant = (SELECT app_actor()));
