-- Decisions on agreements of one government that overlap: every version, the highest one in force.
-- Whether the two still overlap is computed; what they shared then is in the row. A pair has
-- one order.
CREATE TABLE overlap_resolutions (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    agreement_id TEXT NOT NULL,
    other_id TEXT NOT NULL,
    version INTEGER NOT NULL CHECK (version > 0),
    decision TEXT NOT NULL CHECK (decision IN ('keep_both','merge','end_one','not_an_overlap')),
    reason TEXT NOT NULL,
    responsible TEXT,
    shared TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, other_id, version),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, other_id) REFERENCES agreements (tenant_id, id),
    CHECK (agreement_id < other_id)
) STRICT;
CREATE INDEX overlap_resolutions_by_other ON overlap_resolutions (tenant_id, other_id);

-- The agreements of a government that name one counterpart.
CREATE INDEX agreement_counterparts_by_owner ON agreement_counterparts (tenant_id, counterpart_tenant, counterpart_id, agreement_id);

CREATE TRIGGER overlap_resolutions_no_update BEFORE UPDATE ON overlap_resolutions BEGIN SELECT RAISE(ABORT, 'overlap_resolutions only grows'); END;
CREATE TRIGGER overlap_resolutions_no_delete BEFORE DELETE ON overlap_resolutions BEGIN SELECT RAISE(ABORT, 'overlap_resolutions only grows'); END;
