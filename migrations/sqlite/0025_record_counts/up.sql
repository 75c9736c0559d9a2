-- How many records of each owner a viewer finds under a facet. A figure adds up the owners, of whom there
-- are some thousands, and not the records. The database counts, in the transaction that writes, so an
-- older program that runs beside this one counts too.
--
-- Not counted is what identifies one record or one moment (`Facet::is_counted` in the domain), and what
-- only a group of people finds.
CREATE TABLE record_counts (
    viewer_tenant TEXT NOT NULL,
    facet TEXT NOT NULL,
    owner_tenant TEXT NOT NULL,
    records INTEGER NOT NULL CHECK (records >= 0),
    PRIMARY KEY (viewer_tenant, facet, owner_tenant)
) STRICT, WITHOUT ROWID;

CREATE TRIGGER record_counts_added AFTER INSERT ON record_facets
WHEN substr(NEW.facet, 1, instr(NEW.facet, '=')) NOT GLOB '*@*'
    AND substr(NEW.facet, 1, instr(NEW.facet, '=')) NOT GLOB '*_id='
    AND substr(NEW.facet, instr(NEW.facet, ':'), instr(NEW.facet, '=') - instr(NEW.facet, ':') + 1)
        NOT IN (':answer=', ':changed=', ':close=', ':other=', ':told=', ':word=')
BEGIN
    INSERT INTO record_counts (viewer_tenant, facet, owner_tenant, records)
        VALUES (NEW.viewer_tenant, NEW.facet, NEW.owner_tenant, 1)
        ON CONFLICT (viewer_tenant, facet, owner_tenant) DO UPDATE SET records = records + 1;
END;
CREATE TRIGGER record_counts_removed AFTER DELETE ON record_facets BEGIN
    UPDATE record_counts SET records = records - 1
        WHERE viewer_tenant = OLD.viewer_tenant AND facet = OLD.facet AND owner_tenant = OLD.owner_tenant;
    DELETE FROM record_counts
        WHERE viewer_tenant = OLD.viewer_tenant AND facet = OLD.facet AND owner_tenant = OLD.owner_tenant AND records = 0;
END;

INSERT INTO record_counts (viewer_tenant, facet, owner_tenant, records)
    SELECT viewer_tenant, facet, owner_tenant, count(*) FROM record_facets
    WHERE substr(facet, 1, instr(facet, '=')) NOT GLOB '*@*'
        AND substr(facet, 1, instr(facet, '=')) NOT GLOB '*_id='
        AND substr(facet, instr(facet, ':'), instr(facet, '=') - instr(facet, ':') + 1)
            NOT IN (':answer=', ':changed=', ':close=', ':other=', ':told=', ':word=')
    GROUP BY viewer_tenant, facet, owner_tenant;
