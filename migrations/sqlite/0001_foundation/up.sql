-- The first house: tenants and people, the write door's own tables, counterparts, agreements
-- and the registry. Tenant-owned tables have the key (tenant_id, id); a table of access starts
-- with its viewer, so that one equality decides what a viewer reads. Instants are UTC to the
-- microsecond, ids UUIDv7 made by the server, enumerations text with a CHECK.

CREATE TABLE tenants (
    id TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active','suspended')),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE governments (
    id TEXT NOT NULL REFERENCES tenants (id),
    valid_from TEXT NOT NULL,
    valid_to TEXT,
    tier TEXT NOT NULL CHECK (tier IN ('federal','federal_body','state','municipality','observer')),
    kind TEXT,
    name TEXT NOT NULL,
    official_name TEXT,
    abbreviation TEXT,
    sort_name TEXT NOT NULL,
    parent_id TEXT REFERENCES tenants (id),
    inegi_key TEXT,
    area_km2 INTEGER,
    PRIMARY KEY (id, valid_from)
) STRICT;
CREATE UNIQUE INDEX governments_current ON governments (id) WHERE valid_to IS NULL;
CREATE INDEX governments_by_name ON governments (sort_name, id);
CREATE INDEX governments_by_parent ON governments (parent_id, sort_name, id);
CREATE INDEX governments_by_tier ON governments (tier, sort_name, id);

CREATE TABLE people (
    id TEXT NOT NULL,
    name TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;

CREATE TABLE accounts (
    person_id TEXT NOT NULL REFERENCES people (id),
    email TEXT NOT NULL,
    password_hash TEXT NOT NULL,
    status TEXT NOT NULL CHECK (status IN ('active','suspended')),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (person_id)
) STRICT;
CREATE UNIQUE INDEX accounts_email ON accounts (email);

CREATE TABLE memberships (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    role TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX memberships_current ON memberships (tenant_id, person_id, role) WHERE until IS NULL;
CREATE INDEX memberships_by_person ON memberships (person_id);

CREATE TABLE sessions (
    id TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    created_at TEXT NOT NULL,
    expires_at TEXT NOT NULL,
    revoked_at TEXT,
    revoke_reason TEXT,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX sessions_by_person ON sessions (person_id);

CREATE TABLE refresh_tokens (
    hash TEXT NOT NULL,
    session_id TEXT NOT NULL REFERENCES sessions (id),
    parent_hash TEXT,
    created_at TEXT NOT NULL,
    used_at TEXT,
    PRIMARY KEY (hash)
) STRICT;
CREATE INDEX refresh_tokens_by_session ON refresh_tokens (session_id);

CREATE TABLE idempotency_keys (
    tenant_id TEXT NOT NULL,
    principal TEXT NOT NULL,
    operation TEXT NOT NULL,
    key TEXT NOT NULL,
    fingerprint TEXT NOT NULL,
    status INTEGER NOT NULL,
    headers TEXT NOT NULL,
    body TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, principal, operation, key)
) STRICT;
CREATE INDEX idempotency_keys_by_age ON idempotency_keys (created_at);

CREATE TABLE audit_log (
    id TEXT NOT NULL,
    at TEXT NOT NULL,
    tenant_id TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    person_id TEXT,
    session_id TEXT,
    operation TEXT NOT NULL,
    outcome TEXT NOT NULL CHECK (outcome IN ('done','read','refused')),
    subject_kind TEXT NOT NULL,
    subject_id TEXT,
    version INTEGER,
    request_id TEXT NOT NULL,
    detail TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE INDEX audit_log_by_tenant ON audit_log (tenant_id, id);
CREATE INDEX audit_log_by_actor ON audit_log (acting_tenant, id);

CREATE TABLE audit_owners (
    tenant_id TEXT NOT NULL,
    audit_id TEXT NOT NULL REFERENCES audit_log (id),
    subjects TEXT NOT NULL,
    PRIMARY KEY (tenant_id, audit_id)
) STRICT;

CREATE TABLE outbox (
    id TEXT NOT NULL,
    position INTEGER,
    tenant_id TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    event_type TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    schema_version INTEGER NOT NULL,
    payload TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
CREATE UNIQUE INDEX outbox_position ON outbox (position);
CREATE INDEX outbox_waiting ON outbox (id) WHERE position IS NULL;

CREATE TABLE counters (
    series TEXT NOT NULL,
    value INTEGER NOT NULL,
    PRIMARY KEY (series)
) STRICT;

CREATE TABLE search_words (
    viewer TEXT NOT NULL,
    kind TEXT NOT NULL,
    word TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    PRIMARY KEY (viewer, kind, word, subject_id)
) STRICT;
CREATE INDEX search_words_by_subject ON search_words (viewer, kind, subject_id);

CREATE TABLE external_ids (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    subject_kind TEXT NOT NULL,
    system TEXT NOT NULL,
    value TEXT NOT NULL,
    subject_id TEXT NOT NULL,
    PRIMARY KEY (tenant_id, subject_kind, system, value)
) STRICT;
CREATE INDEX external_ids_by_subject ON external_ids (tenant_id, subject_kind, subject_id);

CREATE TABLE mechanisms (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    state_id TEXT NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    kinds TEXT NOT NULL,
    starts_on TEXT NOT NULL,
    ends_on TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX mechanisms_id ON mechanisms (id);
CREATE INDEX mechanisms_by_state ON mechanisms (state_id, starts_on);

CREATE TABLE offices (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    state_id TEXT NOT NULL REFERENCES tenants (id),
    name TEXT NOT NULL,
    head_post TEXT,
    since TEXT NOT NULL,
    until TEXT,
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX offices_id ON offices (id);
CREATE INDEX offices_by_state ON offices (state_id, since);

CREATE TABLE counterparts (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('foreign_government','international_organization','private','domestic')),
    level TEXT NOT NULL,
    name TEXT NOT NULL,
    sort_name TEXT NOT NULL,
    country TEXT NOT NULL,
    visibility TEXT NOT NULL CHECK (visibility IN ('private','government','network','public')),
    version INTEGER NOT NULL,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    retired_at TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX counterparts_id ON counterparts (id);
CREATE UNIQUE INDEX counterparts_name ON counterparts (tenant_id, kind, level, country, sort_name) WHERE retired_at IS NULL;
CREATE INDEX counterparts_by_owner ON counterparts (tenant_id, sort_name, id) WHERE retired_at IS NULL;
CREATE INDEX counterparts_by_visibility ON counterparts (visibility, sort_name, id) WHERE retired_at IS NULL;

CREATE TABLE import_batches (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    file_name TEXT NOT NULL,
    file_sha256 TEXT NOT NULL,
    row_count INTEGER NOT NULL,
    person_id TEXT,
    created_at TEXT NOT NULL,
    undone_at TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX import_batches_id ON import_batches (id);

CREATE TABLE agreements (
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    id TEXT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL CHECK (stage IN ('draft','state_review','returned','federal_intake','legal_review','observed','opinion_favorable','opinion_unfavorable','signed','pending_registration','registered','withdrawn','out_of_scope','reported','abandoned')),
    kind TEXT NOT NULL CHECK (kind IN ('twinning','specific_cooperation','statement_of_intent','domestic','private_contract')),
    compliance TEXT NOT NULL CHECK (compliance IN ('in_process','compliant','non_compliant','unknown')),
    returned_from TEXT,
    file_number TEXT,
    signed_on TEXT,
    signed_place TEXT,
    originals TEXT,
    inscription TEXT,
    source TEXT,
    quality_flags TEXT NOT NULL,
    import_batch_id TEXT,
    fingerprint TEXT,
    created_at TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    acting_tenant TEXT NOT NULL,
    retired_at TEXT,
    PRIMARY KEY (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreements_id ON agreements (id);
CREATE UNIQUE INDEX agreements_fingerprint ON agreements (tenant_id, fingerprint) WHERE retired_at IS NULL AND fingerprint IS NOT NULL;
CREATE INDEX agreements_by_batch ON agreements (import_batch_id);

CREATE TABLE agreement_drafts (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    content TEXT NOT NULL,
    version INTEGER NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;

CREATE TABLE agreement_parties (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    government_id TEXT NOT NULL REFERENCES tenants (id),
    role TEXT NOT NULL,
    body TEXT,
    position INTEGER NOT NULL,
    confirmed_at TEXT,
    confirmed_by TEXT,
    PRIMARY KEY (tenant_id, agreement_id, government_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;

CREATE TABLE agreement_counterparts (
    tenant_id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    counterpart_tenant TEXT NOT NULL,
    counterpart_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    PRIMARY KEY (tenant_id, agreement_id, counterpart_id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (counterpart_tenant, counterpart_id) REFERENCES counterparts (tenant_id, id)
) STRICT;
CREATE INDEX agreement_counterparts_by_counterpart ON agreement_counterparts (counterpart_tenant, counterpart_id);

CREATE TABLE agreement_grants (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    viewer_tenant TEXT NOT NULL REFERENCES tenants (id),
    reason TEXT NOT NULL CHECK (reason IN ('owner','party','state_reviewer','federal')),
    level TEXT NOT NULL CHECK (level IN ('summary','submitted','full')),
    acts INTEGER NOT NULL CHECK (acts IN (0, 1)),
    follows INTEGER NOT NULL CHECK (follows IN (0, 1)),
    legal_basis TEXT NOT NULL,
    since TEXT NOT NULL,
    until TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX agreement_grants_current ON agreement_grants (tenant_id, agreement_id, viewer_tenant, reason) WHERE until IS NULL;
CREATE INDEX agreement_grants_by_viewer ON agreement_grants (viewer_tenant, agreement_id);

CREATE TABLE agreement_access (
    viewer_tenant TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    level TEXT NOT NULL,
    version INTEGER NOT NULL,
    stage TEXT NOT NULL,
    kind TEXT NOT NULL,
    compliance TEXT NOT NULL,
    title TEXT NOT NULL,
    country TEXT NOT NULL,
    counterpart TEXT NOT NULL,
    signed_on TEXT NOT NULL,
    updated_at TEXT NOT NULL,
    PRIMARY KEY (viewer_tenant, agreement_id)
) STRICT;
CREATE INDEX agreement_access_newest ON agreement_access (viewer_tenant, updated_at, agreement_id);
CREATE INDEX agreement_access_by_stage ON agreement_access (viewer_tenant, stage, updated_at, agreement_id);
CREATE INDEX agreement_access_by_kind ON agreement_access (viewer_tenant, kind, updated_at, agreement_id);
CREATE INDEX agreement_access_by_country ON agreement_access (viewer_tenant, country, updated_at, agreement_id);
CREATE INDEX agreement_access_by_owner ON agreement_access (viewer_tenant, owner_tenant, updated_at, agreement_id);
CREATE INDEX agreement_access_by_compliance ON agreement_access (viewer_tenant, compliance, updated_at, agreement_id);
CREATE INDEX agreement_access_by_signature ON agreement_access (viewer_tenant, signed_on, agreement_id);

CREATE TABLE documents (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    subject_kind TEXT NOT NULL,
    kind TEXT NOT NULL,
    language TEXT,
    rendition TEXT NOT NULL,
    classification TEXT NOT NULL,
    ground TEXT,
    until TEXT,
    file_name TEXT NOT NULL,
    media_type TEXT NOT NULL,
    size INTEGER NOT NULL,
    sha256 TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX documents_id ON documents (id);
CREATE INDEX documents_by_agreement ON documents (tenant_id, agreement_id, id);
CREATE INDEX documents_by_digest ON documents (tenant_id, sha256);

CREATE TABLE document_access (
    viewer_tenant TEXT NOT NULL,
    document_id TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    PRIMARY KEY (viewer_tenant, document_id),
    FOREIGN KEY (owner_tenant, document_id) REFERENCES documents (tenant_id, id)
) STRICT;
CREATE INDEX document_access_by_agreement ON document_access (viewer_tenant, agreement_id, document_id);

CREATE TABLE text_sets (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    texts TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX text_sets_number ON text_sets (tenant_id, agreement_id, number);

CREATE TABLE submissions (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    sent_to TEXT NOT NULL REFERENCES tenants (id),
    content TEXT NOT NULL,
    counterparts TEXT NOT NULL,
    text_set INTEGER,
    signed INTEGER NOT NULL CHECK (signed IN (0, 1)),
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    submitted_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX submissions_number ON submissions (tenant_id, agreement_id, number);

CREATE TABLE submission_access (
    viewer_tenant TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    number INTEGER NOT NULL,
    owner_tenant TEXT NOT NULL,
    submission_id TEXT NOT NULL,
    PRIMARY KEY (viewer_tenant, agreement_id, number),
    FOREIGN KEY (owner_tenant, submission_id) REFERENCES submissions (tenant_id, id)
) STRICT;

CREATE TABLE remarks (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    submission INTEGER NOT NULL,
    kind TEXT NOT NULL CHECK (kind IN ('remark','observation')),
    text TEXT NOT NULL,
    text_set INTEGER,
    language TEXT,
    clause TEXT,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    answer TEXT,
    answered_by TEXT,
    answered_at TEXT,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE INDEX remarks_by_agreement ON remarks (tenant_id, agreement_id, id);

CREATE TABLE opinions (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    submission INTEGER NOT NULL,
    result TEXT NOT NULL CHECK (result IN ('favorable','favorable_with_observations','unfavorable')),
    number TEXT NOT NULL,
    issued_on TEXT NOT NULL,
    document_id TEXT NOT NULL,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    created_at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id),
    FOREIGN KEY (tenant_id, document_id) REFERENCES documents (tenant_id, id)
) STRICT;
CREATE INDEX opinions_by_agreement ON opinions (tenant_id, agreement_id, id);

CREATE TABLE signatories (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    position INTEGER NOT NULL,
    side TEXT NOT NULL CHECK (side IN ('mexican','counterpart')),
    party TEXT NOT NULL,
    person_id TEXT NOT NULL REFERENCES people (id),
    post TEXT NOT NULL,
    capacity TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE INDEX signatories_by_agreement ON signatories (tenant_id, agreement_id, position);

CREATE TABLE history (
    tenant_id TEXT NOT NULL,
    id TEXT NOT NULL,
    agreement_id TEXT NOT NULL,
    version INTEGER NOT NULL,
    action TEXT NOT NULL,
    from_stage TEXT,
    to_stage TEXT NOT NULL,
    shared INTEGER NOT NULL CHECK (shared IN (0, 1)),
    note TEXT,
    note_for TEXT,
    person_id TEXT,
    acting_tenant TEXT NOT NULL,
    request_id TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (tenant_id, id),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX history_version ON history (tenant_id, agreement_id, version);

CREATE TABLE inscriptions (
    number TEXT NOT NULL,
    year INTEGER NOT NULL,
    ordinal INTEGER NOT NULL,
    tenant_id TEXT NOT NULL REFERENCES tenants (id),
    agreement_id TEXT NOT NULL,
    kind TEXT NOT NULL,
    title TEXT NOT NULL,
    tier TEXT NOT NULL,
    government_id TEXT NOT NULL,
    government_name TEXT NOT NULL,
    counterpart TEXT,
    country TEXT,
    signed_on TEXT NOT NULL,
    content TEXT NOT NULL,
    registered_at TEXT NOT NULL,
    PRIMARY KEY (number),
    FOREIGN KEY (tenant_id, agreement_id) REFERENCES agreements (tenant_id, id)
) STRICT;
CREATE UNIQUE INDEX inscriptions_ordinal ON inscriptions (year, ordinal);
CREATE UNIQUE INDEX inscriptions_agreement ON inscriptions (tenant_id, agreement_id);
CREATE INDEX inscriptions_by_signature ON inscriptions (signed_on, number);

CREATE TABLE inscription_facets (
    facet TEXT NOT NULL,
    value TEXT NOT NULL,
    number TEXT NOT NULL REFERENCES inscriptions (number),
    PRIMARY KEY (facet, value, number)
) STRICT;
CREATE INDEX inscription_facets_by_number ON inscription_facets (number);
-- What only grows: on PostgreSQL the application has no right to change it.
CREATE TRIGGER audit_log_no_update BEFORE UPDATE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log only grows'); END;
CREATE TRIGGER audit_log_no_delete BEFORE DELETE ON audit_log BEGIN SELECT RAISE(ABORT, 'audit_log only grows'); END;
CREATE TRIGGER audit_owners_no_update BEFORE UPDATE ON audit_owners BEGIN SELECT RAISE(ABORT, 'audit_owners only grows'); END;
CREATE TRIGGER audit_owners_no_delete BEFORE DELETE ON audit_owners BEGIN SELECT RAISE(ABORT, 'audit_owners only grows'); END;
CREATE TRIGGER history_no_update BEFORE UPDATE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER history_no_delete BEFORE DELETE ON history BEGIN SELECT RAISE(ABORT, 'history only grows'); END;
CREATE TRIGGER inscriptions_no_update BEFORE UPDATE ON inscriptions BEGIN SELECT RAISE(ABORT, 'inscriptions only grows'); END;
CREATE TRIGGER inscriptions_no_delete BEFORE DELETE ON inscriptions BEGIN SELECT RAISE(ABORT, 'inscriptions only grows'); END;
CREATE TRIGGER inscription_facets_no_update BEFORE UPDATE ON inscription_facets BEGIN SELECT RAISE(ABORT, 'inscription_facets only grows'); END;
CREATE TRIGGER inscription_facets_no_delete BEFORE DELETE ON inscription_facets BEGIN SELECT RAISE(ABORT, 'inscription_facets only grows'); END;
CREATE TRIGGER submissions_no_update BEFORE UPDATE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions only grows'); END;
CREATE TRIGGER submissions_no_delete BEFORE DELETE ON submissions BEGIN SELECT RAISE(ABORT, 'submissions only grows'); END;
CREATE TRIGGER opinions_no_update BEFORE UPDATE ON opinions BEGIN SELECT RAISE(ABORT, 'opinions only grows'); END;
CREATE TRIGGER opinions_no_delete BEFORE DELETE ON opinions BEGIN SELECT RAISE(ABORT, 'opinions only grows'); END;
CREATE TRIGGER documents_no_update BEFORE UPDATE ON documents BEGIN SELECT RAISE(ABORT, 'documents only grows'); END;
CREATE TRIGGER documents_no_delete BEFORE DELETE ON documents BEGIN SELECT RAISE(ABORT, 'documents only grows'); END;
CREATE TRIGGER document_access_no_update BEFORE UPDATE ON document_access BEGIN SELECT RAISE(ABORT, 'document_access only grows'); END;
CREATE TRIGGER document_access_no_delete BEFORE DELETE ON document_access BEGIN SELECT RAISE(ABORT, 'document_access only grows'); END;
CREATE TRIGGER text_sets_no_update BEFORE UPDATE ON text_sets BEGIN SELECT RAISE(ABORT, 'text_sets only grows'); END;
CREATE TRIGGER text_sets_no_delete BEFORE DELETE ON text_sets BEGIN SELECT RAISE(ABORT, 'text_sets only grows'); END;
CREATE TRIGGER submission_access_no_update BEFORE UPDATE ON submission_access BEGIN SELECT RAISE(ABORT, 'submission_access only grows'); END;
CREATE TRIGGER submission_access_no_delete BEFORE DELETE ON submission_access BEGIN SELECT RAISE(ABORT, 'submission_access only grows'); END;
CREATE TRIGGER signatories_no_update BEFORE UPDATE ON signatories BEGIN SELECT RAISE(ABORT, 'signatories only grows'); END;
CREATE TRIGGER signatories_no_delete BEFORE DELETE ON signatories BEGIN SELECT RAISE(ABORT, 'signatories only grows'); END;
