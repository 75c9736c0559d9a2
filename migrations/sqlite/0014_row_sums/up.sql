-- SQLite has no checksums of its pages. For each table the sum of the digests of all its rows is kept
-- here by every connection of the program that writes (crates/persistence/src/row_sums.rs), so that a
-- row which something else has changed is found.
CREATE TABLE row_sums (
    name TEXT NOT NULL,
    sum TEXT NOT NULL,
    PRIMARY KEY (name)
) STRICT, WITHOUT ROWID;
-- Until they are taken for the first time.
INSERT INTO row_sums (name, sum) VALUES ('open', '');
