ALTER TABLE opinions DROP COLUMN legal_basis;
ALTER TABLE documents DROP COLUMN public_version_of;
DROP TABLE document_classifications;
DROP TABLE inscription_standings;
DROP TABLE consolidation_facets;
DROP TABLE consolidations;
DROP TABLE annotations;
