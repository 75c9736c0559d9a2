-- The first house: tenants and people, the write door's own tables, counterparts, agreements
-- and the registry. Tenant-owned tables have the key (tenant_id, id); a table of access starts
-- with its viewer, so that one equality decides what a viewer reads. Instants are UTC to the
-- microsecond, ids UUIDv7 made by the server, enumerations text with a CHECK.

CREATE TABLE tenants (
    id TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active','suspended')),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE governments (
    id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    valid_from TEXT COLLATE "C" NOT NULL,
    valid_to TEXT COLLATE "C",
    tier TEXT COLLATE "C" NOT NULL CHECK (tier IN ('federal','federal_body','state','municipality','observer')),
    kind TEXT COLLATE "C",
    name TEXT COLLATE "C" NOT NULL,
    official_name TEXT COLLATE "C",
    abbreviation TEXT COLLATE "C",
    sort_name TEXT COLLATE "C" NOT NULL,
    parent_id TEXT COLLATE "C" REFERENCES tenants (id),
    inegi_key TEXT COLLATE "C",
    area_km2 INTEGER,
    PRIMARY KEY (id, valid_from)
);
CREATE UNIQUE INDEX governments_current ON governments (id) WHERE valid_to IS NULL;
CREATE INDEX governments_by_name ON governments (sort_name, id);
CREATE INDEX governments_by_parent ON governments (parent_id, sort_name, id);
CREATE INDEX governments_by_tier ON governments (tier, sort_name, id);

CREATE TABLE people (
    id TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);

CREATE TABLE accounts (
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    email TEXT COLLATE "C" NOT NULL,
    password_hash TEXT COLLATE "C" NOT NULL,
    status TEXT COLLATE "C" NOT NULL CHECK (status IN ('active','suspended')),
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (person_id)
);
CREATE UNIQUE INDEX accounts_email ON accounts (email);

CREATE TABLE memberships (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    role TEXT COLLATE "C" NOT NULL,
    since TIMESTAMP NOT NULL,
    until TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX memberships_current ON memberships (tenant_id, person_id, role) WHERE until IS NULL;
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE sessions (
    id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    created_at TIMESTAMP NOT NULL,
    expires_at TIMESTAMP NOT NULL,
    revoked_at TIMESTAMP,
    revoke_reason TEXT COLLATE "C",
    PRIMARY KEY (id)
);
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE refresh_tokens (
    hash TEXT COLLATE "C" NOT NULL,
    session_id TEXT COLLATE "C" NOT NULL REFERENCES sessions (id),
    parent_hash TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    used_at TIMESTAMP,
    PRIMARY KEY (hash)
);
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE idempotency_keys (
    tenant_id TEXT COLLATE "C" NOT NULL,
    principal TEXT COLLATE "C" NOT NULL,
    operation TEXT COLLATE "C" NOT NULL,
    key TEXT COLLATE "C" NOT NULL,
    fingerprint TEXT COLLATE "C" NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, principal, operation, key)
);
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE audit_log (
    id TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL,
    tenant_id TEXT COLLATE "C" NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    session_id TEXT COLLATE "C",
    operation TEXT COLLATE "C" NOT NULL,
    outcome TEXT COLLATE "C" NOT NULL CHECK (outcome IN ('done','read','refused')),
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject_id TEXT COLLATE "C",
    version INTEGER,
    request_id TEXT COLLATE "C" NOT NULL,
    detail TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (id)
);
CREATE INDEX audit_log_by_tenant ON audit_log (tenant_id, id);
CREATE INDEX audit_log_by_actor ON audit_log (acting_tenant, id);

CREATE TABLE audit_owners (
    tenant_id TEXT COLLATE "C" NOT NULL,
    audit_id TEXT COLLATE "C" NOT NULL REFERENCES audit_log (id),
    subjects TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, audit_id)
);

CREATE TABLE outbox (
    id TEXT COLLATE "C" NOT NULL,
    position BIGINT,
    tenant_id TEXT COLLATE "C" NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    event_type TEXT COLLATE "C" NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    subject_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    payload TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);
CREATE UNIQUE INDEX outbox_position ON outbox (position);
CREATE INDEX outbox_waiting ON outbox (id) WHERE position IS NULL;

CREATE TABLE counters (
    series TEXT COLLATE "C" NOT NULL,
    value BIGINT NOT NULL,
    PRIMARY KEY (series)
);

CREATE TABLE search_words (
    viewer TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    word TEXT COLLATE "C" NOT NULL,
    subject_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer, kind, word, subject_id)
);
CREATE INDEX search_words_by_subject ON search_words (viewer, kind, subject_id);

CREATE TABLE external_ids (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    subject_kind TEXT COLLATE "C" NOT NULL,
    system TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    subject_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, subject_kind, system, value)
);
CREATE INDEX external_ids_by_subject ON external_ids (tenant_id, subject_kind, subject_id);

CREATE TABLE mechanisms (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    state_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    name TEXT COLLATE "C" NOT NULL,
    kinds TEXT COLLATE "C" NOT NULL,
    starts_on TEXT COLLATE "C" NOT NULL,
    ends_on TEXT COLLATE "C",
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX mechanisms_id ON mechanisms (id);
CREATE INDEX mechanisms_by_state ON mechanisms (state_id, starts_on);

CREATE TABLE offices (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    state_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    name TEXT COLLATE "C" NOT NULL,
    head_post TEXT COLLATE "C",
    since TEXT COLLATE "C" NOT NULL,
    until TEXT COLLATE "C",
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX offices_id ON offices (id);
CREATE INDEX offices_by_state ON offices (state_id, since);

CREATE TABLE counterparts (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('foreign_government','international_organization','private','domestic')),
    level TEXT COLLATE "C" NOT NULL,
    name TEXT COLLATE "C" NOT NULL,
    sort_name TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    visibility TEXT COLLATE "C" NOT NULL CHECK (visibility IN ('private','government','network','public')),
    version INTEGER NOT NULL,
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    retired_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX counterparts_id ON counterparts (id);
CREATE UNIQUE INDEX counterparts_name ON counterparts (tenant_id, kind, level, country, sort_name) WHERE retired_at IS NULL;
CREATE INDEX counterparts_by_owner ON counterparts (tenant_id, sort_name, id) WHERE retired_at IS NULL;
CREATE INDEX counterparts_by_visibility ON counterparts (visibility, sort_name, id) WHERE retired_at IS NULL;

CREATE TABLE import_batches (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    file_name TEXT COLLATE "C" NOT NULL,
    file_sha256 TEXT COLLATE "C" NOT NULL,
    row_count INTEGER NOT NULL,
    person_id TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    undone_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX import_batches_id ON import_batches (id);

CREATE TABLE agreements (
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT COLLATE "C" NOT NULL CHECK (stage IN ('draft','state_review','returned','federal_intake','legal_review','observed','opinion_favorable','opinion_unfavorable','signed','pending_registration','registered','withdrawn','out_of_scope','reported','abandoned')),
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('twinning','specific_cooperation','statement_of_intent','domestic','private_contract')),
    compliance TEXT COLLATE "C" NOT NULL CHECK (compliance IN ('in_process','compliant','non_compliant','unknown')),
    returned_from TEXT COLLATE "C",
    file_number TEXT COLLATE "C",
    signed_on TEXT COLLATE "C",
    signed_place TEXT COLLATE "C",
    originals TEXT COLLATE "C",
    inscription TEXT COLLATE "C",
    source TEXT COLLATE "C",
    quality_flags TEXT COLLATE "C" NOT NULL,
    import_batch_id TEXT COLLATE "C",
    fingerprint TEXT COLLATE "C",
    created_at TIMESTAMP NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    acting_tenant TEXT COLLATE "C" NOT NULL,
    retired_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id)
);
CREATE UNIQUE INDEX agreements_id ON agreements (id);
CREATE UNIQUE INDEX agreements_fingerprint ON agreements (tenant_id, fingerprint) WHERE retired_at IS NULL AND fingerprint IS NOT NULL;
CREATE INDEX agreements_by_batch ON agreements (import_batch_id);

CREATE TABLE agreement_drafts (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);

CREATE TABLE agreement_parties (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    role TEXT COLLATE "C" NOT NULL,
    body TEXT COLLATE "C",
    position INTEGER NOT NULL,
    confirmed_at TIMESTAMP,
    confirmed_by TEXT COLLATE "C",
    PRIMARY KEY (tenant_id, agreement_id, government_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);

CREATE TABLE agreement_counterparts (
    tenant_id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    counterpart_tenant TEXT COLLATE "C" NOT NULL,
    counterpart_id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, counterpart_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (counterpart_tenant, counterpart_id) REFERENCES counterparts (tenant_id, id)
);
CREATE INDEX agreement_counterparts_by_counterpart ON agreement_counterparts (counterpart_tenant, counterpart_id);

CREATE TABLE agreement_grants (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    viewer_tenant TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    reason TEXT COLLATE "C" NOT NULL CHECK (reason IN ('owner','party','state_reviewer','federal')),
    level TEXT COLLATE "C" NOT NULL CHECK (level IN ('summary','submitted','full')),
    acts BOOLEAN NOT NULL,
    follows BOOLEAN NOT NULL,
    legal_basis TEXT COLLATE "C" NOT NULL,
    since TIMESTAMP NOT NULL,
    until TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX agreement_grants_current ON agreement_grants (tenant_id, agreement_id, viewer_tenant, reason) WHERE until IS NULL;
CREATE INDEX agreement_grants_by_viewer ON agreement_grants (viewer_tenant, agreement_id);

CREATE TABLE agreement_access (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    level TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    compliance TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    country TEXT COLLATE "C" NOT NULL,
    counterpart TEXT COLLATE "C" NOT NULL,
    signed_on TEXT COLLATE "C" NOT NULL,
    updated_at TIMESTAMP NOT NULL,
    PRIMARY KEY (viewer_tenant, agreement_id)
);
CREATE INDEX agreement_access_newest ON agreement_access (viewer_tenant, updated_at, agreement_id);
CREATE INDEX agreement_access_by_stage ON agreement_access (viewer_tenant, stage, updated_at, agreement_id);
CREATE INDEX agreement_access_by_kind ON agreement_access (viewer_tenant, kind, updated_at, agreement_id);
CREATE INDEX agreement_access_by_country ON agreement_access (viewer_tenant, country, updated_at, agreement_id);
CREATE INDEX agreement_access_by_owner ON agreement_access (viewer_tenant, owner_tenant, updated_at, agreement_id);
CREATE INDEX agreement_access_by_compliance ON agreement_access (viewer_tenant, compliance, updated_at, agreement_id);
CREATE INDEX agreement_access_by_signature ON agreement_access (viewer_tenant, signed_on, agreement_id);

CREATE TABLE documents (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    subject_kind TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    language TEXT COLLATE "C",
    rendition TEXT COLLATE "C" NOT NULL,
    classification TEXT COLLATE "C" NOT NULL,
    ground TEXT COLLATE "C",
    until TEXT COLLATE "C",
    file_name TEXT COLLATE "C" NOT NULL,
    media_type TEXT COLLATE "C" NOT NULL,
    size BIGINT NOT NULL,
    sha256 TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX documents_id ON documents (id);
CREATE INDEX documents_by_agreement ON documents (tenant_id, agreement_id, id);
CREATE INDEX documents_by_digest ON documents (tenant_id, sha256);

CREATE TABLE document_access (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer_tenant, document_id),
    FOREIGN KEY (owner_tenant, document_id) REFERENCES documents (tenant_id, id)
);
CREATE INDEX document_access_by_agreement ON document_access (viewer_tenant, agreement_id, document_id);

CREATE TABLE text_sets (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    texts TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX text_sets_number ON text_sets (tenant_id, agreement_id, number);

CREATE TABLE submissions (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    sent_to TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    content TEXT COLLATE "C" NOT NULL,
    counterparts TEXT COLLATE "C" NOT NULL,
    text_set INTEGER,
    signed BOOLEAN NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    submitted_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX submissions_number ON submissions (tenant_id, agreement_id, number);

CREATE TABLE submission_access (
    viewer_tenant TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    number INTEGER NOT NULL,
    owner_tenant TEXT COLLATE "C" NOT NULL,
    submission_id TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (viewer_tenant, agreement_id, number),
    FOREIGN KEY (owner_tenant, submission_id) REFERENCES submissions (tenant_id, id)
);

CREATE TABLE remarks (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    submission INTEGER NOT NULL,
    kind TEXT COLLATE "C" NOT NULL CHECK (kind IN ('remark','observation')),
    text TEXT COLLATE "C" NOT NULL,
    text_set INTEGER,
    language TEXT COLLATE "C",
    clause TEXT COLLATE "C",
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    answer TEXT COLLATE "C",
    answered_by TEXT COLLATE "C",
    answered_at TIMESTAMP,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE INDEX remarks_by_agreement ON remarks (tenant_id, agreement_id, id);

CREATE TABLE opinions (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    submission INTEGER NOT NULL,
    result TEXT COLLATE "C" NOT NULL CHECK (result IN ('favorable','favorable_with_observations','unfavorable')),
    number TEXT COLLATE "C" NOT NULL,
    issued_on TEXT COLLATE "C" NOT NULL,
    document_id TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
);
CREATE INDEX opinions_by_agreement ON opinions (tenant_id, agreement_id, id);

CREATE TABLE signatories (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    position INTEGER NOT NULL,
    side TEXT COLLATE "C" NOT NULL CHECK (side IN ('mexican','counterpart')),
    party TEXT COLLATE "C" NOT NULL,
    person_id TEXT COLLATE "C" NOT NULL REFERENCES people (id),
    post TEXT COLLATE "C" NOT NULL,
    capacity TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE INDEX signatories_by_agreement ON signatories (tenant_id, agreement_id, position);

CREATE TABLE history (
    tenant_id TEXT COLLATE "C" NOT NULL,
    id TEXT COLLATE "C" NOT NULL,
    agreement_id TEXT COLLATE "C" NOT NULL,
    version INTEGER NOT NULL,
    action TEXT COLLATE "C" NOT NULL,
    from_stage TEXT COLLATE "C",
    to_stage TEXT COLLATE "C" NOT NULL,
    shared BOOLEAN NOT NULL,
    note TEXT COLLATE "C",
    note_for TEXT COLLATE "C",
    person_id TEXT COLLATE "C",
    acting_tenant TEXT COLLATE "C" NOT NULL,
    request_id TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX history_version ON history (tenant_id, agreement_id, version);

CREATE TABLE inscriptions (
    number TEXT COLLATE "C" NOT NULL,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    tenant_id TEXT COLLATE "C" NOT NULL REFERENCES tenants (id),
    agreement_id TEXT COLLATE "C" NOT NULL,
    kind TEXT COLLATE "C" NOT NULL,
    title TEXT COLLATE "C" NOT NULL,
    tier TEXT COLLATE "C" NOT NULL,
    government_id TEXT COLLATE "C" NOT NULL,
    government_name TEXT COLLATE "C" NOT NULL,
    counterpart TEXT COLLATE "C",
    country TEXT COLLATE "C",
    signed_on TEXT COLLATE "C" NOT NULL,
    content TEXT COLLATE "C" NOT NULL,
    registered_at TIMESTAMP NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
);
CREATE UNIQUE INDEX inscriptions_ordinal ON inscriptions (year, ordinal);
CREATE UNIQUE INDEX inscriptions_agreement ON inscriptions (tenant_id, agreement_id);
CREATE INDEX inscriptions_by_signature ON inscriptions (signed_on, number);

CREATE TABLE inscription_facets (
    facet TEXT COLLATE "C" NOT NULL,
    value TEXT COLLATE "C" NOT NULL,
    number TEXT COLLATE "C" NOT NULL REFERENCES inscriptions (number),
    PRIMARY KEY (facet, value, number)
);
CREATE INDEX inscription_facets_by_number ON inscription_facets (number);
-- The application owns nothing; what only grows it may not change.
GRANT USAGE ON SCHEMA public TO vinculo_app;
GRANT SELECT ON __diesel_schema_migrations TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON tenants TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON governments TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON people TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON accounts TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON memberships TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON sessions TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON refresh_tokens TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON idempotency_keys TO vinculo_app;
GRANT SELECT, INSERT ON audit_log TO vinculo_app;
GRANT SELECT, INSERT ON audit_owners TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON outbox TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON counters TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON search_words TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON external_ids TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON mechanisms TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON offices TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON counterparts TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON import_batches TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON agreements TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agreement_drafts TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agreement_parties TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agreement_counterparts TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON agreement_grants TO vinculo_app;
GRANT SELECT, INSERT, UPDATE, DELETE ON agreement_access TO vinculo_app;
GRANT SELECT, INSERT ON documents TO vinculo_app;
GRANT SELECT, INSERT ON document_access TO vinculo_app;
GRANT SELECT, INSERT ON text_sets TO vinculo_app;
GRANT SELECT, INSERT ON submissions TO vinculo_app;
GRANT SELECT, INSERT ON submission_access TO vinculo_app;
GRANT SELECT, INSERT, UPDATE ON remarks TO vinculo_app;
GRANT SELECT, INSERT ON opinions TO vinculo_app;
GRANT SELECT, INSERT ON signatories TO vinculo_app;
GRANT SELECT, INSERT ON history TO vinculo_app;
GRANT SELECT, INSERT ON inscriptions TO vinculo_app;
GRANT SELECT, INSERT ON inscription_facets TO vinculo_app;
