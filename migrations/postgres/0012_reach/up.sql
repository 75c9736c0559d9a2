-- The row that readiness writes, to see that the store takes writes.
CREATE TABLE heartbeats (
    name TEXT COLLATE "C" NOT NULL,
    at TIMESTAMP NOT NULL,
    PRIMARY KEY (name)
);
INSERT INTO heartbeats (name, at) VALUES ('ready', '2024-01-01 00:00:00');
GRANT SELECT ON heartbeats TO vinculo_app;
GRANT UPDATE (at) ON heartbeats TO vinculo_app;

-- Rights that nothing uses. The catalogue is written by the migrations alone, and an account is
-- never changed. A row lock needs the right to change some column of the row: of a government that
-- is the one that says nothing.
REVOKE INSERT, UPDATE ON tenants, governments FROM vinculo_app;
GRANT UPDATE (created_at) ON tenants TO vinculo_app;
REVOKE UPDATE ON accounts FROM vinculo_app;

-- What is inscribed was never changed. Its consolidated form follows from it and from the
-- annotations, so it is written anew with each of them: what the form says, never what it is of.
REVOKE UPDATE ON consolidations FROM vinculo_app;
GRANT UPDATE (version, annotations, kind, title, tier, government_id, government_name, counterpart, country,
    signed_on, content, life, updated_at) ON consolidations TO vinculo_app;
