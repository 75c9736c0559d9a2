-- What happens to an agreement after its inscription (docs/adr/0013): annotations that only grow, the
-- consolidated form that follows from them, and the days between which its standing holds. The last
-- two are derived and may be made anew from the first and the inscription.

CREATE TABLE annotations (
    number TEXT NOT NULL REFERENCES inscriptions (number),
    ordinal INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('correction','amendment','renewal','termination','succession','suspension','resumption','cancellation')),
    effective_on TEXT NOT NULL,
    instrument_number TEXT REFERENCES inscriptions (number),
    document_id TEXT,
    ground TEXT,
    changes TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (number, ordinal),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
) STRICT;
CREATE INDEX annotations_by_agreement ON annotations (tenant_id, agreement_id);
CREATE INDEX annotations_by_instrument ON annotations (instrument_number);

CREATE TABLE consolidations (
    number TEXT NOT NULL REFERENCES inscriptions (number),
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    agreement_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    annotations INTEGER NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    tier TEXT NOT NULL,
    government_id TEXT NOT NULL,
    government_name TEXT NOT NULL,
    counterpart TEXT,
    country TEXT,
    signed_on TEXT NOT NULL,
    content TEXT NOT NULL,
    life TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX consolidations_agreement ON consolidations (tenant_id, agreement_id);
CREATE INDEX consolidations_by_signature ON consolidations (signed_on, number);

-- The facets of the consolidated form; those of `inscription_facets` stay as inscribed.
CREATE TABLE consolidation_facets (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    number TEXT NOT NULL REFERENCES inscriptions (number),
    PRIMARY KEY (facet, value, number)
) STRICT;
CREATE INDEX consolidation_facets_by_number ON consolidation_facets (number);

CREATE TABLE inscription_standings (
    number TEXT NOT NULL REFERENCES inscriptions (number),
    since TEXT NOT NULL,
    until TEXT NOT NULL,
    standing TEXT NOT NULL CHECK (standing IN ('unknown','not_yet_in_force','in_force','suspended','dormant','expired','terminated','superseded')),
    PRIMARY KEY (number, since)
) STRICT;
CREATE INDEX inscription_standings_by_standing ON inscription_standings (standing, until, since, number);

CREATE TABLE document_classifications (
    tenant_id TEXT NOT NULL,
    document_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    agreement_id TEXT NOT NULL,
    classification TEXT NOT NULL CHECK (classification IN ('public','reserved','confidential')),
    ground TEXT,
    until TEXT,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, document_id, number),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
) STRICT;

ALTER TABLE documents ADD COLUMN public_version_of TEXT;
ALTER TABLE opinions ADD COLUMN legal_basis TEXT;

CREATE TRIGGER annotations_no_update BEFORE UPDATE ON annotations BEGIN SELECT RAISE(ABORT, 'annotations only grows'); END;
CREATE TRIGGER annotations_no_delete BEFORE DELETE ON annotations BEGIN SELECT RAISE(ABORT, 'annotations only grows'); END;
CREATE TRIGGER document_classifications_no_update BEFORE UPDATE ON document_classifications BEGIN SELECT RAISE(ABORT, 'document_classifications only grows'); END;
CREATE TRIGGER document_classifications_no_delete BEFORE DELETE ON document_classifications BEGIN SELECT RAISE(ABORT, 'document_classifications only grows'); END;
