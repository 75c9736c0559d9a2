-- Empty here: PostgreSQL has checksums of its pages, and one row that every write of a table changes
-- would make its writers wait for each other. On SQLite there is one writer anyway.
CREATE TABLE row_sums (
    name TEXT COLLATE "C" NOT NULL,
    sum TEXT COLLATE "C" NOT NULL,
    PRIMARY KEY (name)
);
