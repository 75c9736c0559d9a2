-- The row that readiness writes, to see that the store takes writes.
CREATE TABLE heartbeats (
    name TEXT NOT NULL,
    at TEXT NOT NULL,
    PRIMARY KEY (name)
) STRICT;
INSERT INTO heartbeats (name, at) VALUES ('ready', '2024-01-01 00:00:00.000000');
