-- Which installation this database belongs to: the data folder carries the same id, and one is never
-- opened without the other. The row is written by whoever makes or takes over the installation.
CREATE TABLE installation (
    id TEXT COLLATE "C" NOT NULL,
    one INTEGER NOT NULL UNIQUE CHECK (one = 1),
    created_at TIMESTAMP NOT NULL,
    PRIMARY KEY (id)
);
GRANT SELECT ON installation TO vinculo_app;
