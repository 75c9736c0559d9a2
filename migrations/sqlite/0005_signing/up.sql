-- Who signs: bodies and administrations of governments, the approval, departure and adhesion of a
-- party, the document that a signatory's authority stands in, and who is in charge of a state's
-- designated office. What a party writes of itself in another's case only grows: the newest
-- approval counts.

ALTER TABLE submissions ADD COLUMN parties TEXT;
ALTER TABLE agreement_parties ADD COLUMN body_id TEXT;
ALTER TABLE signatories ADD COLUMN authority_document_id TEXT;
ALTER TABLE offices ADD COLUMN head_person_id TEXT REFERENCES people (id);

CREATE TABLE government_bodies (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('central','dependency','decentralized','intermunicipal','university','legislature','court','autonomous','prosecutor')),
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    successor_id TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, successor_id) REFERENCES government_bodies (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX government_bodies_id ON government_bodies (id);

CREATE TABLE body_governments (
    tenant_id TEXT NOT NULL,
    body_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    PRIMARY KEY (tenant_id, body_id, government_id),
    FOREIGN KEY (tenant_id, body_id) REFERENCES government_bodies (tenant_id, id)
) STRICT;
CREATE INDEX body_governments_by_government ON body_governments (government_id, body_id);

CREATE TABLE administrations (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    head_person_id TEXT REFERENCES people (id),
    head_post TEXT,
    head_capacity TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX administrations_id ON administrations (id);
CREATE INDEX administrations_by_start ON administrations (tenant_id, starts_on);

CREATE TABLE party_approvals (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    document_id TEXT NOT NULL,
    session_on TEXT,
    members INTEGER,
    votes_for INTEGER,
    votes_against INTEGER,
    abstentions INTEGER,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
) STRICT;
CREATE INDEX party_approvals_by_party ON party_approvals (tenant_id, agreement_id, government_id, id);

CREATE TABLE party_departures (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    reason TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE INDEX party_departures_by_agreement ON party_departures (tenant_id, agreement_id, id);

CREATE TABLE adhesions (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    signed_on TEXT NOT NULL,
    place TEXT NOT NULL,
    document_id TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX adhesions_party ON adhesions (tenant_id, agreement_id, government_id);

CREATE TABLE adhesion_signatories (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    position INTEGER NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    post TEXT NOT NULL,
    capacity TEXT NOT NULL,
    authority_document_id TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE INDEX adhesion_signatories_by_party ON adhesion_signatories (tenant_id, agreement_id, government_id, position);

CREATE TRIGGER party_approvals_no_update BEFORE UPDATE ON party_approvals BEGIN SELECT RAISE(ABORT, 'party_approvals only grows'); END;
CREATE TRIGGER party_approvals_no_delete BEFORE DELETE ON party_approvals BEGIN SELECT RAISE(ABORT, 'party_approvals only grows'); END;
CREATE TRIGGER party_departures_no_update BEFORE UPDATE ON party_departures BEGIN SELECT RAISE(ABORT, 'party_departures only grows'); END;
CREATE TRIGGER party_departures_no_delete BEFORE DELETE ON party_departures BEGIN SELECT RAISE(ABORT, 'party_departures only grows'); END;
CREATE TRIGGER adhesions_no_update BEFORE UPDATE ON adhesions BEGIN SELECT RAISE(ABORT, 'adhesions only grows'); END;
CREATE TRIGGER adhesions_no_delete BEFORE DELETE ON adhesions BEGIN SELECT RAISE(ABORT, 'adhesions only grows'); END;
CREATE TRIGGER adhesion_signatories_no_update BEFORE UPDATE ON adhesion_signatories BEGIN SELECT RAISE(ABORT, 'adhesion_signatories only grows'); END;
CREATE TRIGGER adhesion_signatories_no_delete BEFORE DELETE ON adhesion_signatories BEGIN SELECT RAISE(ABORT, 'adhesion_signatories only grows'); END;
