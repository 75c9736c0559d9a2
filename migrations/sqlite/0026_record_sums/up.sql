-- What the amounts of each owner add up to for a viewer, as record_counts says how many records there are
-- (0025): a figure adds up the owners and not the records.
--
-- The sum of many amounts can be more than an integer holds, so it is kept in two parts: it is
-- billions * 1000000000 + rest.
CREATE TABLE record_sums (
    viewer_tenant TEXT NOT NULL,
    kind TEXT NOT NULL,
    name TEXT NOT NULL,
    unit TEXT NOT NULL,
    year INTEGER NOT NULL,
    owner_tenant TEXT NOT NULL,
    amounts INTEGER NOT NULL CHECK (amounts >= 0),
    billions INTEGER NOT NULL,
    rest INTEGER NOT NULL,
    PRIMARY KEY (viewer_tenant, kind, name, unit, year, owner_tenant)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_sums_added AFTER INSERT ON record_amounts BEGIN
    INSERT INTO record_sums (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest)
        VALUES (NEW.viewer_tenant, NEW.kind, NEW.name, NEW.unit, NEW.year, NEW.owner_tenant,
            1, NEW.value / 1000000000, NEW.value % 1000000000)
        ON CONFLICT (viewer_tenant, kind, name, unit, year, owner_tenant) DO UPDATE
            SET amounts = amounts + 1, billions = billions + excluded.billions, rest = rest + excluded.rest;
END;
CREATE TRIGGER record_sums_removed AFTER DELETE ON record_amounts BEGIN
    UPDATE record_sums SET amounts = amounts - 1,
            billions = billions - OLD.value / 1000000000, rest = rest - OLD.value % 1000000000
        WHERE viewer_tenant = OLD.viewer_tenant AND kind = OLD.kind AND name = OLD.name
        AND unit = OLD.unit AND year = OLD.year AND owner_tenant = OLD.owner_tenant;
    DELETE FROM record_sums
        WHERE viewer_tenant = OLD.viewer_tenant AND kind = OLD.kind AND name = OLD.name
        AND unit = OLD.unit AND year = OLD.year AND owner_tenant = OLD.owner_tenant AND amounts = 0;
END;

INSERT INTO record_sums (viewer_tenant, kind, name, unit, year, owner_tenant, amounts, billions, rest)
    SELECT viewer_tenant, kind, name, unit, year, owner_tenant,
        count(*), sum(value / 1000000000), sum(value % 1000000000)
    FROM record_amounts GROUP BY viewer_tenant, kind, name, unit, year, owner_tenant;
