-- Which installation this database belongs to: the data folder carries the same id, and one is never
-- opened without the other. The row is written by whoever makes or takes over the installation.
CREATE TABLE installation (
    id TEXT NOT NULL,
    one INTEGER NOT NULL UNIQUE CHECK (one = 1),
    created_at TEXT NOT NULL,
    PRIMARY KEY (id)
) STRICT;
