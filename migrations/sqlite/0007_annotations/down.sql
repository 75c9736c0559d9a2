CREATE TRIGGER inscription_facets_no_delete BEFORE DELETE ON inscription_facets BEGIN SELECT RAISE(ABORT, 'inscription_facets only grows'); END;
ALTER TABLE opinions DROP COLUMN legal_basis;
ALTER TABLE documents DROP COLUMN public_version_of;
DROP TABLE document_classifications;
DROP TABLE inscription_standings;
DROP TABLE consolidations;
DROP TABLE annotations;
