-- Apostrophes tell no names apart any more: what is stored folded is written anew by the program,
-- with this migration (docs/adr/0027).

-- What a government may know of a partner's agreements with one country: a second record of one
-- agreement is looked for among them.
CREATE INDEX agreement_access_by_partner ON agreement_access (viewer_tenant, owner_tenant, country, kind);
